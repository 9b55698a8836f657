// What each program may do in the database, collection by collection. DocumentDB has roles of our own making since 4.0,
// as MongoDB has; `createUser` and `createRole` of both are the same commands.
import { type DatabaseName, databaseNames, databases } from "../databases.ts";

/** Subgraphs, and the task that migrates their databases. */
export const programs = [...databaseNames, "migrate"] as const;
export type Program = DatabaseName | "migrate";

export interface Privilege {
  resource: { db: string; collection: string };
  actions: string[];
}

export interface RoleName {
  role: string;
  db: string;
}

export interface Rights {
  /** Name of the role that stands for the program. */
  role: string;
  privileges: Privilege[];
  /** Roles of the server's own that its users have besides. */
  builtIn: RoleName[];
}

/** What no program ever deletes: records of what happened, and keys without which sealed fields could not be read. */
const lasting: Record<DatabaseName, string[]> = {
  products: ["securityRecords"],
  orders: ["counters", "dataKeys", "orders", "payments", "securityRecords"],
  users: ["auditLog", "dataKeys", "securityRecords", "users"],
  content: ["securityRecords"],
};

const readAndWrite = ["find", "insert", "update"];

/** What roles of ours begin with; those of another prefix are somebody else's. */
export const rolePrefix = (prefix: string): string => `${prefix}tradegraph-`;

/**
 * A subgraph reads and writes its own collections and no others: it creates none, makes no index, and sees no changelog of
 * migrations. Transactions need no right of their own, and nothing reads change streams. Migrations own the form of all four
 * databases, but make no users.
 *
 * @param prefix put before each database's name
 */
export function rightsOf(program: Program, prefix = ""): Rights {
  const role = `${rolePrefix(prefix)}${program}`;
  if (program !== "migrate") {
    const db = `${prefix}${program}`;
    const privileges = Object.keys(databases[program].schemas)
      .sort()
      .map((collection) => ({
        resource: { db, collection },
        actions: lasting[program].includes(collection) ? readAndWrite : [...readAndWrite, "remove"],
      }));
    return { role, privileges, builtIn: [] };
  }
  const names = databaseNames.map((name) => `${prefix}${name}`);
  return {
    role,
    // Built-in roles do the work; this one tells whose user it is.
    privileges: names.map((db) => ({ resource: { db, collection: "migrationChangelog" }, actions: ["find"] })),
    builtIn: names.flatMap((db) => [
      { role: "readWrite", db },
      { role: "dbAdmin", db },
    ]),
  };
}
