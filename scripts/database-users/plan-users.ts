// Compares the users and roles of a server with those that programs should have.
import { isDeepStrictEqual } from "node:util";
import type { mongo } from "mongoose";
import { type DatabaseUsersEnv } from "./env.ts";
import { type Privilege, programs, type RoleName, rightsOf, rolePrefix } from "./rights.ts";

/** A command that brings the server nearer, and what it is about. Commands hold passwords: never log them. */
export interface Change {
  /** "create", "update" or "drop"; "keep" has no command. */
  verb: "create" | "update" | "drop" | "keep";
  kind: "role" | "user";
  name: string;
  database: string;
  command?: mongo.Document;
}

interface StoredUser {
  user: string;
  db: string;
  roles: RoleName[];
}
interface StoredRole {
  role: string;
  db: string;
  privileges?: Privilege[];
}

interface WantedUser {
  name: string;
  database: "$external" | "admin";
  roles: RoleName[];
  /** What `createUser` wants besides. */
  proof: mongo.Document;
  isProven: () => Promise<boolean>;
}

export interface PlanOptions {
  users: DatabaseUsersEnv["users"];
  /** Put before each database's name. */
  prefix: string;
  /** Whether a user can log in with this password. */
  logsIn: (username: string, password: string) => Promise<boolean>;
}

/** What is to be done, roles before their users; the last are users and roles of ours that nobody wants any more. */
export async function planUsers(client: mongo.MongoClient, options: PlanOptions): Promise<Change[]> {
  const { prefix } = options;
  const stored = {
    roles: (await client.db("admin").command({ rolesInfo: 1, showPrivileges: true })).roles as StoredRole[],
    users: [...(await usersOf(client, "$external")), ...(await usersOf(client, "admin"))],
  };
  const wanted = wantedUsers(options);
  const roles = programs.map((program) => rightsOf(program, prefix));
  const isOurs = (role: string) => role.startsWith(rolePrefix(prefix));
  const staleUsers = stored.users
    .filter(({ roles: held }) => held.some(({ role, db }) => db === "admin" && isOurs(role)))
    .filter(({ user, db }) => !wanted.some(({ name, database }) => name === user && database === db));
  const staleRoles = stored.roles.filter(({ role }) => isOurs(role) && !roles.some((right) => right.role === role));
  return [
    ...roles.map(({ role, privileges }) => roleChange(role, privileges, stored.roles)),
    ...(await Promise.all(wanted.map((user) => userChange(user, stored.users)))),
    ...staleUsers.map(({ user, db }): Change => {
      return { verb: "drop", kind: "user", name: user, database: db, command: { dropUser: user } };
    }),
    ...staleRoles.map(({ role, db }): Change => {
      return { verb: "drop", kind: "role", name: role, database: db, command: { dropRole: role } };
    }),
  ];
}

const usersOf = async (client: mongo.MongoClient, database: string) =>
  (await client.db(database).command({ usersInfo: 1 })).users as StoredUser[];

function wantedUsers({ users, prefix, logsIn }: PlanOptions): WantedUser[] {
  return programs.flatMap((program): WantedUser[] => {
    const { role, builtIn } = rightsOf(program, prefix);
    const roles = [{ role, db: "admin" }, ...builtIn];
    if (users.kind === "iam") {
      return users.roles[program].map((name) => ({
        ...{ name, database: "$external", roles },
        proof: { mechanisms: ["MONGODB-AWS"] },
        isProven: () => Promise.resolve(true),
      }));
    }
    const { username: name, password } = users.logins[program];
    const proof = { pwd: password };
    return [{ name, database: "admin", roles, proof, isProven: () => logsIn(name, password) }];
  });
}

function roleChange(name: string, privileges: Privilege[], stored: StoredRole[]): Change {
  const found = stored.find(({ role, db }) => role === name && db === "admin");
  const about = { kind: "role", name, database: "admin" } as const;
  if (!found) return { ...about, verb: "create", command: { createRole: name, privileges, roles: [] } };
  if (isDeepStrictEqual(sorted(found.privileges ?? []), sorted(privileges))) return { ...about, verb: "keep" };
  return { ...about, verb: "update", command: { updateRole: name, privileges, roles: [] } };
}

async function userChange(
  { name, database, roles, proof, isProven }: WantedUser,
  stored: StoredUser[],
): Promise<Change> {
  const found = stored.find(({ user, db }) => user === name && db === database);
  const about = { kind: "user", name, database } as const;
  if (!found) return { ...about, verb: "create", command: { createUser: name, ...proof, roles } };
  if (!(await isProven())) return { ...about, verb: "update", command: { updateUser: name, ...proof, roles } };
  if (isDeepStrictEqual(held(found.roles), held(roles))) return { ...about, verb: "keep" };
  return { ...about, verb: "update", command: { updateUser: name, roles } };
}

const held = (roles: RoleName[]) => roles.map(({ role, db }) => `${db}.${role}`).sort();
const sorted = (privileges: Privilege[]) =>
  privileges
    .map(({ resource: { db, collection }, actions }) => `${db}.${collection}: ${[...actions].sort().join(" ")}`)
    .sort();
