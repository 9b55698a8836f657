// What this program passes on, in the form that lib/foundation-outputs.ts promises.
import type * as pulumi from "@pulumi/pulumi";
import { type BackupVault } from "../../components/backup-vault.ts";
import { type DataBuckets } from "../../components/data-buckets.ts";
import { type DocumentDb } from "../../components/document-db.ts";
import { type KmsKeys } from "../../components/kms-keys.ts";
import { dataPorts } from "../../components/network-access-lists.ts";
import { type NetworkSecurityGroups } from "../../components/network-security-groups.ts";
import { type Network } from "../../components/network.ts";
import { type SharedFiles } from "../../components/shared-files.ts";
import { type FoundationOutputs } from "../../lib/foundation-outputs.ts";
import { type makeCache } from "./cache.ts";
import { type makeRecovery } from "./recovery.ts";
import { databaseUsersOf, type Settings } from "./settings.ts";
import { type makeWatch } from "./watch.ts";

export interface Made {
  name: string;
  zones: string[];
  network: Network;
  groups: NetworkSecurityGroups["groups"];
  keys: KmsKeys["arns"];
  database: DocumentDb | undefined;
  cache: ReturnType<typeof makeCache>;
  buckets: DataBuckets["buckets"];
  files: SharedFiles;
  secrets: Record<string, pulumi.Output<string>>;
  vault: BackupVault["vault"];
  recovery: ReturnType<typeof makeRecovery>;
  watch: ReturnType<typeof makeWatch>;
}

/** Fields known later, at any depth; none may be left out or be of another kind. */
type Later<Value> =
  pulumi.Input<Value> | (Value extends string | number ? never : { [Field in keyof Value]: Later<Value[Field]> });

type Whole = Required<FoundationOutputs>;

/** All parts of the contract; exported one by one, they are the stack's outputs. */
export function outputsOf(settings: Settings, made: Made) {
  const passed: { [Part in keyof Whole]: Later<Whole[Part]> | undefined } = {
    network: networkOf(settings, made),
    securityGroups: mapped(made.groups, ({ id }) => id),
    database: databaseOf(settings, made),
    cache: {
      kind: settings.cache === "serverless" ? "serverless" : "replication-group",
      id: made.name,
      scheme: "rediss+cluster",
      host: made.cache.host,
      port: dataPorts.cache,
      user: made.cache.userName,
    },
    secrets: made.secrets,
    buckets: mapped(made.buckets, ({ bucket }) => ({
      name: bucket.bucket,
      arn: bucket.arn,
      domainName: bucket.bucketRegionalDomainName,
    })),
    files: {
      fileSystemId: made.files.fileSystem.id,
      fileSystemArn: made.files.fileSystem.arn,
      accessPointId: made.files.accessPoint.id,
      accessPointArn: made.files.accessPoint.arn,
    },
    keys: made.keys,
    backup: { vaultName: made.vault.name, vaultArn: made.vault.arn },
    ...made.watch,
    // An output that is undefined is a warning of Pulumi.
    recovery: made.recovery ?? null,
  };
  return passed;
}

const networkOf = (settings: Settings, { zones, network: { vpc, subnets } }: Made) => ({
  vpcId: vpc.id,
  vpcCidr: settings.cidr,
  zones,
  publicSubnetIds: subnets.public.map(({ id }) => id),
  privateSubnetIds: subnets.private.map(({ id }) => id),
  isolatedSubnetIds: subnets.isolated.map(({ id }) => id),
});

function databaseOf(settings: Settings, { database, secrets }: Made) {
  const port = dataPorts.database;
  if (!database) return { kind: "external" as const, users: databaseUsersOf(settings), port };
  const { cluster, globalCluster } = database;
  return {
    kind: "documentdb" as const,
    users: databaseUsersOf(settings),
    version: settings.databaseVersion,
    host: cluster.endpoint,
    readerHost: cluster.readerEndpoint,
    port,
    clusterId: cluster.clusterIdentifier,
    resourceId: cluster.clusterResourceId,
    clusterArn: cluster.arn,
    masterSecretArn: secrets["DATABASE_OWNER"] ?? database.managedSecretArn,
    ...(globalCluster ? { globalClusterId: globalCluster.id } : {}),
  };
}

const mapped = <Key extends string, From, To>(things: Record<Key, From>, change: (thing: From) => To) =>
  Object.fromEntries(Object.entries<From>(things).map(([key, thing]) => [key, change(thing)])) as Record<Key, To>;
