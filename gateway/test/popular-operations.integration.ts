import { randomUUID } from "node:crypto";
import { createLogger } from "@tradegraph/kit/logger";
import { connectRedis, type RedisClient } from "@tradegraph/kit/redis";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import {
  createPopularOperations,
  type PopularOperation,
  type PopularOperations,
} from "../src/cache/operate/popular-operations.ts";

const redisUri = inject("redisUri");
const logger = createLogger({ service: "gateway", level: "silent" });
const operation = (name: string, more: Partial<PopularOperation> = {}): PopularOperation => ({
  tenantId: "acme",
  query: `query ${name} { books { title } }`,
  ...more,
});

describe.skipIf(!redisUri)("popular operations", () => {
  let redis: RedisClient;
  let namespace: string;
  let gateways: PopularOperations[];
  const start = (client = redis) => {
    const popular = createPopularOperations({ redis: client, namespace, logger });
    gateways.push(popular);
    return popular;
  };
  const ask = (popular: PopularOperations, times: number, asked: PopularOperation) => {
    for (let time = 0; time < times; time++) popular.record(asked.tenantId, JSON.stringify(asked), () => asked);
  };

  beforeEach(async () => {
    namespace = `popular-${randomUUID()}`;
    gateways = [];
    redis = connectRedis({ url: redisUri ?? "", logger, name: "test" });
    await new Promise<void>((resolve) => redis.once("ready", () => resolve()));
  });
  afterEach(async () => {
    await Promise.all(gateways.map((popular) => popular.close()));
    await redis.quit();
  });

  it("are known to the next gateway, those asked most first", async () => {
    const first = start();
    const search = operation("Search", { operationName: "Search", variables: { text: "drill", first: 10 } });
    ask(first, 1, operation("Rare"));
    ask(first, 5, search);
    ask(first, 3, operation("Often"));
    await first.close();
    expect(await start().read(2)).toEqual([search, operation("Often")]);
    expect(await start().read(0)).toEqual([]);
  });

  it("of several gateways count together, whatever the order of variables", async () => {
    const [one, other] = [start(), start()];
    ask(one, 2, operation("A", { variables: { a: 1, b: 2 } }));
    ask(other, 2, operation("A", { variables: { b: 2, a: 1 } }));
    ask(one, 3, operation("B"));
    await Promise.all([one.flush(), other.flush()]);
    expect((await one.read(10)).map(({ query }) => query.split(" ")[1])).toEqual(["A", "B"]);
  });

  it("keeps tenants apart", async () => {
    const popular = start();
    ask(popular, 1, operation("A"));
    ask(popular, 2, operation("A", { tenantId: "other" }));
    await popular.flush();
    expect((await popular.read(10)).map(({ tenantId }) => tenantId)).toEqual(["other", "acme"]);
  });

  it("are 500 at most, and those asked least go", async () => {
    const popular = start();
    for (let index = 0; index < 600; index++) ask(popular, index < 100 ? 1 : 2, operation(`Q${index}`));
    await popular.flush();
    const kept = await popular.read(1_000);
    expect(kept).toHaveLength(500);
    expect(kept.map(({ query }) => query)).not.toContain(operation("Q50").query);
  });

  it("longer than 8 KiB are not written down", async () => {
    const popular = start();
    ask(popular, 9, operation("Long", { variables: { text: "x".repeat(8 * 1024) } }));
    ask(popular, 1, operation("Short"));
    await popular.flush();
    expect(await popular.read(10)).toEqual([operation("Short")]);
  });

  it("count half after an hour, once for all gateways", async () => {
    const scores = async () =>
      (await redis.zrevrange(`${namespace}:popular`, 0, -1, "WITHSCORES")).filter((_, at) => at % 2);
    const [one, other] = [start(), start()];
    ask(one, 8, operation("A"));
    await one.flush();
    // The first flush halves; the next within the hour does not.
    expect(await scores()).toEqual(["4"]);
    ask(other, 2, operation("A"));
    await other.flush();
    expect(await scores()).toEqual(["6"]);
    await redis.del(`${namespace}:popular-halved`);
    ask(one, 2, operation("A"));
    ask(other, 2, operation("A"));
    await Promise.all([one.flush(), other.flush()]);
    const [score] = await scores();
    expect(Number(score)).toBeGreaterThanOrEqual(4);
    expect(Number(score)).toBeLessThanOrEqual(7);
  });

  it("are forgotten a week after the last visitor", async () => {
    const popular = start();
    ask(popular, 1, operation("A"));
    await popular.flush();
    expect(await redis.ttl(`${namespace}:popular`)).toBeGreaterThan(6 * 24 * 3_600);
  });

  it("of another version of the program are left out", async () => {
    await redis.zadd(`${namespace}:popular`, 9, "{", 8, '{"tenantId":1}', 7, JSON.stringify(operation("A")));
    expect(await start().read(10)).toEqual([operation("A")]);
  });

  it("do no harm without Redis", async () => {
    const away = connectRedis({ url: "redis://127.0.0.1:1", logger, name: "test" });
    const popular = start(away);
    ask(popular, 1, operation("A"));
    await popular.flush();
    expect(await popular.read(10)).toEqual([]);
    away.disconnect();
  });
});
