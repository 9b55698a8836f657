import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NoAnswer } from "../src/subgraph-client.ts";
import { buyer, itemQuery, staff, type Stage, type StageGraph, startStage, startStageGraph } from "./caching-stage.ts";

let stage: Stage;
let graph: StageGraph;
beforeEach(async () => {
  stage = startStage();
  graph = await startStageGraph(stage);
});
afterEach(() => graph.stop());

describe("mutations", () => {
  const change = "mutation Change($id: ID!) { change(id: $id) }";

  it("tell what they change before their caller hears, and he then reads what is new", async () => {
    await graph.ask(itemQuery, { id: "1" });
    stage.versions.set("1", 2);
    expect((await graph.ask(change, { id: "1" }, buyer)).extensions).toBeUndefined();
    expect(graph.log.appended).toEqual([{ invalidation: { tags: ["Thing:1"] }, wait: "strict" }]);
    expect((await graph.ask(itemQuery, { id: "1" })).data).toEqual({ item: { id: "1", stock: 2 } });
  });

  it("are not answered before all are told who have to be", async () => {
    const told = Promise.withResolvers<boolean>();
    graph.log.append = () => told.promise;
    let isAnswered = false;
    const answer = graph.ask(change, { id: "1" }, buyer).then((one) => {
      isAnswered = true;
      return one;
    });
    await expect.poll(() => stage.calls.length).toBe(1);
    // Much longer than an answer takes.
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(isAnswered).toBe(false);
    told.resolve(true);
    expect((await answer).extensions).toBeUndefined();
  });

  it("tell what the schema declares, also when nobody knows whether they happened", async () => {
    const declared = "mutation Declared($id: ID!) { declared(id: $id) }";
    await graph.ask(declared, { id: "1" });
    expect(graph.log.appended.map(({ invalidation }) => invalidation.tags)).toEqual([["key:stock:item-1"]]);
    stage.before = () => {
      throw new NoAnswer("timeout", "test");
    };
    await graph.ask(declared, { id: "2" });
    expect(graph.log.appended.map(({ invalidation }) => invalidation.tags)).toEqual([
      ["key:stock:item-1"],
      ["key:stock:item-2"],
    ]);
  });

  it("tell nothing of what was refused, as ids that callers make up would push real changes out of memory", async () => {
    const refuse = (...refused: [name: string, code: string][]) => {
      stage.behave = () => ({
        body: {
          data: { a: null, b: null },
          errors: refused.map(([name, code]) => ({ message: "no", path: [name], extensions: { code } })),
        } as never,
        headers: {},
      });
    };
    const both = `mutation Both { a: declared(id: "made up") b: declared(id: "2") }`;
    refuse(["a", "FORBIDDEN"], ["b", "NOT_FOUND"]);
    await graph.ask(both, {}, buyer);
    expect(graph.log.appended).toEqual([]);
    refuse(["a", "FORBIDDEN"], ["b", "INTERNAL_SERVER_ERROR"]);
    await graph.ask(both, {}, buyer);
    expect(graph.log.appended.map(({ invalidation }) => invalidation.tags)).toEqual([["key:stock:item-2"]]);
  });

  it("tell what they changed although they failed", async () => {
    stage.behave = (_, { body, headers }) => ({
      body: { ...body, data: null, errors: [{ message: "late" }] },
      headers,
    });
    expect((await graph.ask(change, { id: "1" })).errors).toHaveLength(1);
    expect(graph.log.appended).toHaveLength(1);
  });

  it("say so when only the relay can tell", async () => {
    graph.log.canAppend = false;
    const { data, extensions } = await graph.ask(change, { id: "1" });
    expect(data).toEqual({ change: 1 });
    expect(extensions).toEqual({ cache: { invalidation: "deferred" } });
  });

  it("of a subgraph that is not ours only name its own tags", async () => {
    const foreign = await startStageGraph(stage, true, { foreignSubgraphs: new Set(["stock"]) });
    await foreign.ask(change, { id: "1" });
    expect(foreign.log.appended[0]?.invalidation.tags).toEqual(["key:stock:Thing:1"]);
    await foreign.stop();
  });

  it("may name types of their subgraph, and say that what was kept is outdated only", async () => {
    const told = { tags: ["one"], types: ["Item", 7], soft: true };
    stage.behave = (_, { body, headers }) => ({ body: { ...body, extensions: { cacheInvalidate: told } }, headers });
    await graph.ask(change, { id: "1" });
    const soft = { tags: ["one", "type:stock:Item"], isSoft: true };
    expect(graph.log.appended).toEqual([{ invalidation: soft, wait: "strict" }]);
    told.soft = false;
    await graph.ask(change, { id: "1" });
    expect(graph.log.appended[1]).toEqual({ invalidation: { tags: soft.tags }, wait: "strict" });
  });
});

describe("the debugger", () => {
  const query = `{ item(id: "1") { label } plain { seen } }`;
  const wanted = { "apollo-cache-debugging": "true" };

  it("tells who may know where each part came from, as Apollo Router does", async () => {
    await graph.ask(query);
    const { extensions, cacheControl } = await graph.ask(query, {}, staff, wanted);
    const told = extensions?.apolloCacheDebugging as { version: string; data: Record<string, unknown>[] };
    expect(told.version).toBe("1.0");
    expect(told.data).toMatchObject([
      { key: "", kind: { rootFields: ["plain"] }, source: "subgraph", shouldStore: false },
      {
        kind: { rootFields: ["item"] },
        ...{ subgraphName: "stock", source: "cache", shouldStore: true, cacheControl: { maxAge: 60, public: true } },
        data: { data: { __typename: "Item", id: "1" } },
      },
      {
        kind: { typename: "Item", entityKey: { id: "1" } },
        subgraphName: "labels",
        data: { data: { label: "label 1 1" } },
      },
    ]);
    expect(cacheControl).toBe("no-store");
  });

  it("tells nobody else, and only who asks", async () => {
    expect((await graph.ask(query, {}, buyer, wanted)).extensions).toBeUndefined();
    expect((await graph.ask(query, {}, staff)).extensions).toBeUndefined();
  });
});
