import { containersOf } from "./network.ts";
import { file, type Inputs, type Proof, proofs, type Resource } from "./proof.ts";

const graph = /^(?:gateway|products|orders|users|content)$/;
/** Text settings of the program in a task. */
const toldTo = (inputs: Resource["inputs"]) => {
  const { environment = [] } = containersOf(inputs)[0] ?? {};
  return (variable: string) => environment.find(({ name }) => name === variable)?.value;
};
const sendsTraces = (inputs: Resource["inputs"]) => {
  const collector = containersOf(inputs).find(({ name }) => name === "traces");
  const config = collector?.environment?.find(({ name }) => name === "AOT_CONFIG_CONTENT")?.value ?? "";
  const endpoint = toldTo(inputs)("OTEL_EXPORTER_OTLP_ENDPOINT") ?? "";
  return endpoint !== "" && config.includes('"awsxray"') && config.includes(`"${endpoint.replace("http://", "")}"`);
};
const queries = (alarm: Inputs) => alarm.text("metricQueries");
const tells = (severity: string) => (alarm: Inputs) => alarm.text("alarmActions").includes(`-${severity}`);
const alarm = (metric: string) => (it: Inputs) =>
  (it.at("metricName") === metric || queries(it).includes(metric)) && it.list("alarmActions").length > 0;

