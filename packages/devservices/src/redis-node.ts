// One redis-server among several that a test starts together, and what may happen to it.
import { Redis, type RedisOptions } from "ioredis";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { writePrivate } from "./data-folder.ts";
import { ephemeralFolder, type EphemeralFolder } from "./ephemeral-folder.ts";
import { freePort } from "./ports.ts";
import { startProcess, type RunningProcess } from "./start-process.ts";
import { waitForPort } from "./wait-for-port.ts";

export interface RedisNode {
  port: number;
  /** A connection to this server alone, for questions about it; never while it is not running. */
  client: Redis;
  isRunning: () => boolean;
  /** As a power cut would: nothing is written, no connection is closed in order. */
  kill: () => Promise<void>;
  /** Again under the same address, with what lies on its disk. */
  start: () => Promise<void>;
  /** It answers nobody and closes no connection (SIGSTOP). */
  pause: () => void;
  resume: () => void;
}

/** Servers that start and go together, with one password. */
export interface RedisGroup {
  password: string;
  /** A port that no other server of the group has. */
  port: () => Promise<number>;
  add: (node: { name: string; port: number; configuration: string[]; isSentinel?: boolean }) => Promise<RedisNode>;
  /** Ends all, and removes their folder. */
  stop: () => Promise<void>;
}

export async function openRedisGroup(name: string, binary: string): Promise<RedisGroup> {
  const data = await ephemeralFolder(name);
  const { password } = data;
  const ports = new Set<number>();
  const running: { current: RunningProcess; isRunning: boolean; client: Redis; resume: () => void }[] = [];
  const newPort = async (): Promise<number> => {
    const port = await freePort();
    if (ports.has(port)) return newPort();
    ports.add(port);
    return port;
  };
  return {
    password,
    port: newPort,
    async add({ name: role, port, configuration, isSentinel = false }) {
      const launch = await prepare({ data, binary, role, port, configuration, isSentinel });
      const current = await launch();
      const client = connectTo({ port, password });
      const resume = () => void process.kill(node.current.pid, "SIGCONT");
      const node = { current, isRunning: true, client, resume };
      running.push(node);
      return {
        ...{ port, client, resume },
        isRunning: () => node.isRunning,
        pause: () => void process.kill(node.current.pid, "SIGSTOP"),
        async kill() {
          node.isRunning = false;
          process.kill(node.current.pid, "SIGKILL");
          await node.current.exited;
        },
        async start() {
          node.current = await launch();
          node.isRunning = true;
        },
      };
    },
    async stop() {
      await Promise.all(
        running.map(async ({ current, client, resume }) => {
          client.disconnect();
          try {
            resume();
          } catch {
            // It is gone already.
          }
          await current.stop(500);
        }),
      );
      await data.remove();
    },
  };
}

async function prepare(options: {
  data: EphemeralFolder;
  binary: string;
  role: string;
  port: number;
  configuration: string[];
  isSentinel: boolean;
}): Promise<() => Promise<RunningProcess>> {
  const { data, binary, role, port, configuration, isSentinel } = options;
  const folder = join(data.folder, role);
  await mkdir(folder);
  const file = join(folder, "redis.conf");
  const lines = ["bind 127.0.0.1", `port ${port}`, `requirepass ${data.password}`, `dir "${folder}"`, ...configuration];
  await writePrivate(file, `${lines.join("\n")}\n`);
  return async () => {
    const server = await startProcess({
      command: binary,
      args: isSentinel ? [file, "--sentinel"] : [file],
      role,
      logFile: join(folder, "server.log"),
      background: true,
      ledger: data.ledger,
      parentExitSignal: "SIGKILL",
      onParentExit: data.removeNow,
    });
    await waitForPort(server, port, 10_000);
    return server;
  };
}

function connectTo({ port, password }: { port: number; password: string }): Redis {
  const options: RedisOptions = { port, password, retryStrategy: () => 50, maxRetriesPerRequest: null };
  const client = new Redis({ host: "127.0.0.1", ...options });
  client.on("error", () => undefined);
  return client;
}
