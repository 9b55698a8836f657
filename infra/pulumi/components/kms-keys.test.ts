import { describe, expect, it } from "vitest";
import { keyPurposes } from "../lib/foundation-outputs.ts";
import { mockEngine } from "../testing/mocks.ts";
import { KmsKeys } from "./kms-keys.ts";

const made = async () => {
  const recorded = await mockEngine();
  new KmsKeys("keys", { name: "tradegraph-dev", account: "111111111111", region: "us-east-1" });
  return recorded;
};

describe("KmsKeys", () => {
  it("makes a key for each purpose, all of them rotated", async () => {
    const keys = await (await made()).ofKind("kms.Key");
    expect(keys.map(({ name }) => name)).toEqual([...keyPurposes]);
    expect(keys.filter(({ inputs }) => inputs["enableKeyRotation"] !== true)).toEqual([]);
  });

  it("can be copied to another region where sealed fields are, and nowhere else", async () => {
    const keys = await (await made()).ofKind("kms.Key");
    expect(keys.filter(({ inputs }) => inputs["multiRegion"] === true).map(({ name }) => name)).toEqual(["fields"]);
  });

  it("lets services of AWS use the keys of data and logs alone, and only for this account", async () => {
    const keys = await (await made()).ofKind("kms.Key");
    for (const { name, inputs } of keys) {
      const { Statement } = JSON.parse(String(inputs["policy"])) as {
        Statement: { Principal: object; Condition?: object }[];
      };
      const ofServices = Statement.filter(({ Principal }) => "Service" in Principal);
      expect(ofServices.length > 0, name).toBe(name === "logs" || name === "data");
      for (const { Condition } of ofServices) expect(JSON.stringify(Condition)).toContain("111111111111");
    }
  });

  it("lets Macie's role, and nobody else who is no service, open files of customers", async () => {
    const keys = await (await made()).ofKind("kms.Key");
    const everybody = keys.flatMap(({ name, inputs }) =>
      (JSON.parse(String(inputs["policy"])) as { Statement: { Principal: object }[] }).Statement.filter(
        ({ Principal }) => JSON.stringify(Principal).includes('"*"'),
      ).map((statement) => ({ name, statement })),
    );
    const role = "arn:aws:iam::111111111111:role/aws-service-role/macie.amazonaws.com/AWSServiceRoleForAmazonMacie";
    expect(everybody).toEqual([
      {
        name: "data",
        statement: expect.objectContaining({
          Action: "kms:Decrypt",
          Condition: {
            StringEquals: { "kms:CallerAccount": "111111111111" },
            ArnEquals: { "aws:PrincipalArn": role },
          },
        }) as object,
      },
    ]);
  });

  it("believes CloudTrail by the trail it writes for, which is all that it promises to say", async () => {
    const logs = (await (await made()).ofKind("kms.Key")).find(({ name }) => name === "logs");
    const { Statement } = JSON.parse(String(logs?.inputs["policy"])) as {
      Statement: { Sid: string; Condition: object }[];
    };
    expect(Statement.find(({ Sid }) => Sid === "TrailFiles")?.Condition).toEqual({
      ArnLike: { "aws:SourceArn": "arn:aws:cloudtrail:*:111111111111:trail/*" },
    });
  });
});
