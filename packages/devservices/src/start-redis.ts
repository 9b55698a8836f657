import { Redis } from "ioredis";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openDataFolder, writePrivate, type DataFolder } from "./data-folder.ts";
import { ephemeralFolder } from "./ephemeral-folder.ts";
import { assertPortFree, freePort } from "./ports.ts";
import { type ProcessLedger } from "./process-ledger.ts";
import { silent, step, type Report } from "./progress.ts";
import { lastLogLines, startProcess, type RunningProcess } from "./start-process.ts";
import { waitForPort } from "./wait-for-port.ts";

export interface RedisSettings {
  /** Port on 127.0.0.1; a free one unless given. */
  port?: number;
  /** As redis.conf writes it, "256mb" unless given. */
  maxMemory?: string;
  /** "volatile-lfu" unless given. */
  maxMemoryPolicy?: string;
  /** More lines of redis.conf: `["cluster-enabled yes"]`. */
  configuration?: string[];
  report?: Report;
}

/** Data that stays (RDB and AOF), in `<dataDir>/redis-<major>/{db,redis.conf,credentials.json}`. */
export interface PersistentRedis extends RedisSettings {
  server: { binary: string; version: string };
  dataDir: string;
  ledger?: ProcessLedger;
  ephemeral?: false;
}

/** Nothing is written but the configuration, and that is removed at stop. */
export interface EphemeralRedis extends RedisSettings {
  server: { binary: string };
  ephemeral: true;
}

export interface StartedRedis {
  /** Holds the password. */
  uri: string;
  port: number;
  /** As the server said it. */
  version: string;
  folder: string;
  process: RunningProcess;
  /** Shuts down gracefully and resolves when the process, and an ephemeral folder, is gone. */
  stop(): Promise<void>;
}

/** Starts a redis-server on 127.0.0.1 with a generated password and resolves when it answers. Rejects as startMongo does. */
export async function startRedis(options: PersistentRedis | EphemeralRedis): Promise<StartedRedis> {
  const { report = silent } = options;
  return step(
    report,
    "Redis",
    () => (options.ephemeral ? startEphemeral(options) : startPersistent(options)),
    ({ version, port }) => `${version} on port ${port}`,
  );
}

async function startPersistent(options: PersistentRedis): Promise<StartedRedis> {
  const { server, dataDir, ledger } = options;
  const { version } = server;
  const data = await openDataFolder(dataDir, { name: "redis", title: "Redis", version, username: "default" });
  const persistence = ["appendonly yes", "appendfsync everysec", "save 900 1 300 100"];
  const redis = await run(options, data, persistence, { ledger });
  return { ...redis, stop: async () => void (await redis.process.stop()) };
}

async function startEphemeral(options: EphemeralRedis): Promise<StartedRedis> {
  const data = await ephemeralFolder("redis");
  const launch = { ledger: data.ledger, parentExitSignal: "SIGKILL" as const, onParentExit: data.removeNow };
  try {
    const redis = await run(options, data, ["appendonly no", 'save ""'], launch);
    const stop = async () => {
      await redis.process.stop(2000);
      await data.remove();
    };
    return { ...redis, stop };
  } catch (error) {
    await data.remove();
    throw error;
  }
}

async function run(
  options: RedisSettings & { server: { binary: string } },
  data: DataFolder,
  persistence: string[],
  launch: Pick<Parameters<typeof startProcess>[0], "ledger" | "parentExitSignal" | "onParentExit">,
) {
  const { maxMemory = "256mb", maxMemoryPolicy = "volatile-lfu", configuration = [] } = options;
  const port = options.port ?? (await freePort());
  if (options.port !== undefined) await assertPortFree(port, "Redis", "REDIS_PORT");
  const file = join(data.folder, "redis.conf");
  await mkdir(data.db, { recursive: true });
  const lines = [
    `bind 127.0.0.1`,
    `port ${port}`,
    // In a file of mode 0600: a command line is public.
    `requirepass ${data.password}`,
    `dir ${quoted(data.db)}`,
    `maxmemory ${maxMemory}`,
    `maxmemory-policy ${maxMemoryPolicy}`,
    ...persistence,
    ...configuration,
  ];
  await writePrivate(file, `${lines.join("\n")}\n`);
  const redis = await startProcess({
    ...launch,
    command: options.server.binary,
    args: [file],
    role: "redis",
    logFile: data.logFile,
    background: true,
  });
  const uri = `redis://default:${data.password}@127.0.0.1:${port}`;
  try {
    await waitForPort(redis, port, 30_000);
    return { uri, port, version: await redisVersion(uri), folder: data.folder, process: redis };
  } catch (error) {
    await redis.stop();
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`redis-server: ${reason}\n${await lastLogLines(data.logFile)}`, { cause: error });
  }
}

/** The version a Redis says it has; rejects when it does not answer within `limitMilliseconds` or refuses the password. */
export async function redisVersion(uri: string, limitMilliseconds = 10_000): Promise<string> {
  const client = new Redis(uri, { lazyConnect: true, connectTimeout: limitMilliseconds, retryStrategy: () => null });
  // Without a listener ioredis prints every error itself.
  let failure: Error | undefined;
  client.on("error", (error: Error) => (failure = error));
  try {
    await client.connect();
    const version = /^redis_version:(\S+)/m.exec(await client.info("server"))?.[1];
    if (version === undefined) throw new Error("it does not say its version");
    return version;
  } catch (error) {
    throw failure ?? error;
  } finally {
    client.disconnect();
  }
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&")}"`;
}
