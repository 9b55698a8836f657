import * as xray from "@pulumi/aws/xray/index.js";
import * as pulumi from "@pulumi/pulumi";

export interface TracingArgs {
  /** What names at AWS begin with; they have 32 characters at most. */
  name: string;
  /** Share of requests that are traced, beside the first of each second. */
  percent: number;
}

/** How many requests X-Ray keeps traces of, and two views of what is worth a look. */
export class Tracing extends pulumi.ComponentResource {
  constructor(name: string, args: TracingArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:Tracing", name, {}, opts);
    const rule = (purpose: string, priority: number, urlPath: string, share: { first: number; percent: number }) =>
      new xray.SamplingRule(
        `${name}-${purpose}`,
        {
          ...{ ruleName: `${args.name}-${purpose}`, priority, urlPath, version: 1 },
          ...{ reservoirSize: share.first, fixedRate: share.percent / 100 },
          ...{ host: "*", httpMethod: "*", resourceArn: "*", serviceName: "*", serviceType: "*" },
        },
        { parent: this },
      );
    rule("health", 100, "/health", { first: 0, percent: 0 });
    rule("ready", 101, "/ready", { first: 0, percent: 0 });
    rule("rest", 9000, "*", { first: 1, percent: args.percent });
    const group = (view: string, filterExpression: string, insightsEnabled: boolean) =>
      new xray.Group(
        `${name}-${view}`,
        { groupName: `${args.name}-${view}`, filterExpression, insightsConfiguration: { insightsEnabled } },
        { parent: this },
      );
    group("faults", "fault = true OR error = true", true);
    group("slow", "responsetime > 2", false);
    this.registerOutputs();
  }
}
