import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { roleServices } from "../lib/role-boundary.ts";
import { settings } from "../programs/bootstrap/settings.ts";
import { GithubRoles, type GithubRolesArgs } from "./github-roles.ts";

interface Statement {
  Sid: string;
  Effect: string;
  Action: string | string[];
  Resource?: unknown;
  NotResource?: unknown;
  Condition?: object;
}

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

  it("believes the name with numbers that newer repositories have, and not the bare one beside it", async () => {
    const recorded = await made({ repository: "acme@123456/tradegraph@456789" });
    for (const [role, job] of [
      ["deploy", "environment:prod"],
      ["preview", "pull_request"],
    ] as const) {
      const { Statement } = await trustOf(recorded, role);
      expect(Statement.map(({ Condition }) => Condition.StringEquals[subject])).toEqual([
        `repo:acme@123456/tradegraph@456789:${job}`,
      ]);
    }
  });

  it.each([
    ["acme/tradegraph", true],
    ["acme@123456/tradegraph@456789", true],
    ["acme/*", false],
    ["acme@123456/tradegraph", false],
    ["acme@123456/tradegraph@*", false],
  ])("takes %s as a repository: %s", (repository, isTaken) => {
    expect(settings.repository.safeParse(repository).success).toBe(isTaken);
  });

  it("lets the last step of a pipeline of AWS deploy too, where it is told of one", async () => {
    const recorded = await made({ releaseRoleArn: "arn:aws:iam::111111111111:role/tradegraph-prod-pipeline-release" });
    const { Statement } = await trustOf(recorded, "deploy");
    expect(Statement).toHaveLength(2);
    expect(Statement[1]).toMatchObject({
      Principal: { AWS: "arn:aws:iam::111111111111:root" },
      Condition: {
        ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/tradegraph-prod-pipeline-release" },
      },
    });
    expect((await trustOf(recorded, "preview")).Statement).toHaveLength(1);
  });

  it("gives pull requests a role that changes nothing, the lock of the state included", async () => {
    const recorded = await made();
    const { Statement } = await trustOf(recorded, "preview");
    expect(Statement[0]?.Condition.StringEquals[subject]).toBe("repo:acme/tradegraph:pull_request");
    const policies = await recorded.ofKind("iam.RolePolicy");
    const preview = policies.find(({ name }) => name === "github-preview");
    const granted = (JSON.parse(String(preview?.inputs["policy"])) as { Statement: { Action: string | string[] }[] })
      .Statement;
    const actions = granted.flatMap(({ Action }) => Action);
    expect(actions.filter((action) => !/:(?:Get|List|Describe|Decrypt)\w*$/.test(action))).toEqual([]);
    // What the programs look up in every preview (ec2.getManagedPrefixList), and ViewOnlyAccess does not promise.
    expect(granted.flatMap(({ Action }) => Action)).toEqual(
      expect.arrayContaining(["ec2:DescribeManagedPrefixLists", "ec2:GetManagedPrefixListEntries"]),
    );
    // What the programs look up while they are previewed.
    expect(granted.flatMap(({ Action }) => Action)).toContain("ec2:GetManagedPrefixListEntries");
    const attached = await recorded.ofKind("iam.RolePolicyAttachment");
    expect(attached.find(({ name }) => name === "github-preview")?.inputs["policyArn"]).toMatch(/ViewOnlyAccess$/);
  });

  const statementsOf = async (role: string) => {
    const policies = await (await made()).ofKind("iam.RolePolicy");
    const policy = String(policies.find(({ name }) => name === `github-${role}`)?.inputs["policy"]);
    return (JSON.parse(policy) as { Statement: Statement[] }).Statement;
  };

  it("keeps the deploying role from changing the roles of GitHub and from taking the state away", async () => {
    const denied = (await statementsOf("deploy")).filter(({ Effect }) => Effect === "Deny");
    expect(
      Object.fromEntries(
        denied.map(({ Sid, Action, Resource, NotResource }) => [Sid, [Action, Resource ?? NotResource]]),
      ),
    ).toEqual({
      NoRoleWithoutBoundary: ["iam:DeleteRolePermissionsBoundary", "*"],
      NoOtherReceivers: ["iam:PassRole", "*"],
      NoForeignRoles: ["sts:AssumeRole", "arn:aws:iam::111111111111:role/tradegraph-prod-*"],
      NotItself: [
        "iam:*",
        [
          "arn:aws:iam::111111111111:role/tradegraph-prod-github-*",
          "arn:aws:iam::111111111111:policy/tradegraph-prod-*",
        ],
      ],
      KeepState: [
        [
          ...["s3:DeleteBucket*", "s3:PutBucket*", "s3:DeleteObjectVersion", "s3:PutLifecycleConfiguration"],
          ...["s3:PutEncryptionConfiguration", "s3:PutReplicationConfiguration"],
        ],
        ["arn:aws:s3:::state", "arn:aws:s3:::state/*"],
      ],
      KeepKey: [
        ["kms:ScheduleKeyDeletion", "kms:DisableKey", "kms:PutKeyPolicy"],
        "arn:aws:kms:us-east-1:111111111111:key/1",
      ],
    });
  });

  it("lets deployments give rights only to roles within the boundary", async () => {
    const giving = /^iam:(?:CreateRole|PutRolePolicy|AttachRolePolicy|PutRolePermissionsBoundary|\*|.*\*.*)$/;
    const allowed = (await statementsOf("deploy")).filter(({ Effect }) => Effect === "Allow");
    const free = allowed.filter(
      ({ Action, Condition }) => !Condition && [Action].flat().some((one) => giving.test(one)),
    );
    expect(free).toEqual([]);
    expect(allowed.find(({ Sid }) => Sid === "BoundedRoles")).toMatchObject({
      Resource: "arn:aws:iam::111111111111:role/tradegraph-prod-*",
      Condition: {
        StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::111111111111:policy/tradegraph-prod-boundary" },
      },
    });
  });

  it("lets deployments hand roles to the services that the programs use, and to no others", async () => {
    const passing = (await statementsOf("deploy")).filter(({ Action }) => [Action].flat().includes("iam:PassRole"));
    expect(passing.map(({ Effect, Condition }) => [Effect, Condition])).toEqual([
      ["Allow", { StringEquals: { "iam:PassedToService": roleServices } }],
      ["Deny", { StringNotEquals: { "iam:PassedToService": roleServices } }],
    ]);
    expect(roleServices).toContain("ecs-tasks.amazonaws.com");
    // A canary's role goes to both: CloudWatch Synthetics is asked, and runs it as a function.
    expect(roleServices).toEqual(expect.arrayContaining(["synthetics.amazonaws.com", "lambda.amazonaws.com"]));
    expect(roleServices).not.toContain("ec2.amazonaws.com");
  });

  it("makes a boundary that refuses identities, foreign roles, and the state with its secrets", async () => {
    const { inputs } = await (await made()).only("iam.Policy");
    expect(inputs["name"]).toBe("tradegraph-prod-boundary");
    const { Statement } = JSON.parse(String(inputs["policy"])) as { Statement: Statement[] };
    const denied = Statement.filter(({ Effect }) => Effect === "Deny").flatMap(({ Action }) => Action);
    for (const action of ["iam:Create*", "iam:Put*", "iam:Attach*", "sts:AssumeRole", "s3:*", "kms:*"]) {
      expect(denied).toContain(action);
    }
    // Else a role made by a deployment could hand a person's role, which has no boundary, to a function of its own.
    expect(Statement.find(({ Sid }) => Sid === "NoForeignRoles")).toMatchObject({
      Action: ["sts:AssumeRole", "iam:PassRole"],
      NotResource: "arn:aws:iam::111111111111:role/tradegraph-prod-*",
    });
    // AWS takes no longer ones.
    expect(String(inputs["policy"]).length).toBeLessThan(6_144);
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
