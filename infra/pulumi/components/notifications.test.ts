import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { events, NotificationEvents } from "./notification-events.ts";
import { Notifications } from "./notifications.ts";

const made = async () => {
  const recorded = await mockEngine("prod");
  new Notifications("notifications", {
    account: "111111111111",
    stack: "prod",
    receivers: {
      critical: ["oncall@example.com", "https://pager.example.com/secret"],
      warning: ["team@example.com"],
      escalation: ["boss@example.com"],
    },
  });
  return recorded;
};
const statements = (text: unknown) =>
  (JSON.parse(String(text)) as { Statement: { Sid: string; Effect: string; Principal: object; Condition?: object }[] })
    .Statement;

describe("Notifications", () => {
  it("has a topic for each severity, encrypted by a key of ours that CloudWatch may use", async () => {
    const recorded = await made();
    const topics = await recorded.ofKind("sns.Topic");
    expect(topics.map(({ inputs }) => inputs["name"])).toEqual([
      "tradegraph-prod-critical",
      "tradegraph-prod-warning",
      "tradegraph-prod-escalation",
    ]);
    for (const { inputs } of topics) expect(inputs["kmsMasterKeyId"]).toMatch(/^arn:aws:kms:/);
    const key = await recorded.only("kms.Key");
    expect(String(key.inputs["policy"])).toContain("cloudwatch.amazonaws.com");
  });

  it("lets services of this account publish, and nobody without TLS", async () => {
    for (const { inputs } of await (await made()).ofKind("sns.TopicPolicy")) {
      const [senders, , tls] = statements(inputs["policy"]);
      expect(senders).toMatchObject({
        Effect: "Allow",
        Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } },
      });
      expect(tls).toMatchObject({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } });
    }
  });

  it("lets EventBridge in without a condition on account or rule, with which AWS drops its messages", async () => {
    const recorded = await made();
    const events = ({ Principal }: { Principal: object }) => JSON.stringify(Principal).includes("events.amazonaws.com");
    for (const { inputs } of await recorded.ofKind("sns.TopicPolicy")) {
      const found = statements(inputs["policy"]).filter(events);
      expect(found).toEqual([expect.objectContaining({ Effect: "Allow", Action: "sns:Publish" })]);
      expect(found[0]).not.toHaveProperty("Condition");
    }
    const ofKey = statements((await recorded.only("kms.Key")).inputs["policy"]).filter(events);
    expect(ofKey.map(({ Condition }) => Condition)).toEqual([
      {
        StringLike: { "kms:EncryptionContext:aws:sns:topicArn": "arn:aws:sns:*:111111111111:tradegraph-prod-*" },
      },
    ]);
  });

  it("reaches each receiver by mail or web, severity by severity", async () => {
    const subscriptions = await (await made()).ofKind("sns.TopicSubscription");
    const reached = subscriptions.map(({ name, inputs }) => `${name} ${inputs["protocol"]}`);
    expect(reached.sort()).toEqual([
      "notifications-critical-0 email",
      "notifications-critical-1 https",
      "notifications-escalation-0 email",
      "notifications-warning-0 email",
    ]);
  });
});

describe("NotificationEvents", () => {
  it("sends each event to the topic of its severity", async () => {
    const recorded = await mockEngine("prod");
    const topics = { critical: "arn:critical", warning: "arn:warning", escalation: "arn:escalation" };
    new NotificationEvents("events", { stack: "prod", topics });
    const targets = await recorded.ofKind("cloudwatch.EventTarget");
    expect(targets.map(({ inputs }) => inputs["arn"])).toEqual(events.map(({ severity }) => topics[severity]));
    const rules = await recorded.ofKind("cloudwatch.EventRule");
    const threat = rules.find(({ inputs }) => inputs["name"] === "tradegraph-prod-threat-found");
    expect(JSON.parse(String(threat?.inputs["eventPattern"]))).toMatchObject({
      source: ["aws.guardduty"],
      detail: { severity: [{ numeric: [">=", 7] }] },
    });
  });
});
