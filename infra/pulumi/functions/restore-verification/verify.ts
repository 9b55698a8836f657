import { type BackupClient, PutRestoreValidationResultCommand } from "@aws-sdk/client-backup";
import { DescribeDBClustersCommand, type DocDBClient } from "@aws-sdk/client-docdb";
import { DescribeFileSystemsCommand, type EFSClient } from "@aws-sdk/client-efs";
import { clusterVerdict, filesVerdict, type Verdict } from "./verdict.ts";

/** Part of AWS Backup's "Restore Job State Change". */
export interface RestoreEvent {
  detail: { restoreJobId: string; resourceType?: string; createdResourceArn?: string };
}

export interface Clients {
  backup: BackupClient;
  docdb: DocDBClient;
  efs: EFSClient;
}

/** The last part of an ARN: the name of a cluster, the id of a file system. */
const nameIn = (arn: string) => arn.split(/[:/]/).at(-1) ?? "";

async function look({ docdb, efs }: Clients, { detail }: RestoreEvent, isolatedGroup: string): Promise<Verdict> {
  const { resourceType = "unknown", createdResourceArn = "" } = detail;
  if (createdResourceArn === "") return { good: false, message: `${resourceType}: nothing was restored` };
  if (resourceType === "DocumentDB") {
    const { DBClusters: [cluster] = [] } = await docdb.send(
      new DescribeDBClustersCommand({ DBClusterIdentifier: nameIn(createdResourceArn) }),
    );
    const { Status: status, Engine: engine, StorageEncrypted: encrypted, KmsKeyId: keyArn } = cluster ?? {};
    return clusterVerdict({ status, engine, encrypted, keyArn, subnetGroup: cluster?.DBSubnetGroup }, isolatedGroup);
  }
  if (resourceType === "EFS") {
    const { FileSystems: [files] = [] } = await efs.send(
      new DescribeFileSystemsCommand({ FileSystemId: nameIn(createdResourceArn) }),
    );
    const { LifeCycleState: status, Encrypted: encrypted } = files ?? {};
    return filesVerdict({ status, encrypted, bytes: files?.SizeInBytes?.Value });
  }
  return { good: false, message: `${resourceType}: nobody has written down how to verify it` };
}

/** Names of errors that say: what was restored is not there. All others may pass, and the event comes again. */
const GONE = new Set(["DBClusterNotFoundFault", "FileSystemNotFound"]);

/**
 * Tells AWS Backup its verdict, which also lets it delete what was restored.
 * @throws where AWS could not be asked, before a verdict: Lambda tries again
 */
export async function verify(clients: Clients, event: RestoreEvent, isolatedGroup: string): Promise<Verdict> {
  const verdict = await look(clients, event, isolatedGroup).catch((error: Error): Verdict => {
    if (GONE.has(error.name)) return { good: false, message: `${event.detail.resourceType}: it is not there` };
    throw error;
  });
  await clients.backup.send(
    new PutRestoreValidationResultCommand({
      RestoreJobId: event.detail.restoreJobId,
      ValidationStatus: verdict.good ? "SUCCESSFUL" : "FAILED",
      ValidationStatusMessage: verdict.message,
    }),
  );
  return verdict;
}
