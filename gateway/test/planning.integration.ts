import { join } from "node:path";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import process from "node:process";
import { afterEach, describe, expect, it, vi } from "vitest";
import { startPlanningStage, type PlanningStage } from "./planning-stage.ts";
import { slowDocument } from "./slow-graph.ts";

let stage: PlanningStage;
afterEach(() => stage.stop());

const quick = (name: string) => ({ query: `query ${name} { quick }` });
const endless = (name: string) => ({ query: slowDocument(6, name) });
const limit = { status: 400, body: { errors: [{ extensions: { code: "QUERY_PLANNING_LIMIT" } }] } };
const busy = { status: 503, body: { errors: [{ extensions: { code: "SERVICE_UNAVAILABLE", retryable: true } }] } };
const answered = { status: 200, body: { data: { quick: "yes" } } };
const restarts = (reason: string) => stage.figure("graphql_plan_thread_restarts_total", { reason });
const waiting = () => stage.figure("graphql_plan_queue_length");

describe("an operation that would take minutes to plan", () => {
  it("is refused in time, and nobody else waits for it", async () => {
    stage = await startPlanningStage({ planning: { timeoutMs: 1_500 } });
    await stage.post(quick("Warm"));
    let refused = false;
    const slow = stage.post(endless("Slow")).finally(() => (refused = true));
    const held: number[] = [];
    while (!refused) {
      const begun = process.threadCpuUsage();
      expect(await stage.post(quick("Warm"))).toMatchObject(answered);
      const { user, system } = process.threadCpuUsage(begun);
      held.push((user + system) / 1e3);
    }
    expect(await slow).toMatchObject(limit);
    // Planned in this thread, two of them would be answered, of which one took 1,500. Processor time, not the time that
    // passed: other programs may keep the machine busy, and let some dozen be answered where it could be hundreds.
    expect(held.length).toBeGreaterThan(5);
    held.sort((a, b) => a - b);
    expect(held[Math.floor(held.length * 0.9)]).toBeLessThan(50);
    // A collection of garbage, in the process that all these tests share.
    expect(held.at(-1)).toBeLessThan(250);
    expect(await restarts("timeout")).toBe(1);
  });

  it("costs no second thread when it comes again", async () => {
    stage = await startPlanningStage({ planning: { timeoutMs: 500 } });
    await stage.post(endless("Slow"));
    const again = await Promise.all([1, 2, 3].map(() => stage.post(endless("Slow"))));
    for (const answer of again) expect(answer).toMatchObject(limit);
    expect(await restarts("timeout")).toBe(1);
    expect(await stage.figure("graphql_plan_cache_total", { result: "refused" })).toBe(3);
  });

  it("only delays the plans that wait behind it", async () => {
    stage = await startPlanningStage({ planning: { timeoutMs: 1_000 } });
    const slow = stage.post(endless("Slow"));
    const behind = Promise.all(["One", "Two", "Three"].map((name) => stage.post(quick(name))));
    expect(await slow).toMatchObject(limit);
    for (const answer of await behind) expect(answer).toMatchObject(answered);
  });

  it("is refused at once where too many wait", async () => {
    stage = await startPlanningStage({ planning: { timeoutMs: 3_000, maxWaiting: 1 } });
    await stage.post(quick("Warm"));
    const slow = stage.post(endless("Slow"));
    await vi.waitFor(
      async () => expect(await stage.figure("graphql_plan_cache_total", { result: "miss" })).toBe(2),
      15_000,
    );
    const queued = stage.post(quick("Queued"));
    await vi.waitFor(async () => expect(await waiting()).toBe(1), 15_000);
    const surplus = await stage.post(quick("Surplus"));
    expect(surplus).toMatchObject(busy);
    expect(surplus.headers.get("retry-after")).toBe("2");
    expect(await stage.post(quick("Warm"))).toMatchObject(answered);
    expect(await slow).toMatchObject(limit);
    expect(await queued).toMatchObject(answered);
  });

  it("does not hold up the end of the program", async () => {
    stage = await startPlanningStage({ planning: { timeoutMs: 60_000 } });
    const slow = stage.post(endless("Slow"));
    await vi.waitFor(
      async () => expect(await stage.figure("graphql_plan_cache_total", { result: "miss" })).toBe(1),
      15_000,
    );
    const begun = performance.now();
    await stage.gateway.close();
    expect(await slow).toMatchObject({ status: 503 });
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});

it("asks once for a plan that many wait for, with the operation's name or without", async () => {
  stage = await startPlanningStage({ planning: {} });
  const requests = Array.from({ length: 20 }, (_, index) =>
    stage.post({ ...quick("Same"), ...(index % 2 && { operationName: "Same" }) }),
  );
  for (const answer of await Promise.all(requests)) expect(answer).toMatchObject(answered);
  expect(await stage.post(quick("Same"))).toMatchObject(answered);
  expect(await stage.figure("graphql_plan_seconds", { outcome: "planned" })).toBe(1);
  expect(await stage.figure("graphql_plan_cache_total", { result: "hit" })).toBeGreaterThan(0);
  expect(await stage.figure("graphql_plan_cache_plans")).toBe(1);
});

it("runs the operation that is named where a document has several", async () => {
  stage = await startPlanningStage({ planning: {} });
  const query = "query One { quick } query Two { again: quick }";
  expect(await stage.post({ query, operationName: "One" })).toMatchObject({ body: { data: { quick: "yes" } } });
  expect(await stage.post({ query, operationName: "Two" })).toMatchObject({ body: { data: { again: null } } });
  expect(await stage.figure("graphql_plan_cache_plans")).toBe(2);
});

describe("a planning thread that dies", () => {
  const program = new URL("./faulty-plan-worker.ts", import.meta.url);

  it("is replaced, and whoever waited for a plan gets it", async () => {
    stage = await startPlanningStage({ planning: { program } });
    const file = join(await mkdtemp(join(tmpdir(), "dies-")), "once");
    const dying = stage.post({ query: `# DiesOnce: ${file}\n{ quick }` });
    const behind = stage.post(quick("Behind"));
    expect(await dying).toMatchObject(answered);
    expect(await behind).toMatchObject(answered);
    expect(await restarts("crash")).toBe(1);
  });

  it("dies of the same document no more than twice", async () => {
    stage = await startPlanningStage({ planning: { program } });
    const deadly = quick("AlwaysDies");
    expect(await stage.post(deadly)).toMatchObject(limit);
    expect(await stage.post(deadly)).toMatchObject(limit);
    expect(await stage.post(quick("Other"))).toMatchObject(answered);
    expect(await restarts("crash")).toBe(2);
  });
});

describe("a planning thread that does not start", () => {
  const program = new URL("./dead-plan-worker.ts", import.meta.url);

  it("leaves inventions of clients refused", async () => {
    stage = await startPlanningStage({ planning: { program } });
    expect(await stage.post(quick("Invented"))).toMatchObject(busy);
    expect(stage.log.join()).toContain("Operations cannot be planned");
  });

  it("is done without while developing", async () => {
    stage = await startPlanningStage({ planning: { program }, development: true });
    expect(await stage.post(quick("Mine"))).toMatchObject(answered);
    expect(await stage.figure("graphql_plan_cache_plans")).toBe(1);
  });
});
