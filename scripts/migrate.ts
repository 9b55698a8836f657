// pnpm migrate up | down --yes | status, each with [--service <name>]: migrations of the four databases.
// Needs MONGODB_URI. `down` takes back the newest migration of each chosen database.
import process from "node:process";
import { Command } from "commander";
import { type DatabaseName, databaseNames, migrate, statusOf } from "./databases.ts";
import { readEnv } from "./env.ts";

interface Options {
  service?: DatabaseName;
  prefix: string;
  yes?: boolean;
}

async function run(action: "up" | "down" | "status", options: Options): Promise<void> {
  const { MONGODB_URI: uri } = readEnv();
  if (!uri) throw new Error("Set MONGODB_URI to the server to migrate.");
  if (options.service && !databaseNames.includes(options.service)) {
    throw new Error(`There is no service ${options.service}; take one of ${databaseNames.join(", ")}.`);
  }
  if (action === "down" && !options.yes) throw new Error("`down` changes the databases; say --yes to do it.");
  const server = { uri, prefix: options.prefix };
  for (const name of options.service ? [options.service] : databaseNames) {
    if (action === "status") {
      for (const { fileName, appliedAt } of await statusOf(server, name)) {
        console.log(`${name.padEnd(9)} ${fileName.padEnd(40)} ${appliedAt?.toISOString() ?? "pending"}`);
      }
      continue;
    }
    const files = await migrate(server, name, action);
    console.log(`${name.padEnd(9)} ${files.length === 0 ? "nothing to do" : files.join(", ")}`);
  }
}

const program = new Command("migrate").description("Migrations of the four databases").showHelpAfterError();
for (const action of ["up", "down", "status"] as const) {
  program
    .command(action)
    .option("--service <name>", "only this one")
    .option("--prefix <text>", "put before each database's name", "")
    .option("--yes", "yes, change the databases")
    .action((options: Options) => run(action, options));
}
program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
