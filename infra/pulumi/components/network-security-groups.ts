import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as vpc from "@pulumi/aws/vpc/index.js";
import * as pulumi from "@pulumi/pulumi";
import { subgraphs } from "../../../services.ts";
import { catalogue } from "../lib/catalogue.ts";
import { type SecurityGroupName, securityGroupNames } from "../lib/foundation-outputs.ts";
import { dataPorts } from "./network-access-lists.ts";

export interface NetworkSecurityGroupsArgs {
  /** What names at AWS begin with, such as tradegraph-prod. */
  name: string;
  vpcId: pulumi.Input<string>;
  /** AWS's list of the addresses CloudFront comes from: the only ones that reach the load balancer. */
  cloudfrontPrefixListId: pulumi.Input<string>;
}

const meanings: Record<SecurityGroupName, string> = {
  alb: "Internal load balancer, reached by CloudFront and checks of releases",
  gateway: "Gateway tasks",
  subgraphs: "Subgraphs, workers and jobs",
  database: "DocumentDB, reached by subgraphs alone",
  cache: "Valkey",
  files: "EFS",
  endpoints: "AWS services inside the VPC",
  hooks: "Functions that check a release before visitors reach it",
  rotation: "Function that makes new passwords and tries them",
};

interface Connection {
  from: SecurityGroupName;
  to: SecurityGroupName;
  ports: number[];
}

/** Who talks to whom. Ports of programs come from services.ts, and which of them the load balancer reaches too. */
export const connections: Connection[] = [
  ...catalogue
    .filter(({ paths }) => paths.length > 0)
    .map(({ isPublic, port }): Connection => ({ from: "alb", to: isPublic ? "gateway" : "subgraphs", ports: [port] })),
  { from: "gateway", to: "subgraphs", ports: subgraphs.map(({ port }) => port) },
  // Who collects figures is a worker: it reaches /metrics of subgraphs by the rule after this one.
  ...catalogue.flatMap(({ operatorPort }): Connection[] =>
    operatorPort === undefined ? [] : [{ from: "subgraphs", to: "gateway", ports: [operatorPort] }],
  ),
  { from: "subgraphs", to: "subgraphs", ports: subgraphs.map(({ port }) => port) },
  { from: "subgraphs", to: "database", ports: [dataPorts.database] },
  ...(["gateway", "subgraphs"] as const).flatMap((from): Connection[] => [
    { from, to: "cache", ports: [dataPorts.cache, dataPorts.cacheReplicas] },
    { from, to: "files", ports: [dataPorts.files] },
    { from, to: "endpoints", ports: [443] },
  ]),
  { from: "hooks", to: "alb", ports: [443] },
  { from: "rotation", to: "cache", ports: [dataPorts.cache] },
  { from: "rotation", to: "endpoints", ports: [443] },
];

/** Ports tasks may call outside: APIs of AWS and of identity providers; mail by submission (RFC 8314). */
const outside: { from: SecurityGroupName; ports: number[] }[] = [
  { from: "gateway", ports: [443] },
  { from: "subgraphs", ports: [443, 465, 587] },
  { from: "rotation", ports: [443] },
];

/** One security group for each kind of thing; each rule is written at both ends, and nothing else passes. */
export class NetworkSecurityGroups extends pulumi.ComponentResource {
  readonly groups: Record<SecurityGroupName, ec2.SecurityGroup>;

  constructor(name: string, args: NetworkSecurityGroupsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:NetworkSecurityGroups", name, {}, opts);
    const inside = { parent: this };
    const made = securityGroupNames.map((thing) => {
      const physical = `${args.name}-${thing}`;
      const group = new ec2.SecurityGroup(
        thing,
        { name: physical, description: meanings[thing], vpcId: args.vpcId, tags: { Name: physical } },
        inside,
      );
      return [thing, group] as const;
    });
    this.groups = Object.fromEntries(made) as NetworkSecurityGroups["groups"];
    const idOf = (thing: SecurityGroupName) => this.groups[thing].id;
    const tcp = (port: number) => ({ ipProtocol: "tcp", fromPort: port, toPort: port });
    new vpc.SecurityGroupIngressRule(
      "alb-from-cloudfront-443",
      {
        securityGroupId: idOf("alb"),
        prefixListId: args.cloudfrontPrefixListId,
        description: "HTTPS from CloudFront",
        ...tcp(443),
      },
      inside,
    );
    for (const { from, to, port } of connections.flatMap(({ ports, ...pair }) =>
      ports.map((port) => ({ ...pair, port })),
    )) {
      const description = `${from} to ${to}`;
      new vpc.SecurityGroupIngressRule(
        `${to}-from-${from}-${port}`,
        { securityGroupId: idOf(to), referencedSecurityGroupId: idOf(from), description, ...tcp(port) },
        inside,
      );
      new vpc.SecurityGroupEgressRule(
        `${from}-to-${to}-${port}`,
        { securityGroupId: idOf(from), referencedSecurityGroupId: idOf(to), description, ...tcp(port) },
        inside,
      );
    }
    for (const { from, port } of outside.flatMap(({ from, ports }) => ports.map((port) => ({ from, port })))) {
      new vpc.SecurityGroupEgressRule(
        `${from}-to-internet-${port}`,
        { securityGroupId: idOf(from), cidrIpv4: "0.0.0.0/0", description: `${from} outward`, ...tcp(port) },
        inside,
      );
    }
    this.registerOutputs();
  }
}
