import { entityTag } from "@tradegraph/kit/cache-tags";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NoAnswer } from "../src/subgraph-client.ts";
import {
  buyer,
  itemQuery,
  labelCalls,
  labelsQuery,
  stockCalls,
  type Stage,
  type StageGraph,
  startStage,
  startStageGraph,
} from "./caching-stage.ts";

let stage: Stage;
let graph: StageGraph;
beforeEach(async () => {
  stage = startStage();
  graph = await startStageGraph(stage);
});
afterEach(() => graph.stop());

/** Machines that test are busy. */
const soon = { timeout: 10_000 };

describe("callers at the same time", () => {
  it("ask one question for a thousand", async () => {
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, () => graph.ask(`{ item(id: "1") { stock label } }`)),
    );
    expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1);
    expect([stockCalls(stage), labelCalls(stage)].map((calls) => calls.length)).toEqual([1, 1]);
  }, 30_000);

  it("do not join a question from before a change that was told before they asked", async () => {
    const gate = Promise.withResolvers<undefined>();
    stage.behave = async ({ query }, result) => {
      if (query.includes("change")) return result;
      // Read, and not yet sent.
      if (stockCalls(stage).length === 1) await gate.promise;
      return result;
    };
    const early = graph.ask(itemQuery, { id: "1" });
    await expect.poll(() => stockCalls(stage).length, soon).toBe(1);
    stage.versions.set("1", 2);
    await graph.ask("mutation Change($id: ID!) { change(id: $id) }", { id: "1" });
    const late = graph.ask(itemQuery, { id: "1" });
    // It waits, since nobody knows yet that the answer depends on what has changed.
    await expect.poll(() => graph.misses(), soon).toBe(2);
    gate.resolve(undefined);
    await early;
    expect((await late).data).toEqual({ item: { id: "1", stock: 2 } });
    expect((await graph.ask(itemQuery, { id: "1" })).data).toEqual({ item: { id: "1", stock: 2 } });
  });

  it("are told what others lost by an error of a field that only those had asked for", async () => {
    const gate = Promise.withResolvers<undefined>();
    stage.before = () => (stockCalls(stage).length === 1 ? gate.promise : undefined);
    const early = graph.ask(`{ needed(id: "e1") { version } item(id: "1") { stock } }`);
    await expect.poll(() => stockCalls(stage).length, soon).toBe(1);
    const late = graph.ask(`{ item(id: "1") { stock } }`, {}, buyer);
    await expect.poll(() => graph.misses(), soon).toBe(3);
    gate.resolve(undefined);
    expect((await early).data).toBeNull();
    const { data, errors } = await late;
    expect([data, errors]).toEqual([{ item: { stock: 1 } }, undefined]);
    expect(stockCalls(stage)).toHaveLength(2);
  });

  it("do not share an error from before a change", async () => {
    const gate = Promise.withResolvers<undefined>();
    stage.behave = async (call, { body, headers }) => {
      if (call.query.includes("change") || stockCalls(stage)[0] !== call) return { body, headers };
      await gate.promise;
      return { body: { data: { item: null }, errors: [{ message: "gone", path: ["item"] }] }, headers };
    };
    const early = graph.ask(itemQuery, { id: "1" });
    await expect.poll(() => stockCalls(stage).length, soon).toBe(1);
    graph.log.mark(["something else"]);
    const late = graph.ask(itemQuery, { id: "1" });
    await expect.poll(() => graph.misses(), soon).toBe(2);
    gate.resolve(undefined);
    expect((await early).errors).toHaveLength(1);
    expect((await late).data).toEqual({ item: { id: "1", stock: 1 } });
  });
});

