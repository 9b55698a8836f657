// The edge, images and what runs.
import { type Break, breaksOf, set } from "./break.ts";

const broken = breaksOf("application");

/** In place of the program's own, whose image has no address before there is a repository: a preview could not look at it. */
const container = (changed: object): Pick<Break, "inputs"> => {
  const good = {
    ...{ name: "app", user: "1001:1001", readonlyRootFilesystem: true },
    image: `registry.example/app@sha256:${"1".repeat(64)}`,
  };
  return set({ containerDefinitions: JSON.stringify([{ ...good, ...changed }]) });
};
const tracking = (changed: object): Pick<Break, "inputs"> => ({
  inputs: ({ targetTrackingScalingPolicyConfiguration: before }) => ({
    targetTrackingScalingPolicyConfiguration: { ...(before as object), ...changed },
  }),
});

const edge: Break[] = [
  broken("edge", "cloudfront.Distribution edge", "the firewall is missing", "webAclId is missing", {
    ...set({ webAclId: undefined }),
  }),
  broken("edge", "cloudfront.Distribution edge", "clients come without TLS", "lets clients come without TLS", {
    inputs: ({ defaultCacheBehavior }) => ({
      defaultCacheBehavior: { ...(defaultCacheBehavior as object), viewerProtocolPolicy: "allow-all" },
    }),
  }),
  broken("edge", "cloudfront.Distribution edge", "clients speak TLS 1.0", "minimumProtocolVersion is TLSv1_2016", {
    inputs: ({ viewerCertificate }) => ({
      viewerCertificate: { ...(viewerCertificate as object), minimumProtocolVersion: "TLSv1_2016" },
    }),
  }),
  broken("edge", "lb.Listener alb", "the load balancer takes HTTP", "takes HTTP and does not send it on", {
    ...set({ protocol: "HTTP", port: 80, sslPolicy: undefined, certificateArn: undefined }),
  }),
  broken("public-address", "lb.LoadBalancer alb", "the load balancer is public", "internal is not true", {
    ...set({ internal: false }),
  }),
  broken("firewall", "wafv2.WebAcl firewall", "the firewall only counts", "only counts", {
    inputs: ({ rules }) => ({
      rules: (rules as { overrideAction?: object }[]).map((rule) =>
        rule.overrideAction ? { ...rule, overrideAction: { count: {} } } : rule,
      ),
    }),
  }),
  broken("firewall", "wafv2.WebAclLoggingConfiguration firewall", "credentials are logged", "logs the header", {
    ...set({ redactedFields: [] }),
  }),
];

const images: Break[] = [
  broken("images", "ecr.Repository images", "tags of images move", "imageTagMutability is not IMMUTABLE", {
    ...set({ imageTagMutability: "MUTABLE" }),
  }),
  broken("images", "ecr.Repository images", "images are not scanned", "scanOnPush is not true", {
    ...set({ imageScanningConfiguration: { scanOnPush: false } }),
  }),
  broken("encryption", "ecr.Repository images", "images have no key of ours", "encryptionType is not KMS", {
    ...set({ encryptionConfigurations: undefined }),
  }),
];

const tasks: Break[] = [
  broken("images", "ecs.TaskDefinition users", "a task runs an image by its tag", "which has no digest", {
    ...container({ image: "registry.example/app:latest" }),
  }),
  broken("tasks", "ecs.TaskDefinition content", "a program runs as root", "runs as root", {
    ...container({ user: "0:0" }),
  }),
  broken("tasks", "ecs.TaskDefinition orders", "a program can change itself", "can write to its own files", {
    ...container({ readonlyRootFilesystem: false }),
  }),
  broken("tasks", "ecs.TaskDefinition products", "a secret stands in plain", "INTERNAL_SIGNING_KEYS in plain", {
    ...container({ environment: [{ name: "INTERNAL_SIGNING_KEYS", value: "first:secret" }] }),
  }),
  broken("tasks", "ecs.Service orders", "somebody can open a shell", "opens a shell", {
    ...set({ enableExecuteCommand: true }),
  }),
  broken("public-address", "ecs.Service users", "tasks have public addresses", "assignPublicIp", {
    inputs: ({ networkConfiguration }) => ({
      networkConfiguration: { ...(networkConfiguration as object), assignPublicIp: true },
    }),
  }),
  broken("scaling", "appautoscaling.Target gateway", "a service scales from 1", "scales 1–10, not 2–10", {
    ...set({ minCapacity: 1 }),
  }),
  broken("scaling", "appautoscaling.Policy orders-cpu", "a service scales at 71 %", "CPU target is 71, not 70", {
    ...tracking({ targetValue: 71 }),
  }),
  broken("scaling", "appautoscaling.Policy users-cpu", "tasks go at once", "scaleInCooldown is 60, not 300", {
    ...tracking({ scaleInCooldown: 60 }),
  }),
  broken("scaling", "appautoscaling.Policy products-memory", "memory brings no task back", "disableScaleIn", {
    ...tracking({ disableScaleIn: true }),
  }),
  broken("scaling", "appautoscaling.Policy gateway-forecast", "a forecast only looks", "starts no task", {
    inputs: ({ predictiveScalingPolicyConfiguration: before }) => ({
      predictiveScalingPolicyConfiguration: { ...(before as object), mode: "ForecastOnly" },
    }),
  }),
  broken("live-traffic", "lb.ListenerRule gateway-production", "an update shifts live traffic", "to the old version", {
    options: { ignoreChanges: [] },
  }),
  broken("live-traffic", "ecs.Service content", "an update undoes scaling", "would undo scaling", {
    options: { ignoreChanges: [] },
  }),
];

const watch: Break[] = [
  broken("log-groups", "cloudwatch.LogGroup users", "a log is plain", "kmsKeyId is missing", {
    ...set({ kmsKeyId: undefined }),
  }),
  broken("log-groups", "cloudwatch.LogGroup orders", "logs go too early", "retentionInDays is 30, not 90", {
    ...set({ retentionInDays: 30 }),
  }),
  broken(
    "alarms",
    "cloudwatch.MetricAlarm alarms-high-cpu-orders",
    "HighCPU waits too long",
    "evaluationPeriods is 3",
    {
      ...set({ evaluationPeriods: 3 }),
    },
  ),
  broken("alarm-actions", "cloudwatch.CompositeAlarm alarms-overloaded", "nobody hears an alarm", "nobody hears it", {
    ...set({ alarmActions: [], okActions: [] }),
  }),
];

export const applicationBreaks: Break[] = [...edge, ...images, ...tasks, ...watch];
