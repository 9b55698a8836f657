// How the price of one planned resource is found.
import { nodePrice } from "./node-price.ts";
import { HOURS, prices, usage } from "./prices.ts";
import { type StackName } from "./stack-name.ts";

export interface Planned {
  /** "aws:ec2/natGateway:NatGateway" */
  type: string;
  /** The name in the program. */
  name: string;
  inputs: Record<string, unknown>;
}

export interface CostLine {
  kind: string;
  name: string;
  usd: number;
  /** What was multiplied. */
  why: string;
}

type Priced = [usd: number, why: string];
interface Around {
  stack: StackName;
  resources: Planned[];
}
type Rule = (resource: Planned, around: Around) => Priced;

/** "ec2.NatGateway" of "aws:ec2/natGateway:NatGateway". */
export const kindOf = (type: string): string => type.replace(/^aws:(\w+)\/.*:(\w+)$/, "$1.$2");

const number = (value: unknown, otherwise: number) => (typeof value === "number" ? value : otherwise);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const object = (value: unknown) => (typeof value === "object" && value ? (value as Record<string, unknown>) : {});
const hourly = (usd: number, count = 1) => usd * HOURS * count;
const flat =
  ({ usd, per }: { usd: number; per: string }, count = 1): Rule =>
  () => [usd * count, `${usd} a ${per}`];
/** The one a reference means, by a name it contains; at a preview the reference is unknown, so by its place in the program. */
const referred = (reference: unknown, kind: string, field: string, { resources }: Around, name: string) => {
  const candidates = resources.filter(({ type }) => kindOf(type) === kind);
  const text = typeof reference === "string" ? reference : "";
  const named = candidates.find(({ inputs }) => {
    const own = inputs[field];
    return typeof own === "string" && text !== "" && text.split(/[/:]/).includes(own);
  });
  return named ?? candidates.find((one) => one.name === name) ?? candidates[0];
};

/** Tasks on Spot: those above the base of the on-demand provider, by weight. */
function spotShare(strategies: unknown[], count: number): number {
  const parts = strategies.map(object);
  const base = parts.reduce((sum, part) => sum + number(part["base"], 0), 0);
  const weight = (wanted: boolean) =>
    parts
      .filter((part) => (part["capacityProvider"] === "FARGATE_SPOT") === wanted)
      .reduce((sum, part) => sum + number(part["weight"], 0), 0);
  const all = weight(true) + weight(false);
  if (all === 0 || count === 0) return 0;
  return (Math.max(count - base, 0) * (weight(true) / all)) / count;
}

/** One task for a month. */
function taskPrice({ inputs }: Planned): number {
  const arm = object(inputs["runtimePlatform"])["cpuArchitecture"] === "ARM64" ? prices.fargateArm.usd : 1;
  const cpu = Number(inputs["cpu"] ?? 256) / 1024;
  const memory = Number(inputs["memory"] ?? 512) / 1024;
  return hourly((cpu * prices.fargateVcpu.usd + memory * prices.fargateMemory.usd) * arm);
}

const service: Rule = ({ inputs, name }, around) => {
  const task = referred(inputs["taskDefinition"], "ecs.TaskDefinition", "family", around, name);
  if (!task) return [0, "no task definition"];
  const count = number(inputs["desiredCount"], 1);
  const spot = spotShare(list(inputs["capacityProviderStrategies"]), count);
  const usd = taskPrice(task) * count * (1 - spot + spot * prices.fargateSpot.usd);
  return [usd, `${count} tasks, ${Math.round(spot * 100)} % on Spot`];
};

const databaseInstance: Rule = ({ inputs }, around) => {
  const kind = String(inputs["instanceClass"]);
  if (kind !== "db.serverless") return [hourly(nodePrice(kind)), kind];
  const cluster = referred(inputs["clusterIdentifier"], "docdb.Cluster", "clusterIdentifier", around, "");
  const units = number(object(cluster?.inputs["serverlessV2ScalingConfiguration"])["minCapacity"], 0.5);
  const io = cluster?.inputs["storageType"] === "iopt1";
  return [hourly(io ? prices.documentdbUnitIo.usd : prices.documentdbUnit.usd, units), `${units} DCU at least`];
};

const databaseStorage: Rule = (_, { stack }) => {
  const gigabytes = { dev: 2, staging: 5, prod: 50 }[stack];
  const usd =
    gigabytes * (prices.documentdbStorage.usd + prices.documentdbBackup.usd) + gigabytes * prices.documentdbIo.usd;
  return [usd, `${gigabytes} GB with backup, ${gigabytes} million I/O`];
};

const cacheGroup: Rule = ({ inputs }) => {
  const nodes = inputs["numNodeGroups"]
    ? number(inputs["numNodeGroups"], 1) * (1 + number(inputs["replicasPerNodeGroup"], 0))
    : number(inputs["numCacheClusters"], 1);
  const kind = String(inputs["nodeType"]);
  return [hourly(nodePrice(kind), nodes), `${nodes} × ${kind}`];
};

const natGateway: Rule = ({ inputs }, { stack }) => {
  const zones = inputs["availabilityMode"] === "regional" ? { dev: 2, staging: 2, prod: 3 }[stack] : 1;
  return [hourly(prices.natGateway.usd, zones), `${zones} zones, traffic not counted`];
};

