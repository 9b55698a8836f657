// pnpm keys data list | rotate --yes | rewrap --yes --from-file <path> | --from-kms <id>: the keys that seal fields.
// Needs MONGODB_URI and the wrapping key's settings, or a running `start`. See docs/ENCRYPTION.md.
import process from "node:process";
import { type DataKeyDocument, openDataKeyStore } from "@tradegraph/kit/data-key-store";
import { type KeyManagement } from "@tradegraph/kit/key-management";
import { createKeyManagement } from "@tradegraph/kit/key-management-env";
import { createFileKeyManagement, readKeyFile } from "@tradegraph/kit/key-management-file";
import { rewrapDataKeys } from "@tradegraph/kit/key-rewrap";
import { rotateDataKeys } from "@tradegraph/kit/key-rotation";
import { createLogger } from "@tradegraph/kit/logger";
import { type Mongo } from "@tradegraph/kit/mongo";
import { sealedPathsOf } from "@tradegraph/kit/sealed-field";
import { Command } from "commander";
import { type DatabaseName, databaseNames, databases, type Server, withDatabase } from "../databases.ts";
import { readEnv } from "../env.ts";
import { keyManagementOf } from "../key-management.ts";
import { readRunning } from "../running.ts";
import { createBar } from "../seed-bar.ts";
import { wholeNumber } from "../whole-number.ts";

interface Options {
  service?: string;
  prefix: string;
  yes?: boolean;
  settle?: number;
  fromFile?: string;
  fromKms?: string;
}

type Connection = Mongo["connection"];

const sealing = databaseNames.filter((name) => "dataKeys" in databases[name].schemas);
const logger = createLogger({ service: "scripts", level: "warn" });

/** Runs `work` on each chosen database, one after the other. */
async function onEach(
  { service, prefix }: Options,
  work: (name: DatabaseName, connection: Connection, keyManagement: KeyManagement) => Promise<void>,
): Promise<void> {
  const chosen = sealing.filter((name) => service === undefined || name === service);
  if (chosen.length === 0) throw new Error(`Only these have sealed fields: ${sealing.join(", ")}.`);
  const env = readEnv();
  const running = env.MONGODB_URI ? undefined : await readRunning();
  const uri = env.MONGODB_URI ?? running?.mongoUri;
  if (!uri) throw new Error("Set MONGODB_URI, or run `npx --yes pnpm@12 start` in another terminal first.");
  const keyManagement = keyManagementOf(env, running);
  const server: Server = { uri, prefix };
  for (const name of chosen) {
    await withDatabase(server, name, ({ connection }) => work(name, connection, keyManagement));
  }
}

const lineOf = (name: string, { _id, state, purpose, provider, uses, createdAt }: DataKeyDocument) =>
  [name.padEnd(8), _id, state.padEnd(8), purpose.padEnd(12), createdAt.toISOString(), provider, `${uses} uses`].join(
    "  ",
  );

const list = (options: Options) =>
  onEach(options, async (name, connection, keyManagement) => {
    const keys = await openDataKeyStore({ service: name, connection, keyManagement }).list();
    for (const key of keys) console.log(lineOf(name, key));
  });

async function rotate(options: Options): Promise<void> {
  if (!options.yes) throw new Error("`rotate` seals all values anew with a new key; say --yes to do it.");
  await onEach(options, async (name, connection, keyManagement) => {
    const bar = createBar();
    const { keyId, changed, failed } = await rotateDataKeys({
      service: name,
      connection,
      keyManagement,
      logger,
      sealed: sealedPathsOf(databases[name].schemas),
      report: (collection, done, total) => {
        bar.update(`${name}.${collection}`, done, total);
      },
      ...(options.settle !== undefined && { settleMs: options.settle * 1_000 }),
    });
    bar.stop();
    console.log(`${name}: ${changed} values sealed with ${keyId}`);
    if (failed.length === 0) return;
    console.error(`${name}: these cannot be opened, so the former keys stay active:\n${failed.join("\n")}`);
    process.exitCode = 1;
  });
}

async function rewrap(options: Options): Promise<void> {
  const { fromFile, fromKms, yes } = options;
  if ((fromFile === undefined) === (fromKms === undefined)) throw new Error("Say --from-file or --from-kms.");
  if (!yes) throw new Error("`rewrap` wraps all data keys anew, for the key of the settings; say --yes to do it.");
  const from =
    fromFile === undefined
      ? createKeyManagement({ ENCRYPTION_KMS_KEY_ID: fromKms, AWS_REGION: readEnv().AWS_REGION })
      : createFileKeyManagement(fileAt(fromFile));
  await onEach(options, async (name, connection, to) => {
    const wrapped = await rewrapDataKeys({ service: name, connection, from, to });
    console.log(`${name}: ${wrapped.length === 0 ? "nothing to do" : `${wrapped.join(", ")} wrapped by ${to.name}`}`);
  });
}

function fileAt(path: string) {
  try {
    return readKeyFile(path);
  } catch (error) {
    throw new Error(`--from-file ${(error as Error).message}`, { cause: error });
  }
}

export function dataKeysCommand(): Command {
  const program = new Command("data").description("Keys that seal personal data in the databases");
  const command = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .option("--service <name>", `only this one of ${sealing.join(", ")}`)
      .option("--prefix <text>", "put before each database's name", "");
  command("list", "Every data key, and what became of it").action(list);
  command("rotate", "Make new keys and seal everything with them")
    .option("--yes", "yes, do it")
    .option("--settle <seconds>", "how long running programs may go on with the former key", wholeNumber)
    .action(rotate);
  command("rewrap", "Wrap the data keys for the wrapping key of the settings")
    .option("--from-file <path>", "the former key file")
    .option("--from-kms <id>", "the former KMS key")
    .option("--yes", "yes, do it")
    .action(rewrap);
  return program;
}
