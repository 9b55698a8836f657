import { file, type Inputs, type Proof, proofs } from "./proof.ts";

const lifecycle = (storageClass: string, days?: number) => (rules: Inputs) =>
  rules
    .list("rules")
    .flatMap((rule) => rule.list("transitions"))
    .some((one) => one.at("storageClass") === storageClass && (days === undefined || one.at("days") === days));
const parameter = (name: string, value: string) => (group: Inputs) =>
  group.list("parameters").some((one) => one.are({ name, value }));
const schedule = (ruleName: string, cron: RegExp, days: number) => (plan: Inputs) =>
  plan
    .list("rules")
    .some(
      (rule) =>
        rule.are({ ruleName, "lifecycle.deleteAfter": days, scheduleExpressionTimezone: "Etc/UTC" }) &&
        cron.test(rule.text("schedule")),
    );
const isAlarm = (inputs: Inputs) => inputs.list("alarmActions").length > 0;
/** Minutes of the day in which a window lies: "sun:03:00-sun:04:00", "04:30-05:30". */
function minutes(window: string): [number, number] {
  const [from = "", to = ""] = window.replaceAll(/[a-z]{3}:/g, "").split("-");
  const minute = (time: string) => Number(time.split(":")[0]) * 60 + Number(time.split(":")[1]);
  return [minute(from), minute(to)];
}

