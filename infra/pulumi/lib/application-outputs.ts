// What the program `application` passes on: its stack outputs are exactly these. Alarms, dashboards and scripts read them.
import * as pulumi from "@pulumi/pulumi";
import { type Surroundings } from "./task-environment.ts";

export interface ServiceOutputs {
  /** Name of the ECS service, a dimension of its metrics together with the cluster's name. */
  service: string;
  /** CloudWatch log group of its tasks. */
  logGroup: string;
  taskRoleArn: string;
  /** `targetgroup/…/…` of both target groups, where the load balancer reaches it. Neither of them is always the live one. */
  targetGroups: string[];
}

/** A task that somebody starts and that ends: `aws ecs run-task` takes these. */
export interface JobOutputs {
  taskDefinitionArn: string;
  logGroup: string;
  subnetIds: string[];
  securityGroupIds: string[];
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
  /** What the storefront's page tells CloudWatch RUM (docs/FUNCTIONS.md); null where visits are not measured. */
  visits?: { appMonitorId: string; identityPoolId: string; region: string } | null;
  /** Digest of the image that runs, and of the one before it; empty where there is none. scripts/deploy.sh reads them. */
  image?: string;
  previousImage?: string;
  /** What programs are told about where they run; the second region tells the same, but for what lies in a region. */
  surroundings: Surroundings;
  /** What lies ready for a second region; null where the stack has none. */
  recovery: {
    region: string;
    certificateArn: string;
    /** Of the copies of images. */
    repositoryUrl: string;
    repositoryArn: string;
    /** Says which region serves visitors (key `region`); null before CloudFront knows the second one. */
    keyValueStoreArn: string | null;
  } | null;
  /**
   * Jobs of a release, in this order before services: users of the database, then migrations. Absent before the first image
   * was given. `databaseUsers` is null where MongoDB is elsewhere: its users are made there.
   */
  databaseUsers?: JobOutputs | null;
  migrate?: JobOutputs;
  /** For people: what to do after this `up`, in order. */
  next?: string[];
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
  "surroundings",
] as const satisfies (keyof ApplicationOutputs)[];

/**
 * Reads what the stack of `application` has passed on.
 * @param stack "organization/tradegraph-application/prod"; file and bucket backends always say `organization`
 */
export function readApplication(stack: string): Application {
  const reference = new pulumi.StackReference(stack);
  const read = parts.map((part) => [part, reference.requireOutput(part)] as const);
  const optional = (["visits", "image", "previousImage", "recovery", "databaseUsers", "migrate"] as const).map(
    (part) => [part, reference.getOutput(part)] as const,
  );
  return { ...Object.fromEntries([...read, ...optional]) } as Application;
}
