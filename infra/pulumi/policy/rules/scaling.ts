import * as appautoscaling from "@pulumi/aws/appautoscaling/index.js";
import * as ecs from "@pulumi/aws/ecs/index.js";
import { type PolicyResource, type StackValidationPolicy } from "@pulumi/policy";
import { services } from "../../../../services.ts";
import { floorSet, isWarmCopy, stackOf } from "../floors.ts";
import { known } from "../unknown.ts";

const floors = floorSet({
  least: { about: "Tasks of a service at least", dev: 1, staging: 1, prod: 2 },
  most: { about: "Tasks of a service at most", dev: 10, staging: 10, prod: 10 },
});

interface Tracking {
  policyType?: string;
  targetTrackingScalingPolicyConfiguration?: {
    targetValue?: number;
    scaleInCooldown?: number;
    scaleOutCooldown?: number;
    disableScaleIn?: boolean;
    predefinedMetricSpecification?: { predefinedMetricType?: string };
  };
  predictiveScalingPolicyConfiguration?: { mode?: string };
}

const SUSPENDED = ["dynamicScalingInSuspended", "dynamicScalingOutSuspended", "scheduledScalingSuspended"];

const belongsTo = (owner: PolicyResource) => (resource: PolicyResource) =>
  (resource.propertyDependencies["resourceId"] ?? []).includes(owner);

/** AWS-5, exactly in production: 2 to 10 tasks, 70 % CPU, down after 300 seconds, up after 60, memory and forecasts as well. */
export const scaling: StackValidationPolicy = {
  name: "scaling",
  description: "Services scale from 2 to 10 tasks at 70 % CPU with cooldowns of 300 and 60 seconds (prod).",
  enforcementLevel: "mandatory",
  severity: "high",
  configSchema: floors.schema,
  validateStack({ resources, getConfig }, report) {
    const names = new Set<string>(services.map(({ name }) => name));
    const policies = resources.filter((one) => one.isType(appautoscaling.Policy));
    for (const service of resources.filter(
      (one) => one.isType(ecs.Service) && names.has(one.name) && !isWarmCopy(one.urn),
    )) {
      const exact = stackOf(service.urn) === "prod";
      const [target] = resources.filter((one) => one.isType(appautoscaling.Target)).filter(belongsTo(service));
      if (!target) {
        if (exact) report("does not scale", service.urn);
        continue;
      }
      const [least, most] = (["least", "most"] as const).map((name) => floors.of(name, service.urn, getConfig()));
      const { minCapacity = 0, maxCapacity = 0 } = target.props as { minCapacity?: number; maxCapacity?: number };
      // AWS fills it where the program says nothing, so before that it is not known.
      const state = known(() => target.props["suspendedState"] as Record<string, boolean> | undefined) ?? {};
      if (SUSPENDED.some((part) => known(() => state[part]) === true))
        report("suspendedState keeps it from scaling", target.urn);
      const right = exact
        ? minCapacity === least && maxCapacity === most
        : minCapacity >= (least ?? 0) && maxCapacity <= (most ?? 0);
      if (!right) report(`scales ${minCapacity}–${maxCapacity}, not ${least}–${most}`, target.urn);
      const tracked = policies.filter((one) => belongsTo(target)(one) || belongsTo(service)(one));
      cpu(tracked, target.urn, report);
      const memory = tracked.filter((one) => metricOf(one) === "ECSServiceAverageMemoryUtilization");
      if (exact && memory.length === 0) report("does not scale by memory", target.urn);
      for (const one of memory) pace(one, report);
      const forecasts = tracked.filter(({ props }) => (props as Tracking).policyType === "PredictiveScaling");
      if (exact && forecasts.length === 0) report("does not scale by forecast", target.urn);
      for (const { props, urn } of forecasts) {
        // Without a word about it AWS only draws a line in the console.
        const mode = (props as Tracking).predictiveScalingPolicyConfiguration?.mode ?? "ForecastOnly";
        if (exact && mode !== "ForecastAndScale") report(`${mode}: forecasts, and starts no task`, urn);
      }
    }
  },
};

const metricOf = ({ props }: PolicyResource) =>
  (props as Tracking).targetTrackingScalingPolicyConfiguration?.predefinedMetricSpecification?.predefinedMetricType;

type Report = (message: string, urn: string) => void;

function cpu(policies: PolicyResource[], target: string, report: Report): void {
  const found = policies.filter((one) => metricOf(one) === "ECSServiceAverageCPUUtilization");
  if (found.length === 0) report("does not scale by CPU", target);
  for (const one of found) {
    const { targetValue } = (one.props as Tracking).targetTrackingScalingPolicyConfiguration ?? {};
    if (targetValue !== 70) report(`CPU target is ${targetValue}, not 70`, one.urn);
    pace(one, report);
  }
}

/** Quickly up, slowly down, and down at all. */
function pace({ props, urn }: PolicyResource, report: Report): void {
  const tracking = (props as Tracking).targetTrackingScalingPolicyConfiguration;
  const { scaleInCooldown, scaleOutCooldown, disableScaleIn } = tracking ?? {};
  if (scaleInCooldown !== 300) report(`scaleInCooldown is ${scaleInCooldown}, not 300`, urn);
  if (scaleOutCooldown !== 60) report(`scaleOutCooldown is ${scaleOutCooldown}, not 60`, urn);
  if (disableScaleIn === true) report("disableScaleIn: tasks are never fewer again", urn);
}
