import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { examine } from "../examine.ts";
import { kinds } from "../kinds.ts";
import { reviewedKinds } from "./reviewed-kinds.ts";

const root = join(import.meta.dirname, "../..");
const sources = ["components", "programs"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !/\.(?:test|integration)\.ts$/.test(file))
    .map((file) => readFileSync(join(root, folder, file), "utf8")),
);
const made = new Set(
  sources.flatMap((text) =>
    [...text.matchAll(/\bnew ([a-z]\w*\.[A-Z]\w*)[(<]/g)].flatMap(([, kind = ""]) =>
      kind.startsWith("pulumi.") ? [] : kind,
    ),
  ),
);
const reviewed = Object.entries(kinds).flatMap(([service, names]) => names.map((name) => `${service}.${name}`));

describe("the rule on reviewed kinds", () => {
  it("knows what the programs make, and nothing else", () => {
    expect(reviewed.sort()).toEqual([...made].sort());
  });

  it("accepts them, and what is not AWS's", async () => {
    const examples = [{ kind: "docdb.Cluster", name: "database" }];
    expect(await examine(reviewedKinds, examples)).toEqual([]);
    const own = [{ kind: "tradegraph:components:Network", name: "network" }];
    expect(await examine(reviewedKinds, own)).toEqual([]);
  });

  it("looks at what Cloud Control makes", async () => {
    const making = (typeName: string) => [{ kind: "cloudcontrol.Resource", name: "any", props: { typeName } }];
    expect(await examine(reviewedKinds, making("AWS::ECR::SigningConfiguration"))).toEqual([]);
    expect(await examine(reviewedKinds, making("AWS::RDS::DBInstance"))).toEqual([
      "any: no rule was written for AWS::RDS::DBInstance, which Cloud Control makes",
    ]);
  });

  it.each([
    "rds.Instance",
    "rds.Cluster",
    "ec2.Instance",
    "lambda.FunctionUrl",
    "s3.BucketAcl",
    "iam.User",
    "ecrpublic.Repository",
    "ec2.SecurityGroupRule",
  ])("stops %s, a door that no other rule may know", async (kind) => {
    expect(await examine(reviewedKinds, [{ kind, name: "door" }])).toEqual([
      `door: no rule was written for ${kind}: review it, then add it to policy/kinds.ts`,
    ]);
  });
});
