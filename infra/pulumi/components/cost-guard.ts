import * as budgets from "@pulumi/aws/budgets/index.js";
import * as costexplorer from "@pulumi/aws/costexplorer/index.js";
import * as pulumi from "@pulumi/pulumi";
import { physicalName } from "../lib/naming.ts";
import { type StackName } from "../lib/stack-name.ts";

export interface CostGuardArgs {
  stack: StackName;
  /** Dollars a month for the whole account. */
  monthlyDollars: number;
  /** ARN of a monitor of services that the account has already; AWS lets it have one. "" makes it. */
  monitorArn: string;
  /** Topic that hears of it; its policy lets budgets and cost anomalies publish. */
  topicArn: pulumi.Input<string>;
}

/** Speaks up before the bill does: at 80 and 100 % of the budget, when the forecast is above it, and at jumps (AWS-8). */
export class CostGuard extends pulumi.ComponentResource {
  constructor(name: string, args: CostGuardArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:CostGuard", name, {}, opts);
    const inside = { parent: this };
    const at = (threshold: number, notificationType: "ACTUAL" | "FORECASTED") => ({
      comparisonOperator: "GREATER_THAN",
      notificationType,
      threshold,
      thresholdType: "PERCENTAGE",
      subscriberSnsTopicArns: [args.topicArn],
    });
    new budgets.Budget(
      name,
      {
        name: physicalName(args.stack, "month"),
        budgetType: "COST",
        timeUnit: "MONTHLY",
        limitAmount: String(args.monthlyDollars),
        limitUnit: "USD",
        notifications: [at(80, "ACTUAL"), at(100, "ACTUAL"), at(100, "FORECASTED")],
      },
      inside,
    );
    const monitor = (): costexplorer.AnomalyMonitor =>
      new costexplorer.AnomalyMonitor(
        name,
        { name: physicalName(args.stack, "services"), monitorType: "DIMENSIONAL", monitorDimension: "SERVICE" },
        inside,
      );
    new costexplorer.AnomalySubscription(
      name,
      {
        name: physicalName(args.stack, "jumps"),
        frequency: "IMMEDIATE",
        monitorArnLists: [args.monitorArn === "" ? monitor().arn : args.monitorArn],
        subscribers: [{ type: "SNS", address: args.topicArn }],
        thresholdExpression: {
          dimension: {
            key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
            matchOptions: ["GREATER_THAN_OR_EQUAL"],
            // A twentieth of the month's budget at once.
            values: [String(Math.ceil(args.monthlyDollars / 20))],
          },
        },
      },
      inside,
    );
    this.registerOutputs();
  }
}
