// What the program `application` passes on: its stack outputs are exactly these. Alarms, dashboards and scripts read them.
import * as pulumi from "@pulumi/pulumi";

export interface ServiceOutputs {
  /** Name of the ECS service, a dimension of its metrics together with the cluster's name. */
  service: string;
  /** CloudWatch log group of its tasks. */
  logGroup: string;
  taskRoleArn: string;
  /** `targetgroup/…/…` of both target groups, where the load balancer reaches it. Neither of them is always the live one. */
  targetGroups: string[];
}

export interface ApplicationOutputs {
  /** GraphQL endpoint. */
  url: string;
  /** ECS cluster, a dimension. */
  cluster: string;
  /** By name of the catalogue; empty before the first image was given. */
  services: Record<string, ServiceOutputs>;
  /** `app/…/…`, the dimension LoadBalancer. */
  loadBalancer: string;
  distributionId: string;
  /** The web ACL: dimension WebACL of AWS/WAFV2 in us-east-1. */
  firewall: string;
  repository: string;
  migrate?: {
    taskDefinitionArn: string;
    logGroup: string;
    subnetIds: string[];
    securityGroupIds: string[];
  };
}

/** The outputs, each as soon as it is known. */
export type Application = { [Part in keyof ApplicationOutputs]-?: pulumi.Output<ApplicationOutputs[Part]> };

const parts = [
  "url",
  "cluster",
  "services",
  "loadBalancer",
  "distributionId",
  "firewall",
  "repository",
] as const satisfies (keyof ApplicationOutputs)[];

/**
 * Reads what the stack of `application` has passed on.
 * @param stack "organization/tradegraph-application/prod"; file and bucket backends always say `organization`
 */
export function readApplication(stack: string): Application {
  const reference = new pulumi.StackReference(stack);
  const read = parts.map((part) => [part, reference.requireOutput(part)] as const);
  return { ...Object.fromEntries(read), migrate: reference.getOutput("migrate") } as Application;
}
