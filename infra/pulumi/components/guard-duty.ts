import * as guardduty from "@pulumi/aws/guardduty/index.js";
import * as pulumi from "@pulumi/pulumi";

export interface GuardDutyArgs {
  /** Watch processes inside tasks too; an agent per task, $1.5 per vCPU and month. */
  watchTasks: boolean;
}

/** Looks for attackers in trails, name lookups, network flows and reads of buckets. */
export class GuardDuty extends pulumi.ComponentResource {
  readonly detector: guardduty.Detector;

  constructor(name: string, args: GuardDutyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:GuardDuty", name, {}, opts);
    const inside = { parent: this };
    this.detector = new guardduty.Detector(
      name,
      { enable: true, findingPublishingFrequency: "FIFTEEN_MINUTES" },
      inside,
    );
    const detectorId = this.detector.id;
    const feature = (feature: string, status: boolean, more: object = {}) =>
      new guardduty.DetectorFeature(
        `${name}-${feature}`,
        { detectorId, name: feature, status: status ? "ENABLED" : "DISABLED", ...more },
        inside,
      );
    feature("S3_DATA_EVENTS", true);
    feature("LAMBDA_NETWORK_LOGS", true);
    feature("RUNTIME_MONITORING", args.watchTasks, {
      // AWS always has all three: with one alone the next `up` would want the others gone.
      additionalConfigurations: [
        { name: "EKS_ADDON_MANAGEMENT", status: "DISABLED" },
        { name: "EC2_AGENT_MANAGEMENT", status: "DISABLED" },
        { name: "ECS_FARGATE_AGENT_MANAGEMENT", status: args.watchTasks ? "ENABLED" : "DISABLED" },
      ],
    });
    this.registerOutputs();
  }
}
