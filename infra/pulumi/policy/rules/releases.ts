import * as ecs from "@pulumi/aws/ecs/index.js";
import { type ReportViolation, type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { gateway, services } from "../../../../services.ts";
import { isWarmCopy, stackOf } from "../floors.ts";
import { isSet, known } from "../unknown.ts";

/** Strategies in which the version before stays until the new one has shown itself. */
const SIDE_BY_SIDE = ["BLUE_GREEN", "CANARY", "LINEAR"];
/** Of a new gateway: a function asks it, and a person says yes. */
const ASKED = ["AWS_LAMBDA", "PAUSE"];
const ofGraph = new Set<string>(services.map(({ name }) => name));

/** In production a bad release goes back by itself, and none reaches visitors unasked (AWS-7, AWS-8). */
export const releases: ResourceValidationPolicy = {
  name: "releases",
  description:
    "Services of prod are released side by side, go back by alarms, and the gateway waits for tests and a yes.",
  enforcementLevel: "mandatory",
  severity: "high",
  validateResource: validateResourceOfType(ecs.Service, (service, { urn, name }, report) => {
    if (stackOf(urn) !== "prod" || isWarmCopy(urn) || !ofGraph.has(name)) return;
    const { strategy, lifecycleHooks } = known(() => service.deploymentConfiguration) ?? {};
    if (!SIDE_BY_SIDE.includes(strategy ?? "")) report(`is released ${strategy ?? "ROLLING"}, not side by side`);
    byAlarms(service, report);
    if (name !== gateway.name) return;
    const hooks = (known(() => lifecycleHooks) ?? []).map((hook) => known(() => hook.targetType));
    for (const kind of ASKED) if (!hooks.includes(kind)) report(`reaches visitors without a hook of kind ${kind}`);
  }),
};

function byAlarms({ alarms }: Pick<ecs.ServiceArgs, "alarms">, report: ReportViolation): void {
  const { enable, rollback } = (alarms ?? {}) as { enable?: boolean; rollback?: boolean };
  const isHeard = isSet(() => (alarms as { alarmNames?: string[] } | undefined)?.alarmNames);
  if (enable !== true || rollback !== true || !isHeard) report("alarms take no bad release back");
}
