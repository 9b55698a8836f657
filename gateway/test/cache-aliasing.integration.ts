// What the cache hands out belongs to who asked: @apollo/gateway changes the objects that data sources give it (deepMerge), so
// each test spoils everything that came out, and then looks at what others got and get.
import { randomUUID } from "node:crypto";
import { createLogger } from "@tradegraph/kit/logger";
import { createMetrics } from "@tradegraph/kit/metrics";
import { connectRedis, type RedisClient } from "@tradegraph/kit/redis";
import { parse } from "graphql";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { createCachingSources, type GraphCache } from "../src/cache/fetch/graph-cache.ts";
import { compileCacheManifest } from "../src/cache/policy/compile-cache-policy.ts";
import { createSingleFlight } from "../src/cache/store/single-flight.ts";
import { type CacheStore, createCacheStore } from "../src/cache/store/store.ts";
import { type ClientFetch, createOrigin } from "../src/data-source.ts";
import { createGatewayMetrics } from "../src/gateway-metrics.ts";
import { newScope } from "../src/request-scope.ts";
import { NoAnswer } from "../src/subgraph-client.ts";
import {
  type Stage,
  type StageGraph,
  startStage,
  startStageGraph,
  type SubgraphName,
  visitor,
} from "./caching-stage.ts";
import { typeDefs } from "./caching-subgraphs.ts";
import { keys } from "./fake-graph.ts";
import { fakeInvalidationLog } from "./fake-invalidation-log.ts";

const logger = createLogger({ service: "test", level: "silent" });
const soon = { timeout: 10_000 };
const manifest = compileCacheManifest(new Map(Object.entries(typeDefs).map(([name, text]) => [name, parse(text)])));

const item = (id: string) => ({ __typename: "Item", id });
/** A fetch as @apollo/gateway makes it. */
interface Fetch {
  subgraph: SubgraphName;
  query: string;
  variables?: Record<string, unknown>;
}
const entities = (...ids: string[]): Fetch => ({
  subgraph: "labels",
  query: "query($representations:[_Any!]!){_entities(representations:$representations){...on Item{id label}}}",
  variables: { representations: ids.map(item) },
});
const roots: Fetch = { subgraph: "stock", query: `{a:items(ids:["1","2"]){id stock} b:item(id:"1"){id stock}}` };
const failing: Fetch = { subgraph: "stock", query: `{signedIn{seen} b:item(id:"1"){id stock}}` };

/** Changes everything in a value that can be changed. */
function spoil(value: unknown, seen = new Set<unknown>()): void {
  if (typeof value !== "object" || value === null || seen.has(value)) return;
  seen.add(value);
  const one = value as Record<string, unknown>;
  for (const name of Object.keys(one)) {
    spoil(one[name], seen);
    if (typeof one[name] !== "object") one[name] = "spoiled";
  }
  if (Array.isArray(value)) value.push("spoiled");
  else one.spoiled = true;
}

/** Every object in a value. */
function objectsIn(value: unknown, found = new Set<object>()): Set<object> {
  if (typeof value !== "object" || value === null || found.has(value)) return found;
  found.add(value);
  for (const one of Object.values(value)) objectsIn(one, found);
  return found;
}

let stage: Stage;
let graph: StageGraph;
beforeEach(async () => {
  stage = startStage();
  graph = await startStageGraph(stage);
});
afterEach(() => graph.stop());

/** Asks the cached data source of a subgraph; what it gives is not copied on the way. */
function askerOf(cache: GraphCache) {
  const sources = createCachingSources(cache, manifest);
  const { fetchDurations: durations } = createGatewayMetrics(createMetrics("gateway"));
  return async ({ subgraph, query, variables = {} }: Fetch): Promise<unknown> => {
    const url = `http://${subgraph}.test/graphql`;
    const origin = createOrigin({ ...{ service: subgraph, url, client: stage.client, keys, logger, durations } });
    const fetch = {
      ...{ request: { query, variables }, context: { scope: newScope("request", visitor) } },
      incomingRequestContext: { operation: { operation: "query" } },
    };
    return sources(subgraph, origin).process(fetch as unknown as ClientFetch);
  };
}

const textOf = (answer: unknown) => JSON.stringify(answer);

/** Spoils answers one after the other; none may show in those that are not spoilt yet. */
function expectOwn(answers: readonly unknown[], expected: string) {
  for (const answer of answers) {
    expect(textOf(answer)).toBe(expected);
    spoil(answer);
  }
  const all = answers.map((answer) => objectsIn(answer));
  expect(new Set(all.flatMap((objects) => [...objects])).size, "objects that two answers have").toBe(
    all.reduce((sum, { size }) => sum + size, 0),
  );
}

