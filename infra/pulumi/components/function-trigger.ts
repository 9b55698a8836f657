import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as lambda from "@pulumi/aws/lambda/index.js";
import * as pulumi from "@pulumi/pulumi";

export interface FunctionTriggerArgs {
  /** Name of the rule at AWS, 64 characters at most. */
  name: string;
  description: string;
  /** Which events: EventBridge's patterns. */
  pattern: pulumi.Input<object>;
  function: lambda.Function;
}

/** Events of AWS that start a function. */
export class FunctionTrigger extends pulumi.ComponentResource {
  constructor(name: string, args: FunctionTriggerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:FunctionTrigger", name, {}, opts);
    const inside = { parent: this };
    const rule = new cloudwatch.EventRule(
      name,
      { name: args.name, description: args.description, eventPattern: pulumi.jsonStringify(args.pattern) },
      inside,
    );
    const permission = new lambda.Permission(
      name,
      {
        action: "lambda:InvokeFunction",
        function: args.function.name,
        principal: "events.amazonaws.com",
        sourceArn: rule.arn,
      },
      inside,
    );
    new cloudwatch.EventTarget(
      name,
      { rule: rule.name, arn: args.function.arn },
      { parent: this, dependsOn: [permission] },
    );
    this.registerOutputs();
  }
}
