// The pictures of the dashboard, from what there is to look at. 24 columns; positions are counted, not typed.
export interface Watching {
  region: string;
  loadBalancer: string;
  cluster: string;
  /** Names of services at AWS. */
  services: string[];
  databaseCluster?: string | undefined;
  /** Nodes come and go, so of a group all nodes of the account are shown. */
  cache?: { kind: "serverless" | "replication-group"; id: string } | undefined;
  distributionId: string;
  /** Name of the web ACL. */
  firewall: string;
  /** Log group of the gateway. */
  gatewayLog?: string | undefined;
  alarmArns: string[];
}

/** Namespace, metric, dimensions in pairs, options last: CloudWatch's own form. */
type Metric = unknown[];
interface Picture {
  title: string;
  metrics: Metric[];
  stat?: string;
  region?: string;
  percent?: boolean;
}
interface Widget {
  type: string;
  width: number;
  height: number;
  properties: object;
}

const picture = (home: string, { title, metrics, stat = "Sum", region = home, percent = false }: Picture): Widget => ({
  type: "metric",
  width: 8,
  height: 6,
  properties: {
    title,
    metrics,
    region,
    stat,
    period: 300,
    view: "timeSeries",
    ...(percent ? { yAxis: { left: { min: 0, max: 100 } } } : {}),
  },
});

function pictures(watching: Watching): Picture[] {
  const { loadBalancer, cluster, services, databaseCluster } = watching;
  const balancer = (metric: string, options: object = {}): Metric => [
    "AWS/ApplicationELB",
    metric,
    "LoadBalancer",
    loadBalancer,
    options,
  ];
  const perService = (metric: string) =>
    services.map((service): Metric => ["AWS/ECS", metric, "ClusterName", cluster, "ServiceName", service]);
  const insight = (metric: string) =>
    services.map((service): Metric => [
      "ECS/ContainerInsights",
      metric,
      "ClusterName",
      cluster,
      "ServiceName",
      service,
    ]);
  const database = (metric: string): Metric => ["AWS/DocDB", metric, "DBClusterIdentifier", databaseCluster];
  const edge = { region: "us-east-1" };
  const distribution = (metric: string): Metric => [
    ...["AWS/CloudFront", metric, "Region", "Global"],
    ...["DistributionId", watching.distributionId],
  ];
  return [
    { title: "Requests at the gateway", metrics: [balancer("RequestCount")] },
    {
      title: "Answers 5xx",
      metrics: [balancer("HTTPCode_Target_5XX_Count"), balancer("HTTPCode_ELB_5XX_Count")],
    },
    {
      title: "Seconds to answer",
      metrics: ["p50", "p95", "p99"].map((stat) => balancer("TargetResponseTime", { stat, label: stat })),
    },
    { title: "CPU, % of reserved", metrics: perService("CPUUtilization"), stat: "Average", percent: true },
    { title: "Memory, % of reserved", metrics: perService("MemoryUtilization"), stat: "Maximum", percent: true },
    { title: "Running tasks", metrics: insight("RunningTaskCount"), stat: "Average" },
    ...(databaseCluster
      ? [
          { title: "Database CPU, %", metrics: [database("CPUUtilization")], stat: "Average", percent: true },
          { title: "Database connections", metrics: [database("DatabaseConnections")], stat: "Maximum" },
          { title: "Replica lag, ms", metrics: [database("DBClusterReplicaLagMaximum")], stat: "Maximum" },
        ]
      : []),
    ...cachePictures(watching),
    { title: "Requests at the edge", metrics: [distribution("Requests")], ...edge },
    {
      title: "Errors at the edge, %",
      metrics: [distribution("4xxErrorRate"), distribution("5xxErrorRate")],
      stat: "Average",
      ...edge,
    },
    {
      title: "Refused by the firewall",
      metrics: [["AWS/WAFV2", "BlockedRequests", "WebACL", watching.firewall, "Rule", "ALL"]],
      ...edge,
    },
  ];
}

function cachePictures({ cache }: Watching): Picture[] {
  if (!cache) return [];
  const own = (metric: string): Metric => ["AWS/ElastiCache", metric, "clusterId", cache.id];
  const nodes = (metric: string, stat: string): Metric => [
    { expression: `SEARCH('{AWS/ElastiCache,CacheClusterId,CacheNodeId} MetricName="${metric}"', '${stat}', 300)` },
  ];
  const isGroup = cache.kind === "replication-group";
  const hits = isGroup ? nodes("CacheHitRate", "Average") : own("CacheHitRate");
  return [
    { title: "Hits of the cache, %", metrics: [hits], stat: "Average", percent: true },
    ...(isGroup
      ? [
          {
            title: "Memory of the cache, %",
            metrics: [nodes("DatabaseMemoryUsagePercentage", "Maximum")],
            percent: true,
          },
          { title: "CPU of the cache, %", metrics: [nodes("EngineCPUUtilization", "Maximum")], percent: true },
        ]
      : [
          { title: "Bytes in the cache", metrics: [own("BytesUsedForCache")], stat: "Maximum" },
          { title: "Processing units of the cache", metrics: [own("ElastiCacheProcessingUnits")] },
        ]),
  ];
}

/** The body of the dashboard. */
export function dashboardBody(watching: Watching): string {
  const alarms: Widget = {
    type: "alarm",
    width: 24,
    height: 4,
    properties: { title: "Alarms", alarms: watching.alarmArns },
  };
  const errors: Widget[] = watching.gatewayLog
    ? [
        {
          type: "log",
          width: 24,
          height: 6,
          properties: {
            title: "Latest errors of the gateway",
            region: watching.region,
            view: "table",
            query: `SOURCE '${watching.gatewayLog}' | fields @timestamp, requestId, msg | filter level in ["error", "fatal"] | sort @timestamp desc | limit 20`,
          },
        },
      ]
    : [];
  const widgets = [alarms, ...pictures(watching).map((one) => picture(watching.region, one)), ...errors];
  return JSON.stringify({ widgets: placed(widgets) });
}

/** From left to right, then the next row. */
function placed(widgets: Widget[]): (Widget & { x: number; y: number })[] {
  let [x, y, rowHeight] = [0, 0, 0];
  return widgets.map((widget) => {
    if (x + widget.width > 24) [x, y, rowHeight] = [0, y + rowHeight, 0];
    const at = { ...widget, x, y };
    x += widget.width;
    rowHeight = Math.max(rowHeight, widget.height);
    return at;
  });
}
