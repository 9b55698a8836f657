import * as arcregionswitch from "@pulumi/aws/arcregionswitch/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../lib/policy-document.ts";
import { approverRights, switchRights, trustPeople, trustSwitch } from "./region-switch-rights.ts";
import { stepsOf, type SwitchedService, switchSteps } from "./region-switch-steps.ts";

export interface RegionSwitchArgs {
  /** Name at AWS, 32 characters at most. */
  name: string;
  account: string;
  homeRegion: string;
  recoveryRegion: string;
  globalClusterId: pulumi.Input<string>;
  /** ARNs of the clusters in both regions. */
  databaseArns: { home: pulumi.Input<string>; recovery: pulumi.Input<string> };
  services: pulumi.Input<SwitchedService[]>;
  /** ARNs of alarms that tell when the application is well again: AWS measures the real recovery time by them. */
  healthAlarms: Record<string, string>;
  /** Says which region serves (components/distribution-switch.ts); null where CloudFront does not know the second one yet. */
  keyValueStoreArn: pulumi.Input<string | null>;
}

/**
 * The way to the second region and back, as a plan of ARC Region switch. Nothing starts it but a person: a failover may cost
 * what the copy had not got yet. It runs in the region that takes over, so it works while the other one is away.
 */
export class RegionSwitch extends pulumi.ComponentResource {
  readonly plan: arcregionswitch.Plan;
  /** Taken by people, who have shown a second factor, to start the plan and to say yes to its steps. */
  readonly approver: iam.Role;

  constructor(name: string, args: RegionSwitchArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:RegionSwitch", name, {}, opts);
    const inside = { parent: this };
    const execution = new iam.Role(
      `${name}-execution`,
      {
        name: `${args.name}-execution`,
        description: "ARC switches between regions",
        assumeRolePolicy: trustSwitch(args.account),
      },
      inside,
    );
    this.approver = new iam.Role(
      `${name}-approver`,
      {
        name: `${args.name}-approver`,
        description: "People who decide on a failover",
        assumeRolePolicy: trustPeople(args.account),
      },
      inside,
    );
    const databaseArns = pulumi.all([args.databaseArns.home, args.databaseArns.recovery]);
    const switched = pulumi.output({
      approverRoleArn: this.approver.arn,
      globalClusterId: args.globalClusterId,
      databaseArns,
      services: args.services,
    });
    const mayRun = new iam.RolePolicy(
      `${name}-execution`,
      {
        role: execution.name,
        policy: pulumi
          .all([switched, execution.arn])
          .apply(([known, executionArn]) => policyDocument(...switchRights(args, known, executionArn))),
      },
      inside,
    );
    const steps = switched.apply(stepsOf);
    const { homeRegion, recoveryRegion } = args;
    this.plan = new arcregionswitch.Plan(
      name,
      {
        name: args.name,
        description: "Failover to the second region and back: docs/RECOVERY.md",
        executionRole: execution.arn,
        recoveryApproach: "activePassive",
        regions: [homeRegion, recoveryRegion],
        primaryRegion: homeRegion,
        recoveryTimeObjectiveMinutes: switchSteps.reduce((sum, { minutes }) => sum + minutes, 0),
        // A plan for an active and a passive region has a workflow to activate each; `deactivate` is for two active ones.
        workflows: [recoveryRegion, homeRegion].map((workflowTargetRegion) => ({
          workflowTargetAction: "activate",
          workflowTargetRegion,
          workflowDescription: workflowTargetRegion === homeRegion ? "The way back" : "Failover",
          steps,
        })),
        associatedAlarms: Object.entries(args.healthAlarms).map(([mapBlockKey, resourceIdentifier]) => ({
          alarmType: "applicationHealth",
          mapBlockKey,
          resourceIdentifier,
        })),
      },
      // AWS looks at once whether the role may do all of it.
      { parent: this, dependsOn: [mayRun] },
    );
    new iam.RolePolicy(
      `${name}-approver`,
      {
        role: this.approver.name,
        policy: pulumi
          .all([this.plan.arn, args.keyValueStoreArn])
          .apply(([planArn, store]) => policyDocument(...approverRights(planArn, store))),
      },
      inside,
    );
    this.registerOutputs();
  }
}
