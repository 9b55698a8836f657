import * as appautoscaling from "@pulumi/aws/appautoscaling/index.js";
import * as ecs from "@pulumi/aws/ecs/index.js";
import * as lb from "@pulumi/aws/lb/index.js";
import { type StackValidationPolicy } from "@pulumi/policy";

/** What AWS changes while it works, an `up` must not put back: weights of a listener rule, the number of tasks. */
export const liveTraffic: StackValidationPolicy = {
  name: "live-traffic",
  description: "An update changes neither the weights of live traffic nor the number of tasks.",
  enforcementLevel: "mandatory",
  severity: "critical",
  validateStack({ resources }, report) {
    const services = resources.filter((one) => one.isType(ecs.Service));
    const shifted = services.flatMap(({ propertyDependencies }) =>
      (propertyDependencies["loadBalancers"] ?? []).filter((one) => one.isType(lb.ListenerRule)),
    );
    for (const rule of new Set(shifted)) {
      if (!rule.opts.ignoreChanges.includes("actions")) {
        report("does not ignore changes of actions: an update would send visitors to the old version", rule.urn);
      }
    }
    const targets = resources.filter((one) => one.isType(appautoscaling.Target));
    for (const service of services) {
      const scaled = targets.some(({ propertyDependencies }) =>
        (propertyDependencies["resourceId"] ?? []).includes(service),
      );
      if (scaled && !service.opts.ignoreChanges.includes("desiredCount")) {
        report("does not ignore changes of desiredCount: an update would undo scaling", service.urn);
      }
    }
  },
};
