import { describe, expect, it } from "vitest";
import { sendTraces } from "../../components/collector-container.ts";
import { examine, UNKNOWN } from "../examine.ts";
import { leastPrivilege } from "./least-privilege.ts";

const policy = (...Statement: object[]) => ({
  kind: "iam.RolePolicy",
  name: "policy",
  props: { policy: JSON.stringify({ Version: "2012-10-17", Statement }) },
});
const allow = (Action: string | string[], Resource: string, more: object = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});
const trusted = (statement: object) => ({
  kind: "iam.Role",
  name: "role",
  props: { assumeRolePolicy: JSON.stringify({ Statement: [statement] }) },
});

describe("the rule on least privilege", () => {
  it("accepts rights on named things, reading everywhere, and what AWS knows no resource for", async () => {
    const fine = policy(
      allow(["s3:PutObject", "s3:*"], "arn:aws:s3:::assets/*"),
      allow(["ecs:DescribeServices", "ecr:GetAuthorizationToken"], "*"),
      allow(sendTraces.Action, "*"),
      allow("cloudwatch:PutMetricData", "*", { Condition: { StringEquals: { "cloudwatch:namespace": "Tradegraph" } } }),
      { Effect: "Deny", Action: "*", Resource: "*" },
    );
    expect(await examine(leastPrivilege, [fine])).toEqual([]);
    const unknown = { kind: "iam.RolePolicy", name: "later", props: { policy: UNKNOWN } };
    expect(await examine(leastPrivilege, [unknown])).toEqual([]);
  });

  it.each([
    [allow("*", "*"), "allows every action"],
    [allow("*:*", "arn:aws:s3:::one"), "allows every action"],
    [allow("s3:*", "*"), "allows s3:* on everything"],
    [
      allow(["s3:GetBucketLocation", "s3:DeleteObject"], "*", { Sid: "Clean" }),
      "allows s3:DeleteObject on everything (Clean)",
    ],
    [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }, "NotAction allows what nobody thought of"],
    [
      { Effect: "Allow", Action: "s3:PutObject", NotResource: "arn:aws:s3:::one" },
      "NotResource allows it on what nobody thought of",
    ],
    [allow("secretsmanager:GetSecretValue", "*"), "allows secretsmanager:GetSecretValue on everything"],
    [allow("secretsmanager:Get*", "*"), "allows secretsmanager:Get* on everything"],
    [allow("ssm:GetParametersByPath", "*"), "allows ssm:GetParametersByPath on everything"],
    [allow("dynamodb:Scan", "*"), "allows dynamodb:Scan on everything"],
    [allow("s3:GetObjectVersionForReplication", "*"), "allows s3:GetObjectVersionForReplication on everything"],
    [allow("s3:GetObject*", "arn:aws:s3:::*"), "allows s3:GetObject* on everything"],
    [allow("s3:GetObject", "arn:aws:s3:::*/*"), "allows s3:GetObject on everything"],
    [allow("iam:PassRole", "arn:aws:iam::111111111111:role/*"), "allows iam:PassRole on everything"],
    [
      allow("iam:PassRole", "*", { Condition: { StringLike: { "iam:PassedToService": "*" } } }),
      "allows iam:PassRole on everything",
    ],
  ])("refuses %j", async (statement, message) => {
    expect(await examine(leastPrivilege, [policy(statement)])).toEqual([`policy: ${message}`]);
  });

  it.each([
    "arn:aws:iam::111111111111:role/tradegraph-prod-*",
    "arn:aws:s3:::assets/*",
    "arn:aws:ecs:us-east-1:1:service/graph/*",
  ])("accepts %s as a thing with a name", async (resource) => {
    expect(await examine(leastPrivilege, [policy(allow("ecs:UpdateService", resource))])).toEqual([]);
  });

  it("refuses AWS's wide policies, attached or written into the role, and lets pipelines have theirs", async () => {
    const attached = (name: string) => ({
      kind: "iam.RolePolicyAttachment",
      name,
      props: { policyArn: `arn:aws:iam::aws:policy/${name}` },
    });
    expect(await examine(leastPrivilege, [attached("service-role/AWS_ConfigRole")])).toEqual([]);
    for (const name of ["PowerUserAccess", "SecretsManagerReadWrite", "AmazonS3FullAccess", "IAMFullAccess"]) {
      expect(await examine(leastPrivilege, [attached(name)])).toEqual([`${name}: attaches ${name}`]);
    }
    const pipeline = await examine(leastPrivilege, [attached("PowerUserAccess")], { program: "bootstrap" });
    expect(pipeline).toEqual([]);
    const role = {
      kind: "iam.Role",
      name: "role",
      props: {
        assumeRolePolicy: JSON.stringify({ Statement: [] }),
        managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
      },
    };
    expect(await examine(leastPrivilege, [role])).toEqual(["role: attaches AdministratorAccess"]);
  });

  it("reads policies written inside a role as well", async () => {
    const role = {
      kind: "iam.Role",
      name: "role",
      props: {
        assumeRolePolicy: JSON.stringify({ Statement: [] }),
        inlinePolicies: [{ name: "all", policy: JSON.stringify({ Statement: [allow("*", "*")] }) }],
      },
    };
    expect(await examine(leastPrivilege, [role])).toEqual(["role: allows every action"]);
  });

  it("refuses roles that everybody or a pattern of repositories may take", async () => {
    expect(await examine(leastPrivilege, [trusted({ Effect: "Allow", Principal: { AWS: "*" } })])).toEqual([
      "role: everybody may take this role",
    ]);
    const pattern = { StringLike: { "token.actions.githubusercontent.com:sub": "repo:acme/*" } };
    const github = { Effect: "Allow", Principal: { Federated: "arn" }, Condition: pattern };
    expect(await examine(leastPrivilege, [trusted(github)])).toEqual([
      "role: a pattern of GitHub repositories may take this role",
    ]);
    const listed = { StringLike: { "token.actions.githubusercontent.com:sub": ["repo:acme/one:ref:*"] } };
    expect(await examine(leastPrivilege, [trusted({ ...github, Condition: listed })])).toHaveLength(1);
    const audience = { StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" } };
    expect(await examine(leastPrivilege, [trusted({ ...github, Condition: audience })])).toEqual([
      "role: every repository of GitHub may take this role",
    ]);
    const service = { Effect: "Allow", Principal: { Service: "ecs.amazonaws.com" } };
    expect(await examine(leastPrivilege, [trusted(service)])).toEqual([]);
  });

  it("refuses administrators, users and long-lived keys", async () => {
    const attached = {
      kind: "iam.RolePolicyAttachment",
      name: "admin",
      props: { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
    };
    const found = await examine(leastPrivilege, [
      attached,
      { kind: "iam.User", name: "ci" },
      { kind: "iam.AccessKey", name: "ci" },
    ]);
    expect(found.map((line) => line.split(":")[0])).toEqual(["admin", "ci", "ci"]);
  });
});
