import { describe, expect, it } from "vitest";
import { stackNames } from "../lib/stack-name.ts";
import { mockEngine } from "../testing/mocks.ts";
import { Tracing } from "./tracing.ts";

const made = async (name = "tradegraph-prod") => {
  const recorded = await mockEngine();
  new Tracing("traces", { name });
  return recorded;
};

describe("Tracing", () => {
  it("shows what failed, and what was slow", async () => {
    const groups = await (await made()).ofKind("xray.Group");
    expect(groups.map(({ inputs }) => [inputs["groupName"], inputs["filterExpression"]])).toEqual([
      ["tradegraph-prod-faults", "fault = true OR error = true"],
      ["tradegraph-prod-slow", "responsetime > 2"],
    ]);
  });

  it.each(stackNames)("has names that X-Ray takes in %s", async (stack) => {
    const groups = await (await made(`tradegraph-${stack}`)).ofKind("xray.Group");
    expect(groups.length).toBeGreaterThan(0);
    for (const { inputs } of groups) expect(String(inputs["groupName"]).length).toBeLessThanOrEqual(32);
  });
});
