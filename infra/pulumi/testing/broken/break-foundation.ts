// Network, data and what watches the account.
import { type Break, breaksOf, inJson, set } from "./break.ts";

const broken = breaksOf("foundation");

interface Parameter {
  name: string;
  value: string;
}
interface Rule {
  ruleName: string;
}

const parameter = (name: string, value: string): Pick<Break, "inputs"> => ({
  inputs: ({ parameters }) => ({
    parameters: (parameters as Parameter[]).map((one) => (one.name === name ? { ...one, value } : one)),
  }),
});
const changed = (rules: unknown, name: string, other: object) =>
  (rules as Rule[]).map((rule) => (rule.ruleName === name ? { ...rule, ...other } : rule));
const copyTo = (region: string) => (deleteAfter: number) => ({
  destinationVaultArn: `arn:aws:backup:${region}:333333333333:backup-vault:copies`,
  lifecycle: { deleteAfter },
});
const near = copyTo("us-east-1");
const far = copyTo("us-west-2");
const openToAll = {
  inputs: ({ policy }: Record<string, unknown>) => ({
    policy: inJson(policy, (before: { Statement: unknown[] }) => ({
      ...before,
      Statement: [
        ...before.Statement,
        { Sid: "Open", Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" },
      ],
    })),
  }),
};

const network: Break[] = [
  broken("flow-logs", "ec2.FlowLog flow-logs", "half of the traffic is not logged", "leave out part of the traffic", {
    ...set({ trafficType: "REJECT" }),
  }),
  broken(
    "ingress",
    "vpc.SecurityGroupIngressRule alb-from-cloudfront-443",
    "the load balancer is open to the Internet",
    "lets 0.0.0.0/0 in",
    set({ prefixListId: undefined, cidrIpv4: "0.0.0.0/0" }),
  ),
  broken(
    "ingress",
    "vpc.SecurityGroupIngressRule gateway-from-alb-4000",
    "tasks are open to the Internet of IPv6",
    "lets ::/0 in",
    set({ referencedSecurityGroupId: undefined, cidrIpv6: "::/0" }),
  ),
  broken(
    "database-port",
    "vpc.SecurityGroupIngressRule database-from-subgraphs-27017",
    "27017 is open to addresses",
    "to addresses instead of a security group",
    set({ referencedSecurityGroupId: undefined, cidrIpv4: "10.0.0.0/16" }),
  ),
  broken(
    "isolated-data",
    "ec2.Subnet network-isolated-0",
    "the database has addresses of the Internet",
    "gives out public addresses",
    set({ mapPublicIpOnLaunch: true }),
  ),
  broken("regions", "ec2.Eip network-nat-0", "something stands in a foreign region", "region ap-south-1", {
    ...set({ region: "ap-south-1" }),
  }),
];

const database: Break[] = [
  broken("database", "docdb.Cluster database", "moments are kept for 34 days", "is 34 days, not 35", {
    ...set({ backupRetentionPeriod: 34 }),
  }),
  broken("database", "docdb.Cluster database", "the database can be deleted", "deletionProtection is not true", {
    ...set({ deletionProtection: false }),
  }),
  broken("database", "docdb.Cluster database", "a deletion leaves nothing", "skipFinalSnapshot", {
    ...set({ skipFinalSnapshot: true }),
  }),
  broken("database", "docdb.Cluster database", "nobody audits the database", "has no audit", {
    ...set({ enabledCloudwatchLogsExports: ["profiler"] }),
  }),
  broken("encryption", "docdb.Cluster database", "the database is encrypted by AWS's key", "kmsKeyId is missing", {
    ...set({ kmsKeyId: undefined }),
  }),
  broken("encryption", "docdb.Cluster database", "database and snapshots are plain", "storageEncrypted is not true", {
    ...set({ storageEncrypted: false }),
  }),
  broken("protection", "docdb.Cluster database", "`destroy` takes the database along", "is not protected", {
    options: { protect: false },
  }),
  broken("database-parameters", "docdb.ClusterParameterGroup database", "TLS is off", "tls is disabled", {
    ...parameter("tls", "disabled"),
  }),
  broken("database-parameters", "docdb.ClusterParameterGroup database", "slow queries go unseen", "profiler is", {
    ...parameter("profiler", "disabled"),
  }),
  broken("database-instances", "docdb.ClusterInstance database-2", "a zone has no instance", "2 instances, not 3", {
    ...set({ clusterIdentifier: "another" }),
  }),
];

const stores: Break[] = [
  broken("encryption", "efs.FileSystem files", "files are plain", "encrypted is not true", {
    ...set({ encrypted: false }),
  }),
  broken("encryption", "elasticache.ReplicationGroup cache", "the cache is plain", "atRestEncryptionEnabled is not", {
    ...set({ atRestEncryptionEnabled: false }),
  }),
  broken(
    "encryption",
    "elasticache.ReplicationGroup cache",
    "the cache takes plain connections",
    "transitEncryptionMode",
    {
      ...set({ transitEncryptionMode: "preferred" }),
    },
  ),
  broken("cache-access", "elasticache.ReplicationGroup cache", "the cache has no users", "everybody in the network", {
    ...set({ userGroupIds: undefined }),
  }),
  broken("cache-access", "elasticache.User cache", "the cache's user administrates it", "administration", {
    ...set({ accessString: "on ~* &* +@all" }),
  }),
  broken("encryption", "secretsmanager.Secret JWT_PRIVATE_KEY", "a secret has no key of ours", "kmsKeyId is missing", {
    ...set({ kmsKeyId: undefined }),
  }),
  broken("encryption", "sns.Topic notifications-critical", "alarms travel plain", "kmsMasterKeyId is missing", {
    ...set({ kmsMasterKeyId: undefined }),
  }),
  broken("encryption", "backup.Vault vault", "backups have no key of ours", "kmsKeyArn is missing", {
    ...set({ kmsKeyArn: undefined }),
  }),
  broken("buckets", "s3.BucketPublicAccessBlock exports", "exports are public", "nothing blocks public access", {
    ...set({ restrictPublicBuckets: false }),
  }),
  broken("buckets", "s3.BucketVersioning assets", "old versions are lost", "old versions are not kept", {
    ...set({ versioningConfiguration: { status: "Suspended" } }),
  }),
  broken("resource-policies", "kms.Key data", "everybody may use a key", "everybody may use it (Open)", openToAll),
  broken("backup-plan", "backup.Plan backup", "backups stay in one region", "daily has no copy in another region", {
    inputs: ({ rules }) => ({ rules: changed(rules, "daily", { copyActions: undefined }) }),
  }),
  broken("backup-plan", "backup.Plan backup", "a copy stays beside the original", "monthly stays in us-east-1", {
    inputs: ({ rules }) => ({ rules: changed(rules, "monthly", { copyActions: [near(365)] }) }),
  }),
  broken("backup-plan", "backup.Plan backup", "copies go too early", "the copy of weekly is kept 29 days, not 30", {
    inputs: ({ rules }) => ({ rules: changed(rules, "weekly", { copyActions: [far(29)] }) }),
  }),
  broken("backup-plan", "backup.Plan backup", "02:00 is another hour", "by the clock of Asia/Tokyo", {
    inputs: ({ rules }) => ({ rules: changed(rules, "daily", { scheduleExpressionTimezone: "Asia/Tokyo" }) }),
  }),
  broken("backup-plan", "backup.Plan backup", "monthly backups go too early", "monthly is kept 364 days, not 365", {
    inputs: ({ rules }) => ({ rules: changed(rules, "monthly", { lifecycle: { deleteAfter: 364 } }) }),
  }),
];

/** A machine of somebody's own could take such a role along. */
const forMachines = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

const watch: Break[] = [
  broken("role-boundary", "iam.Role flow-logs", "machines may take a role", "is for ec2.amazonaws.com", {
    ...set({ assumeRolePolicy: JSON.stringify(forMachines) }),
  }),
  broken("account-guards", "cloudtrail.Trail security-trail", "other regions go unseen", "isMultiRegionTrail", {
    ...set({ isMultiRegionTrail: false }),
  }),
  broken("encryption", "cloudtrail.Trail security-trail", "the trail can be changed", "enableLogFileValidation", {
    ...set({ enableLogFileValidation: false }),
  }),
  broken("account-guards", "guardduty.Detector security-threats", "nobody looks for attacks", "enable is false", {
    ...set({ enable: false }),
  }),
  broken("account-guards", "cfg.RecorderStatus security-config", "changes go unseen", "isEnabled is not true", {
    ...set({ isEnabled: false }),
  }),
  broken("account-guards", "ebs.EncryptionByDefault security-account", "new disks are plain", "enabled is false", {
    ...set({ enabled: false }),
  }),
  broken("log-groups", "cloudwatch.LogGroup flow-logs", "a log grows for ever", "retentionInDays is missing", {
    ...set({ retentionInDays: undefined }),
  }),
  broken("alarm-actions", "cloudwatch.MetricAlarm alarms-backup-failed", "nobody hears an alarm", "nobody hears it", {
    ...set({ alarmActions: [], okActions: [] }),
  }),
  broken(
    "alarms",
    "cloudwatch.MetricAlarm alarms-database-high-cpu",
    "an alarm has another number",
    "threshold is 99",
    {
      ...set({ threshold: 99 }),
    },
  ),
  broken("tags", "ec2.Vpc network", "nobody owns the network", "tags are missing: Owner", {
    inputs: ({ tags }) => ({ tags: { ...(tags as object), Owner: "" } }),
  }),
];

export const foundationBreaks: Break[] = [...network, ...database, ...stores, ...watch];
