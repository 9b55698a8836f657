// The same for what runs and its edge.
import { type Break, breaksOf, set } from "./break.ts";

const broken = breaksOf("application");

const container = (changed: object): Pick<Break, "inputs"> => {
  const good = {
    ...{ name: "app", user: "1001:1001", readonlyRootFilesystem: true },
    image: `registry.example/app@sha256:${"1".repeat(64)}`,
  };
  return set({ containerDefinitions: JSON.stringify([{ ...good, ...changed }]) });
};
const rights = (statement: object) =>
  set({ policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] }) });
const inRules = (name: string, changed: object): Pick<Break, "inputs"> => ({
  inputs: ({ rules }) => ({
    rules: (rules as { name: string }[]).map((rule) => (rule.name === name ? { ...rule, ...changed } : rule)),
  }),
});
const LIST = "AWSManagedRulesAmazonIpReputationList";
const foreign = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: "arn:aws:iam::999999999999:root" }, Action: "sts:AssumeRole" }],
};

const edge: Break[] = [
  broken("edge", "cloudfront.VpcOrigin edge", "CloudFront comes without TLS", "originProtocolPolicy is http-only", {
    inputs: ({ vpcOriginEndpointConfig }) => ({
      vpcOriginEndpointConfig: { ...(vpcOriginEndpointConfig as object), originProtocolPolicy: "http-only" },
    }),
  }),
  broken("edge", "cloudfront.Distribution edge", "CloudFront's own certificate", "takes TLS 1.0", {
    inputs: ({ viewerCertificate }) => ({
      viewerCertificate: { ...(viewerCertificate as object), cloudfrontDefaultCertificate: true },
    }),
  }),
  broken("firewall", "wafv2.WebAcl firewall", "a group is off by its parts", "does not refuse by", {
    ...inRules(LIST, {
      statement: {
        managedRuleGroupStatement: {
          ...{ vendorName: "AWS", name: LIST },
          ruleActionOverrides: [{ name: "AWSManagedIPReputationList", actionToUse: { count: {} } }],
        },
      },
    }),
  }),
  broken("firewall", "wafv2.WebAcl firewall", "the rate bounds nothing", "lets 2000000000 requests", {
    ...inRules("rate", { statement: { rateBasedStatement: { limit: 2_000_000_000, aggregateKeyType: "IP" } } }),
  }),
];

const tasks: Break[] = [
  broken(
    "images",
    "ecs.TaskDefinition migrate",
    "a job runs a stranger's tag",
    "stranger/app:v1, which has no digest",
    {
      ...container({ image: "public.ecr.aws/stranger/app:v1" }),
    },
  ),
  broken("tasks", "ecs.TaskDefinition database-users", "prod only counts", "only counts who asks too often", {
    ...container({ environment: [{ name: "RATE_LIMIT_MODE", value: "measure" }] }),
  }),
  broken("tasks", "ecs.TaskDefinition gateway", "anybody mounts the files", "open to everybody in the network", {
    ...set({
      volumes: [{ name: "files", efsVolumeConfiguration: { fileSystemId: "fs-1", transitEncryption: "ENABLED" } }],
    }),
  }),
  broken("tasks", "lambda.Function purge-assets", "a function's secret stands in plain", "API_TOKEN in plain", {
    ...set({ environment: { variables: { API_TOKEN: "abc" } } }),
  }),
  broken("scaling", "appautoscaling.Target users", "scaling is suspended", "suspendedState keeps it from scaling", {
    ...set({ suspendedState: { dynamicScalingOutSuspended: true } }),
  }),
  broken("scaling", "appautoscaling.Policy orders-forecast", "nothing is forecast", "does not scale by forecast", {
    ...set({ resourceId: "service/another/orders" }),
  }),
  broken(
    "alarms",
    "cloudwatch.MetricAlarm alarms-high-memory-users",
    "an alarm looks elsewhere",
    "watches orders, not users",
    {
      ...set({ dimensions: { ClusterName: "tradegraph-prod-graph", ServiceName: "orders" } }),
    },
  ),
  broken("alarm-actions", "cloudwatch.MetricAlarm alarms-high-latency", "an alarm is muted", "nobody hears it", {
    ...set({ actionsEnabled: false }),
  }),
  broken("protection", "ecr.Repository images", "`destroy` takes the way back along", "forceDelete empties it", {
    ...set({ forceDelete: true }),
  }),
];

const roles: Break[] = [
  broken(
    "least-privilege",
    "iam.RolePolicy orders-task",
    "a program reads all secrets",
    "allows secretsmanager:Get* on",
    {
      ...rights({ Action: "secretsmanager:Get*", Resource: "*" }),
    },
  ),
  broken("least-privilege", "iam.RolePolicy gateway-task", "all but one thing", "NotResource allows it", {
    ...rights({ Action: "s3:PutObject", NotResource: "arn:aws:s3:::one" }),
  }),
  broken("least-privilege", "iam.Role products-task", "a role administrates", "attaches AdministratorAccess", {
    ...set({ managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"] }),
  }),
  broken("role-boundary", "iam.Role content-task", "another account takes a role", "by the account 999999999999", {
    ...set({ assumeRolePolicy: JSON.stringify(foreign) }),
  }),
];

export const aroundRulesApplication: Break[] = [...edge, ...tasks, ...roles];
