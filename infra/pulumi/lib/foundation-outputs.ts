// What the program `foundation` passes on: its stack outputs are exactly these, and the programs after it read them here.
import * as pulumi from "@pulumi/pulumi";
import { type Service } from "../../../services.ts";
import { type Severity } from "./alarm-spec.ts";

export const securityGroupNames = [
  "alb",
  "gateway",
  "subgraphs",
  "database",
  "cache",
  "files",
  "endpoints",
  "hooks",
  "rotation",
] as const;
export type SecurityGroupName = (typeof securityGroupNames)[number];

/** What a key of ours is for. `fields` seals fields of documents (ENCRYPTION_KMS_KEY_ID). */
export const keyPurposes = ["data", "logs", "secrets", "backup", "fields"] as const;
export type KeyPurpose = (typeof keyPurposes)[number];

export const dataBucketNames = ["assets", "exports", "logs"] as const;
export type DataBucketName = (typeof dataBucketNames)[number];

export interface FoundationOutputs {
  network: {
    vpcId: string;
    vpcCidr: string;
    /** Names such as us-east-1a; the lists of subnets are in this order. */
    zones: string[];
    publicSubnetIds: string[];
    /** With a way out by NAT: tasks and the internal load balancer. */
    privateSubnetIds: string[];
    /** Without any way out: database, cache, files. */
    isolatedSubnetIds: string[];
  };
  securityGroups: Record<SecurityGroupName, string>;
  database: {
    /** `external`: MongoDB elsewhere (Atlas); then only `secrets` has something: `MONGODB_URI/<service>`. */
    kind: "documentdb" | "external";
    /** How tasks log in: `iam` needs no secret, `password` has `MONGODB_URI/<service>` in `secrets`. */
    users: "iam" | "password";
    /** "8.0.0"; below 8.0.2 clients must set retryWrites=false. */
    version?: string;
    host?: string;
    readerHost?: string;
    port: number;
    /** Name of the cluster, a dimension of its metrics. */
    clusterId?: string;
    /** For `rds-db:connect`-like rights and audit logs: "cluster-…" */
    resourceId?: string;
    clusterArn?: string;
    /** Of the first user; AWS made it and rotates it. */
    masterSecretArn?: string;
    /** There where another region has a copy. */
    globalClusterId?: string;
  };
  cache: {
    kind: "serverless" | "replication-group";
    /** Name of the cache, a dimension of its metrics. */
    id: string;
    /** What the address begins with: docs/REDIS.md. The whole address is the secret `REDIS_URL`. */
    scheme: "rediss" | "rediss+cluster";
    host: string;
    port: number;
    user: string;
  };
  /** ARNs of secrets by the setting they hold, or `<setting>/<service>` where each service has its own. */
  secrets: Record<string, string>;
  buckets: Record<DataBucketName, { name: string; arn: string; domainName: string }>;
  /** EFS: what programs spool to disk (AUDIT_SPOOL_DIR). */
  files: { fileSystemId: string; fileSystemArn: string; accessPointId: string; accessPointArn: string };
  /** ARNs. */
  keys: Record<KeyPurpose, string>;
  backup: { vaultName: string; vaultArn: string };
  /** ARNs of topics: who is told of alarms. Alarms of us-east-1 tell those of `edgeNotifications`. */
  notifications: Record<Severity, string>;
  edgeNotifications: Record<Severity, string>;
  /** Copies in the other region; null where the stack has none. */
  recovery: {
    region: string;
    keyArn: string;
    /** Replica of the key `fields`. */
    fieldsKeyArn: string;
    vaultName: string;
    vaultArn: string;
    buckets: Partial<Record<DataBucketName, { name: string; arn: string; domainName: string }>>;
  } | null;
}

/** The outputs, each as soon as it is known; fields are reached without `apply`. */
export type Foundation = { [Part in keyof FoundationOutputs]-?: pulumi.Output<FoundationOutputs[Part]> };

const parts = [
  "network",
  "securityGroups",
  "database",
  "cache",
  "secrets",
  "buckets",
  "files",
  "keys",
  "backup",
  "notifications",
  "edgeNotifications",
] as const satisfies (keyof FoundationOutputs)[];

/**
 * Reads what the stack of `foundation` has passed on.
 * @param stack "organization/tradegraph-foundation/prod"; file and bucket backends always say `organization`
 * @throws where the stack lacks a part: it was never brought up, or by an older release
 */
export function readFoundation(stack: string): Foundation {
  const reference = new pulumi.StackReference(stack);
  const read = parts.map((part) => [part, reference.requireOutput(part)] as const);
  return { ...Object.fromEntries(read), recovery: reference.getOutput("recovery") } as Foundation;
}

/** Settings of a service that come from Secrets Manager, as ECS and Lambda want them. */
export const secretsOf = (service: Pick<Service, "name" | "env">, secrets: Record<string, string>) =>
  service.env.flatMap((name) => {
    const valueFrom = secrets[`${name}/${service.name}`] ?? secrets[name];
    return valueFrom ? [{ name, valueFrom }] : [];
  });
