import { createHash } from "node:crypto";
import { createLogger } from "@tradegraph/kit/logger";
import { createMetrics } from "@tradegraph/kit/metrics";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type GraphPlanning, openPlanning, type PlanningOptions } from "../src/planning/open-planning.ts";
import { compose, opinionTypeDefs, shelfTypeDefs } from "./fake-graph.ts";
import { slowDocument, slowSupergraph } from "./slow-graph.ts";
import { startTestGateway, type TestGateway } from "./start-gateway.ts";
import { writeGraph } from "./write-graph.ts";

const sdl = compose([
  { name: "shelf", url: "http://127.0.0.1:1", typeDefs: shelfTypeDefs },
  { name: "opinions", url: "http://127.0.0.1:1", typeDefs: opinionTypeDefs },
]);
const keyOf = (body: string) => createHash("sha256").update(body).digest("hex");
const books = { body: "query Books { books { title stars } }" };
const latest = { body: "query Latest { latest }" };

describe("a generation of the graph", () => {
  let open: GraphPlanning[] = [];
  const start = (options: Partial<PlanningOptions> = {}, supergraph = sdl) => {
    const planning = openPlanning({
      ...{ rules: {}, development: false, registry: createMetrics("gateway") },
      logger: createLogger({ service: "gateway", level: "silent" }),
      ...options,
    }).forGraph(supergraph);
    open.push(planning);
    return planning;
  };
  const kept = async (planning: GraphPlanning, body: string) =>
    (await planning.apolloStore.get(keyOf(body))) !== undefined;
  afterEach(async () => {
    await Promise.all(open.map((planning) => planning.close()));
    open = [];
  });

  it("has plans of registered operations before it answers, and goes on after a bad one", async () => {
    const bad = { body: "query Bad { nothingOfTheSort }" };
    const planning = start({ operations: () => [bad, { body: "no GraphQL" }, books] });
    await planning.warmUp(undefined);
    expect(await kept(planning, books.body)).toBe(true);
    expect(await kept(planning, bad.body)).toBe(false);
  });

  it("takes over what the one before was asked for last", async () => {
    const before = start({ operations: () => [books, latest] });
    await before.warmUp(undefined);
    const after = start({ rules: { warmUp: 1 } });
    await after.warmUp(before);
    expect([await kept(after, books.body), await kept(after, latest.body)]).toEqual([false, true]);
  });

  it("plans each operation of a document, or the one that is named", async () => {
    const several = "query One { latest } query Two { books { id } }";
    const planning = start();
    expect(await planning.warm([{ body: several, name: "Two" }])).toEqual({ planned: 1, failed: 0, skipped: 0 });
    expect(await planning.warm([{ body: several }])).toEqual({ planned: 1, failed: 0, skipped: 0 });
    expect(await planning.warm([{ body: several }, { body: several, name: "One" }])).toMatchObject({ planned: 0 });
  });

  it("answers without the rest when the time is over", async () => {
    const slow = [1, 2, 3, 4].map((index) => ({ body: slowDocument(6, `Slow${index}`) }));
    const planning = start({ rules: { timeoutMs: 300, warmUpMs: 500 } }, slowSupergraph("http://127.0.0.1:1"));
    const begun = performance.now();
    const { planned, failed, skipped } = await planning.warm(slow);
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(planned).toBe(0);
    expect(failed + skipped).toBe(4);
    expect(skipped).toBeGreaterThan(0);
  });

  it("keeps no more than it may, and drops what was used longest ago", async () => {
    const planning = start({ rules: { cacheBytes: 8_000 } });
    const many = Array.from({ length: 30 }, (_, index) => ({ body: `query Q${index} { books { title stars } }` }));
    await planning.warm(many);
    expect(await kept(planning, many.at(-1)?.body ?? "")).toBe(true);
    expect(await kept(planning, many[0]?.body ?? "")).toBe(false);
    const { length } = planning.recent(100);
    expect(length).toBeGreaterThan(1);
    expect(length).toBeLessThan(10);
  });

  it("stops its warm-up when it is closed", async () => {
    const slow = [1, 2, 3].map((index) => ({ body: slowDocument(6, `Slow${index}`) }));
    const planning = start({ rules: { timeoutMs: 60_000 } }, slowSupergraph("http://127.0.0.1:1"));
    const warming = planning.warm(slow);
    const begun = performance.now();
    await planning.close();
    expect(await warming).toEqual({ planned: 0, failed: 1, skipped: 2 });
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});

describe("a gateway that gets another supergraph", () => {
  let test: TestGateway;
  const metrics = createMetrics("gateway");
  beforeEach(async () => {
    test = await startTestGateway({ metrics, planning: {} });
  });
  afterEach(() => test.stop());

  it("has the plans when it switches, so that nobody waits", async () => {
    const misses = async () => {
      const { values } = (await metrics.getSingleMetric("graphql_plan_cache_total")?.get()) ?? { values: [] };
      return values.find(({ labels }) => labels.result === "miss")?.value;
    };
    const queries = ["{ books { title stars } }", "query Latest { latest }", "query Score { score(of: 1) }"];
    const ask = () => Promise.all(queries.map((query) => test.post({ query })));
    await ask();
    expect(await misses()).toBe(3);
    const typeDefs = opinionTypeDefs.replace("latest: String", "latest: String newest: String");
    await writeGraph(test.supergraphPath, compose([test.shelf, { ...test.opinions, typeDefs }]));
    await vi.waitFor(() => expect(test.log.join()).toContain("Supergraph reloaded"), { timeout: 10_000, interval: 50 });
    expect((await test.post({ query: '{ __type(name: "Query") { name } newest }' })).status).toBeLessThan(500);
    const before = await misses();
    for (const { status } of await ask()) expect(status).toBe(200);
    expect(await misses()).toBe(before);
    expect(test.log.join()).toContain("Operations planned before they are asked for");
  });
});
