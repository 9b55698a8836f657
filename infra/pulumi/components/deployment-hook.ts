import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, trustService } from "../lib/policy-document.ts";
import { LambdaFunction, type LambdaFunctionArgs } from "./lambda-function.ts";
import { TEST_HEADER, TEST_VALUE } from "./private-alb-route.ts";

export interface DeploymentHookArgs extends Pick<LambdaFunctionArgs, "logsKeyArn" | "logRetentionDays" | "vpc"> {
  /** Name of the function at AWS. */
  name: string;
  /** DNS name of the load balancer. */
  loadBalancer: pulumi.Input<string>;
  /** Host that visitors use; the load balancer's certificate has it. */
  host: string;
  /** Whether visitors of the host belong to a shop: without one only the state of health is asked for. */
  isShop: boolean;
  /** Id of a persisted operation to ask instead of texts; "" for none. */
  operation: string;
}

/** Asks a new version behind the load balancer what a visitor would ask, by functions/deployment-hook. */
export class DeploymentHook extends pulumi.ComponentResource {
  readonly functionArn: pulumi.Output<string>;
  /** ECS starts the function with it. */
  readonly roleArn: pulumi.Output<string>;

  constructor(name: string, args: DeploymentHookArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:DeploymentHook", name, {}, opts);
    const { logsKeyArn, logRetentionDays, vpc, host, isShop, operation } = args;
    const { function: made } = new LambdaFunction(
      name,
      {
        ...{ name: args.name, logsKeyArn, logRetentionDays, ...(vpc ? { vpc } : {}) },
        code: "deployment-hook",
        description: "Checks a new gateway before visitors reach it",
        // Three questions of ten seconds.
        timeoutSeconds: 40,
        environment: {
          SMOKE_TEST: pulumi.jsonStringify({
            url: pulumi.interpolate`https://${args.loadBalancer}`,
            ...{ host, shop: isShop, operation, testHeader: TEST_HEADER, testValue: TEST_VALUE },
          }),
        },
        statements: [],
      },
      { parent: this },
    );
    const role = new iam.Role(
      `${name}-start`,
      {
        name: `${args.name}-start`,
        description: "ECS asks the deployment hook",
        assumeRolePolicy: trustService("ecs.amazonaws.com"),
      },
      { parent: this },
    );
    const policy = new iam.RolePolicy(
      `${name}-start`,
      {
        role: role.name,
        policy: policyDocument({
          Sid: "AskHook",
          Effect: "Allow",
          Action: "lambda:InvokeFunction",
          Resource: [made.arn, pulumi.interpolate`${made.arn}:*`],
        }),
      },
      { parent: this },
    );
    this.functionArn = made.arn;
    // Known once ECS may really use it.
    this.roleArn = pulumi.all([role.arn, policy.id]).apply(([arn]) => arn);
    this.registerOutputs();
  }
}
