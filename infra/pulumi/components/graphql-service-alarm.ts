import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as pulumi from "@pulumi/pulumi";

export interface GraphqlServiceAlarmArgs {
  /** Name at AWS. */
  name: string;
  /** `app/…/…` */
  loadBalancer: pulumi.Input<string>;
  /** `targetgroup/…/…` of both: which one is live changes with each deployment. */
  targetGroups: pulumi.Input<string>[];
  /** Answers of 5xx in a minute, two minutes in a row. */
  mostErrors: number;
  /** Topics that hear of it too: where deployments go on without it, somebody must. */
  topics: pulumi.Input<string>[];
}

/**
 * Errors of whatever is behind the load balancer, by which ECS takes a deployment back. Those that wake people are
 * elsewhere, and slower.
 */
export class GraphqlServiceAlarm extends pulumi.ComponentResource {
  readonly alarm: cloudwatch.MetricAlarm;

  constructor(name: string, args: GraphqlServiceAlarmArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:GraphqlServiceAlarm", name, {}, opts);
    const errors = args.targetGroups.map((targetGroup, index) => ({
      id: `m${index}`,
      metric: {
        namespace: "AWS/ApplicationELB",
        metricName: "HTTPCode_Target_5XX_Count",
        dimensions: { LoadBalancer: args.loadBalancer, TargetGroup: targetGroup },
        period: 60,
        stat: "Sum",
      },
    }));
    this.alarm = new cloudwatch.MetricAlarm(
      name,
      {
        name: args.name,
        alarmDescription: "Errors during a deployment: ECS goes back to the version before",
        comparisonOperator: "GreaterThanThreshold",
        threshold: args.mostErrors,
        evaluationPeriods: 2,
        treatMissingData: "notBreaching",
        alarmActions: args.topics,
        metricQueries: [
          ...errors,
          {
            id: "errors",
            label: "errors",
            expression: errors.map(({ id }) => `FILL(${id}, 0)`).join(" + "),
            returnData: true,
          },
        ],
      },
      { parent: this },
    );
    this.registerOutputs();
  }
}
