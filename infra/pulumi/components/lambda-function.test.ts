import type * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { mockEngine, type Recorded } from "../testing/mocks.ts";
import { LambdaFunction, type LambdaFunctionArgs } from "./lambda-function.ts";

async function made(changed: Partial<LambdaFunctionArgs> = {}): Promise<Recorded> {
  const recorded = await mockEngine();
  new LambdaFunction("redeploy", {
    name: "tradegraph-dev-redeploy",
    code: "redeploy",
    description: "Services read their secrets anew",
    environment: { READERS: "{}" },
    timeoutSeconds: 60,
    statements: [{ Sid: "Own", Effect: "Allow", Action: "ecs:UpdateService", Resource: "arn:service" }],
    logsKeyArn: "arn:key",
    logRetentionDays: 30,
    ...changed,
  });
  return recorded;
}
const sidsOf = async (recorded: Recorded) => {
  const { inputs } = await recorded.only("iam.RolePolicy");
  const { Statement } = JSON.parse(String(inputs["policy"])) as { Statement: { Sid: string; Resource: unknown }[] };
  return Object.fromEntries(Statement.map(({ Sid, Resource }) => [Sid, Resource]));
};

describe("LambdaFunction", () => {
  it("runs on ARM64 and the newest Node of Lambda, leaves traces, and logs where its log ends some day", async () => {
    const recorded = await made();
    expect((await recorded.only("lambda.Function")).inputs).toMatchObject({
      name: "tradegraph-dev-redeploy",
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      handler: "redeploy/handler.handler",
      tracingConfig: { mode: "Active" },
      loggingConfig: { logFormat: "JSON", logGroup: "/aws/lambda/tradegraph-dev-redeploy" },
    });
    expect((await recorded.only("cloudwatch.LogGroup")).inputs).toMatchObject({
      retentionInDays: 30,
      kmsKeyId: "arn:key",
    });
  });

  it("gets the code of its folder, and nothing of other functions", async () => {
    const { inputs } = await (await made()).only("lambda.Function");
    const { assets } = inputs["code"] as { assets: Promise<Record<string, pulumi.asset.Asset>> };
    expect(Object.keys(await assets).sort()).toEqual([
      ...["env.mjs", "log.mjs"],
      ...["redeploy/handler.mjs", "redeploy/redeploy.mjs"],
    ]);
  });

  it("may do what it is for, write its log and its traces, and no more", async () => {
    const sids = await sidsOf(await made());
    expect(Object.keys(sids)).toEqual(["WriteLog", "Trace", "Own"]);
    expect(sids["WriteLog"]).toMatch(/log-group|LogGroup|redeploy/);
    expect(sids["WriteLog"]).toMatch(/:\*$/);
  });

  it("stands in the network only where it has to", async () => {
    expect((await (await made()).only("lambda.Function")).inputs["vpcConfig"]).toBeUndefined();
    const recorded = await made({ vpc: { subnetIds: ["subnet-1"], securityGroupId: "sg-1" } });
    const { inputs } = await recorded.only("lambda.Function");
    expect(inputs["vpcConfig"]).toEqual({ subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] });
    expect(await sidsOf(recorded)).toHaveProperty("StandInNetwork");
  });

  it("tells a topic of events that it could not deal with, and may do so though the topic is sealed", async () => {
    const recorded = await made({ failures: { topicArn: "arn:warning", keyArn: "arn:topic-key" } });
    const { inputs } = await recorded.only("lambda.FunctionEventInvokeConfig");
    expect(inputs).toMatchObject({
      maximumRetryAttempts: 2,
      destinationConfig: { onFailure: { destination: "arn:warning" } },
    });
    expect(await sidsOf(recorded)).toMatchObject({ TellFailure: "arn:warning", SealNotification: "arn:topic-key" });
  });
});
