import { describe, expect, it } from "vitest";
import { examine, UNKNOWN } from "../examine.ts";
import { resourcePolicies } from "./resource-policies.ts";

const key = (statement: object, kind = "kms.Key") => [
  { kind, name: "data", props: { policy: JSON.stringify({ Statement: [{ Sid: "Use", ...statement }] }) } },
];

describe("the rule on policies of resources", () => {
  it("accepts principals with names, everybody under a condition, and refusals to all", async () => {
    const named = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111111111111:root" } };
    expect(await examine(resourcePolicies, key(named))).toEqual([]);
    const bound = {
      Effect: "Allow",
      Principal: { AWS: "*" },
      Condition: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } },
    };
    expect(await examine(resourcePolicies, key(bound, "efs.FileSystemPolicy"))).toEqual([]);
    expect(await examine(resourcePolicies, key({ Effect: "Deny", Principal: "*" }))).toEqual([]);
  });

  it.each(["*", { AWS: "*" }, { AWS: ["arn:aws:iam::111111111111:root", "*"] }])("refuses %j", async (Principal) => {
    for (const kind of ["kms.Key", "s3.BucketPolicy", "sns.TopicPolicy", "secretsmanager.SecretPolicy"]) {
      const found = await examine(resourcePolicies, key({ Effect: "Allow", Principal }, kind));
      expect(found, kind).toEqual(["data: everybody may use it (Use)"]);
    }
  });

  it.each([
    { StringLike: { "aws:UserAgent": "shop" } },
    { StringLike: { "aws:PrincipalArn": "*" } },
    { StringNotEquals: { "aws:PrincipalAccount": "111111111111" } },
    { StringEqualsIfExists: { "aws:SourceAccount": "111111111111" } },
    { Bool: { "aws:SecureTransport": "true" } },
  ])("refuses everybody under a condition that anybody can meet: %j", async (Condition) => {
    const open = key({ Effect: "Allow", Principal: "*", Condition }, "s3.BucketPolicy");
    expect(await examine(resourcePolicies, open)).toEqual(["data: everybody may use it (Use)"]);
  });

  it.each(["arn:aws:iam::999999999999:root", "999999999999", "arn:aws:sts::999999999999:assumed-role/one/two"])(
    "refuses another account: %s",
    async (AWS) => {
      const foreign = { Effect: "Allow", Principal: { AWS: ["arn:aws:iam::111111111111:role/one", AWS] } };
      for (const kind of ["kms.Key", "s3.BucketPolicy", "backup.VaultPolicy"]) {
        expect(await examine(resourcePolicies, key(foreign, kind)), kind).toEqual([
          "data: the account 999999999999 may use it (Use)",
        ]);
      }
      expect(await examine(resourcePolicies, key({ ...foreign, Effect: "Deny" }))).toEqual([]);
    },
  );

  it("refuses a service that works for every customer, and takes one that is told for whom", async () => {
    const service = { Effect: "Allow", Principal: { Service: ["config.amazonaws.com", "cloudtrail.amazonaws.com"] } };
    expect(await examine(resourcePolicies, key(service, "s3.BucketPolicy"))).toEqual([
      "data: config.amazonaws.com may use it for every customer of AWS (Use)",
      "data: cloudtrail.amazonaws.com may use it for every customer of AWS (Use)",
    ]);
    for (const keys of [
      { "aws:SourceAccount": "111111111111" },
      { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:us-east-1:111111111111:*" },
    ]) {
      expect(await examine(resourcePolicies, key({ ...service, Condition: { ArnLike: keys } }))).toEqual([]);
    }
    const events = { Effect: "Allow", Principal: { Service: "events.amazonaws.com" } };
    expect(await examine(resourcePolicies, key(events, "sns.TopicPolicy"))).toEqual([]);
    expect(await examine(resourcePolicies, key(events, "sqs.QueuePolicy"))).toHaveLength(1);
  });

  it("refuses everybody but some", async () => {
    const others = key({ Effect: "Allow", NotPrincipal: { AWS: "arn:aws:iam::111111111111:root" } });
    expect(await examine(resourcePolicies, others)).toHaveLength(1);
  });

  it("refuses callers of functions that are everybody, or a service for any account", async () => {
    const call = (props: object) => [{ kind: "lambda.Permission", name: "call", props: { ...props } }];
    expect(await examine(resourcePolicies, call({ principal: "*" }))).toEqual([
      "call: everybody may call the function",
    ]);
    const service = { principal: "s3.amazonaws.com" };
    expect(await examine(resourcePolicies, call(service))).toHaveLength(1);
    expect(await examine(resourcePolicies, call({ ...service, sourceArn: UNKNOWN }))).toEqual([]);
    expect(await examine(resourcePolicies, call({ ...service, sourceAccount: "111111111111" }))).toEqual([]);
  });

  it("waits for a policy that is not known yet, and leaves other kinds alone", async () => {
    expect(await examine(resourcePolicies, [{ kind: "kms.Key", name: "data", props: { policy: UNKNOWN } }])).toEqual(
      [],
    );
    expect(await examine(resourcePolicies, key({ Effect: "Allow", Principal: "*" }, "iam.Role"))).toEqual([]);
  });
});
