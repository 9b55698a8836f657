// `pnpm response-cache` as a process, an operator's port and two gateways' logs on a real Redis.
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { resolve } from "node:path";
import process from "node:process";
import { childEnvironment } from "@tradegraph/devservices/env";
import { createLogger } from "@tradegraph/kit/logger";
import { connectRedis, type RedisClient } from "@tradegraph/kit/redis";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { flushCache, namespaceOf } from "../../scripts/flush-cache.ts";
import { openInvalidationLog } from "../src/cache/log/open-invalidation-log.ts";
import { operatorKeys, type OperatorStage, startOperator } from "./start-operator.ts";

const root = resolve(import.meta.dirname, "../..");
const redisUri = inject("redisUri");
const logger = createLogger({ service: "gateway", level: "silent" });

interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

describe.skipIf(!redisUri)("pnpm response-cache", () => {
  let redis: RedisClient;
  let here: ReturnType<typeof openInvalidationLog>;
  let there: ReturnType<typeof openInvalidationLog>;
  let stage: OperatorStage;
  const prefix = `cache-${randomUUID().slice(0, 8)}-`;
  const namespace = namespaceOf(prefix);

  beforeAll(async () => {
    redis = connectRedis({ url: redisUri ?? "", logger, name: "test" });
    const options = { redis, namespace, logger, watched: ["products"] };
    [here, there] = [openInvalidationLog(options), openInvalidationLog(options)];
    stage = await startOperator(here);
  });
  afterAll(async () => {
    await stage.close();
    await Promise.all([here.close(), there.close()]);
    await redis.quit();
  });
  beforeEach(async () => {
    await expect.poll(() => [here.position(), there.position()].includes(undefined)).toBe(false);
  });

  const script = (name: string, args: string[], env: NodeJS.ProcessEnv) =>
    new Promise<Ran>((done) => {
      execFile(process.execPath, [`scripts/${name}.ts`, ...args], { cwd: root, env }, (error, stdout, stderr) => {
        done({ code: error ? Number(error.code) : 0, stdout, stderr });
      });
    });
  const run = (args: string[], env: Record<string, string> = {}) =>
    script("cache", args, childEnvironment({ OPERATOR_URL: stage.url, OPERATOR_KEY: operatorKeys["*"], ...env }));
  /** Runs a purge, and looks at the other gateway which of two tags it concerns. */
  const purged = async (args: string[], concerned: string, other: string) => {
    const position = there.position() ?? NaN;
    expect(await run(["purge", ...args, "--wait", "strict"])).toMatchObject({ code: 0, stderr: "" });
    return [there.verdict([concerned], position), there.verdict([other], position)];
  };

  it.each([
    [["--subgraph", "products"], "subgraph:products", "subgraph:orders"],
    [["--type", "Product", "--subgraph", "products"], "type:products:Product", "subgraph:products"],
    [["--tag", "a b", "--subgraph", "products", "content"], "key:content:a b", "key:orders:a b"],
    [["--entity", "Product:42"], "Product:42", "Product:43"],
    [["--entity", 'Price:{"sku":"a","at":1}'], 'Price:{"at":1,"sku":"a"}', "Price:a"],
    [["--entity", "Product:42", "--tenant", "acme"], "any:acme:Product", "any:other:Product"],
    [["--tenant", "acme"], "tenant:acme", "tenant:other"],
  ])("purges %j from another gateway before it returns", async (args, concerned, other) => {
    expect(await purged(args, `${concerned}`, `${other}`)).toEqual(["hard", "valid"]);
  });

  it("marks as outdated with --soft", async () => {
    expect(await purged(["--entity", "Store:1", "--soft"], "Store:1", "Store:2")).toEqual(["soft", "valid"]);
  });

  it.each([
    [["purge"], "Say what"],
    [["purge", "--type", "Product"], "Say what"],
    [["purge", "--type", "Product", "--tag", "x", "--subgraph", "products"], "one of --type and --tag"],
    [["purge", "--entity", "42"], "Type:id"],
    [["purge", "--entity", "Price:{sku}"], "as JSON"],
    [["purge", "--tenant", "acme", "--subgraph", "products"], "all subgraphs"],
    [["flush"], "--yes"],
  ])("says what is wrong with %j", async (args, words) => {
    const { code, stderr } = await run(args);
    expect([code, stderr]).toEqual([1, expect.stringContaining(words)]);
  });

  it("says what the gateway says, and nothing of the key", async () => {
    const wrong = "w".repeat(40);
    const refused = await run(["purge", "--tenant", "acme"], { OPERATOR_KEY: wrong });
    expect(refused).toMatchObject({ code: 1, stderr: "This key is not known.\n" });
    const beyond = await run(["purge", "--subgraph", "orders"], { OPERATOR_KEY: operatorKeys.products });
    expect([beyond.code, beyond.stderr]).toEqual([1, expect.stringContaining("does not cover")]);
    const away = await run(["stats"], { OPERATOR_URL: "http://127.0.0.1:9" });
    expect([away.code, away.stderr]).toEqual([1, expect.stringContaining("Nothing answers")]);
    const keyless = await run(["stats"], { OPERATOR_KEY: "" });
    expect([keyless.code, keyless.stderr]).toEqual([1, expect.stringContaining("OPERATOR_KEY")]);
  });

  it("mentions a subgraph that the schema does not have", async () => {
    const { code, stderr } = await run(["purge", "--subgraph", "prodcuts"]);
    expect([code, stderr]).toEqual([0, "The schema has no subgraph prodcuts.\n"]);
  });

  it("flushes all gateways", async () => {
    const before = there.epoch();
    expect(await run(["flush", "--yes"])).toMatchObject({ code: 0, stdout: "The response cache is empty.\n" });
    await expect.poll(() => there.epoch() ?? before).not.toBe(before);
    await expect.poll(() => here.epoch()).toBe(there.epoch());
  });

  it("prints hit rates", async () => {
    for (const result of ["memory", "memory", "memory", "miss"] as const)
      stage.metrics.looked({ level: "response", result, operation: "Search" });
    const { stdout } = await run(["stats"]);
    expect(stdout).toMatch(/^Response cache in use; Redis ready/);
    expect(stdout).toMatch(/^Search \(response\) +75\.0 % +3 +0 +0 +1 +0$/m);
    const { levels } = JSON.parse((await run(["stats", "--json"])).stdout) as { levels: { rate: number }[] };
    expect(levels[0]?.rate).toBe(0.75);
  });

  it("is not needed after a seed: without their epoch all gateways forget, soon and once", async () => {
    let flushes = 0;
    there.onFlush(() => (flushes += 1));
    const before = there.epoch();
    await flushCache(redisUri ?? "", namespace);
    await expect.poll(() => [here.epoch() ?? before, there.epoch() ?? before].includes(before)).toBe(false);
    await expect.poll(() => here.epoch()).toBe(there.epoch());
    expect(flushes).toBe(1);
  });

  it("is not needed after `seed clean`, which flushes itself", { timeout: 60_000 }, async () => {
    const before = there.epoch();
    const env = childEnvironment({ MONGODB_URI: inject("mongoUri"), REDIS_URL: redisUri ?? "", NODE_ENV: "test" });
    const { code, stderr } = await script("seed", ["clean", "--yes", "--prefix", prefix], env);
    expect([code, stderr]).toEqual([0, ""]);
    await expect.poll(() => there.epoch() ?? before).not.toBe(before);
  });

  it("is named when a seed cannot flush", async () => {
    await expect(flushCache("redis://127.0.0.1:9", namespace, 300)).rejects.toThrow("pnpm response-cache flush");
  });
});
