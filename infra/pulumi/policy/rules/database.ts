import * as docdb from "@pulumi/aws/docdb/index.js";
import { type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { floorSet, stackOf } from "../floors.ts";
import { isSet } from "../unknown.ts";

const floors = floorSet({
  retentionDays: { about: "Days of point-in-time recovery at least (BAK-2)", dev: 7, staging: 14, prod: 35 },
});

/** Losing the database takes more than one mistake, and every moment of the last weeks can be brought back. */
export const database: ResourceValidationPolicy = {
  name: "database",
  description: "DocumentDB keeps every moment for 35 days (prod), refuses its deletion and writes an audit log.",
  enforcementLevel: "mandatory",
  severity: "critical",
  configSchema: floors.schema,
  validateResource: [
    validateResourceOfType(docdb.GlobalCluster, ({ deletionProtection }, { urn }, report) => {
      if (stackOf(urn) === "prod" && deletionProtection !== true) report("deletionProtection is not true");
    }),
    validateResourceOfType(docdb.Cluster, (cluster, { urn, getConfig }, report) => {
      const least = floors.of("retentionDays", urn, getConfig());
      if ((cluster.backupRetentionPeriod ?? 1) < least) {
        report(`backupRetentionPeriod is ${cluster.backupRetentionPeriod ?? 1} days, not ${least}`);
      }
      const isProd = stackOf(urn) === "prod";
      if (isProd && cluster.deletionProtection !== true) report("deletionProtection is not true");
      if (isProd && cluster.skipFinalSnapshot === true) report("skipFinalSnapshot: a deletion leaves nothing");
      // AWS's own parameters take TLS 1.2 and write no log.
      if (!isSet(() => cluster.dbClusterParameterGroupName)) report("dbClusterParameterGroupName is missing");
      if (!isSet(() => cluster.vpcSecurityGroupIds))
        report("vpcSecurityGroupIds is missing: the default group guards it");
      // Without one AWS takes its own network, whose subnets are public.
      if (!isSet(() => cluster.dbSubnetGroupName)) report("dbSubnetGroupName is missing");
      const exported = cluster.enabledCloudwatchLogsExports ?? [];
      for (const log of ["audit", "profiler"]) {
        if (!exported.includes(log)) report(`enabledCloudwatchLogsExports has no ${log}`);
      }
      // AWS manages no password of a global cluster's: then Pulumi keeps it, as a secret.
      const isGlobal = isSet(() => cluster.globalClusterIdentifier);
      if (!isGlobal && isSet(() => cluster.masterPassword))
        report("masterPassword lands in the state: let AWS manage it");
    }),
  ],
};
