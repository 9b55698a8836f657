import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { GithubRoles, type GithubRolesArgs } from "./github-roles.ts";

const made = async (changed: Partial<GithubRolesArgs> = {}) => {
  const recorded = await mockEngine("prod");
  new GithubRoles("github", {
    account: "111111111111",
    stack: "prod",
    repository: "acme/tradegraph",
    createProvider: true,
    stateBucketArn: "arn:aws:s3:::state",
    secretsKeyArn: "arn:aws:kms:us-east-1:111111111111:key/1",
    ...changed,
  });
  return recorded;
};
const trustOf = async (recorded: Awaited<ReturnType<typeof made>>, role: string) => {
  const found = (await recorded.ofKind("iam.Role")).find(({ name }) => name === `github-${role}`);
  return JSON.parse(String(found?.inputs["assumeRolePolicy"])) as {
    Statement: { Principal: object; Condition: { StringEquals: Record<string, string> } }[];
  };
};
const subject = "token.actions.githubusercontent.com:sub";

describe("GithubRoles", () => {
  it("lets only jobs of the stack's GitHub environment deploy", async () => {
    const { Statement } = await trustOf(await made(), "deploy");
    expect(Statement).toHaveLength(1);
    expect(Statement[0]?.Condition).toEqual({
      StringEquals: {
        "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
        [subject]: "repo:acme/tradegraph:environment:prod",
      },
    });
  });

  it("gives pull requests a role that changes nothing but the lock of the state", async () => {
    const recorded = await made();
    const { Statement } = await trustOf(recorded, "preview");
    expect(Statement[0]?.Condition.StringEquals[subject]).toBe("repo:acme/tradegraph:pull_request");
    const policies = await recorded.ofKind("iam.RolePolicy");
    const preview = policies.find(({ name }) => name === "github-preview");
    const granted = (
      JSON.parse(String(preview?.inputs["policy"])) as { Statement: { Action: string[]; Resource: unknown }[] }
    ).Statement;
    const writes = granted.filter(({ Action }) => Action.some((action) => /Put|Delete|Create|Update|\*/.test(action)));
    expect(writes.map(({ Resource }) => Resource)).toEqual(["arn:aws:s3:::state/.pulumi/locks/*"]);
    const attached = await recorded.ofKind("iam.RolePolicyAttachment");
    expect(attached.find(({ name }) => name === "github-preview")?.inputs["policyArn"]).toMatch(/ViewOnlyAccess$/);
  });

  it("keeps the deploying role from changing the roles of GitHub and from taking the state away", async () => {
    const policies = await (await made()).ofKind("iam.RolePolicy");
    const deploy = String(policies.find(({ name }) => name === "github-deploy")?.inputs["policy"]);
    const { Statement } = JSON.parse(deploy) as { Statement: { Effect: string; Action: unknown; Resource: unknown }[] };
    const denied = Statement.filter(({ Effect }) => Effect === "Deny").map(({ Action, Resource }) => [
      Action,
      Resource,
    ]);
    expect(denied).toEqual([
      ["iam:*", "arn:aws:iam::111111111111:role/tradegraph-prod-github-*"],
      [
        ["s3:DeleteBucket", "s3:DeleteObjectVersion"],
        ["arn:aws:s3:::state", "arn:aws:s3:::state/*"],
      ],
      [["kms:ScheduleKeyDeletion", "kms:DisableKey"], "arn:aws:kms:us-east-1:111111111111:key/1"],
    ]);
  });

  it("takes the provider another stack of the account has made", async () => {
    const recorded = await made({ createProvider: false });
    expect(await recorded.ofKind("iam.OpenIdConnectProvider")).toEqual([]);
    const { Statement } = await trustOf(recorded, "deploy");
    expect(Statement[0]?.Principal).toEqual({
      Federated: "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com",
    });
  });
});
