// The parts of a second region that a failover changes: the copy of the database, a waiting service, the key of CloudFront.
import { DistributionSwitch } from "../../../components/distribution-switch.ts";
import { GraphqlService } from "../../../components/graphql-service.ts";
import { RecoveryDatabase } from "../../../components/recovery-database.ts";
import { awsProvider } from "../../../lib/aws-provider.ts";

const account = "333333333333";
const provider = awsProvider("recovery", "prod", { account, region: "us-west-2", owner: "platform" });
new RecoveryDatabase(
  "database",
  {
    ...{ name: "tradegraph-prod-recovery", globalClusterId: "tradegraph-prod-global", version: "8.0.0" },
    ...{ subnetIds: ["subnet-1", "subnet-2"], securityGroupId: "sg-1" },
    ...{ keyArn: `arn:aws:kms:us-west-2:${account}:key/1`, logsKeyArn: `arn:aws:kms:us-west-2:${account}:key/2` },
    ...{ logRetentionDays: 365, instances: 1, instanceClass: "db.r6g.large", retentionDays: 35 },
    ...{ deletionProtection: true, slowQueryMs: 100, changeStreamSeconds: 86_400 },
  },
  { provider },
);
new DistributionSwitch(
  "edge",
  { name: "tradegraph-prod-edge", homeRegion: "us-east-1", recoveryRegion: "us-west-2", standbyOrigin: "standby" },
  { provider },
);
new GraphqlService(
  "gateway",
  {
    ...{ name: "gateway", clusterArn: "arn:cluster", namespaceArn: "arn:namespace", taskDefinitionArn: "arn:task" },
    ...{ subnetIds: ["subnet-1"], securityGroupId: "sg-1", port: 4000, isCalledInside: false },
    ...{ tasks: 0, onDemandTasks: 0, spotPercent: 0 },
    deployment: { strategy: "ROLLING", bakeMinutes: 0, approval: false, alarmNames: [] },
  },
  { provider },
);
