import * as docdb from "@pulumi/aws/docdb/index.js";
import { type PolicyResource, type StackValidationPolicy } from "@pulumi/policy";
import { floorSet, isWarmCopy } from "../floors.ts";

const floors = floorSet({
  instances: { about: "Instances of a database at least; a failover needs two", dev: 1, staging: 2, prod: 3 },
});

/** A database survives the loss of an availability zone (AWS-3). */
export const databaseInstances: StackValidationPolicy = {
  name: "database-instances",
  description: "DocumentDB has an instance in each of three zones (prod).",
  enforcementLevel: "mandatory",
  severity: "high",
  configSchema: floors.schema,
  validateStack({ resources, getConfig }, report) {
    const instances = resources.filter((resource) => resource.isType(docdb.ClusterInstance));
    const belongs = (cluster: PolicyResource) => (instance: PolicyResource) =>
      (instance.propertyDependencies["clusterIdentifier"] ?? []).includes(cluster);
    for (const cluster of resources.filter((resource) => resource.isType(docdb.Cluster))) {
      // The copy in another region starts small on purpose; it has no first user of its own.
      if (isWarmCopy(cluster.urn) || cluster.props["masterUsername"] === undefined) continue;
      const least = floors.of("instances", cluster.urn, getConfig());
      const count = instances.filter(belongs(cluster)).length;
      if (count < least) report(`${count} instances, not ${least}`, cluster.urn);
    }
  },
};
