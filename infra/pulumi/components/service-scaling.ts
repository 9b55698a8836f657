import * as appautoscaling from "@pulumi/aws/appautoscaling/index.js";
import * as pulumi from "@pulumi/pulumi";

export interface ServiceScalingArgs {
  /** Names of the cluster and the service at AWS. */
  cluster: pulumi.Input<string>;
  service: pulumi.Input<string>;
  least: number;
  most: number;
  /** Also starts tasks before the load of each day comes, once two weeks of it are known. */
  predictive: boolean;
  /** Starts tasks and never stops one: a service that stands still on purpose, or has just taken over. */
  outOnly?: boolean;
}

/** Percent, and seconds between two steps (AWS-5): quickly up, slowly down. */
export const scaling = { cpu: 70, memory: 80, outCooldown: 60, inCooldown: 300 };

/** How many tasks a service has: by processor time, by memory, and by what is to be expected. */
export class ServiceScaling extends pulumi.ComponentResource {
  readonly target: appautoscaling.Target;

  constructor(name: string, args: ServiceScalingArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:ServiceScaling", name, {}, opts);
    const inside = { parent: this };
    this.target = new appautoscaling.Target(
      name,
      {
        serviceNamespace: "ecs",
        scalableDimension: "ecs:service:DesiredCount",
        resourceId: pulumi.interpolate`service/${args.cluster}/${args.service}`,
        minCapacity: args.least,
        maxCapacity: args.most,
        ...(args.outOnly ? { suspendedState: { dynamicScalingInSuspended: true } } : {}),
      },
      inside,
    );
    const { serviceNamespace, scalableDimension, resourceId } = this.target;
    const place = { serviceNamespace, scalableDimension, resourceId };
    const track = (what: string, predefinedMetricType: string, targetValue: number) =>
      new appautoscaling.Policy(
        `${name}-${what}`,
        {
          ...place,
          name: `${name}-${what}`,
          policyType: "TargetTrackingScaling",
          targetTrackingScalingPolicyConfiguration: {
            predefinedMetricSpecification: { predefinedMetricType },
            targetValue,
            scaleOutCooldown: scaling.outCooldown,
            scaleInCooldown: scaling.inCooldown,
          },
        },
        inside,
      );
    track("cpu", "ECSServiceAverageCPUUtilization", scaling.cpu);
    track("memory", "ECSServiceAverageMemoryUtilization", scaling.memory);
    if (args.predictive) {
      new appautoscaling.Policy(
        `${name}-forecast`,
        {
          ...place,
          name: `${name}-forecast`,
          policyType: "PredictiveScaling",
          predictiveScalingPolicyConfiguration: {
            mode: "ForecastAndScale",
            // Tasks need a minute or two until they serve.
            schedulingBufferTime: 300,
            maxCapacityBreachBehavior: "HonorMaxCapacity",
            metricSpecifications: [
              {
                targetValue: String(scaling.cpu),
                predefinedMetricPairSpecification: { predefinedMetricType: "ECSServiceCPUUtilization" },
              },
            ],
          },
        },
        inside,
      );
    }
    this.registerOutputs();
  }
}
