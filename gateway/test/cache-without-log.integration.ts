// While a gateway has no position in the invalidation log nothing is kept and nobody joins a question under way; what is
// asked for everybody still reaches a subgraph once at a time. The same over a real Redis: cache-redis-away.integration.ts.
import { type Viewer } from "@tradegraph/kit/viewer";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NoAnswer } from "../src/subgraph-client.ts";
import {
  buyer,
  colleague,
  itemQuery,
  labelCalls,
  labelsQuery,
  rival,
  type Stage,
  type StageAnswer,
  type StageCall,
  type StageGraph,
  startStage,
  startStageGraph,
  stockCalls,
  visitor,
} from "./caching-stage.ts";
import { seenBy } from "./caching-subgraphs.ts";

const soon = { timeout: 10_000 };
const stranger: Viewer = { ...visitor, tenantId: "other" };

let stage: Stage;
let graph: StageGraph;
beforeEach(async () => {
  stage = startStage();
  graph = await startStageGraph(stage);
  graph.log.hasLease = false;
});
afterEach(() => graph.stop());

/** How many parts have been asked for without the log so far. */
async function bypasses(): Promise<number> {
  const { values } = (await graph.metrics.getSingleMetric("response_cache_parts_total")?.get()) ?? { values: [] };
  return values.filter(({ labels }) => labels.result === "bypass").reduce((sum, { value }) => sum + value, 0);
}

/** The first question reads, and its answer stays on the way until it is let go. */
function holdFirst(ofSubgraph: StageCall["subgraph"] = "stock") {
  const gate = Promise.withResolvers<undefined>();
  stage.behave = async (call, result) => {
    if (stage.calls.find(({ subgraph }) => subgraph === ofSubgraph) === call) await gate.promise;
    return result;
  };
  return () => {
    gate.resolve(undefined);
  };
}

/** One asks, others come while his question is under way, and then it ends. */
async function askBehind(first: () => Promise<StageAnswer>, others: (() => Promise<StageAnswer>)[], parts: number) {
  const letGo = holdFirst();
  const before = await bypasses();
  const answers = [first()];
  await expect.poll(() => stockCalls(stage).length, soon).toBe(1);
  answers.push(...others.map((ask) => ask()));
  await expect.poll(async () => (await bypasses()) - before, soon).toBe(parts);
  letGo();
  return Promise.all(answers);
}

