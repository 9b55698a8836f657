import { describe, expect, it } from "vitest";
import { examine, UNKNOWN } from "../examine.ts";
import { logGroups } from "./log-groups.ts";

const group = (props: Record<string, unknown>) => [{ kind: "cloudwatch.LogGroup", name: "gateway", props }];

describe("the rule on log groups", () => {
  it("accepts a stated time and a key of ours", async () => {
    expect(await examine(logGroups, group({ retentionInDays: 90, kmsKeyId: UNKNOWN }))).toEqual([]);
    expect(await examine(logGroups, group({ retentionInDays: 7, kmsKeyId: "arn" }), { stack: "dev" })).toEqual([]);
  });

  it("refuses logs that end too early, never, or that everybody reads", async () => {
    expect(await examine(logGroups, group({ retentionInDays: 30, kmsKeyId: "arn" }))).toEqual([
      "gateway: retentionInDays is 30, not 90",
    ]);
    expect(await examine(logGroups, group({}))).toEqual([
      "gateway: retentionInDays is missing: it grows for ever",
      "gateway: kmsKeyId is missing: encrypt with a key of ours",
    ]);
  });
});
