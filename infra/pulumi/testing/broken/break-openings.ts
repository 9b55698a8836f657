// What opens a thing to others than its owner, and what stops watching or keeping it: accounts of others, services that act for
// everybody, lists without members, guards that stand elsewhere.
import { type Break, breaksOf, inJson, set } from "./break.ts";

const inFoundation = breaksOf("foundation");
const inApplication = breaksOf("application");

interface Statement {
  Sid?: string;
  Principal?: unknown;
  Condition?: unknown;
}

/** Another policy of the thing: one statement of it is otherwise. */
const statement = (sid: string, changed: object): Pick<Break, "inputs"> => ({
  inputs: ({ policy }) => ({
    policy: inJson(policy, (before: { Statement: Statement[] }) => ({
      ...before,
      Statement: before.Statement.map((one) => (one.Sid === sid ? { ...one, ...changed } : one)),
    })),
  }),
});
/** Of things that are not there yet, other policies are not known at a preview. */
const noStatement = JSON.stringify({ Version: "2012-10-17", Statement: [] });
const foreign = { Principal: { AWS: "arn:aws:iam::999999999999:root" } };

const others: Break[] = [
  inFoundation("resource-policies", "kms.Key backup", "another account uses a key", "the account 999999999999 may", {
    ...statement("AccountDecidesByIam", foreign),
  }),
  inFoundation(
    "resource-policies",
    "kms.Key notifications",
    "services use a key for everybody",
    "cloudwatch.amazonaws.com may use it for every customer",
    statement("Senders", { Condition: undefined }),
  ),
  inFoundation("vaults", "backup.VaultPolicy vault", "backups can be deleted", "refuse backup:DeleteRecoveryPoint", {
    ...set({ policy: noStatement }),
  }),
  inFoundation("vaults", "backup.VaultLockConfiguration vault", "the lock lets go", "for 1 days, not 30", {
    ...set({ minRetentionDays: 1 }),
  }),
  inFoundation("isolated-data", "ec2.NetworkAcl network-isolated", "the second fence is open", "lets 0.0.0.0/0 in", {
    inputs: ({ ingress }) => ({
      ingress: [
        ...(ingress as object[]),
        { ruleNo: 900, action: "allow", protocol: "-1", cidrBlock: "0.0.0.0/0", fromPort: 0, toPort: 0 },
      ],
    }),
  }),
  inFoundation("transport", "sns.TopicPolicy notifications-warning", "alarms travel in plain text", "without TLS", {
    ...set({ policy: noStatement }),
  }),
  inFoundation("transport", "efs.FileSystemPolicy files", "files are mounted in plain text", "without TLS", {
    ...set({ policy: noStatement }),
  }),
  inFoundation("database", "docdb.GlobalCluster database", "the copies lose their head", "deletionProtection is not", {
    ...set({ deletionProtection: false }),
  }),
];

const watch: Break[] = [
  inFoundation(
    "baseline",
    "guardduty.Detector security-threats",
    "attacks are looked for elsewhere",
    "there is no guardduty.Detector in us-east-1",
    set({ region: "eu-west-1" }),
  ),
  inFoundation("account-guards", "iam.AccountPasswordPolicy security-account", "short passwords", "is 8, not 14", {
    ...set({ minimumPasswordLength: 8 }),
  }),
  inFoundation("account-guards", "cloudtrail.Trail security-trail", "nobody hears of the trail", "no alarm hears", {
    ...set({ cloudWatchLogsGroupArn: undefined, cloudWatchLogsRoleArn: undefined }),
  }),
  inFoundation("account-guards", "macie2.Account security-scanners", "Macie rests", "status is PAUSED", {
    ...set({ status: "PAUSED" }),
  }),
];

const edge: Break[] = [
  inApplication("edge", "lb.LoadBalancer alb", "odd headers pass", "dropInvalidHeaderFields is not true", {
    ...set({ dropInvalidHeaderFields: false }),
  }),
  inApplication("edge", "lb.LoadBalancer alb", "nobody sees who came", "accessLogs are off", {
    ...set({ accessLogs: undefined }),
  }),
  inApplication("edge", "cloudfront.ResponseHeadersPolicy edge", "browsers may come without TLS", "strictTransport", {
    inputs: ({ securityHeadersConfig: before }) => ({
      securityHeadersConfig: { ...(before as object), strictTransportSecurity: undefined },
    }),
  }),
];

const releases: Break[] = [
  inApplication("releases", "ecs.Service users", "a release is all at once", "is released ROLLING, not side by side", {
    inputs: ({ deploymentConfiguration: before }) => ({
      deploymentConfiguration: { ...(before as object), strategy: "ROLLING", canaryConfiguration: undefined },
    }),
  }),
  inApplication("releases", "ecs.Service products", "a bad release stays", "alarms take no bad release back", {
    ...set({ alarms: undefined }),
  }),
  inApplication("releases", "ecs.Service gateway", "nobody says yes", "without a hook of kind PAUSE", {
    inputs: ({ deploymentConfiguration: before }) => ({
      deploymentConfiguration: { ...(before as object), lifecycleHooks: undefined },
    }),
  }),
];

export const openings: Break[] = [...others, ...watch, ...edge, ...releases];
