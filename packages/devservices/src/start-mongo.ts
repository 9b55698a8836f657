import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { openDataFolder, writePrivate, type DataFolder } from "./data-folder.ts";
import { ephemeralFolder } from "./ephemeral-folder.ts";
import { assertPortFree, freePort } from "./ports.ts";
import { type ProcessLedger } from "./process-ledger.ts";
import { silent, step, type Report } from "./progress.ts";
import { ensureReplicaSet, replicaSetName } from "./replica-set.ts";
import { startProcess, type RunningProcess } from "./start-process.ts";
import { waitForPort } from "./wait-for-port.ts";

const username = "root";

export interface MongoSettings {
  /** Port on 127.0.0.1; a free one unless given. */
  port?: number;
  /** Server parameters, as `--setParameter` takes them. */
  parameters?: Record<string, string | number | boolean>;
  report?: Report;
}

/** Data that stays, in `<dataDir>/mongodb-<major>/{db,keyfile,credentials.json}`. */
export interface PersistentMongo extends MongoSettings {
  server: { binary: string; version: string };
  dataDir: string;
  /** Where the process is recorded, see process-ledger.ts. */
  ledger?: ProcessLedger;
  ephemeral?: false;
}

/** Data in a temporary folder, removed at stop; tuned for speed, not for power cuts. */
export interface EphemeralMongo extends MongoSettings {
  server: { binary: string };
  ephemeral: true;
}

export interface StartedMongo {
  /** Holds the root password and names the replica set. */
  uri: string;
  port: number;
  /** As the server said it. */
  version: string;
  folder: string;
  process: RunningProcess;
  /** Shuts down gracefully (an ephemeral server at once) and resolves when the process, and ephemeral data, is gone. */
  stop(): Promise<void>;
}

/**
 * Starts a replica set of one on 127.0.0.1 with a generated password and resolves when it is primary. Rejects with
 * OtherServerDataError when `dataDir` holds data of another major version, and with the end of its log when mongod fails.
 */
export async function startMongo(options: PersistentMongo | EphemeralMongo): Promise<StartedMongo> {
  const { report = silent } = options;
  return step(
    report,
    "MongoDB",
    () => (options.ephemeral ? startEphemeral(options) : startPersistent(options)),
    ({ version, port }) => `${version} on port ${port}`,
  );
}

async function startPersistent(options: PersistentMongo): Promise<StartedMongo> {
  const { server, dataDir, ledger } = options;
  const { version } = server;
  const data = await openDataFolder(dataDir, { name: "mongodb", title: "MongoDB", version, username });
  const port = await portFor(options);
  // Elections and backups want some oplog; the default is 5 % of the disk.
  const args = ["--oplogSize", "512"];
  const mongod = await run({ ...options, data, port, args, launch: { ledger }, careless: false });
  return { ...mongod, stop: async () => void (await mongod.process.stop(30_000)) };
}

async function startEphemeral(options: EphemeralMongo): Promise<StartedMongo> {
  const port = await portFor(options);
  const data = await ephemeralFolder("mongodb");
  const args = [
    ...["--oplogSize", "64", "--wiredTigerCacheSizeGB", "0.25"],
    ...["--wiredTigerJournalCompressor", "none", "--wiredTigerCollectionBlockCompressor", "none"],
  ];
  const launch = { ledger: data.ledger, parentExitSignal: "SIGKILL" as const, onParentExit: data.removeNow };
  try {
    const mongod = await run({ ...options, data, port, args, launch, careless: true });
    const stop = async () => {
      await mongod.process.stop(0);
      await data.remove();
    };
    return { ...mongod, stop };
  } catch (error) {
    await data.remove();
    throw error;
  }
}

async function portFor({ port }: MongoSettings): Promise<number> {
  if (port === undefined) return freePort();
  await assertPortFree(port, "MongoDB", "MONGODB_PORT");
  return port;
}

interface Run {
  server: { binary: string };
  data: DataFolder;
  port: number;
  args: string[];
  launch: Pick<Parameters<typeof startProcess>[0], "ledger" | "parentExitSignal" | "onParentExit">;
  careless: boolean;
  parameters?: MongoSettings["parameters"];
}

async function run({ server, data, port, args, launch, careless, parameters = {} }: Run) {
  const keyFile = join(data.folder, "keyfile");
  // mongod refuses a key file that others may read, and authentication in a replica set without one.
  if (!existsSync(keyFile)) await writePrivate(keyFile, randomBytes(512).toString("base64"), 0o400);
  const settings = { diagnosticDataCollectionEnabled: false, ...parameters };
  const mongod = await startProcess({
    ...launch,
    command: server.binary,
    role: "mongodb",
    logFile: data.logFile,
    background: true,
    args: [
      ...["--dbpath", data.db, "--port", String(port), "--bind_ip", "127.0.0.1", "--nounixsocket"],
      ...["--replSet", replicaSetName, "--auth", "--keyFile", keyFile],
      // Nothing is gained on loopback, and zlib there reads foreign memory before 6.0.27 and 8.0.17 (CVE-2025-14847).
      ...["--networkMessageCompressors", "disabled"],
      ...args,
      ...Object.entries(settings).flatMap(([name, value]) => ["--setParameter", `${name}=${value}`]),
    ],
  });
  try {
    await waitForPort(mongod, port, 60_000);
    const version = await ensureReplicaSet({ port, username, password: data.password, careless });
    const uri = `mongodb://${username}:${data.password}@127.0.0.1:${port}/?replicaSet=${replicaSetName}&authSource=admin`;
    return { uri, port, version, folder: data.folder, process: mongod };
  } catch (error) {
    await mongod.stop();
    throw error;
  }
}