export const watch: Proof[] = [
  ...proofs("AWS-6", (says) => [
    says("a dashboard shows it all", (planned) => planned.every("cloudwatch.Dashboard", /^/, () => true)),
    says("CloudWatch alarms watch every service", (planned) =>
      planned.every(
        "cloudwatch.MetricAlarm",
        /^alarms-(?:high-cpu|high-memory|no-task)-/,
        (it) => it.list("alarmActions").length > 0,
      ),
    ),
    says("X-Ray has the traces of every service, and shows what failed and what was slow", (planned) => [
      ...planned.in("application").every("ecs.TaskDefinition", graph, (_, { inputs }) => sendsTraces(inputs)),
      ...planned.every("xray.Group", /^traces-(?:faults|slow)$/, () => true),
    ]),
    says("CloudTrail writes down what people and programs do", (planned) =>
      planned.every("cloudtrail.Trail", /^/, () => true),
    ),
    says("GuardDuty looks for attacks", (planned) =>
      planned.every("guardduty.Detector", /^/, (it) => it.are({ enable: true })),
    ),
    says("Config records each change and checks it", (planned) => [
      ...planned.every("cfg.RecorderStatus", /^/, (it) => it.are({ isEnabled: true })),
      ...planned.every("cfg.ConformancePack", /^/, () => true),
    ]),
    says("SNS tells people, by severity", (planned) =>
      ["critical", "warning", "escalation"].flatMap((name) =>
        planned.every("sns.Topic", new RegExp(`notifications-${name}$`), () => true),
      ),
    ),
  ]),
  ...proofs("OBS-2", (says) => [
    says("the dashboard has requests, errors, latency, CPU, memory, connections and cache", (planned) =>
      planned.every("cloudwatch.Dashboard", /^/, (it) =>
        [
          /RequestCount/,
          /5XX|5xx/,
          /TargetResponseTime/,
          /CPUUtilization/,
          /MemoryUtilization/,
          /DatabaseConnections/,
          /AWS\/ElastiCache/,
        ].every((metric) => metric.test(it.text("dashboardBody"))),
      ),
    ),
  ]),
  ...proofs("OBS-3", (says) => [
    says("every service has a log group of its own", (planned) =>
      planned.every("cloudwatch.LogGroup", graph, (it) => Number(it.at("retentionInDays")) >= 90),
    ),
    says("production logs warnings and worse", (planned) =>
      planned.every(
        "ecs.TaskDefinition",
        graph,
        (_, { inputs }) =>
          containersOf(inputs)[0]?.environment?.some(({ name, value }) => name === "LOG_LEVEL" && value === "warn") ===
          true,
      ),
    ),
    says("traces go from every service to a collector beside it, and from there to X-Ray", (planned) =>
      planned.in("application").every("ecs.TaskDefinition", graph, (_, { inputs }) => sendsTraces(inputs)),
    ),
    says("every service may send traces to X-Ray", (planned) =>
      planned
        .in("application")
        .every("iam.RolePolicy", /^(?:gateway|products|orders|users|content)-task$/, (it) =>
          it.text("policy").includes("xray:PutTraceSegments"),
        ),
    ),
    says("a share of requests is traced, and whoever calls decides for those behind", (planned) =>
      planned.in("application").every("ecs.TaskDefinition", graph, (_, { inputs }) => {
        const told = toldTo(inputs);
        const share = Number(told("OTEL_TRACES_SAMPLER_ARG"));
        return told("OTEL_TRACES_SAMPLER") === "parentbased_traceidratio" && share > 0 && share <= 1;
      }),
    ),
    says("New Relic, Datadog and others get them by settings", () =>
      file("docs/OPERATIONS.md", /traces: otlp/, /New Relic/, /Datadog/),
    ),
    says("errors go to Sentry: every service gets the DSN from its secret, and never as text", (planned) => [
      ...planned.in("foundation").every("secretsmanager.Secret", "SENTRY_DSN", () => true),
      ...planned.every("ecs.TaskDefinition", graph, (_, { inputs }) => {
        const [program] = containersOf(inputs);
        const isSecret = program?.secrets?.some(({ name }) => name === "SENTRY_DSN") ?? false;
        const told = toldTo(inputs);
        return isSecret && told("SENTRY_DSN") === undefined && told("SENTRY_ENVIRONMENT") === "prod";
      }),
    ]),
  ]),
  ...proofs("OBS-4", (says) => [
    says("slow queries are logged with their plan", (planned) => [
      ...planned.every("docdb.ClusterParameterGroup", "database", (it) =>
        it.list("parameters").some((one) => one.are({ name: "profiler", value: "enabled" })),
      ),
      ...planned.every("cloudwatch.LogGroup", "database-profiler", () => true),
    ]),
    says("slow commands of the cache are logged", (planned) =>
      planned.every("cloudwatch.LogGroup", "cache-slow-log", () => true),
    ),
    ...(
      [
        ["connections", "DatabaseConnectionsMax"],
        ["disk", "FreeLocalStorage"],
        ["memory", "FreeableMemory"],
        ["replication lag", "DBClusterReplicaLagMaximum"],
        ["failed backups", "NumberOfBackupJobsFailed"],
        ["the cache's memory", "DatabaseMemoryUsagePercentage"],
        ["the cache's replication lag", "ReplicationLag"],
        ["undelivered messages", "NumberOfNotificationsFailed"],
      ] as const
    ).map(([what, metric]) =>
      says(`an alarm watches ${what}`, (planned) => planned.some("cloudwatch.MetricAlarm", 1, alarm(metric))),
    ),
  ]),
  ...proofs("OBS-5", (says) => [
    says("HighErrorRate: more than 10 answers 5xx of targets and load balancer in 300 seconds, twice", (planned) =>
      planned.every("cloudwatch.MetricAlarm", "alarms-high-error-rate", (it) => {
        const text = queries(it);
        const isSum = it
          .list("metricQueries")
          .slice(1)
          .every((one) => one.are({ "metric.period": 300, "metric.stat": "Sum" }));
        return (
          it.are({ threshold: 10, evaluationPeriods: 2, comparisonOperator: "GreaterThanThreshold" }) &&
          isSum &&
          text.includes("HTTPCode_Target_5XX_Count") &&
          text.includes("HTTPCode_ELB_5XX_Count")
        );
      }),
    ),
    says("a second alarm at 5 % of requests", (planned) =>
      planned.every(
        "cloudwatch.MetricAlarm",
        "alarms-high-error-share",
        (it) =>
          it.are({ threshold: 5, evaluationPeriods: 2, comparisonOperator: "GreaterThanThreshold" }) &&
          /requests/.test(queries(it)) &&
          it
            .list("metricQueries")
            .slice(1)
            .every((one) => one.are({ "metric.period": 300 })),
      ),
    ),
    says("HighCPU: more than 80 % on average over 300 seconds, twice", (planned) =>
      planned.every("cloudwatch.MetricAlarm", /^alarms-high-cpu-/, (it) =>
        it.are({
          ...{ threshold: 80, period: 300, evaluationPeriods: 2, statistic: "Average", metricName: "CPUUtilization" },
          comparisonOperator: "GreaterThanThreshold",
        }),
      ),
    ),
    says("both wake somebody up", (planned) => [
      ...planned.every("cloudwatch.MetricAlarm", "alarms-high-error-rate", tells("critical")),
      ...planned.every("cloudwatch.MetricAlarm", /^alarms-high-cpu-/, tells("critical")),
    ]),
    says("an alarm that does not end goes to the second line", (planned) =>
      planned.some("cloudwatch.MetricAlarm", 1, tells("escalation")),
    ),
    says("anomalies of traffic, latency and cost are found without a threshold", (planned) => [
      ...planned.some("cloudwatch.MetricAlarm", 2, (it) => queries(it).includes("ANOMALY_DETECTION_BAND")),
      ...planned.every("costexplorer.AnomalyMonitor", /^/, () => true),
    ]),
    says("real users are watched", (planned) => planned.every("rum.AppMonitor", /^/, () => true)),
    says("a canary walks through the shop", (planned) => planned.every("synthetics.Canary", /^/, () => true)),
    says("each alarm names its runbook", (planned) =>
      planned.every("cloudwatch.MetricAlarm", /^alarms-/, (it) =>
        /docs\/runbooks\/[\w-]+\.md/.test(it.text("alarmDescription")),
      ),
    ),
  ]),
  ...proofs("OPS-3", (says) => [
    says("escalation goes by severity", (planned) =>
      planned.every("sns.TopicSubscription", /^notifications-(?:critical|escalation)-/, () => true),
    ),
    says("a deployment takes itself back where errors show", (planned) =>
      planned.every(
        "ecs.Service",
        graph,
        (it, { program }) => program !== "application" || it.are({ "alarms.enable": true, "alarms.rollback": true }),
      ),
    ),
    says("chaos days, reviews and the rollback are written down", () =>
      file("docs/OPERATIONS.md", /chaos/i, /review/i, /roll ?back/i),
    ),
  ]),
];
