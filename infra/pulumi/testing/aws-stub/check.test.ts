import { describe, expect, it } from "vitest";
import { type Kind } from "../aws-schema/kind.ts";
import { check } from "./check.ts";
import { withName } from "./names.ts";
import { UNKNOWN } from "./struct.ts";

const kind: Kind = {
  inputs: {
    name: { shape: "string" },
    namePrefix: { shape: "string", conflicts: ["name"] },
    cidr: { shape: "string", required: true },
    count: { shape: "number" },
    launchType: { shape: "string", values: ["EC2", "FARGATE"], conflicts: ["strategies"] },
    strategies: { shape: { list: { object: "Strategy" } } },
    tags: { shape: { map: "string" } },
    policy: { shape: "any" },
  },
  outputs: {},
  types: { Strategy: { provider: { shape: "string", required: true } } },
};
const reasons = (inputs: Record<string, unknown>, token = "aws:ecs/thing:Thing") =>
  check(token, kind, { cidr: "10.0.0.0/16", ...inputs }).map(({ property, reason }) => `${property}: ${reason}`);

describe("check", () => {
  it("takes what the types take, known or not", () => {
    expect(
      reasons({ name: "x", count: 1, launchType: UNKNOWN, strategies: [{ provider: UNKNOWN }], tags: { a: "b" } }),
    ).toEqual([]);
    expect(reasons({ strategies: UNKNOWN })).toEqual([]);
  });

  it("takes a name that was made from its prefix, and refuses both in a program", () => {
    const named = withName("aws:ecs/thing:Thing", kind, { namePrefix: "shop_", cidr: "10.0.0.0/16" }, {}, "proposed");
    expect(reasons(named)).toEqual([]);
    expect(reasons({ namePrefix: "shop_", name: "shop" })).toEqual(['namePrefix: conflicts with "name"']);
  });

  it.each([
    [{ coutn: 1 }, 'coutn: an argument named "coutn" is not expected here'],
    [{ cidr: undefined }, "cidr: the argument is required, but no definition was found"],
    [{ count: "1" }, 'count: expected a number, got string "1"'],
    [{ tags: { a: 1 } }, 'tags["a"]: expected a string, got number 1'],
    [{ strategies: {} }, "strategies: expected a list, got an object"],
    [{ strategies: [{}] }, "strategies[0].provider: the argument is required, but no definition was found"],
    [{ launchType: "Fargate" }, 'launchType: expected one of EC2, FARGATE, got "Fargate"'],
    [{ launchType: "EC2", strategies: [] }, 'launchType: conflicts with "strategies"'],
    [{ policy: "{" }, "policy: MalformedPolicyDocument: it is no JSON"],
    [{ policy: "{}" }, "policy: MalformedPolicyDocument: it has no Statement"],
    [
      { policy: JSON.stringify({ Statement: { Effect: "allow", Action: "*" } }) },
      "policy: MalformedPolicyDocument: Effect is neither Allow nor Deny",
    ],
  ])("refuses %j", (inputs, reason) => {
    expect(reasons(inputs)).toEqual([reason]);
  });

  it("refuses names that are too long for AWS, or not of its alphabet", () => {
    const longName = "tradegraph-production-gateway-blue";
    expect(reasons({ name: longName }, "aws:lb/targetGroup:TargetGroup")).toEqual([
      `name: "${longName}" is 34 characters long; AWS takes at most 32`,
    ]);
    expect(reasons({ name: "a_b" }, "aws:lb/targetGroup:TargetGroup")[0]).toContain("is no name that AWS takes");
  });
});
