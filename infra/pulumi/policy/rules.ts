// All rules, for the pack and for tests that walk over them.
import { type Policies } from "@pulumi/policy";
import { accountGuards } from "./rules/account-guards.ts";
import { alarmActions } from "./rules/alarm-actions.ts";
import { alarms } from "./rules/alarms.ts";
import { backedUp } from "./rules/backed-up.ts";
import { backupPlan } from "./rules/backup-plan.ts";
import { baseline } from "./rules/baseline.ts";
import { buckets } from "./rules/buckets.ts";
import { cacheAccess } from "./rules/cache-access.ts";
import { costCeiling } from "./rules/cost-ceiling.ts";
import { databaseInstances } from "./rules/database-instances.ts";
import { databaseParameters } from "./rules/database-parameters.ts";
import { databasePort } from "./rules/database-port.ts";
import { database } from "./rules/database.ts";
import { edge } from "./rules/edge.ts";
import { encryption } from "./rules/encryption.ts";
import { firewall } from "./rules/firewall.ts";
import { flowLogs } from "./rules/flow-logs.ts";
import { images } from "./rules/images.ts";
import { ingress } from "./rules/ingress.ts";
import { isolatedData } from "./rules/isolated-data.ts";
import { leastPrivilege } from "./rules/least-privilege.ts";
import { liveTraffic } from "./rules/live-traffic.ts";
import { logGroups } from "./rules/log-groups.ts";
import { protection } from "./rules/protection.ts";
import { publicAddress } from "./rules/public-address.ts";
import { regions } from "./rules/regions.ts";
import { releases } from "./rules/releases.ts";
import { resourcePolicies } from "./rules/resource-policies.ts";
import { reviewedKinds } from "./rules/reviewed-kinds.ts";
import { roleBoundary } from "./rules/role-boundary.ts";
import { scaling } from "./rules/scaling.ts";
import { tags } from "./rules/tags.ts";
import { tasks } from "./rules/tasks.ts";
import { transport } from "./rules/transport.ts";
import { vaults } from "./rules/vaults.ts";

export const rules: Policies = [
  ...[
    reviewedKinds,
    tags,
    regions,
    encryption,
    transport,
    buckets,
    logGroups,
    leastPrivilege,
    roleBoundary,
    resourcePolicies,
  ],
  ...[images, tasks, accountGuards, baseline],
  ...[publicAddress, isolatedData, ingress, databasePort, edge, firewall, flowLogs, cacheAccess],
  ...[database, databaseParameters, databaseInstances, backupPlan, backedUp, vaults, protection],
  ...[scaling, liveTraffic, releases, alarms, alarmActions, costCeiling],
];
