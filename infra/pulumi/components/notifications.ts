import * as sns from "@pulumi/aws/sns/index.js";
import * as pulumi from "@pulumi/pulumi";
import { severities, type Severity } from "../lib/alarm-spec.ts";
import { physicalName } from "../lib/naming.ts";
import { policyDocument, type Statement, tlsOnly } from "../lib/policy-document.ts";
import { type StackName } from "../lib/stack-name.ts";
import { EncryptionKey } from "./encryption-key.ts";

/** Services of AWS that speak up by themselves, and say for which account. */
const SENDERS = [
  "cloudwatch.amazonaws.com",
  "budgets.amazonaws.com",
  "costalerts.amazonaws.com",
  "backup.amazonaws.com",
];

export interface NotificationsArgs {
  account: string;
  stack: StackName;
  /**
   * Who hears what: mail addresses, or https addresses of a pager or chat. Mail has to be confirmed by its receiver.
   * Whoever hears `escalation` should not be on call for `critical`.
   */
  receivers: Record<Severity, string[]>;
}

/**
 * EventBridge says neither account nor rule when it sends to a topic: with a condition on them its messages are dropped
 * without a word (SNS Developer Guide, "Key management"; EventBridge User Guide, "Amazon SNS permissions").
 */
const EVENTS = { Service: "events.amazonaws.com" };

/** One topic per severity, encrypted, with its receivers. The way from an alarm to a person. */
export class Notifications extends pulumi.ComponentResource {
  readonly topics: Record<Severity, sns.Topic>;
  /** Whoever sends has to seal with it. */
  readonly keyArn: pulumi.Output<string>;
  /** For stack outputs and for `Alarms`. */
  readonly arns: Record<Severity, pulumi.Output<string>>;

  constructor(name: string, args: NotificationsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:Notifications", name, {}, opts);
    const inside = { parent: this };
    const { key } = new EncryptionKey(
      name,
      {
        name: physicalName(args.stack, "notifications"),
        description: "Notifications to people",
        account: args.account,
        statements: [sendersUseKey(args.account), eventsUseKey(args.account, args.stack)],
      },
      inside,
    );
    this.keyArn = key.arn;
    const topic = (severity: Severity) => {
      const made = new sns.Topic(
        `${name}-${severity}`,
        { name: physicalName(args.stack, severity), kmsMasterKeyId: key.arn },
        inside,
      );
      new sns.TopicPolicy(
        `${name}-${severity}`,
        {
          arn: made.arn,
          policy: policyDocument(
            sendersPublish(args.account, made.arn),
            { Sid: "Events", Effect: "Allow", Principal: EVENTS, Action: "sns:Publish", Resource: made.arn },
            tlsOnly("sns:Publish", made.arn),
          ),
        },
        inside,
      );
      for (const [index, receiver] of args.receivers[severity].entries()) {
        const web = receiver.startsWith("https://");
        new sns.TopicSubscription(
          `${name}-${severity}-${index}`,
          {
            topic: made.arn,
            protocol: web ? "https" : "email",
            // The address of a pager is its password.
            endpoint: web ? pulumi.secret(receiver) : receiver,
            ...(web ? { endpointAutoConfirms: true } : {}),
          },
          inside,
        );
      }
      return made;
    };
    this.topics = Object.fromEntries(severities.map((severity) => [severity, topic(severity)])) as typeof this.topics;
    this.arns = Object.fromEntries(
      severities.map((severity) => [severity, this.topics[severity].arn]),
    ) as typeof this.arns;
    this.registerOutputs();
  }
}

const fromAccount = (account: string) => ({ StringEquals: { "aws:SourceAccount": account } });

const sendersUseKey = (account: string): Statement => ({
  Sid: "Senders",
  Effect: "Allow",
  Principal: { Service: SENDERS },
  Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
  Resource: "*",
  Condition: fromAccount(account),
});

/** For topics of this stack alone, which SNS itself tells the key; a topic takes no events but those its policy lets in. */
const eventsUseKey = (account: string, stack: StackName): Statement => ({
  Sid: "Events",
  Effect: "Allow",
  Principal: EVENTS,
  Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
  Resource: "*",
  Condition: {
    StringLike: { "kms:EncryptionContext:aws:sns:topicArn": `arn:aws:sns:*:${account}:${physicalName(stack, "*")}` },
  },
});

const sendersPublish = (account: string, topic: pulumi.Output<string>): Statement => ({
  Sid: "Senders",
  Effect: "Allow",
  Principal: { Service: SENDERS },
  Action: "sns:Publish",
  Resource: topic,
  Condition: fromAccount(account),
});
