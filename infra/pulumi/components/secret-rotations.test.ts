import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { SecretRotations } from "./secret-rotations.ts";

const made = async () => {
  const recorded = await mockEngine();
  new SecretRotations("rotation", {
    name: "tradegraph-dev-rotation",
    account: "111111111111",
    region: "us-east-1",
    logsKeyArn: "arn:logs",
    logRetentionDays: 30,
    secrets: {
      INTERNAL_SIGNING_KEYS: { arn: "arn:keys", kind: "signing-keys" },
      REDIS_URL: { arn: "arn:cache", kind: "cache-password" },
    },
    secretsKeyArn: "arn:secrets-key",
    everyDays: 90,
    cacheUser: { id: "tradegraph-dev", arn: "arn:user" },
    vpc: { subnetIds: ["subnet-1"], securityGroupId: "sg-rotation" },
  });
  return recorded;
};

describe("SecretRotations", () => {
  it("rotates each secret after the period, not at once: a person has to fill it first", async () => {
    const rotations = await (await made()).ofKind("secretsmanager.SecretRotation");
    expect(rotations.map(({ inputs }) => inputs["secretId"])).toEqual(["arn:keys", "arn:cache"]);
    for (const { inputs } of rotations) {
      expect(inputs).toMatchObject({ rotateImmediately: false, rotationRules: { automaticallyAfterDays: 90 } });
    }
  });

  it("says to the function of which kind each secret is", async () => {
    const { environment } = (await (await made()).only("lambda.Function")).inputs as {
      environment: { variables: Record<string, string> };
    };
    expect(JSON.parse(environment.variables["SECRET_KINDS"] ?? "")).toEqual({
      "arn:keys": "signing-keys",
      "arn:cache": "cache-password",
    });
    expect(environment.variables["CACHE_USER_ID"]).toBe("tradegraph-dev");
  });

  it("lets the function touch these secrets alone, and only as the one that rotates them", async () => {
    const { inputs } = await (await made()).only("iam.RolePolicy");
    const { Statement } = JSON.parse(String(inputs["policy"])) as { Statement: Record<string, unknown>[] };
    expect(Statement.find(({ Sid }) => Sid === "RotateSecrets")).toMatchObject({
      Resource: ["arn:keys", "arn:cache"],
      Condition: {
        StringEquals: {
          "secretsmanager:resource/AllowRotationLambdaArn":
            "arn:aws:lambda:us-east-1:111111111111:function:tradegraph-dev-rotation",
        },
      },
    });
    expect(Statement.find(({ Sid }) => Sid === "ChangePassword")).toMatchObject({ Resource: "arn:user" });
  });

  it("lets Secrets Manager of this account start it, and nobody else", async () => {
    const { inputs } = await (await made()).only("lambda.Permission");
    expect(inputs).toMatchObject({ principal: "secretsmanager.amazonaws.com", sourceAccount: "111111111111" });
  });
});
