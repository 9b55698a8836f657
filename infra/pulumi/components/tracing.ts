import * as xray from "@pulumi/aws/xray/index.js";
import * as pulumi from "@pulumi/pulumi";

export interface TracingArgs {
  /** What names at AWS begin with; they have 32 characters at most. */
  name: string;
}

/**
 * Two views of what is worth a look. There are no sampling rules of X-Ray: programs draw the lot themselves
 * (OTEL_TRACES_SAMPLER), Lambda has a share of its own, and a rule that nobody asks for would only look like a setting.
 */
export class Tracing extends pulumi.ComponentResource {
  constructor(name: string, args: TracingArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:Tracing", name, {}, opts);
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
