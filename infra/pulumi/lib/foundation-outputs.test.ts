import type * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { readFoundation, secretsOf } from "./foundation-outputs.ts";

const known = <Value>(output: pulumi.Output<Value>) =>
  new Promise<Value>((resolve) => {
    output.apply(resolve);
  });

describe("readFoundation", () => {
  it("reaches fields of another stack's outputs, and sees where there is no other region", async () => {
    const others = ["securityGroups", "database", "cache", "secrets", "buckets", "files", "keys", "backup"];
    const topics = ["notifications", "edgeNotifications"];
    const outputs = {
      ...Object.fromEntries([...others, ...topics].map((part) => [part, {}])),
      network: { vpcId: "vpc-1", privateSubnetIds: ["subnet-1"] },
      recovery: null,
    };
    await mockEngine("dev", { "pulumi:pulumi:StackReference": () => ({ outputs }) });
    const { network, recovery } = readFoundation("organization/tradegraph-foundation/dev");
    expect(await known(network.vpcId)).toBe("vpc-1");
    expect(await known(network.privateSubnetIds)).toEqual(["subnet-1"]);
    expect((await known(recovery)) ?? "none").toBe("none");
  });
});

describe("secretsOf", () => {
  it("gives a service its own secret before the one that all share, and none that it does not read", () => {
    const secrets = {
      "MONGODB_URI/users": "arn:own",
      MONGODB_URI: "arn:shared",
      REDIS_URL: "arn:redis",
      OTHER: "arn:no",
    };
    const env = ["PORT", "MONGODB_URI", "REDIS_URL"];
    expect(secretsOf({ name: "users", env }, secrets)).toEqual([
      { name: "MONGODB_URI", valueFrom: "arn:own" },
      { name: "REDIS_URL", valueFrom: "arn:redis" },
    ]);
    expect(secretsOf({ name: "orders", env }, secrets)[0]?.valueFrom).toBe("arn:shared");
  });
});