describe("callers at the same time, without the log", () => {
  it("ask two questions for five hundred, and see what was changed before they asked", async () => {
    const letGo = holdFirst();
    const early = graph.ask(itemQuery, { id: "1" });
    await expect.poll(() => stockCalls(stage).length, soon).toBe(1);
    stage.versions.set("1", 2);
    const late = Array.from({ length: 499 }, (_, index) =>
      graph.ask(
        `query Other${index % 2}($id: ID!) { item(id: $id) { id stock } }`,
        { id: "1" },
        [visitor, buyer][index % 2],
      ),
    );
    await expect.poll(bypasses, soon).toBe(500);
    expect(stockCalls(stage)).toHaveLength(1);
    letGo();
    expect((await early).data).toEqual({ item: { id: "1", stock: 1 } });
    for (const { data, errors } of await Promise.all(late)) {
      expect([data, errors]).toEqual([{ item: { id: "1", stock: 2 } }, undefined]);
    }
    expect(stockCalls(stage)).toHaveLength(2);
  }, 30_000);

  it("share entities too, where all of a fetch are the same", async () => {
    const letGo = holdFirst("labels");
    const first = graph.ask(labelsQuery, { ids: ["1", "2"] });
    await expect.poll(() => labelCalls(stage).length, soon).toBe(1);
    const answers = Array.from({ length: 100 }, () => graph.ask(labelsQuery, { ids: ["1", "2"] }));
    const other = graph.ask(labelsQuery, { ids: ["2", "1"] });
    expect((await other).data?.items).toHaveLength(2);
    // Two parts of each fetch of entities, and one of each list.
    await expect.poll(bypasses, soon).toBe(102 * 3);
    letGo();
    for (const { data } of [await first, ...(await Promise.all(answers))]) {
      expect(data).toEqual({ items: ["1", "2"].map((id) => ({ id, label: `label ${id} 1` })) });
    }
    expect(labelCalls(stage)).toHaveLength(3);
  }, 30_000);

  it("are asked for as nobody, and nothing of it is kept", async () => {
    const query = `{ item(id: "1") { seen } }`;
    const ask = (viewer: Viewer) => () => graph.ask(query, {}, viewer);
    const answers = await askBehind(ask(buyer), [ask(colleague), ask(rival), ask(visitor)], 4);
    for (const { data, use, cacheControl } of answers) {
      expect(data).toEqual({ item: { seen: seenBy(visitor) } });
      expect([use?.isUncacheable, cacheControl]).toEqual([true, "no-store"]);
    }
    expect(stockCalls(stage)).toHaveLength(2);
    for (const { viewer, requestId } of stockCalls(stage)) {
      expect(viewer).toEqual(visitor);
      expect(requestId).not.toContain("request-of");
    }
    graph.log.hasLease = true;
    expect((await graph.ask(query)).use).toMatchObject({ hits: 0, misses: 1 });
    expect(stockCalls(stage)).toHaveLength(3);
  });

  it("keep nothing of a question that is sent when the log is there again, and do not ask as those do who have it", async () => {
    const letGo = holdFirst();
    const early = graph.ask(itemQuery, { id: "1" });
    await expect.poll(() => stockCalls(stage).length, soon).toBe(1);
    const waiting = graph.ask(itemQuery, { id: "1" });
    await expect.poll(bypasses, soon).toBe(2);
    graph.log.hasLease = true;
    const withLog = await graph.ask(itemQuery, { id: "1" });
    expect(withLog.use).toMatchObject({ isUncacheable: false, misses: 1 });
    stage.versions.set("1", 2);
    letGo();
    await early;
    const { data, use } = await waiting;
    expect([data, use?.isUncacheable]).toEqual([{ item: { id: "1", stock: 2 } }, true]);
    expect(stockCalls(stage)).toHaveLength(3);
    // What was kept is what was asked for with the log.
    expect((await graph.ask(itemQuery, { id: "1" })).data).toEqual({ item: { id: "1", stock: 1 } });
  });

  it("share a question when the log is lost between the look into the cache and the question", async () => {
    const { store } = graph.cache;
    graph.log.hasLease = true;
    const found = store.find;
    store.find = async (keys) => {
      const answer = await found(keys);
      graph.log.hasLease = false;
      return answer;
    };
    const letGo = holdFirst();
    const asking = Array.from({ length: 100 }, () => graph.ask(itemQuery, { id: "1" }));
    await expect.poll(async () => (await bypasses()) + (await graph.misses()), soon).toBe(100);
    expect(await graph.misses()).toBeGreaterThan(0);
    letGo();
    for (const { data } of await Promise.all(asking)) expect(data).toEqual({ item: { id: "1", stock: 1 } });
    expect(stockCalls(stage).length).toBeLessThanOrEqual(2);
  });

  it("share a question when the log is lost while they wait for somebody else's", async () => {
    graph.log.hasLease = true;
    const letGo = holdFirst();
    const asking = [graph.ask(itemQuery, { id: "1" })];
    await expect.poll(() => stockCalls(stage).length, soon).toBe(1);
    graph.log.mark(["something else"]);
    asking.push(...Array.from({ length: 100 }, () => graph.ask(itemQuery, { id: "1" })));
    await expect.poll(() => graph.misses(), soon).toBe(101);
    expect(stockCalls(stage)).toHaveLength(1);
    graph.log.hasLease = false;
    letGo();
    for (const { data } of await Promise.all(asking)) expect(data).toEqual({ item: { id: "1", stock: 1 } });
    expect(stockCalls(stage).length).toBeLessThanOrEqual(3);
  });
});

