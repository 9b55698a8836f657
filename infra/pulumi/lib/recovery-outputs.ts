// What the program `recovery` passes on: its stack outputs are exactly these. CloudFront, docs and scripts read them.
import * as pulumi from "@pulumi/pulumi";
import { type Severity } from "./alarm-spec.ts";

export interface RecoveryOutputs {
  /** Whether there is a second region; all else is null where not. */
  enabled: boolean;
  region: string;
  network: { vpcId: string; vpcCidr: string; privateSubnetIds: string[] } | null;
  database: {
    /** Writes once the cluster was promoted, and not before. */
    host: string;
    readerHost: string;
    clusterId: string;
    clusterArn: string;
    globalClusterId: string;
  } | null;
  /** For the secret REDIS_URL of this region. */
  cache: { id: string; scheme: "rediss+cluster"; host: string; port: number; user: string } | null;
  /** ARNs of the secrets that this region has of its own, by setting. */
  secrets: Record<string, string> | null;
  cluster: string | null;
  /** Names of the services, by name of the catalogue. */
  services: Record<string, { service: string; logGroup: string; taskRoleArn: string }> | null;
  /** CloudFront's way to the load balancer, and `app/…/…`, its dimension. */
  edge: { vpcOriginId: string; dnsName: string; loadBalancer: string } | null;
  /** The plan of ARC Region switch, and the role that people take to approve its steps. */
  plan: { arn: string; approverRoleArn: string } | null;
  notifications: Record<Severity, string> | null;
}

/** The outputs of a second region that there is, each as soon as it is known. */
export type Recovery = {
  [Part in keyof RecoveryOutputs]-?: pulumi.Output<NonNullable<RecoveryOutputs[Part]>>;
};

const parts = [
  "enabled",
  "region",
  "network",
  "database",
  "cache",
  "secrets",
  "cluster",
  "services",
  "edge",
  "plan",
  "notifications",
] as const satisfies (keyof RecoveryOutputs)[];

/**
 * Reads what the stack of `recovery` has passed on.
 * @param stack "organization/tradegraph-recovery/prod"; file and bucket backends always say `organization`
 * @throws where the stack lacks a part: it was never brought up, or has no second region
 */
export function readRecovery(stack: string): Recovery {
  const reference = new pulumi.StackReference(stack);
  return Object.fromEntries(parts.map((part) => [part, reference.requireOutput(part)])) as unknown as Recovery;
}
