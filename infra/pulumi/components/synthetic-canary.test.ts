import { describe, expect, it } from "vitest";
import { type Journey } from "../functions/canaries/robot.ts";
import { mockEngine } from "../testing/mocks.ts";
import { SyntheticCanary } from "./synthetic-canary.ts";

const health: Journey = { url: "https://api.example.com", walk: "health", operation: "" };
const made = async (journey = health, everyMinutes = 5) => {
  const recorded = await mockEngine();
  new SyntheticCanary("health", {
    name: "tradegraph-dev-health",
    journey,
    everyMinutes,
    ...{ account: "111111111111", region: "us-east-1" },
    bucket: { name: "canaries", arn: "arn:canaries" },
    keyArn: "arn:key",
  });
  return recorded;
};

describe("SyntheticCanary", () => {
  it("runs by the clock without a browser, and keeps sealed reports in a folder of its own", async () => {
    const { inputs } = await (await made()).only("synthetics.Canary");
    expect(inputs).toMatchObject({
      handler: "robot.handler",
      schedule: { expression: "rate(5 minutes)" },
      startCanary: true,
      artifactS3Location: "s3://canaries/runs/tradegraph-dev-health/",
      artifactConfig: { s3Encryption: { encryptionMode: "SSE_KMS", kmsKeyArn: "arn:key" } },
    });
    // 3 and before are Node.js 20, which Lambda has given up in 2026.
    expect(inputs["runtimeVersion"]).toMatch(/^syn-nodejs-[4-9]/);
    const once = await (await made(health, 1)).only("synthetics.Canary");
    expect(once.inputs["schedule"]).toEqual({ expression: "rate(1 minute)" });
  });

  it("gets another script under another name when its journey changes", async () => {
    const keyOf = async (journey: Journey) => (await (await made(journey)).only("s3.BucketObjectv2")).inputs["key"];
    const first = await keyOf(health);
    expect(first).toMatch(/^scripts\/tradegraph-dev-health-[0-9a-f]{16}\.zip$/);
    expect(await keyOf({ ...health })).toBe(first);
    expect(await keyOf({ ...health, url: "https://other.example.com" })).not.toBe(first);
  });

  it("may write its reports, its log and its metric, and nothing else", async () => {
    const { inputs } = await (await made()).only("iam.RolePolicy");
    const { Statement } = JSON.parse(String(inputs["policy"])) as { Statement: Record<string, unknown>[] };
    const find = (sid: string) => Statement.find(({ Sid }) => Sid === sid);
    expect(find("WriteReports")).toMatchObject({
      Action: ["s3:PutObject", "s3:GetObject"],
      Resource: "arn:canaries/runs/tradegraph-dev-health/*",
    });
    expect(find("WriteLog")).toMatchObject({
      Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: "arn:aws:logs:us-east-1:111111111111:log-group:/aws/lambda/cwsyn-tradegraph-dev-health-*",
    });
    expect(find("Measure")).toMatchObject({
      Condition: { StringEquals: { "cloudwatch:namespace": "CloudWatchSynthetics" } },
    });
    const sids = ["WriteReports", "FindBucket", "FindBuckets", "WriteLog", "Seal", "Measure"];
    expect(Statement.map(({ Sid }) => Sid)).toEqual(sids);
  });
});
