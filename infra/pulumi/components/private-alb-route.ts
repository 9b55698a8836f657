import * as lb from "@pulumi/aws/lb/index.js";
import * as pulumi from "@pulumi/pulumi";

export interface PrivateAlbRouteArgs {
  /** First part of names at AWS; of target groups they have 32 characters at most. */
  prefix: string;
  vpcId: pulumi.Input<string>;
  listenerArn: pulumi.Input<string>;
  /** Order among the routes, 1 to 99. */
  order: number;
  /** Four patterns at most: with the header of tests a rule has five values. */
  paths: string[];
  port: number;
  /** Answers 200 once the program can serve. */
  readyPath: string;
  /** Seconds that requests under way get when a task leaves. */
  drainSeconds: number;
}

/** Requests with this header reach the new version before visitors do. AWS's own name, which Service Connect uses as well. */
export const TEST_HEADER = "x-amzn-ecs-blue-green-test";
export const TEST_VALUE = "green";

/** The way of some paths to a service, twice: ECS brings up new versions behind the target group that is not live. */
export class PrivateAlbRoute extends pulumi.ComponentResource {
  readonly blue: lb.TargetGroup;
  readonly green: lb.TargetGroup;
  readonly production: lb.ListenerRule;
  readonly test: lb.ListenerRule;

  constructor(name: string, args: PrivateAlbRouteArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:PrivateAlbRoute", name, {}, opts);
    const inside = { parent: this };
    const group = (colour: string) =>
      new lb.TargetGroup(
        `${name}-${colour}`,
        {
          name: `${args.prefix}-${name}-${colour}`,
          vpcId: args.vpcId,
          targetType: "ip",
          protocol: "HTTP",
          port: args.port,
          deregistrationDelay: args.drainSeconds,
          loadBalancingAlgorithmType: "least_outstanding_requests",
          healthCheck: {
            ...{ path: args.readyPath, matcher: "200", protocol: "HTTP" },
            ...{ interval: 10, timeout: 5, healthyThreshold: 2, unhealthyThreshold: 3 },
          },
        },
        inside,
      );
    this.blue = group("blue");
    this.green = group("green");
    const paths = { pathPattern: { values: args.paths } };
    const rule = (purpose: string, priority: number, conditions: object[]) =>
      new lb.ListenerRule(
        `${name}-${purpose}`,
        {
          listenerArn: args.listenerArn,
          priority,
          conditions,
          actions: [{ type: "forward", forward: { targetGroups: weights(this.blue.arn, this.green.arn) } }],
        },
        // ECS rewrites the weights with each deployment; ours would send visitors back to the old version.
        { parent: this, ignoreChanges: ["actions"] },
      );
    const header = { httpHeader: { httpHeaderName: TEST_HEADER, values: [TEST_VALUE] } };
    this.test = rule("test", args.order, [paths, header]);
    this.production = rule("production", 100 + args.order, [paths]);
    this.registerOutputs();
  }
}

const weights = (blue: pulumi.Input<string>, green: pulumi.Input<string>) => [
  { arn: blue, weight: 100 },
  { arn: green, weight: 0 },
];
