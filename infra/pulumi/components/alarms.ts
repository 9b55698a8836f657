import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as pulumi from "@pulumi/pulumi";
import { alarmInputs } from "../lib/alarm-inputs.ts";
import { type Severity, type Watched } from "../lib/alarm-spec.ts";
import { alarmTable, compositeTable } from "../lib/alarm-table.ts";
import { physicalName } from "../lib/naming.ts";
import { type StackName } from "../lib/stack-name.ts";

export interface WatchedThing {
  /** Behind the alarm's name, where a stack has several things of a kind: "gateway" → high-cpu-gateway. */
  name?: string;
  /** By which CloudWatch finds its metrics: { ClusterName, ServiceName }. */
  dimensions: Record<string, pulumi.Input<string>>;
}

export interface AlarmsArgs {
  stack: StackName;
  /** What this program has; each gets all alarms that lib/alarm-table.ts has for its kind. */
  things: Partial<Record<Watched, WatchedThing[]>>;
  /** ARNs of the SNS topics, in the region of the alarms. */
  topics: Record<Severity, pulumi.Input<string>>;
  /** Region of the alarms where it is not the provider's: metrics of the edge are kept in us-east-1. */
  region?: string;
  /** Names in the table of alarms that would never end here: those on tasks, where none runs on purpose. */
  leaveOut?: string[];
}

/** The alarms of a program by the table, each with somebody who hears it, and alarms of alarms where all parts are there. */
export class Alarms extends pulumi.ComponentResource {
  /** By name of the alarm, without product and stack. */
  readonly arns: Record<string, pulumi.Output<string>> = {};

  constructor(name: string, args: AlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:Alarms", name, {}, opts);
    const made: cloudwatch.MetricAlarm[] = [];
    /** Names at AWS by the name in the table. */
    const names = new Map<string, string[]>();
    const where = args.region ? { region: args.region } : {};
    const told = (severity: Severity) => ({
      alarmActions: [args.topics[severity]],
      okActions: [args.topics[severity]],
    });
    for (const spec of alarmTable) {
      if (args.leaveOut?.includes(spec.name)) continue;
      for (const thing of args.things[spec.watches] ?? []) {
        const alarm = thing.name ? `${spec.name}-${thing.name}` : spec.name;
        const resource = new cloudwatch.MetricAlarm(
          `${name}-${alarm}`,
          {
            name: physicalName(args.stack, alarm),
            alarmDescription: `${spec.about}\ndocs/runbooks/${spec.name}.md`,
            ...alarmInputs(spec, thing.dimensions),
            ...told(spec.severity),
            ...where,
          },
          { parent: this },
        );
        made.push(resource);
        names.set(spec.name, [...(names.get(spec.name) ?? []), physicalName(args.stack, alarm)]);
        this.arns[alarm] = resource.arn;
      }
    }
    for (const composite of compositeTable) {
      const parts = composite.all.map((part) => names.get(part));
      if (!parts.every((part) => part !== undefined)) continue;
      new cloudwatch.CompositeAlarm(
        `${name}-${composite.name}`,
        {
          alarmName: physicalName(args.stack, composite.name),
          alarmDescription: `${composite.about}\ndocs/runbooks/${composite.name}.md`,
          alarmRule: parts.map((part) => `(${part.map((one) => `ALARM("${one}")`).join(" OR ")})`).join(" AND "),
          ...told(composite.severity),
          ...where,
        },
        // By name only, so Pulumi does not know the order by itself.
        { parent: this, dependsOn: made },
      );
    }
    this.registerOutputs();
  }
}
