import { describe, expect, it } from "vitest";
import { planProblems } from "./explain.ts";

const scan = (bounds: Record<string, string[]>) => ({
  stage: "FETCH",
  inputStage: { stage: "IXSCAN", indexName: "i", indexBounds: bounds },
});
const found = (winningPlan: object, more: object = {}) => ({
  queryPlanner: { winningPlan, rejectedPlans: [] },
  ...more,
});
const bounded = scan({ tenantId: ['["acme", "acme"]'], name: ["[MinKey, MaxKey]"] });

describe("planProblems", () => {
  it("accepts a bounded index scan", () => {
    expect(planProblems(found(bounded))).toEqual([]);
  });

  it("finds a collection scan, also below other stages and in a pipeline", () => {
    const plan = { stage: "LIMIT", inputStage: { stage: "COLLSCAN" } };
    expect(planProblems(found(plan))).toEqual(["no index", "collection scan"]);
    expect(planProblems({ stages: [{ $cursor: found(plan) }, { $group: {} }] })).toContain("collection scan");
  });

  it("finds a scan of an index whose first field is open", () => {
    expect(planProblems(found(scan({ tenantId: ["[MinKey, MaxKey]"] })))).toEqual(["scan of the whole index i"]);
  });

  it("finds sorts in memory, in plans and in pipelines", () => {
    expect(planProblems(found({ stage: "SORT", inputStage: bounded }))).toEqual(["sort in memory"]);
    const pipeline = { stages: [{ $cursor: found(bounded) }, { $sort: { sortKey: { name: 1 } } }] };
    expect(planProblems(pipeline)).toEqual(["sort in memory"]);
  });

  it("lets text search sort its candidates, as long as they are capped", () => {
    const text = { stage: "TEXT_MATCH", inputStage: scan({}) };
    const pipeline = (limit?: number) => ({
      stages: [{ $cursor: found(text) }, { $sort: { sortKey: { score: -1 }, ...(limit && { limit }) } }],
    });
    expect(planProblems(pipeline(1_000))).toEqual([]);
    expect(planProblems(pipeline(1_001))).toEqual(["sort in memory"]);
    expect(planProblems(pipeline())).toEqual(["sort in memory"]);
  });

  it("does not look at plans that lost", () => {
    expect(planProblems({ queryPlanner: { winningPlan: bounded, rejectedPlans: [{ stage: "COLLSCAN" }] } })).toEqual(
      [],
    );
  });

  it("counts keys per result when asked", () => {
    const answer = found(bounded, { executionStats: { totalKeysExamined: 50, nReturned: 5 } });
    expect(planProblems(answer, { maxKeysPerResult: 10 })).toEqual([]);
    expect(planProblems(answer, { maxKeysPerResult: 9 })).toEqual(["10.0 index keys per result"]);
  });
});
