import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as pulumi from "@pulumi/pulumi";
import { physicalName } from "../lib/naming.ts";
import { type StackName } from "../lib/stack-name.ts";
import { dashboardBody, type Watching } from "./dashboard-widgets.ts";

export interface DashboardArgs {
  stack: StackName;
  /** What there is to look at; each field as soon as it is known. */
  watching: { [Field in keyof Watching]: pulumi.Input<Watching[Field]> };
}

/** One page: alarms, then what customers feel, then services, data and edge. Made from the list of services. */
export class Dashboard extends pulumi.ComponentResource {
  constructor(name: string, { stack, watching }: DashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:Dashboard", name, {}, opts);
    new cloudwatch.Dashboard(
      name,
      {
        dashboardName: physicalName(stack, "shop"),
        dashboardBody: pulumi.output(watching).apply((known) => dashboardBody(known as Watching)),
      },
      { parent: this },
    );
    this.registerOutputs();
  }
}