describe("what is stale", () => {
  it("is shown at once while it is fetched again, once", async () => {
    const { lead } = graph.cache;
    let leads = 0;
    lead.tryLead = () => Promise.resolve(++leads === 1);
    await graph.ask(itemQuery, { id: "1" });
    stage.versions.set("1", 2);
    graph.forward(61);
    const gate = Promise.withResolvers<undefined>();
    stage.before = () => gate.promise;
    const answers = await Promise.all([1, 2, 3].map(() => graph.ask(itemQuery, { id: "1" })));
    expect(answers.map(({ data }) => data?.item)).toEqual([1, 2, 3].map(() => ({ id: "1", stock: 1 })));
    expect(answers.every(({ use }) => use?.isUncacheable)).toBe(true);
    gate.resolve(undefined);
    await expect
      .poll(async () => (await graph.ask(itemQuery, { id: "1" })).data?.item, soon)
      .toEqual({ id: "1", stock: 2 });
    expect([stockCalls(stage).length, leads]).toEqual([2, 1]);
  });

  it("is left to the gateway that leads", async () => {
    const follower = await startStageGraph(stage, true, { lead: { tryLead: () => Promise.resolve(false) } });
    await follower.ask(itemQuery, { id: "1" });
    follower.forward(61);
    await follower.ask(itemQuery, { id: "1" });
    await expect.poll(() => follower.cache.refreshing.size, soon).toBe(0);
    expect(stockCalls(stage)).toHaveLength(1);
    await follower.stop();
  });

  it("is not shown when it was forgotten, even while the subgraph is silent", async () => {
    await graph.ask(itemQuery, { id: "1" });
    graph.forward(100);
    stage.before = () => {
      graph.log.mark([entityTag("Thing", "1")]);
      throw new NoAnswer("timeout", "test");
    };
    const { errors, data } = await graph.ask(itemQuery, { id: "1" });
    expect([data, errors?.[0]?.extensions.code]).toEqual([{ item: null }, "SERVICE_UNAVAILABLE"]);
  });

  it("is shown when the subgraph does not answer, and not when it refuses", async () => {
    await graph.ask(itemQuery, { id: "1" });
    graph.forward(100);
    stage.before = () => {
      throw new NoAnswer("unavailable", "test");
    };
    const { data, errors } = await graph.ask(itemQuery, { id: "1" });
    expect([data, errors]).toEqual([{ item: { id: "1", stock: 1 } }, undefined]);
    stage.before = undefined;
    stage.behave = (_, { headers }) => ({
      body: {
        data: { item: null },
        errors: [{ message: "No.", path: ["item"], extensions: { code: "BAD_USER_INPUT" } }],
      },
      headers,
    });
    expect((await graph.ask(itemQuery, { id: "1" })).errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });

  it("is fetched early by chance when its end is near", async () => {
    const eager = await startStageGraph(stage, true, { random: () => Number.MIN_VALUE });
    stage.before = () => new Promise((resolve) => setTimeout(resolve, 20));
    await eager.ask(itemQuery, { id: "1" });
    eager.forward(50);
    await eager.ask(itemQuery, { id: "1" });
    await expect.poll(() => stockCalls(stage).length, soon).toBe(2);
    await eager.stop();
  });
});

describe("a subgraph that does not answer", () => {
  it("fails the fields that it was asked for and no others", async () => {
    await graph.ask(labelsQuery, { ids: ["1"] });
    await graph.ask(`{ items(ids: ["1", "2"]) { id } }`);
    stage.before = ({ subgraph }) => {
      if (subgraph === "labels") throw new NoAnswer("timeout", "test");
    };
    const { data, errors } = await graph.ask(labelsQuery, { ids: ["1", "2"] });
    expect(data?.items).toEqual([
      { id: "1", label: "label 1 1" },
      { id: "2", label: null },
    ]);
    expect(errors).toMatchObject([
      { path: ["items", 1, "label"], extensions: { code: "SERVICE_UNAVAILABLE", service: "labels", retryable: true } },
    ]);
  });

  it("fails root fields beside others that are kept", async () => {
    await graph.ask(`{ a: item(id: "1") { stock } }`);
    stage.before = () => {
      throw new NoAnswer("timeout", "test");
    };
    const { data, errors } = await graph.ask(`{ a: item(id: "1") { stock } b: item(id: "2") { stock } }`);
    expect(data).toEqual({ a: { stock: 1 }, b: null });
    expect(errors).toMatchObject([{ path: ["b"], extensions: { code: "SERVICE_UNAVAILABLE" } }]);
  });

  it("is asked to the end when the caller who asked has left, because others wait", async () => {
    stage.before = () => new Promise((resolve) => setImmediate(resolve));
    await Promise.all([graph.ask(itemQuery, { id: "1" }), graph.ask(itemQuery, { id: "1" }, buyer)]);
    expect(stockCalls(stage)).toHaveLength(1);
  });
});
