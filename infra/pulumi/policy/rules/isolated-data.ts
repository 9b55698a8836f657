import * as docdb from "@pulumi/aws/docdb/index.js";
import * as efs from "@pulumi/aws/efs/index.js";
import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as elasticache from "@pulumi/aws/elasticache/index.js";
import { type PolicyResource, type StackValidationPolicy } from "@pulumi/policy";
import { isSet, known } from "../unknown.ts";
import { isOutside } from "./ingress.ts";

type Class = Parameters<PolicyResource["isType"]>[0];

/** Where a route may lead that is not the network itself, an endpoint or a database in a peered network. */
const OUTWARD = [
  ...["gatewayId", "natGatewayId", "egressOnlyGatewayId", "transitGatewayId", "carrierGatewayId", "localGatewayId"],
  ...["networkInterfaceId", "coreNetworkArn"],
];

/** Networks of the Internet that an access list lets in. */
const outsideOf = ({ props }: PolicyResource): string[] =>
  (known(() => props["ingress"] as { action?: string; cidrBlock?: string; ipv6CidrBlock?: string }[] | undefined) ?? [])
    .filter(({ action }) => action === "allow")
    .flatMap(({ cidrBlock, ipv6CidrBlock }) => [cidrBlock, ipv6CidrBlock])
    .filter((cidr) => cidr !== undefined && cidr !== "" && isOutside(cidr)) as string[];

/** No database is reachable from the Internet, nor reaches it: its subnets have no route out. */
export const isolatedData: StackValidationPolicy = {
  name: "isolated-data",
  description: "Databases and caches stand in subnets without a route to the outside.",
  enforcementLevel: "mandatory",
  severity: "critical",
  validateStack({ resources }, report) {
    const all = (kind: Class) => resources.filter((resource) => resource.isType(kind));
    const refers = ({ propertyDependencies }: PolicyResource, field: string, to: PolicyResource) =>
      (propertyDependencies[field] ?? []).includes(to);
    const leads = (route: Record<string, unknown>) => OUTWARD.some((field) => isSet(() => route[field]));
    const outward = all(ec2.Route).filter(({ props }) => leads(props));
    const inline = ({ props }: PolicyResource) =>
      known(() => ((props["routes"] as Record<string, unknown>[] | undefined) ?? []).some(leads)) ?? false;
    const hasWayOut = (subnet: PolicyResource) =>
      all(ec2.RouteTableAssociation)
        .filter((association) => refers(association, "subnetId", subnet))
        .flatMap((association) => association.propertyDependencies["routeTableId"] ?? [])
        .some((table) => inline(table) || outward.some((route) => refers(route, "routeTableId", table)));
    const groups = [docdb.SubnetGroup, elasticache.SubnetGroup, elasticache.ServerlessCache, efs.MountTarget];
    for (const group of groups.flatMap((kind) => all(kind))) {
      const { subnetIds = [], subnetId = [] } = group.propertyDependencies;
      const subnets = [...subnetIds, ...subnetId].filter((one) => one.isType(ec2.Subnet));
      for (const subnet of subnets) {
        if (hasWayOut(subnet)) report(`subnet ${subnet.name} has a route to the outside`, group.urn);
        // Without one AWS takes the network's own, which lets everything through.
        const lists = all(ec2.NetworkAcl).filter((list) => refers(list, "subnetIds", subnet));
        if (lists.length === 0) report(`subnet ${subnet.name} has no access list`, group.urn);
        for (const list of lists) {
          for (const cidr of outsideOf(list)) report(`the access list of ${subnet.name} lets ${cidr} in`, list.urn);
        }
        if (known(() => subnet.props["mapPublicIpOnLaunch"] as boolean) === true) {
          report(`subnet ${subnet.name} gives out public addresses`, group.urn);
        }
      }
    }
  },
};
