// The seven steps from a lost region to a serving one, as blocks of ARC Region switch. docs/RECOVERY.md has them for people.
import { type PlanArgs } from "@pulumi/aws/arcregionswitch/index.js";
import type * as pulumi from "@pulumi/pulumi";

export type Workflow = Extract<pulumi.Unwrap<PlanArgs["workflows"]>, unknown[]>[number];
export type Step = NonNullable<Workflow["steps"]>[number];

/** A service in both regions. Each block of AWS's takes one. */
export interface SwitchedService {
  name: string;
  home: ServicePlace;
  recovery: ServicePlace;
}
interface ServicePlace {
  clusterArn: string;
  serviceArn: string;
}

/** What is switched, all of it known. */
export interface Switched {
  approverRoleArn: string;
  globalClusterId: string;
  databaseArns: string[];
  services: SwitchedService[];
}

/** Names and minutes of the steps; together they are the RTO of BAK-4. A person says yes to a step that has no block. */
export const switchSteps = [
  { name: "1-detect", minutes: 10, about: "Is the region away, for longer than a switch takes?" },
  { name: "2-assess", minutes: 5, about: "How far behind is the copy? That much is lost." },
  { name: "3-database", minutes: 15, about: "The copy of the database begins to write." },
  { name: "4-services", minutes: 15, about: "As many tasks as the other region ran at most in a day." },
  { name: "5-traffic", minutes: 5, about: "CloudFront asks this region: put-key region." },
  { name: "6-verify", minutes: 5, about: "Smoke tests pass from outside." },
  { name: "7-monitor", minutes: 5, about: "Alarms are quiet; customers are told." },
] as const;
type StepName = (typeof switchSteps)[number]["name"];

/** All steps, in order: the same to the second region and back. */
export function stepsOf(switched: Switched): Step[] {
  const blocks: Partial<Record<StepName, (minutes: number) => Omit<Step, "name" | "description">>> = {
    "3-database": (minutes) => databaseBlock(switched, minutes),
    "4-services": (minutes) => servicesBlock(switched, minutes),
  };
  return switchSteps.map(({ name, minutes, about }) => ({
    name,
    description: about,
    ...(blocks[name]?.(minutes) ?? approval(switched, minutes)),
  }));
}

const approval = ({ approverRoleArn: approvalRole }: Switched, timeoutMinutes: number) => ({
  executionBlockType: "ManualApproval",
  executionApprovalConfigs: [{ approvalRole, timeoutMinutes }],
});

/**
 * In a graceful run (drills, the way back) both clusters change places and nothing is lost; in an ungraceful one the copy is
 * promoted as it is (r53recovery/latest/dg/documentdb-global-cluster-block.html).
 */
const databaseBlock = ({ globalClusterId, databaseArns }: Switched, timeoutMinutes: number) => ({
  executionBlockType: "DocumentDb",
  documentDbConfigs: [
    {
      behavior: "switchoverOnly",
      ungracefuls: [{ ungraceful: "failover" }],
      globalClusterIdentifier: globalClusterId,
      databaseClusterArns: databaseArns,
      timeoutMinutes,
    },
  ],
});

const servicesBlock = ({ services }: Switched, timeoutMinutes: number) => ({
  executionBlockType: "Parallel",
  parallelConfigs: [{ steps: services.map((service) => scaling(service, timeoutMinutes)) }],
});

const scaling = ({ name, home, recovery }: SwitchedService, timeoutMinutes: number) => ({
  name: `4-${name}`,
  executionBlockType: "ECSServiceScaling",
  ecsCapacityIncreaseConfigs: [
    {
      services: [home, recovery],
      targetPercent: 100,
      capacityMonitoringApproach: "containerInsightsMaxInLast24Hours",
      timeoutMinutes,
      // In a disaster half of the tasks are better than a plan that stops; scaling brings the rest.
      ungraceful: { minimumSuccessPercentage: 50 },
    },
  ],
});