const endpoint: Rule = ({ inputs }) =>
  inputs["vpcEndpointType"] === "Interface"
    ? [hourly(prices.interfaceEndpoint.usd, list(inputs["subnetIds"]).length || 1), "per zone"]
    : [0, "gateway endpoints are free"];

const alarm: Rule = ({ inputs }) => {
  const queried = list(inputs["metricQueries"]).map(object);
  const metrics = queried.length ? queried.filter(({ metric }) => metric).length || 1 : 1;
  // An alarm on an anomaly band counts three: the metric and both edges.
  const counted = inputs["thresholdMetricId"] ? 3 : metrics;
  return [prices.alarm.usd * counted, `${counted} metrics`];
};

/** Things of the second region, which stand still, are called so (programs/recovery/second-region.ts). */
const standsStill = ({ inputs }: Planned) => /-recovery\b/.test(String(inputs["name"]));

/** A unit is 25 new connections a second, or a gigabyte an hour. */
const loadBalancer: Rule = (resource, { stack }) => {
  const units = standsStill(resource) ? 0 : { dev: 0.1, staging: 0.3, prod: 1 }[stack];
  return [hourly(prices.loadBalancer.usd + units * prices.loadBalancerUnit.usd), `${units} LCU`];
};

const logGroup: Rule = (resource, { stack }) => {
  // Five gigabytes a month are free for an account.
  const gigabytes = standsStill(resource) ? 0.1 : { dev: 0, staging: 0.2, prod: 4 }[stack];
  return [gigabytes * prices.logs.usd, `${gigabytes} GB`];
};

const webAcl: Rule = ({ inputs }) => {
  const rules = list(inputs["rules"]).length;
  return [prices.webAcl.usd + rules * prices.webAclRule.usd, `${rules} rules, requests not counted`];
};

const vault: Rule = (_, { stack }) => {
  const gigabytes = { dev: 5, staging: 10, prod: 500 }[stack];
  return [gigabytes * prices.backupStorage.usd, `${gigabytes} GB of snapshots`];
};

/** Of a shop of ordinary size, at the share that a stack traces by itself; counted once, at the group that looks for trouble. */
const traces: Rule = ({ inputs }, { stack }) => {
  if (object(inputs["insightsConfiguration"])["insightsEnabled"] !== true) return [0, "views are free"];
  const millions = { dev: 0.01, staging: 0.05, prod: 0.5 }[stack];
  const usd = Math.max(millions - 0.1, 0) * prices.traces.usd + millions * prices.traceInsights.usd;
  return [usd, `${millions} million traces`];
};

const canary: Rule = ({ inputs }) => {
  const minutes = Number(/rate\((\d+) minute/.exec(String(object(inputs["schedule"])["expression"]))?.[1] ?? 60);
  return [((HOURS * 60) / minutes) * prices.canaryRun.usd, `every ${minutes} minutes`];
};

/** Nothing changes in a region that stands still, but for its first day and for releases. */
const recorder: Rule = (resource, { stack }) => {
  const whole = usage["cfg.Recorder"]?.[stack] ?? 0;
  return standsStill(resource) ? [whole / 5, "by use, once a day, little changes"] : [whole, "by use"];
};

const rules: Record<string, Rule> = {
  "cfg.Recorder": recorder,
  "ecs.Service": service,
  "ec2.NatGateway": natGateway,
  "ec2.Eip": () => [hourly(prices.publicAddress.usd), "public address"],
  "ec2.VpcEndpoint": endpoint,
  "lb.LoadBalancer": loadBalancer,
  "docdb.Cluster": databaseStorage,
  "docdb.ClusterInstance": databaseInstance,
  "elasticache.ServerlessCache": () => [hourly(prices.valkeyServerless.usd, 0.1), "the floor of 100 MB"],
  "elasticache.ReplicationGroup": cacheGroup,
  "efs.FileSystem": flat(prices.fileStorage),
  "wafv2.WebAcl": webAcl,
  "wafv2.WebAclRule": flat(prices.webAclRule),
  "kms.Key": flat(prices.key),
  "kms.ReplicaKey": flat(prices.key),
  "secretsmanager.Secret": flat(prices.secret),
  "cloudwatch.MetricAlarm": alarm,
  "cloudwatch.CompositeAlarm": flat(prices.compositeAlarm),
  "cloudwatch.Dashboard": () => [0, "three are free"],
  "cloudwatch.LogGroup": logGroup,
  "synthetics.Canary": canary,
  "xray.Group": traces,
  "route53.Zone": flat(prices.hostedZone),
  "route53.HealthCheck": flat(prices.healthCheck),
  "backup.Vault": vault,
  "arcregionswitch.Plan": flat(prices.regionSwitchPlan),
  "shield.Subscription": flat(prices.shieldAdvanced),
};

/** The line of one resource, or undefined where its kind costs nothing by itself. */
export function priceOf(stack: StackName, resource: Planned, resources: Planned[]): CostLine | undefined {
  const kind = kindOf(resource.type);
  const byUse = usage[kind];
  const rule: Rule | undefined = rules[kind] ?? (byUse && (() => [byUse[stack], "by use"]));
  if (!rule) return undefined;
  const [usd, why] = rule(resource, { stack, resources });
  return { kind, name: resource.name, usd: Math.round(usd * 100) / 100, why };
}
