import { describe, expect, it } from "vitest";
import { boundaryArn, boundaryStatements } from "../../lib/role-boundary.ts";
import { examine, UNKNOWN } from "../examine.ts";
import { leastPrivilege } from "./least-privilege.ts";
import { roleBoundary } from "./role-boundary.ts";

const account = "111111111111";
const trust = (Principal: object) =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }] });
const role = (props: object = {}) => ({
  kind: "iam.Role",
  name: "products-task",
  props: {
    permissionsBoundary: boundaryArn(account, "prod"),
    assumeRolePolicy: trust({ Service: "ecs-tasks.amazonaws.com" }),
    ...props,
  },
});
const statements = boundaryStatements({
  account,
  stack: "prod",
  stateBucketArn: "arn:state",
  secretsKeyArn: "arn:key",
});
const boundary = (Statement: object[] = statements, name = "tradegraph-prod-boundary") => ({
  kind: "iam.Policy",
  name: "boundary",
  // Outputs of other resources are texts by the time a policy sees them.
  props: { name, policy: JSON.stringify({ Statement }, (_, value: unknown) => (isOutput(value) ? "arn" : value)) },
});
const isOutput = (value: unknown) => typeof value === "object" && value !== null && "apply" in value;

describe("the rule on boundaries of roles", () => {
  it("accepts roles within the boundary of their stack, and those of bootstrap, which a person makes", async () => {
    const federated = trust({ Federated: "cognito-identity.amazonaws.com" });
    const fine = [role(), role({ assumeRolePolicy: federated }), role({ assumeRolePolicy: UNKNOWN }), boundary()];
    expect(await examine(roleBoundary, fine)).toEqual([]);
    const free = role({ permissionsBoundary: undefined });
    expect(await examine(roleBoundary, [free], { program: "bootstrap" })).toEqual([]);
  });

  it.each([
    ["none", undefined],
    ["another one", `arn:aws:iam::${account}:policy/wide`],
    ["that of another stack", boundaryArn(account, "dev")],
  ])("refuses a role with %s", async (_, permissionsBoundary) => {
    expect(await examine(roleBoundary, [role({ permissionsBoundary })])).toEqual([
      "products-task: has no boundary tradegraph-prod-boundary",
    ]);
  });

  it("refuses roles that another account may take", async () => {
    const by = (AWS: string | string[]) => role({ assumeRolePolicy: trust({ AWS }) });
    expect(await examine(roleBoundary, [by(`arn:aws:iam::${account}:root`)])).toEqual([]);
    const message = ["products-task: may be taken by the account 999999999999"];
    for (const foreign of ["999999999999", "arn:aws:iam::999999999999:role/helper", ["arn:aws:iam::999999999999:root"]])
      expect(await examine(roleBoundary, [by(foreign)])).toEqual(message);
  });

  it("refuses roles for services that the deploy role may not hand them to", async () => {
    const found = await examine(roleBoundary, [role({ assumeRolePolicy: trust({ Service: "ec2.amazonaws.com" }) })]);
    expect(found).toEqual(["products-task: is for ec2.amazonaws.com, which no deployment may hand a role to"]);
  });

  it("refuses a boundary that lets roles change identities", async () => {
    const open = statements.filter(({ Sid }) => Sid !== "NoIdentities");
    expect(await examine(roleBoundary, [boundary(open)])).toContain("boundary: does not refuse iam:Create*");
  });

  it("refuses the boundary as a policy of a role, which would grant everything", async () => {
    const attached = {
      kind: "iam.RolePolicyAttachment",
      name: "wide",
      props: { policyArn: boundaryArn(account, "prod") },
    };
    expect(await examine(roleBoundary, [attached])).toEqual(["wide: grants what only bounds"]);
  });

  it("lets only the boundary itself say that everything is allowed", async () => {
    expect(await examine(leastPrivilege, [boundary()])).toEqual([]);
    expect(await examine(leastPrivilege, [boundary(statements, "wide")])).toEqual([
      "boundary: allows every action (WhatItsPoliciesAllow)",
    ]);
  });
});
