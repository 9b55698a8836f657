// What no setting may change, whatever the program: sentences with what breaks them, for property tests.
import { type Properties } from "../aws-stub/struct.ts";
import { blockOf, contains, overlaps } from "./addresses.ts";
import { type PlannedProgram, type PlannedResource } from "./run-program.ts";

type Promise = (planned: PlannedProgram) => string[];

const text = (value: unknown) => (typeof value === "string" ? value : "");
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const label = ({ kind, name }: PlannedResource) => `${kind} ${name}`;
const of = ({ resources }: PlannedProgram, kind: string) => resources.filter((one) => one.kind === kind);
const WORLD = ["0.0.0.0/0", "::/0"];

/** Networks of all resources that let somebody in, however they are written. */
function ingressOf({ kind, inputs }: PlannedResource): string[] {
  if (kind === "vpc.SecurityGroupIngressRule") return [text(inputs["cidrIpv4"]), text(inputs["cidrIpv6"])];
  if (kind === "ec2.SecurityGroupRule" && inputs["type"] === "ingress") {
    return [...list(inputs["cidrBlocks"]), ...list(inputs["ipv6CidrBlocks"])].map(text);
  }
  if (!["ec2.SecurityGroup", "ec2.DefaultSecurityGroup"].includes(kind)) return [];
  const rules = list(inputs["ingress"]) as Properties[];
  return rules.flatMap((rule) => [...list(rule["cidrBlocks"]), ...list(rule["ipv6CidrBlocks"])].map(text));
}

const reaches = ({ inputs }: PlannedResource, port: number) =>
  inputs["ipProtocol"] === "-1" || (Number(inputs["fromPort"]) <= port && port <= Number(inputs["toPort"]));

/** Fields that name a thing at AWS, where two of a kind and region must not share one. */
const NAMES = [
  ...["name", "bucket", "identifier", "clusterIdentifier", "replicationGroupId", "userId", "family", "alarmName"],
];
/** Parts of another thing, which carry its name. */
const PARTS =
  /^s3\.Bucket.|^(?:appautoscaling\.Policy|cfg\.RecorderStatus|route53\.Record|iam\.RolePolicy|guardduty\.DetectorFeature)$/;

function nameOf({ kind, inputs, provider }: PlannedResource): string | undefined {
  if (PARTS.test(kind)) return undefined;
  const field = NAMES.find((one) => typeof inputs[one] === "string");
  return field && `${kind} ${text(inputs[field])} (${provider} ${text(inputs["region"])})`;
}

export const promises: Record<string, Promise> = {
  "AWS would take every resource, its name included": ({ refused }) => refused,

  "no resource goes to the default provider": ({ resources }) =>
    resources.filter(({ kind, provider }) => kind !== "aws.Provider" && provider === "").map(label),

  "no two things of a kind share a name": ({ resources }) => {
    const names = resources.map(nameOf).filter((name) => name !== undefined);
    return names.filter((name, index) => names.indexOf(name) !== index);
  },

  "subnets lie inside their VPC and never overlap": (planned) => {
    const subnets = of(planned, "ec2.Subnet");
    const vpcs = new Map(of(planned, "ec2.Vpc").map(({ id, inputs }) => [id, text(inputs["cidrBlock"])]));
    const cidrs = subnets.map(({ inputs }) => text(inputs["cidrBlock"]));
    const outside = subnets.filter(({ inputs }) => {
      const vpc = vpcs.get(text(inputs["vpcId"]));
      return vpc === undefined || !contains(blockOf(vpc), blockOf(text(inputs["cidrBlock"])));
    });
    return [...overlaps(cidrs), ...outside.map(label)];
  },

  "nothing lets the whole Internet in": ({ resources }) =>
    resources.filter((one) => ingressOf(one).some((cidr) => WORLD.includes(cidr))).map(label),

  "27017 takes connections from the security group of services alone": (planned) => {
    const groups = new Map(of(planned, "ec2.SecurityGroup").map(({ id, name }) => [id, name]));
    return of(planned, "vpc.SecurityGroupIngressRule")
      .filter((rule) => reaches(rule, 27_017))
      .filter(({ inputs }) => groups.get(text(inputs["referencedSecurityGroupId"])) !== "subgraphs")
      .map(label);
  },

  "blue and green are two target groups": (planned) =>
    of(planned, "ecs.Service")
      .filter(({ inputs }) =>
        (list(inputs["loadBalancers"]) as Properties[]).some((one) => {
          const other = (one["advancedConfiguration"] as Properties | undefined)?.["alternateTargetGroupArn"];
          return other !== undefined && other === one["targetGroupArn"];
        }),
      )
      .map(label),

  "every alarm tells somebody, or takes a deployment back": (planned) => {
    const used = of(planned, "ecs.Service").flatMap(({ inputs }) =>
      list((inputs["alarms"] as Properties | undefined)?.["alarmNames"]),
    );
    return [...of(planned, "cloudwatch.MetricAlarm"), ...of(planned, "cloudwatch.CompositeAlarm")]
      .filter(({ inputs }) => inputs["actionsEnabled"] === false || list(inputs["alarmActions"]).length === 0)
      .filter(({ inputs }) => !used.includes(inputs["name"]))
      .map(label);
  },

  "everything that can carry tags says whose it is": ({ resources }) =>
    resources
      .filter(({ inputs }) => inputs["tags"] !== undefined)
      .filter(({ inputs }) => !("Owner" in (inputs["tags"] as Properties)))
      .map(label),

  "nothing at rest is without a key": ({ resources }) =>
    resources
      .filter(({ kind }) => kind in KEYS)
      .filter(({ kind, inputs }) => !text(inputs[KEYS[kind] ?? ""]))
      .map(label),
};

/** Where a kind names its key. */
const KEYS: Record<string, string> = {
  "docdb.Cluster": "kmsKeyId",
  "elasticache.ReplicationGroup": "kmsKeyId",
  "elasticache.ServerlessCache": "kmsKeyId",
  "efs.FileSystem": "kmsKeyId",
  "backup.Vault": "kmsKeyArn",
  "secretsmanager.Secret": "kmsKeyId",
  "sns.Topic": "kmsMasterKeyId",
  "cloudtrail.Trail": "kmsKeyId",
};