describe("nobody is given what was asked for somebody else, without the log", () => {
  it.each([
    ["of his session", "{ mine { seen } }", [buyer, buyer, buyer]],
    ["of his company", "{ forCompany { seen } }", [buyer, colleague, rival]],
    ["without a policy", "{ plain { seen } }", [buyer, buyer, visitor]],
    ["in part", `{ item(id: "1") { seen } plain { seen } }`, [buyer, colleague, visitor]],
  ])("%s", async (_, query, viewers) => {
    const gate = Promise.withResolvers<undefined>();
    stage.before = () => gate.promise;
    const asking = viewers.map((viewer) => graph.ask(query, {}, viewer));
    await expect.poll(() => stockCalls(stage).length, soon).toBe(viewers.length);
    gate.resolve(undefined);
    const answers = await Promise.all(asking);
    for (const [index, { data }] of answers.entries()) {
      const own = seenBy(viewers[index] ?? visitor);
      expect(Object.values(data ?? {})).toEqual(Object.keys(data ?? {}).map(() => ({ seen: own })));
    }
  });

  it("of a policy by company, though visitors share it", async () => {
    const ask = () => graph.ask("{ forCompany { seen } }");
    const answers = await askBehind(ask, [ask, ask], 3);
    for (const { data } of answers) expect(data).toEqual({ forCompany: { seen: seenBy(visitor) } });
    expect(stockCalls(stage)).toHaveLength(2);
  });

  it("of another tenant", async () => {
    const query = `{ item(id: "1") { seen } }`;
    const gate = Promise.withResolvers<undefined>();
    stage.before = () => gate.promise;
    const viewers = [visitor, stranger, buyer, { ...buyer, tenantId: "other" }];
    const asking = viewers.map((viewer) => graph.ask(query, {}, viewer));
    await expect.poll(bypasses, soon).toBe(4);
    expect(stockCalls(stage).map(({ viewer }) => viewer.tenantId)).toEqual(["acme", "other"]);
    gate.resolve(undefined);
    const seen = (await Promise.all(asking)).map(({ data }) => (data?.item as { seen: string }).seen);
    expect(seen).toEqual([visitor, stranger, visitor, stranger].map(seenBy));
  });

  it("when a subgraph answers `private`: each asks as himself, and so do those who come later", async () => {
    stage.behave = (_, { body }) => ({ body, headers: { "cache-control": "private, max-age=60" } });
    const viewers = [buyer, colleague, rival];
    const ask = (viewer: Viewer) => graph.ask(`{ item(id: "1") { seen } }`, {}, viewer);
    for (const _round of [1, 2]) {
      const answers = await Promise.all(viewers.map(ask));
      expect(answers.map(({ data }) => data)).toEqual(viewers.map((viewer) => ({ item: { seen: seenBy(viewer) } })));
      stage.behave = undefined;
    }
    const asNobody = stockCalls(stage).filter(({ viewer }) => viewer.role === "anonymous");
    expect(asNobody.length).toBeLessThanOrEqual(2);
    expect(await graph.metrics.getSingleMetricAsString("response_cache_policy_violations_total")).toMatch(/} [12]$/m);
  });

  it("when a subgraph refuses a visitor: who is signed in asks as himself", async () => {
    const ask = (viewer: Viewer) => graph.ask("{ signedIn { seen } }", {}, viewer);
    const [refused, ...answers] = await Promise.all([visitor, buyer, colleague].map(ask));
    expect(refused?.errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
    expect(answers.map(({ data }) => data)).toEqual(
      [buyer, colleague].map((viewer) => ({ signedIn: { seen: seenBy(viewer) } })),
    );
  });
});

describe("a subgraph that fails, without the log", () => {
  it("fails for all who wait, and is asked again by who comes later", async () => {
    let isAway = true;
    const gate = Promise.withResolvers<undefined>();
    stage.before = async () => {
      await gate.promise;
      if (isAway) throw new NoAnswer("unavailable", "test");
    };
    const asking = Array.from({ length: 50 }, () => graph.ask(itemQuery, { id: "1" }));
    await expect.poll(bypasses, soon).toBe(50);
    gate.resolve(undefined);
    for (const { data, errors } of await Promise.all(asking)) {
      expect([data, errors?.length, errors?.[0]?.extensions.code]).toEqual([{ item: null }, 1, "SERVICE_UNAVAILABLE"]);
    }
    expect(stockCalls(stage)).toHaveLength(2);
    isAway = false;
    expect((await graph.ask(itemQuery, { id: "1" })).data).toEqual({ item: { id: "1", stock: 1 } });
  });

  it("for one entity fails at its own places", async () => {
    const ask = () => graph.ask(labelsQuery, { ids: ["1", "e1", "e1"] });
    for (const { data, errors } of await Promise.all([ask(), ask(), ask()])) {
      expect((data?.items as { label: string | null }[]).map(({ label }) => label)).toEqual(["label 1 1", null, null]);
      expect(errors?.map(({ path }) => path?.[1])).toEqual([1, 2]);
    }
  });
});