export const data: Proof[] = [
  ...proofs("AWS-3", (says) => [
    says("DocumentDB is encrypted with a key of ours", (planned) =>
      planned.every(
        "docdb.Cluster",
        "database",
        (it) => it.are({ storageEncrypted: true }) && /:key\//.test(it.text("kmsKeyId")),
      ),
    ),
    says("it has an instance in each of three zones, which fail over by themselves", (planned) => {
      const instances = planned.every("docdb.ClusterInstance", /^database-\d$/, () => true);
      if (instances.length < 3) throw new Error(`${instances.length} instances`);
      const groups = planned.every("docdb.SubnetGroup", "database", (group) => group.list("subnetIds").length === 3);
      return [...instances, ...groups];
    }),
    says("two zones are the least anywhere", () =>
      file("infra/pulumi/programs/network-settings.ts", /zones: z\s*\.int\(\)\s*\.min\(2\)/),
    ),
    says("`database: external` takes secrets with addresses and a peering instead", () => [
      ...file("infra/pulumi/programs/foundation/network.ts", /settings\.database === "external"[^]*new NetworkPeering/),
      ...file("infra/pulumi/programs/foundation/secrets.ts", /MONGODB_URI\/\$\{name\}/),
    ]),
    says("ElastiCache has replicas in other zones and fails over by itself", (planned) =>
      planned.every("elasticache.ReplicationGroup", "cache", (it) =>
        it.are({ automaticFailoverEnabled: true, multiAzEnabled: true }),
      ),
    ),
    says("every bucket keeps old versions", (planned) =>
      planned.every("s3.BucketVersioning", /^/, (it) => it.are({ "versioningConfiguration.status": "Enabled" })),
    ),
    says("every bucket has a life cycle", (planned) => {
      const cycles = planned.every("s3.BucketLifecycleConfiguration", /^/, (it) => it.list("rules").length > 0);
      const buckets = planned.of("s3.Bucket").length;
      if (cycles.length < buckets) throw new Error(`${buckets} buckets, ${cycles.length} life cycles`);
      return cycles;
    }),
    says("customers' files go to Intelligent-Tiering", (planned) =>
      planned.every("s3.BucketLifecycleConfiguration", /^(?:assets|exports)$/, lifecycle("INTELLIGENT_TIERING")),
    ),
    says("customers' files are copied to a second region within 15 minutes", (planned) =>
      planned.every("s3.BucketReplicationConfig", /^(?:assets|exports)/, (it) =>
        it.list("rules").every((rule) => rule.are({ "destination.replicationTime.time.minutes": 15 })),
      ),
    ),
    says("EFS is encrypted and mounted in each zone", (planned) => {
      const mounts = planned.every("efs.MountTarget", /^files-\d$/, () => true);
      if (mounts.length < 3) throw new Error(`${mounts.length} zones`);
      return [...planned.every("efs.FileSystem", "files", (it) => it.are({ encrypted: true })), ...mounts];
    }),
  ]),
  ...proofs("BAK-1", (says) => [
    says("a backup each day at 02:00 UTC is kept 30 days", (planned) =>
      planned.every("backup.Plan", "backup", schedule("daily", /^cron\(0 2 \* \* \? \*\)$/, 30)),
    ),
    says("a backup each week is kept 30 days", (planned) =>
      planned.every("backup.Plan", "backup", schedule("weekly", /^cron\(0 2 \? \* SUN \*\)$/, 30)),
    ),
    says("a backup each month is kept a year", (planned) =>
      planned.every("backup.Plan", "backup", schedule("monthly", /^cron\(0 2 1 \* \? \*\)$/, 365)),
    ),
    says("database and files are in it", (planned) =>
      planned.every(
        "backup.Selection",
        "backup",
        (it) => /:rds:.*:cluster:/.test(it.text("resources")) && /:efs|filesystem/.test(it.text("resources")),
      ),
    ),
    says("backups are encrypted with a key of ours", (planned) =>
      planned.every("backup.Vault", /^/, (it) => /:key\//.test(it.text("kmsKeyArn"))),
    ),
    says("nobody deletes one before its time", (planned) =>
      planned.every("backup.VaultPolicy", /^/, (it) =>
        /"Effect":"Deny".*backup:DeleteRecoveryPoint/.test(it.text("policy")),
      ),
    ),
    says("windows of backup and maintenance never overlap, nor with the snapshot at 02:00", (planned) =>
      planned.every("docdb.Cluster", "database", (it) => {
        const [from, to] = minutes(it.text("preferredBackupWindow"));
        const [begin, end] = minutes(it.text("preferredMaintenanceWindow"));
        return (to <= begin || end <= from) && from > 120 && begin > 120;
      }),
    ),
    says("a backup that was missed raises an alarm", (planned) =>
      ["database", "files"].flatMap((kind) =>
        planned.every("cloudwatch.MetricAlarm", `alarms-backup-missed-${kind}`, (it) =>
          it.are({ metricName: "NumberOfBackupJobsCompleted", treatMissingData: "breaching" }),
        ),
      ),
    ),
  ]),
  ...proofs("BAK-2", (says) => [
    says("every second of 35 days can be restored", (planned) =>
      planned.every("docdb.Cluster", "database", (it) => it.are({ backupRetentionPeriod: 35 })),
    ),
  ]),
  ...proofs("BAK-3", (says) => [
    says("a restore is tried each week, of database and files", (planned) => [
      ...planned.every("backup.RestoreTestingPlan", /^/, (it) => / MON \*\)$/.test(it.text("scheduleExpression"))),
      ...planned.some("backup.RestoreTestingSelection", 2, (it) =>
        ["DocumentDB", "EFS"].includes(it.text("protectedResourceType")),
      ),
    ]),
    says("failed backups, copies and restores raise alarms", (planned) =>
      ["backup-failed", "copy-failed", "restore-test-failed"].flatMap((name) =>
        planned.every("cloudwatch.MetricAlarm", `alarms-${name}`, isAlarm),
      ),
    ),
    says("a function looks at what was restored", (planned) => planned.every("lambda.Function", /restore/, () => true)),
    says("a restore and quarterly drills are written down", () => file("docs/OPERATIONS.md", /restore/i, /quarter/i)),
  ]),
  ...proofs("BAK-4", (says) => [
    says("a copy of the database follows in us-west-2, seconds behind", (planned) => [
      ...planned.every("docdb.GlobalCluster", /^/, (it) => it.are({ storageEncrypted: true })),
      ...planned.some(
        "docdb.Cluster",
        1,
        (it, { program }) => program === "recovery" && /global/.test(it.text("globalClusterIdentifier")),
      ),
    ]),
    says("every backup is copied to us-west-2", (planned) =>
      planned.every("backup.Plan", "backup", (it) =>
        it.list("rules").every((rule) => rule.text("copyActions").includes(":us-west-2:")),
      ),
    ),
    says("a copy 15 minutes behind raises an alarm", (planned) =>
      planned.some("cloudwatch.MetricAlarm", 1, (it) =>
        it.are({ metricName: "GlobalClusterReplicationLag", threshold: 900_000, treatMissingData: "breaching" }),
      ),
    ),
    says("services wait there, and one plan switches over within the hour", (planned) => [
      ...planned.some("ecs.Service", 5, (_, { program }) => program === "recovery"),
      ...planned.every("arcregionswitch.Plan", /^/, (it) => {
        const most = Number(it.at("recoveryTimeObjectiveMinutes"));
        return most > 0 && most <= 60;
      }),
    ]),
    says("switching over is written down in steps", () => file("docs/RECOVERY.md", /us-west-2/)),
  ]),
  ...proofs("BAK-5", (says) => [
    says("logs go to Glacier after 90 days", (planned) =>
      planned.every("s3.BucketLifecycleConfiguration", /^(?:logs|security-files)$/, lifecycle("GLACIER", 90)),
    ),
    says("old exports and logs are cleaned away", (planned) =>
      planned.every("s3.BucketLifecycleConfiguration", /^(?:logs|exports|security-files)$/, (it) =>
        it.list("rules").some((rule) => Number(rule.at("expiration.days")) > 0),
      ),
    ),
    says("maintenance lies on Sunday between 02:00 and 04:00 UTC", (planned) => [
      ...planned.every("docdb.Cluster", "database", (it) =>
        /^sun:0[23]:\d\d-sun:0[34]:00$/.test(it.text("preferredMaintenanceWindow")),
      ),
      ...planned.every("elasticache.ReplicationGroup", "cache", (it) =>
        /^sun:0[23]:\d\d-sun:0[34]:00$/.test(it.text("maintenanceWindow")),
      ),
    ]),
  ]),
  ...proofs("SEC-2", (says) => [
    says("tasks log in to the database by their role", (planned) =>
      planned.every("ecs.TaskDefinition", /^(?:products|orders|users|content)$/, (task) =>
        task.text("containerDefinitions").includes("authMechanism=MONGODB-AWS"),
      ),
    ),
    says("people log in by a password that is no setting", (planned) =>
      planned.every("secretsmanager.Secret", "DATABASE_OWNER", () => true),
    ),
    says("only addresses of services reach it", (planned) =>
      planned.every("vpc.SecurityGroupIngressRule", /^database-from-/, (it) => it.at("cidrIpv4") === undefined),
    ),
  ]),
  ...proofs("SEC-3", (says) => [
    says("the database speaks TLS 1.3 alone", (planned) =>
      planned.every("docdb.ClusterParameterGroup", /^/, parameter("tls", "tls1.3+")),
    ),
    says("the public edge speaks TLS 1.2 or newer", (planned) =>
      planned.every("cloudfront.Distribution", /^/, (it) =>
        /^TLSv1\.[23]/.test(it.text("viewerCertificate.minimumProtocolVersion")),
      ),
    ),
    says("Redis takes connections with TLS alone", (planned) =>
      planned.every("elasticache.ReplicationGroup", "cache", (it) =>
        it.are({ transitEncryptionEnabled: true, transitEncryptionMode: "required" }),
      ),
    ),
    says("everything that rests is encrypted by keys that rotate", (planned) => [
      ...planned.every("kms.Key", /^/, (it) => it.are({ enableKeyRotation: true })),
      ...planned.every("ebs.EncryptionByDefault", /^/, (it) => it.are({ enabled: true })),
    ]),
    says("programs seal fields with a key of their own", (planned) =>
      planned.every("ecs.TaskDefinition", /^(?:orders|users)$/, (task) =>
        task.text("containerDefinitions").includes("ENCRYPTION_KMS_KEY_ID"),
      ),
    ),
  ]),
];
