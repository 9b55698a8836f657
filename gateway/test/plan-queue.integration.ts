import { createLogger } from "@tradegraph/kit/logger";
import { createMetrics } from "@tradegraph/kit/metrics";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createPlanMetrics } from "../src/planning/plan-metrics.ts";
import { createPlanQueue, NoPlanner, PlannerBusy, PlanLimit, type PlanQueue } from "../src/planning/plan-queue.ts";
import { slowDocument, slowSupergraph } from "./slow-graph.ts";

/** Long enough for a thread to start on a busy machine while others wait twice as long. */
const timeoutMs = 2_000;
let queue: PlanQueue;
beforeEach(async () => {
  queue = createPlanQueue({
    ...{ sdl: slowSupergraph("http://127.0.0.1:1"), timeoutMs, maxWaiting: 4 },
    metrics: createPlanMetrics(createMetrics("gateway")),
    logger: createLogger({ service: "gateway", level: "silent" }),
  });
  await ask(quick("Warm"));
});
afterEach(() => queue.close());

const ask = (source: string, more: { first?: boolean; caller?: string; isWanted?: () => boolean } = {}) =>
  queue.plan({ source, operationName: undefined, first: false, caller: undefined, isWanted: () => true, ...more });
const endless = (name: string) => ask(slowDocument(6, name)).catch((error: unknown) => error);
const quick = (name: string) => `query ${name} { quick }`;

it("lets registered operations go first", async () => {
  const order: string[] = [];
  const slow = endless("Slow");
  const invented = ask(quick("Invented")).then(() => order.push("invented"));
  const registered = ask(quick("Registered"), { first: true }).then(() => order.push("registered"));
  expect(await slow).toBeInstanceOf(PlanLimit);
  await Promise.all([invented, registered]);
  expect(order).toEqual(["registered", "invented"]);
});

it("keeps places for registered operations when inventions fill the rest", async () => {
  const slow = endless("Slow");
  const waiting = ["One", "Two", "Three", "Four"].map((name) => ask(quick(name), { caller: name }));
  await expect(ask(quick("Five"))).rejects.toThrow(PlannerBusy);
  await expect(ask(quick("Registered"), { first: true })).resolves.toContain("QueryPlan");
  await Promise.all([slow, ...waiting]);
});

it("gives half of the places to one caller at most, and each caller a turn", async () => {
  const order: string[] = [];
  const slow = endless("Slow");
  const from = (caller: string, name: string) => ask(quick(name), { caller }).then(() => order.push(name));
  const flood = [from("flood", "One"), from("flood", "Two")];
  await expect(from("flood", "Three")).rejects.toThrow(PlannerBusy);
  const other = from("other", "Other");
  await Promise.all([slow, ...flood, other]);
  expect(order).toEqual(["One", "Other", "Two"]);
});

it("does not plan what nobody waits for any more", async () => {
  const slow = endless("Slow");
  let wanted = true;
  const gone = ask(quick("Gone"), { isWanted: () => wanted });
  wanted = false;
  await expect(gone).rejects.toThrow(PlannerBusy);
  await slow;
});

it("ends with whoever waits refused", async () => {
  const slow = endless("Slow");
  const behind = ask(quick("Behind"));
  const closing = queue.close();
  await expect(behind).rejects.toThrow(NoPlanner);
  expect(await slow).toBeInstanceOf(NoPlanner);
  await closing;
  await expect(ask(quick("Late"))).rejects.toThrow(NoPlanner);
});
