import { Redis } from "ioredis";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type ServerBinary } from "../src/candidate.ts";
import { freePort } from "../src/ports.ts";
import { processStartTime } from "../src/process-identity.ts";
import { type ProgressEvent } from "../src/progress.ts";
import { resolveRedis, resolveRedisServer } from "../src/resolve-redis.ts";
import { startRedis } from "../src/start-redis.ts";
import { temporaryFolder } from "./temporary-folder.ts";

let server: ServerBinary;
beforeAll(async () => {
  const found = await resolveRedisServer();
  if (!found) throw new Error("no redis-server for this machine");
  server = found;
}, 300_000);

function connect(uri: string): Redis {
  const client = new Redis(uri, { retryStrategy: () => null });
  client.on("error", () => undefined);
  onTestFinished(() => client.disconnect());
  return client;
}

describe("startRedis", { timeout: 30_000 }, () => {
  it("answers with the password and refuses without", async () => {
    const redis = await startRedis({ server, ephemeral: true });
    onTestFinished(() => redis.stop());
    expect(redis.version).toBe(server.version);
    expect(await connect(redis.uri).ping()).toBe("PONG");
    await expect(connect(`redis://127.0.0.1:${redis.port}`).set("a", 1)).rejects.toThrow();
    const file = join(redis.folder, "redis.conf");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const password = new URL(redis.uri).password;
    expect(readFileSync(file, "utf8")).toContain(password);
    if (process.platform === "linux") {
      expect(readFileSync(`/proc/${redis.process.pid}/cmdline`, "utf8")).not.toContain(password);
    }
  });

  it("has the memory limit and policy that were asked for", async () => {
    const settings = async (options: object) => {
      const redis = await startRedis({ server, ephemeral: true, ...options });
      onTestFinished(() => redis.stop());
      const read = async (name: string) => ((await connect(redis.uri).config("GET", name)) as string[])[1];
      return [await read("maxmemory"), await read("maxmemory-policy"), await read("appendonly"), await read("save")];
    };
    expect(await settings({})).toEqual(["268435456", "volatile-lfu", "no", ""]);
    expect(await settings({ maxMemory: "8mb", maxMemoryPolicy: "allkeys-lru" })).toEqual([
      "8388608",
      "allkeys-lru",
      "no",
      "",
    ]);
  });

  it("keeps data over a restart on another port", async () => {
    const dataDir = temporaryFolder();
    const first = await startRedis({ server, dataDir });
    await connect(first.uri).set("answer", "42");
    await first.stop();
    const again = await startRedis({ server, dataDir, port: await freePort() });
    onTestFinished(() => again.stop());
    expect(await connect(again.uri).get("answer")).toBe("42");
  });

  it("removes everything of an ephemeral server at stop", async () => {
    const redis = await startRedis({ server, ephemeral: true });
    await redis.stop();
    expect(existsSync(redis.folder)).toBe(false);
    expect(processStartTime(redis.process.pid)).toBeUndefined();
  });

  it("says what the log says when redis-server does not start", async () => {
    await expect(startRedis({ server, ephemeral: true, maxMemoryPolicy: "nonsense" })).rejects.toThrow(
      /maxmemory-policy/,
    );
  });
});

describe("resolveRedis", { timeout: 30_000 }, () => {
  it("takes a given address that answers", async () => {
    const redis = await startRedis({ server, ephemeral: true });
    onTestFinished(() => redis.stop());
    const { uri } = redis;
    expect(await resolveRedis({ uri })).toEqual({ source: "REDIS_URL", uri, version: server.version });
  });

  it("does not replace a given address that does not answer", async () => {
    const uri = `redis://127.0.0.1:${await freePort()}`;
    await expect(resolveRedis({ uri })).rejects.toThrow(/^REDIS_URL is set but cannot be used: .*ECONNREFUSED/);
  });

  it("says that a cluster cannot be used here", async () => {
    const uri = "redis+cluster://:secret@127.0.0.1:1";
    await expect(resolveRedis({ uri })).rejects.toThrow(/^REDIS_URL is set but cannot be used: .*one server/);
  });

  it("is undefined when there is none, and says that the graph runs without a cache", async () => {
    const notes: string[] = [];
    const report = (event: ProgressEvent) => void (event.type === "note" && notes.push(event.text));
    expect(await resolveRedis({ searchPath: [], cacheDir: temporaryFolder(), report })).toBeUndefined();
    expect(notes[0]).toBe("PATH: no redis-server there");
    expect(notes.at(-1)).toMatch(/^No Redis: the graph runs without a cache\./);
  });
});
