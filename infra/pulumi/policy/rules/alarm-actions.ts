import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as ecs from "@pulumi/aws/ecs/index.js";
import { type PolicyResource, type StackValidationPolicy } from "@pulumi/policy";
import { known } from "../unknown.ts";

/** An alarm that nobody hears is none: it tells a topic, or takes a deployment back. */
export const alarmActions: StackValidationPolicy = {
  name: "alarm-actions",
  description: "Every alarm has an action.",
  enforcementLevel: "mandatory",
  severity: "high",
  validateStack({ resources }, report) {
    const services = resources.filter((one) => one.isType(ecs.Service));
    const rollingBack = (alarm: PolicyResource) =>
      services.some(({ props, propertyDependencies }) => {
        const names = known(() => (props["alarms"] as { alarmNames?: string[] } | undefined)?.alarmNames);
        const named = known(() => names?.includes(String(alarm.props["name"])) ?? false) ?? false;
        return named || (propertyDependencies["alarms"] ?? []).includes(alarm);
      });
    const alarms = resources.filter(
      (one) => one.isType(cloudwatch.MetricAlarm) || one.isType(cloudwatch.CompositeAlarm),
    );
    for (const alarm of alarms) {
      // An unknown list or member is a topic that is yet to be made.
      const actions = known(() => alarm.props["alarmActions"] as unknown[] | undefined);
      const silent = alarm.props["actionsEnabled"] === false || (actions !== undefined && actions.length === 0);
      const none = actions === undefined && !("alarmActions" in alarm.props);
      if ((silent || none) && !rollingBack(alarm)) report("nobody hears it", alarm.urn);
    }
  },
};
