// Databases, caches, files, queues and backups.
import { type Facts } from "./facts.ts";

const prefix = (value: string) => ({ prefix: value });

const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

const masterSecret = (cluster: string, seed: string) => ({
  secretArn: `arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!cluster-${cluster}-${seed.slice(0, 6)}`,
  kmsKeyId: "aws/secretsmanager",
  secretStatus: "active",
});

export const data: Record<string, Facts> = {
  "backup.Plan": { id: "uuid", arn: { of: "backup-plan:{id}" }, replaces: [] },
  "backup.Vault": { id: "name", arn: { of: "backup-vault:{name}" }, longest: 50 },
  "docdb.Cluster": {
    named: "clusterIdentifier",
    id: "name",
    longest: 63,
    arn: { of: "cluster:{name}", service: "rds" },
    replaces: [
      "engine",
      "storageEncrypted",
      "kmsKeyId",
      "dbSubnetGroupName",
      "masterUsername",
      "snapshotIdentifier",
      "port",
      "availabilityZones",
    ],
    answers: ({ clusterIdentifier, manageMasterUserPassword }, seed) => ({
      port: 27017,
      clusterResourceId: `cluster-${seed.toUpperCase()}`,
      endpoint: `${String(clusterIdentifier)}.cluster-${seed.slice(0, 12)}.docdb.amazonaws.com`,
      readerEndpoint: `${String(clusterIdentifier)}.cluster-ro-${seed.slice(0, 12)}.docdb.amazonaws.com`,
      ...(manageMasterUserPassword ? { masterUserSecrets: [masterSecret(String(clusterIdentifier), seed)] } : {}),
    }),
  },
  "docdb.ClusterInstance": {
    named: "identifier",
    id: "name",
    longest: 63,
    arn: { of: "db:{name}", service: "rds" },
    replaces: ["clusterIdentifier", "engine", "availabilityZone"],
  },
  "docdb.ClusterParameterGroup": {
    id: "name",
    longest: 255,
    arn: { of: "cluster-pg:{name}", service: "rds" },
    replaces: ["family", "description"],
  },
  "docdb.SubnetGroup": { id: "name", longest: 255, arn: { of: "subgrp:{name}", service: "rds" } },
  "docdb.GlobalCluster": {
    named: "globalClusterIdentifier",
    id: "name",
    replaces: ["engine", "storageEncrypted", "databaseName"],
  },
  "efs.FileSystem": {
    id: prefix("fs"),
    named: false,
    replaces: ["encrypted", "kmsKeyId", "performanceMode", "creationToken", "availabilityZoneName"],
  },
  "elasticache.ReplicationGroup": {
    named: "replicationGroupId",
    id: "name",
    longest: 40,
    replaces: ["atRestEncryptionEnabled", "kmsKeyId", "port", "subnetGroupName", "clusterMode"],
    answers: ({ replicationGroupId }, seed) => ({
      port: 6379,
      configurationEndpointAddress: `clustercfg.${String(replicationGroupId)}.${seed.slice(0, 6)}.use1.cache.amazonaws.com`,
      primaryEndpointAddress: `master.${String(replicationGroupId)}.${seed.slice(0, 6)}.use1.cache.amazonaws.com`,
      readerEndpointAddress: `replica.${String(replicationGroupId)}.${seed.slice(0, 6)}.use1.cache.amazonaws.com`,
    }),
  },
  "elasticache.ServerlessCache": {
    id: "name",
    longest: 40,
    replaces: ["engine", "kmsKeyId", "subnetIds"],
    answers: ({ name }, seed) => ({
      endpoints: [{ address: `${String(name)}-${seed.slice(0, 6)}.serverless.use1.cache.amazonaws.com`, port: 6379 }],
      readerEndpoints: [
        { address: `${String(name)}-${seed.slice(0, 6)}.serverless.use1.cache.amazonaws.com`, port: 6380 },
      ],
    }),
  },
  "elasticache.SubnetGroup": { id: "name", longest: 255 },
  "s3.Bucket": {
    named: "bucket",
    id: "name",
    pattern: bucketName,
    arn: { of: "{name}", global: true, bare: true },
    replaces: ["objectLockEnabled", "bucketNamespace"],
  },
  "sns.Topic": { id: "arn", longest: 256, arn: { of: "{name}" }, replaces: ["fifoTopic"] },
  "s3.BucketObjectv2": { named: false, id: { input: "key" }, replaces: ["bucket", "key"] },
  "sqs.QueuePolicy": { named: false, id: { input: "queueUrl" }, replaces: ["queueUrl"] },
  "sqs.Queue": { longest: 80, arn: { of: "{name}" }, replaces: ["fifoQueue"] },
  "backup.RestoreTestingPlan": { id: "name", longest: 50, pattern: /^\w+$/ },
  "backup.RestoreTestingSelection": {
    id: "name",
    longest: 50,
    pattern: /^\w+$/,
    replaces: ["restoreTestingPlanName", "protectedResourceType"],
  },
  "backup.Selection": {
    id: "uuid",
    longest: 50,
    replaces: ["planId", "iamRoleArn", "resources", "selectionTags", "conditions", "notResources"],
  },
  "backup.VaultLockConfiguration": {
    named: false,
    id: { input: "backupVaultName" },
    replaces: ["backupVaultName", "changeableForDays", "minRetentionDays", "maxRetentionDays"],
  },
  "backup.VaultPolicy": { named: false, id: { input: "backupVaultName" }, replaces: ["backupVaultName"] },
  "efs.AccessPoint": { id: { prefix: "fsap" }, named: false, replaces: ["fileSystemId", "posixUser", "rootDirectory"] },
  "efs.BackupPolicy": { named: false, id: { input: "fileSystemId" }, replaces: ["fileSystemId"] },
  "efs.FileSystemPolicy": { named: false, id: { input: "fileSystemId" }, replaces: ["fileSystemId"] },
  "efs.MountTarget": { id: { prefix: "fsmt" }, named: false, replaces: ["fileSystemId", "subnetId", "ipAddress"] },
  "elasticache.ParameterGroup": { id: "name", longest: 255, replaces: ["family", "description"] },
  "elasticache.User": { named: "userId", id: "name", longest: 40, replaces: ["userName", "engine"] },
  "elasticache.UserGroup": { named: "userGroupId", id: "name", longest: 40 },
  "sns.TopicPolicy": { named: false, id: { input: "arn" }, replaces: ["arn"] },
  "sns.TopicSubscription": { named: false, id: "arn", replaces: ["topic", "protocol", "endpoint"] },
};
