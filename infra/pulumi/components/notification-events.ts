import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as pulumi from "@pulumi/pulumi";
import { type Severity } from "../lib/alarm-spec.ts";
import { physicalName } from "../lib/naming.ts";
import { type StackName } from "../lib/stack-name.ts";

interface Event {
  name: string;
  severity: Severity;
  about: string;
  pattern: object;
}

/** What happens in an account and is no metric. */
export const events: Event[] = [
  {
    name: "threat-found",
    severity: "critical",
    about: "GuardDuty sees an attack (severity high)",
    pattern: {
      source: ["aws.guardduty"],
      "detail-type": ["GuardDuty Finding"],
      detail: { severity: [{ numeric: [">=", 7] }] },
    },
  },
  {
    name: "vulnerability-found",
    severity: "warning",
    about: "Inspector found a critical weakness in an image or function",
    pattern: {
      source: ["aws.inspector2"],
      "detail-type": ["Inspector2 Finding"],
      detail: { severity: ["CRITICAL"], status: ["ACTIVE"] },
    },
  },
  {
    name: "open-to-outside",
    severity: "critical",
    about: "Access Analyzer: somebody outside the account can reach a resource",
    pattern: {
      source: ["aws.access-analyzer"],
      "detail-type": ["Access Analyzer Finding"],
      detail: { status: ["ACTIVE"] },
    },
  },
  {
    name: "personal-data-found",
    severity: "warning",
    about: "Macie found personal data where none should be",
    pattern: {
      source: ["aws.macie"],
      "detail-type": ["Macie Finding"],
      detail: { severity: { description: ["High"] } },
    },
  },
  {
    name: "deployment-failed",
    severity: "critical",
    about: "A deployment of a service failed and goes back",
    pattern: {
      source: ["aws.ecs"],
      "detail-type": ["ECS Deployment State Change"],
      detail: { eventName: ["SERVICE_DEPLOYMENT_FAILED"] },
    },
  },
  {
    name: "rotation-failed",
    severity: "warning",
    about: "Secrets Manager could not rotate a secret; the old value goes on to be good",
    pattern: {
      source: ["aws.secretsmanager"],
      "detail-type": ["AWS Service Event via CloudTrail"],
      detail: { eventName: ["RotationFailed"] },
    },
  },
  {
    name: "aws-has-trouble",
    severity: "warning",
    about: "AWS reports an event that concerns this account",
    pattern: { source: ["aws.health"], "detail-type": ["AWS Health Event"] },
  },
];

export interface NotificationEventsArgs {
  stack: StackName;
  topics: Record<Severity, pulumi.Input<string>>;
}

/** Findings and failures that AWS reports as events reach people as alarms do. */
export class NotificationEvents extends pulumi.ComponentResource {
  constructor(name: string, args: NotificationEventsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:NotificationEvents", name, {}, opts);
    for (const { name: event, severity, about, pattern } of events) {
      const rule = new cloudwatch.EventRule(
        `${name}-${event}`,
        { name: physicalName(args.stack, event), description: about, eventPattern: JSON.stringify(pattern) },
        { parent: this },
      );
      new cloudwatch.EventTarget(`${name}-${event}`, { rule: rule.name, arn: args.topics[severity] }, { parent: this });
    }
    this.registerOutputs();
  }
}
