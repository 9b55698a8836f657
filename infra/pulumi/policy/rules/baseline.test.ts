import { describe, expect, it } from "vitest";
import { examine, type Example } from "../examine.ts";
import { baseline } from "./baseline.ts";

const kinds = [
  ...["cloudtrail.Trail", "guardduty.Detector", "cfg.Recorder", "cfg.RecorderStatus", "cfg.DeliveryChannel"],
  ...["inspector2.Enabler", "macie2.Account", "securityhub.Account", "accessanalyzer.Analyzer"],
  ...["ebs.EncryptionByDefault", "s3.AccountPublicAccessBlock", "iam.AccountPasswordPolicy"],
];
const guards = (but?: string): Example[] =>
  kinds.filter((kind) => kind !== but).map((kind) => ({ kind, name: "security" }));
const found = (examples: Example[], stack: "dev" | "prod" = "prod") =>
  examine(baseline, examples, { stack, program: "foundation" });

describe("the rule on what every account has", () => {
  it("accepts all of it, in every environment, and asks it of foundation alone", async () => {
    expect(await found(guards())).toEqual([]);
    expect(await found(guards(), "dev")).toEqual([]);
    expect(await examine(baseline, [{ kind: "ecs.Service", name: "gateway" }], { program: "application" })).toEqual([]);
  });

  it.each(kinds)("misses %s", async (kind) => {
    expect(await found(guards(kind))).toEqual([`stack: there is no ${kind}`]);
    expect(await found(guards(kind), "dev")).toHaveLength(1);
  });

  it("wants it where the stack stands, and lets another region have its own beside it", async () => {
    const at = (region: string): Example => ({ kind: "guardduty.Detector", name: region, props: { region } });
    const others = guards("guardduty.Detector");
    expect(await found([...others, at("us-east-1")])).toEqual([]);
    expect(await found([...others, at("us-west-2")])).toEqual([
      "us-west-2: there is no guardduty.Detector in us-east-1",
    ]);
    expect(await found([...others, at("us-west-2"), at("us-east-1")])).toEqual([]);
  });
});
