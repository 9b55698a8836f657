import { describe, expect, it } from "vitest";
import { stackNames } from "../lib/stack-name.ts";
import { mockEngine } from "../testing/mocks.ts";
import { Tracing } from "./tracing.ts";

const made = async (name = "tradegraph-prod") => {
  const recorded = await mockEngine();
  new Tracing("traces", { name, percent: 5 });
  return recorded;
};

describe("Tracing", () => {
  it("keeps a share of requests and the first of each second, and none of probes", async () => {
    const rules = await (await made()).ofKind("xray.SamplingRule");
    const shares = rules.map(({ inputs }) => [inputs["urlPath"], inputs["reservoirSize"], inputs["fixedRate"]]);
    expect(shares).toEqual([
      ["/health", 0, 0],
      ["/ready", 0, 0],
      ["*", 1, 0.05],
    ]);
    // The lower number is asked first.
    const [probe, , rest] = rules.map(({ inputs }) => Number(inputs["priority"]));
    expect(probe).toBeLessThan(rest ?? 0);
  });

  it.each(stackNames)("has names that X-Ray takes in %s", async (stack) => {
    const recorded = await made(`tradegraph-${stack}`);
    const names = [
      ...(await recorded.ofKind("xray.SamplingRule")).map(({ inputs }) => String(inputs["ruleName"])),
      ...(await recorded.ofKind("xray.Group")).map(({ inputs }) => String(inputs["groupName"])),
    ];
    for (const name of names) expect(name.length, name).toBeLessThanOrEqual(32);
  });
});
