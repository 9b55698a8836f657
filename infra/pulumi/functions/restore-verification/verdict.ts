// What must be true of something that AWS Backup restored, before its backup is called good (BAK-3).

export interface Verdict {
  good: boolean;
  /** What was looked at, or what is wrong; AWS Backup shows it to people. */
  message: string;
}

/** What is known of a restored DocumentDB cluster. It has no instance, so nobody can look at its documents. */
export interface RestoredCluster {
  status: string | undefined;
  engine: string | undefined;
  encrypted: boolean | undefined;
  keyArn: string | undefined;
  subnetGroup: string | undefined;
}

/** What is known of a restored EFS file system. */
export interface RestoredFiles {
  status: string | undefined;
  bytes: number | undefined;
  encrypted: boolean | undefined;
}

const verdict = (kind: string, wrong: (string | false)[]): Verdict => {
  const found = wrong.filter((one) => one !== false);
  return found.length === 0
    ? { good: true, message: `${kind}: status, encryption and place are right` }
    : { good: false, message: `${kind}: ${found.join("; ")}` };
};

const statusWrong = (status: string | undefined) => status !== "available" && `status is ${status ?? "unknown"}`;

/** @param isolatedGroup subnet group without a way out of the network: a copy of all data must not lie anywhere else */
export const clusterVerdict = (cluster: RestoredCluster, isolatedGroup: string): Verdict =>
  verdict("DocumentDB", [
    statusWrong(cluster.status),
    cluster.engine !== "docdb" && `engine is ${cluster.engine ?? "unknown"}`,
    cluster.encrypted !== true && "it is not encrypted",
    cluster.keyArn === undefined && "it has no key",
    cluster.subnetGroup !== isolatedGroup && `it lies in the subnets ${cluster.subnetGroup ?? "unknown"}`,
  ]);

export const filesVerdict = (files: RestoredFiles): Verdict =>
  verdict("EFS", [
    statusWrong(files.status),
    files.encrypted !== true && "it is not encrypted",
    // An empty file system has 6 KiB of its own.
    (files.bytes ?? 0) === 0 && "it is empty",
  ]);
