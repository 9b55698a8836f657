import * as docdb from "@pulumi/aws/docdb/index.js";
import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as elasticache from "@pulumi/aws/elasticache/index.js";
import { type PolicyResource, type StackValidationPolicy } from "@pulumi/policy";
import { isSet, known } from "../unknown.ts";

type Class = Parameters<PolicyResource["isType"]>[0];

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
    const outward = all(ec2.Route).filter(
      ({ props }) => isSet(() => props["gatewayId"]) || isSet(() => props["natGatewayId"]),
    );
    const hasWayOut = (subnet: PolicyResource) =>
      all(ec2.RouteTableAssociation)
        .filter((association) => refers(association, "subnetId", subnet))
        .flatMap((association) => association.propertyDependencies["routeTableId"] ?? [])
        .some((table) => outward.some((route) => refers(route, "routeTableId", table)));
    const groups = [...all(docdb.SubnetGroup), ...all(elasticache.SubnetGroup), ...all(elasticache.ServerlessCache)];
    for (const group of groups) {
      const subnets = (group.propertyDependencies["subnetIds"] ?? []).filter((one) => one.isType(ec2.Subnet));
      for (const subnet of subnets) {
        if (hasWayOut(subnet)) report(`subnet ${subnet.name} has a route to the outside`, group.urn);
        if (known(() => subnet.props["mapPublicIpOnLaunch"] as boolean) === true) {
          report(`subnet ${subnet.name} gives out public addresses`, group.urn);
        }
      }
    }
  },
};
