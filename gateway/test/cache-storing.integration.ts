import { entityTag } from "@tradegraph/kit/cache-tags";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  buyer,
  itemQuery,
  stockCalls,
  type Stage,
  type StageGraph,
  startStage,
  startStageGraph,
  visitor,
} from "./caching-stage.ts";
import { seenBy } from "./caching-subgraphs.ts";

let stage: Stage;
let graph: StageGraph;
beforeEach(async () => {
  stage = startStage();
  graph = await startStageGraph(stage);
});
afterEach(() => graph.stop());

describe("what may be kept", () => {
  it.each([
    ["no report of what it depends on", (body: object) => ({ body: { ...body, extensions: {} }, headers: {} })],
    [
      "a report that nobody knows",
      (body: object) => ({ body: { ...body, extensions: { cacheTagsByField: { item: null } } }, headers: {} }),
    ],
    ["max-age=0", (body: object) => ({ body, headers: { "cache-control": "max-age=0" } })],
    ["an age beyond its time", (body: object) => ({ body, headers: { "cache-control": "max-age=20", age: "20" } })],
    ["no-cache", (body: object) => ({ body, headers: { "cache-control": "no-cache, max-age=9" } })],
    ["an error without a path", (body: object) => ({ body: { ...body, errors: [{ message: "no" }] }, headers: {} })],
    [
      "an error that leads nowhere",
      (body: object) => ({ body: { ...body, errors: [{ message: "no", path: ["gone", 1] }] }, headers: {} }),
    ],
  ])("is not an answer with %s", async (_, behave) => {
    stage.behave = (_call, { body }) => behave(body);
    expect((await graph.ask(itemQuery, { id: "1" })).use?.isUncacheable).toBe(true);
    await graph.ask(itemQuery, { id: "1" });
    expect(stockCalls(stage)).toHaveLength(2);
  });

  it("ends with what a subgraph that is not ours allows, when that is less", async () => {
    const foreign = await startStageGraph(stage, true, { foreignSubgraphs: new Set(["stock", "labels"]) });
    stage.behave = (_, { body }) => ({ body, headers: { "cache-control": "public, max-age=20, future=1", age: "8" } });
    const { use, cacheControl } = await foreign.ask(itemQuery, { id: "1" });
    expect(use?.parts[0]?.maxAge).toBe(12);
    expect(cacheControl).toBe("max-age=12, public");
    stage.behave = (_, { body }) => ({ body, headers: { "cache-control": "max-age=9000" } });
    expect((await foreign.ask(itemQuery, { id: "2" })).use?.parts[0]?.maxAge).toBe(60);
    await foreign.stop();
  });

  it("ends when the schema says, although the header of ours has the shortest time of what was asked together", async () => {
    stage.behave = (_, { body }) => ({ body, headers: { "cache-control": "public, max-age=20" } });
    expect((await graph.ask(itemQuery, { id: "1" })).use?.parts[0]?.maxAge).toBe(60);
  });

  it("is nothing while the log is not read", async () => {
    graph.log.hasLease = false;
    const { data, use } = await graph.ask(`{ item(id: "1") { seen } plain { seen } }`, {}, buyer);
    expect(data).toEqual({ item: { seen: seenBy(buyer) }, plain: { seen: seenBy(buyer) } });
    expect(use?.isUncacheable).toBe(true);
    const alone = await graph.ask(`{ item(id: "1") { seen } }`, {}, buyer);
    expect([alone.data, alone.use?.isUncacheable]).toEqual([{ item: { seen: seenBy(visitor) } }, true]);
    graph.log.hasLease = true;
    expect((await graph.ask(`{ item(id: "1") { seen } }`, {}, buyer)).use).toMatchObject({ hits: 0, misses: 1 });
  });

  it("is not what changed while it was asked for", async () => {
    stage.before = () => void graph.log.mark([entityTag("Thing", "1")]);
    await graph.ask(itemQuery, { id: "1" });
    await graph.ask(itemQuery, { id: "1" });
    expect(stockCalls(stage)).toHaveLength(2);
  });

  it("depends on the subgraph, tenant, type, declared tag and key", async () => {
    const { use } = await graph.ask(`{ item(id: "7") { id label } }`);
    expect(use?.parts[0]?.tags).toEqual(
      expect.arrayContaining(["subgraph:stock", "tenant:acme", "type:stock:Item", "key:stock:item-7", "Thing:7"]),
    );
    expect(use?.parts[1]?.tags).toEqual(expect.arrayContaining(["type:labels:Item", 'Item:{"id":"7"}', "Thing:7"]));
    for (const tag of ["subgraph:stock", "tenant:acme", "type:stock:Item", "key:stock:item-7"]) {
      const calls = stockCalls(stage).length;
      graph.log.mark([tag]);
      await graph.ask(`{ item(id: "7") { id label } }`);
      expect(stockCalls(stage)).toHaveLength(calls + 1);
    }
  });
});

describe("a subgraph that is not ours", () => {
  it("is kept without a report, by its declared tags and those that it names", async () => {
    const foreign = await startStageGraph(stage, true, { foreignSubgraphs: new Set(["stock", "labels"]) });
    stage.behave = (_, { body, headers }) => ({
      body: { ...body, extensions: { apolloCacheTags: ["all"], apolloEntityCacheTags: [["mine"]] } },
      headers,
    });
    const { use } = await foreign.ask(`{ item(id: "1") { label } }`);
    expect(use?.parts.map(({ tags }) => tags.filter((tag) => tag.startsWith("key:")))).toEqual([
      ["key:stock:item-1", "key:stock:all"],
      ["key:labels:all", "key:labels:mine"],
    ]);
    await foreign.stop();
  });
});
