import * as backup from "@pulumi/aws/backup/index.js";
import * as cloudfront from "@pulumi/aws/cloudfront/index.js";
import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as docdb from "@pulumi/aws/docdb/index.js";
import * as ecs from "@pulumi/aws/ecs/index.js";
import * as efs from "@pulumi/aws/efs/index.js";
import * as elasticache from "@pulumi/aws/elasticache/index.js";
import * as lambda from "@pulumi/aws/lambda/index.js";
import * as lb from "@pulumi/aws/lb/index.js";
import * as synthetics from "@pulumi/aws/synthetics/index.js";
import * as wafv2 from "@pulumi/aws/wafv2/index.js";
import { type PolicyResource, type StackValidationPolicy } from "@pulumi/policy";
import { services } from "../../../../services.ts";
import { alarmInputs } from "../../lib/alarm-inputs.ts";
import { type AlarmSpec, type Watched } from "../../lib/alarm-spec.ts";
import { alarmTable } from "../../lib/alarm-table.ts";
import { physicalName } from "../../lib/naming.ts";
import { isWarmCopy, stackOf } from "../floors.ts";
import { known } from "../unknown.ts";

type Kind = Parameters<PolicyResource["isType"]>[0];

/** What in a plan has to be watched. */
const kinds: Partial<Record<Watched, Kind | Kind[]>> = {
  loadBalancer: lb.LoadBalancer,
  service: ecs.Service,
  database: docdb.Cluster,
  recoveryDatabase: docdb.Cluster,
  serverlessCache: elasticache.ServerlessCache,
  cacheGroup: elasticache.ReplicationGroup,
  backup: backup.Plan,
  backedUp: [docdb.Cluster, efs.FileSystem],
  natGateway: ec2.NatGateway,
  distribution: cloudfront.Distribution,
  webAcl: wafv2.WebAcl,
  function: lambda.Function,
  canary: synthetics.Canary,
};
/** Of these a stack has several, and each has alarms of its own. */
const several = new Set<string>(["service", "function", "canary", "backedUp"]);
const ofGraph = new Set<string>(services.map(({ name }) => name));

/** OBS-5: whatever a stack has, it has the alarms of lib/alarm-table.ts for it, with exactly these numbers. */
export const alarms: StackValidationPolicy = {
  name: "alarms",
  description: "Everything that runs is watched by the alarms of the table, with its exact numbers.",
  enforcementLevel: "mandatory",
  severity: "high",
  validateStack({ resources }, report) {
    const made = new Map(
      resources
        .filter((one) => one.isType(cloudwatch.MetricAlarm))
        .map((one) => [known(() => String(one.props["name"])) ?? one.name, one]),
    );
    for (const [watched, kind] of Object.entries(kinds)) {
      const things = resources.filter(
        (one) => [kind].flat().some((type) => one.isType(type)) && isWatched(watched, one),
      );
      for (const thing of things) {
        for (const spec of alarmTable.filter(({ watches }) => watches === watched)) {
          const name = several.has(watched) ? `${spec.name}-${thing.name}` : spec.name;
          const alarm = made.get(physicalName(stackOf(thing.urn), name));
          if (!alarm) report(`no alarm ${name}`, thing.urn);
          else
            for (const difference of [...differences(spec, alarm), ...astray(watched, thing, alarm)])
              report(difference, alarm.urn);
        }
      }
    }
  },
};

/** Of a region that waits, how far its database is behind; of services those of services.ts. */
const isWatched = (watched: string, one: PolicyResource) =>
  isWarmCopy(one.urn) === (watched === "recoveryDatabase") && (!one.isType(ecs.Service) || ofGraph.has(one.name));

/** The dimension by which CloudWatch finds a thing's metrics, and the field of the thing that has its value. */
const NAMED: Partial<Record<string, { dimension: string; field: string }>> = {
  service: { dimension: "ServiceName", field: "name" },
  function: { dimension: "FunctionName", field: "name" },
  canary: { dimension: "CanaryName", field: "name" },
  database: { dimension: "DBClusterIdentifier", field: "clusterIdentifier" },
};

/** An alarm with the right numbers on another thing is silent when this one fails. Values that are not known yet may be right. */
function astray(watched: string, thing: PolicyResource, { props }: PolicyResource): string[] {
  const name = NAMED[watched];
  if (!name) return [];
  const wanted = known(() => thing.props[name.field] as string | undefined);
  const queries = (known(() => props["metricQueries"]) as { metric?: { dimensions?: object } }[] | undefined) ?? [];
  const places = [() => props["dimensions"], ...queries.map((_, index) => () => queries[index]?.metric?.dimensions)];
  return places.flatMap((read) => {
    const given = known(() => (read() as Record<string, string> | undefined)?.[name.dimension]);
    return given === undefined || wanted === undefined || given === wanted ? [] : [`watches ${given}, not ${wanted}`];
  });
}

const FIELDS = [
  "comparisonOperator",
  "threshold",
  "evaluationPeriods",
  "datapointsToAlarm",
  "treatMissingData",
  "period",
  "statistic",
  "extendedStatistic",
  "namespace",
  "metricName",
] as const;

function differences(spec: AlarmSpec, { props }: PolicyResource): string[] {
  const wanted = alarmInputs(spec, {}) as Record<string, unknown>;
  const wrong = FIELDS.filter((field) => wanted[field] !== undefined && wanted[field] !== props[field]).map(
    (field) => `${field} is ${props[field]}, not ${wanted[field]}`,
  );
  const queries = (of: unknown) =>
    ((of as { id: string; expression?: string; period?: number; metric?: Record<string, unknown> }[] | undefined) ?? [])
      .map(({ id, expression = "", period, metric }) =>
        [id, expression, period ?? metric?.["period"], metric?.["metricName"], metric?.["stat"]].join(" ").trim(),
      )
      .sort();
  const planned = queries(props["metricQueries"]);
  const missing = queries(wanted["metricQueries"]).filter((query) => !planned.includes(query));
  return [...wrong, ...missing.map((query) => `metricQueries have no "${query}"`)];
}
