import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as wafv2 from "@pulumi/aws/wafv2/index.js";
import * as pulumi from "@pulumi/pulumi";
import { type FirewallRules, firewallRules } from "./edge-waf-rules.ts";

/** All of CloudFront's settings live here, wherever the stack is. */
export const EDGE_REGION = "us-east-1";

export interface EdgeWafArgs extends FirewallRules {
  /** Name at AWS. */
  name: string;
  logRetentionDays: number;
  /** The key of ours for logs, where it is one of us-east-1: a log group takes no key of another region. */
  logsKeyArn?: pulumi.Input<string>;
}

/** The firewall in front of CloudFront. */
export class EdgeWaf extends pulumi.ComponentResource {
  readonly webAcl: wafv2.WebAcl;

  constructor(name: string, args: EdgeWafArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:EdgeWaf", name, {}, opts);
    const inside = { parent: this };
    this.webAcl = new wafv2.WebAcl(
      name,
      {
        region: EDGE_REGION,
        name: args.name,
        scope: "CLOUDFRONT",
        defaultAction: { allow: {} },
        rules: firewallRules(args),
        visibilityConfig: { metricName: args.name, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true },
      },
      inside,
    );
    const logs = new cloudwatch.LogGroup(
      name,
      {
        region: EDGE_REGION,
        // AWS wants the prefix.
        name: `aws-waf-logs-${args.name}`,
        retentionInDays: args.logRetentionDays,
        ...(args.logsKeyArn === undefined ? {} : { kmsKeyId: args.logsKeyArn }),
      },
      inside,
    );
    new wafv2.WebAclLoggingConfiguration(
      name,
      {
        region: EDGE_REGION,
        resourceArn: this.webAcl.arn,
        logDestinationConfigs: [logs.arn],
        // Credentials are in no log.
        redactedFields: ["authorization", "cookie", "x-api-key"].map((header) => ({ singleHeader: { name: header } })),
        loggingFilter: {
          defaultBehavior: "DROP",
          filters: [
            {
              behavior: "KEEP",
              requirement: "MEETS_ANY",
              conditions: ["BLOCK", "COUNT"].map((action) => ({ actionCondition: { action } })),
            },
          ],
        },
      },
      inside,
    );
    this.registerOutputs();
  }
}
