// node scripts/database-users.ts [--plan] [--drop]: one database user per program, each with rights on its own data only.
// Logs in as the cluster's first user; creates and updates what is missing or other, and says what it did. `--plan` only
// says. Users and roles of programs that are no more are named, and go with `--drop`. See docs/DATABASE-USERS.md.
import process from "node:process";
import { Command } from "commander";
import { readEnv } from "./database-users/env.ts";
import { openAs, within } from "./database-users/open-as.ts";
import { type Change, planUsers } from "./database-users/plan-users.ts";

interface Options {
  plan?: boolean;
  drop?: boolean;
  prefix: string;
}

async function run({ plan: planOnly = false, drop = false, prefix }: Options): Promise<void> {
  const { uri, owner, users } = readEnv();
  const client = await openAs(uri, owner);
  try {
    const logsIn = (username: string, password: string) => within(uri, { username, password });
    const changes = await planUsers(client, { users, prefix, logsIn });
    for (const change of changes) {
      const waits = planOnly || (change.verb === "drop" && !drop);
      if (change.command && !waits) await client.db(change.database).command(change.command);
      console.log(lineOf(change, planOnly, drop));
    }
  } finally {
    await client.close();
  }
}

const done = { create: "created", update: "updated", drop: "dropped", keep: "is right" };
const todo = { create: "to create", update: "to update", drop: "nobody's: --drop takes it away", keep: "is right" };

function lineOf({ verb, kind, name, database }: Change, planOnly: boolean, drop: boolean): string {
  const words = planOnly || (verb === "drop" && !drop) ? todo : done;
  return `${kind} ${name} (${database}): ${words[verb]}`;
}

/** Errors of the server have a code, and may repeat a command, which holds passwords. */
function reasonOf(error: unknown): string {
  const { code, codeName = "" } = error as { code?: unknown; codeName?: string };
  if (code === 13)
    return "The database refuses: DATABASE_OWNER may not make users. It must be the cluster's first user.";
  if (typeof code === "number") return `The database refuses: ${codeName} (${code}).`;
  return error instanceof Error ? error.message : String(error);
}

new Command("database-users")
  .description("One user of the database per program")
  .option("--plan", "only say what would be done")
  .option("--drop", "take away users and roles of programs that are no more")
  .option("--prefix <text>", "put before each database's name", "")
  .action(run)
  .showHelpAfterError()
  .parseAsync()
  .catch((error: unknown) => {
    console.error(reasonOf(error));
    process.exitCode = 1;
  });