describe.each([
  ["root fields", roots],
  ["entities", entities("1", "2", "1", "n1")],
  ["entities with errors", entities("1", "e1", "1", "e1")],
  ["root fields with errors", failing],
] as const)("whoever spoils what he got of %s", (_, fetch) => {
  const expectedOf = async () => {
    const plain = await startStageGraph(stage);
    const expected = textOf(await askerOf(plain.cache)(fetch));
    await plain.stop();
    stage.calls.length = 0;
    return expected;
  };

  it("spoils nothing for those who asked at the same time, nor for those who ask later", async () => {
    const expected = await expectedOf();
    const ask = askerOf(graph.cache);
    const gate = Promise.withResolvers<undefined>();
    stage.before = () => gate.promise;
    const asking = [1, 2, 3].map(() => ask(fetch));
    await expect.poll(() => stage.calls.length, soon).toBe(1);
    gate.resolve(undefined);
    expectOwn(await Promise.all(asking), expected);
    expectOwn([await ask(fetch), await ask(fetch)], expected);
  });

  it("spoils nothing in memory", async () => {
    const expected = await expectedOf();
    const ask = askerOf(graph.cache);
    const answers = [];
    for (let time = 0; time < 4; time += 1) {
      const answer = await ask(fetch);
      expectOwn([answer], expected);
      answers.push(answer);
    }
    expect(new Set(answers.flatMap((answer) => [...objectsIn(answer)])).size).toBe(
      answers.reduce<number>((sum, answer) => sum + objectsIn(answer).size, 0),
    );
  });
});

describe("whoever spoils an entity", () => {
  it("spoils it at its own place only, where the same one has several", async () => {
    const ask = askerOf(graph.cache);
    for (let time = 0; time < 2; time += 1) {
      const { data } = (await ask(entities("1", "1", "1"))) as { data: { _entities: unknown[] } };
      const [first, ...others] = data._entities;
      spoil(first);
      expect(others).toEqual([1, 2].map(() => ({ id: "1", label: "label 1 1" })));
    }
  });
});

describe("whoever spoils the error of a subgraph that gives no answer", () => {
  it("spoils nothing for those who waited for the same", async () => {
    const ask = askerOf(graph.cache);
    await ask(entities("1"));
    const gate = Promise.withResolvers<undefined>();
    stage.before = async () => {
      await gate.promise;
      throw new NoAnswer("timeout", "test");
    };
    const asking = [1, 2].map(() => ask(entities("1", "2")));
    const expected =
      '{"data":{"_entities":[{"id":"1","label":"label 1 1"},null]},"errors":[{"message":"The labels service did not answer in time; try again.","extensions":{"retryable":true,"service":"labels","code":"SERVICE_UNAVAILABLE"}}]}';
    await expect.poll(() => stage.calls.length, soon).toBe(2);
    gate.resolve(undefined);
    const answers = await Promise.all(asking);
    expectOwn(answers, expected);
  });
});

describe.skipIf(!inject("redisUri"))("whoever spoils what came out of Redis", () => {
  let redis: RedisClient;
  let stores: CacheStore[];
  beforeEach(async () => {
    stores = [];
    redis = connectRedis({ url: inject("redisUri") ?? "", logger, name: "test" });
    await expect.poll(() => redis.status, soon).toBe("ready");
  });
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    redis.disconnect();
  });

  it.each([
    ["root fields", roots, 2],
    ["entities", entities("1", "2", "1"), 2],
  ] as const)("spoils nothing there, nor for other gateways: %s", async (_, fetch, kept) => {
    const namespace = `aliasing-${randomUUID()}`;
    /** Each gateway has a memory of its own, and nothing in it. */
    const gateway = () => {
      const log = fakeInvalidationLog();
      const store = createCacheStore({ redis, log, logger, lookupMs: 5_000 });
      stores.push(store);
      return askerOf({ ...graph.cache, store, log, namespace, flights: createSingleFlight(log) });
    };
    const first = await gateway()(fetch);
    const expected = textOf(first);
    spoil(first);
    await expect.poll(async () => (await redis.keys(`${namespace}:*`)).length, soon).toBe(kept);
    for (const ask of [gateway(), gateway()]) {
      expectOwn(await Promise.all([ask(fetch), ask(fetch)]), expected);
      expectOwn([await ask(fetch)], expected);
    }
    expect(stage.calls).toHaveLength(1);
  });
});
