// pnpm seed [--scale N] | clean --yes: demo data of both shops. Needs MONGODB_URI, or a running `start`.
// A second run changes nothing; `clean` removes what was seeded, and nothing else. Refuses production without --force.
import process from "node:process";
import { hashDemoPassword } from "@tradegraph/users/password";
import { Command } from "commander";
import { clean, databaseNames, type Server } from "./databases.ts";
import { readEnv, type ScriptEnv } from "./env.ts";
import { flushCache, namespaceOf } from "./flush-cache.ts";
import { keyManagementOf } from "./key-management.ts";
import { createBar } from "./seed-bar.ts";
import { midnight, seedDatabases } from "./seed-databases.ts";
import { markCleaned } from "./seed-state.ts";
import { readRunning, type Running } from "./running.ts";
import { wholeNumber } from "./whole-number.ts";

interface Options {
  scale?: number;
  prefix: string;
  force?: boolean;
  yes?: boolean;
}

async function connect(
  env: ScriptEnv,
  { prefix, force }: Options,
): Promise<Server & { demoPassword: string | undefined; running?: Running }> {
  if (env.NODE_ENV === "production" && !force)
    throw new Error("This is production (NODE_ENV); say --force to seed it.");
  if (env.MONGODB_URI) return { uri: env.MONGODB_URI, prefix, demoPassword: env.DEMO_PASSWORD };
  const running = await readRunning();
  if (!running) throw new Error("Set MONGODB_URI, or run `npx --yes pnpm@12 start` in another terminal first.");
  return { uri: running.mongoUri, prefix, demoPassword: running.demoPassword, running };
}

async function seed(options: Options): Promise<void> {
  const env = readEnv();
  const { demoPassword, running, ...server } = await connect(env, options);
  if (!demoPassword) throw new Error("Set DEMO_PASSWORD (12 characters or more) for the demo accounts.");
  const bar = createBar();
  const added = await seedDatabases({
    server,
    scale: options.scale,
    keyManagement: keyManagementOf(env, running),
    demoPasswordHash: await hashDemoPassword(demoPassword),
    today: midnight(),
    report: ({ tenant, database, collection, done, total }) => {
      bar.update(`${tenant} ${database}.${collection}`, done, total);
    },
  }).catch(async (error: unknown) => {
    // A part of it is written.
    await forgetAnswers(env, options, running).catch(() => undefined);
    throw error;
  });
  bar.stop();
  await forgetAnswers(env, options, running);
  console.log(added === 0 ? "Everything was there already." : `${added} documents added.`);
}

async function cleanAll(options: Options): Promise<void> {
  const env = readEnv();
  const { running, ...server } = await connect(env, options);
  if (!options.yes) throw new Error("`clean` removes all seeded documents; say --yes to do it.");
  for (const name of databaseNames) console.log(`${name.padEnd(9)} ${await clean(server, name)} documents removed`);
  await markCleaned(server);
  await forgetAnswers(env, options, running);
}

/** What is written here is told by no outbox, so gateways would go on with answers from before. */
async function forgetAnswers(env: ScriptEnv, { prefix }: Options, running: Running | undefined): Promise<void> {
  const url = env.REDIS_URL ?? running?.redisUri;
  if (url !== undefined) await flushCache(url, namespaceOf(prefix, env.REDIS_NAMESPACE));
}

const program = new Command("seed").description("Demo data of both shops").showHelpAfterError();
program
  .option("--scale <products>", "products per shop; 2,000 at least", wholeNumber)
  .option("--prefix <text>", "put before each database's name", "")
  .option("--force", "even in production")
  .action(seed);
program
  .command("clean")
  .description("Remove what was seeded, and nothing else")
  .option("--yes", "yes, remove it")
  .action((own: Options, command: Command) => cleanAll({ ...command.optsWithGlobals<Options>(), ...own }));
program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
