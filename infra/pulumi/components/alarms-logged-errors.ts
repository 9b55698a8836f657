import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as pulumi from "@pulumi/pulumi";
import { physicalName } from "../lib/naming.ts";
import { type StackName } from "../lib/stack-name.ts";

export interface AlarmsLoggedErrorsArgs {
  stack: StackName;
  /** Log group of the gateway. */
  logGroup: pulumi.Input<string>;
}

/** Counts the errors the gateway logs, for the alarm `gateway-errors-logged`. */
export class AlarmsLoggedErrors extends pulumi.ComponentResource {
  constructor(name: string, args: AlarmsLoggedErrorsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:AlarmsLoggedErrors", name, {}, opts);
    new cloudwatch.LogMetricFilter(
      name,
      {
        name: physicalName(args.stack, "gateway-errors"),
        logGroupName: args.logGroup,
        // packages/kit/src/logger.ts writes levels as words.
        pattern: '{ ($.level = "error") || ($.level = "fatal") }',
        metricTransformation: {
          name: "GatewayErrorsLogged",
          namespace: "Tradegraph",
          value: "1",
          defaultValue: "0",
        },
      },
      { parent: this },
    );
    this.registerOutputs();
  }
}
