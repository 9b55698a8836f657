import { describe, expect, it } from "vitest";
import { examine } from "../examine.ts";
import { regions } from "./regions.ts";

const bucket = (region?: string) => [{ kind: "s3.Bucket", name: "assets", props: region ? { region } : {} }];
const provider = (region: string) => [{ kind: "pulumi:providers:aws", name: "aws", props: { region } }];

describe("the rule on regions", () => {
  it("accepts those of the list, and none", async () => {
    expect(await examine(regions, [...bucket("us-west-2"), ...bucket(), ...provider("us-east-1")])).toEqual([]);
  });

  it("lets the program recovery be in a second region, where contracts allow that one", async () => {
    const there = { program: "recovery" };
    expect(await examine(regions, provider("us-west-2"), there)).toEqual([]);
    const atHome = { ...there, config: { allowed: ["us-east-1"] } };
    expect(await examine(regions, provider("us-west-2"), atHome)).toEqual(["aws: region us-west-2 is not allowed"]);
  });

  it("refuses others, of the provider too", async () => {
    expect(await examine(regions, [...bucket("ap-south-1"), ...provider("sa-east-1")])).toEqual([
      "assets: region ap-south-1 is not allowed",
      "aws: region sa-east-1 is not allowed",
    ]);
    expect(await examine(regions, bucket("us-west-2"), { config: { allowed: ["eu-central-1"] } })).toHaveLength(1);
  });
});
