import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { AssetPurge } from "./asset-purge.ts";

const made = async () => {
  const recorded = await mockEngine();
  new AssetPurge("purge-assets", {
    name: "tradegraph-dev-purge-assets",
    account: "111111111111",
    region: "us-east-1",
    bucket: { name: "assets", arn: "arn:aws:s3:::assets" },
    keyArn: "arn:data-key",
    distribution: { id: "E1", arn: "arn:distribution" },
    logsKeyArn: "arn:logs",
    logRetentionDays: 30,
  });
  return recorded;
};

describe("AssetPurge", () => {
  it("hears of every object that is written or removed below /assets, and of no other", async () => {
    const { inputs } = await (await made()).only("s3.BucketNotification");
    expect(inputs).toMatchObject({
      bucket: "assets",
      queues: [{ events: ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"], filterPrefix: "assets/" }],
    });
  });

  it("takes messages of this bucket alone", async () => {
    const { inputs } = await (await made()).only("sqs.QueuePolicy");
    const { Statement } = JSON.parse(String(inputs["policy"])) as { Statement: object[] };
    expect(Statement).toMatchObject([
      {
        Principal: { Service: "s3.amazonaws.com" },
        Action: "sqs:SendMessage",
        Condition: {
          ArnEquals: { "aws:SourceArn": "arn:aws:s3:::assets" },
          StringEquals: { "aws:SourceAccount": "111111111111" },
        },
      },
    ]);
  });

  it("gathers messages, gives back single ones, and puts aside what fails five times", async () => {
    const recorded = await made();
    expect((await recorded.only("lambda.EventSourceMapping")).inputs).toMatchObject({
      batchSize: 1000,
      maximumBatchingWindowInSeconds: 30,
      functionResponseTypes: ["ReportBatchItemFailures"],
    });
    const queues = await recorded.ofKind("sqs.Queue");
    const [aside, queue] = [
      queues.find(({ name }) => name === "purge-assets-dead-letters"),
      queues.find(({ name }) => name === "purge-assets"),
    ];
    expect(JSON.parse(String(queue?.inputs["redrivePolicy"]))).toMatchObject({ maxReceiveCount: 5 });
    expect(aside?.inputs["messageRetentionSeconds"]).toBe(1_209_600);
    for (const one of queues) expect(one.inputs["kmsMasterKeyId"]).toBe("arn:data-key");
    // Or a message comes again while the function still works on it.
    expect(queue?.inputs["visibilityTimeoutSeconds"]).toBeGreaterThanOrEqual(6 * 30);
  });

  it("may purge this distribution alone", async () => {
    const { inputs } = await (await made()).only("iam.RolePolicy");
    const { Statement } = JSON.parse(String(inputs["policy"])) as { Statement: Record<string, unknown>[] };
    expect(Statement.find(({ Sid }) => Sid === "Purge")).toMatchObject({ Resource: "arn:distribution" });
  });
});
