import * as pulumi from "@pulumi/pulumi";
import { type EcsCluster } from "../../components/ecs-cluster.ts";
import { type RecoveryDatabase } from "../../components/recovery-database.ts";
import { RegionSwitch } from "../../components/region-switch.ts";
import { physicalName } from "../../lib/naming.ts";
import { type StackName } from "../../lib/stack-name.ts";
import { type Ready } from "./ready.ts";
import { type Waiting } from "./services.ts";
import { type Settings } from "./settings.ts";

export interface Planned {
  stack: StackName;
  given: Settings;
  ready: pulumi.Output<Ready>;
  cluster: EcsCluster;
  services: Record<string, Waiting>;
  database: RecoveryDatabase;
}

/** Alarms at home that are silent again once customers are served. */
const healthAlarms = ["high-error-share", "high-latency"];

/**
 * The plan over all services of this region and their counterparts at home.
 * @throws where `application` does not run a service that waits here: its last `up` is older than the catalogue
 */
export function makePlan(planned: Planned, opts: pulumi.ComponentResourceOptions): RegionSwitch {
  const { stack, given, ready, cluster, database } = planned;
  const { account, region, homeRegion } = given;
  const waiting = pulumi.output(
    Object.entries(planned.services).map(([name, { service }]) => ({ name, serviceArn: service.arn })),
  );
  const services = pulumi.all([ready, cluster.cluster.arn, waiting]).apply(([{ home }, clusterArn, all]) =>
    all.map(({ name, serviceArn }) => {
      const there = home.services[name]?.service;
      if (!there) throw new pulumi.RunError(`application does not run ${name}: bring it up before the second region`);
      const arn = (kind: string, path: string) => `arn:aws:ecs:${homeRegion}:${account}:${kind}/${path}`;
      return {
        name,
        home: { clusterArn: arn("cluster", home.cluster), serviceArn: arn("service", `${home.cluster}/${there}`) },
        recovery: { clusterArn, serviceArn },
      };
    }),
  );
  return new RegionSwitch(
    "region-switch",
    {
      name: physicalName(stack, "region-switch"),
      account,
      homeRegion,
      recoveryRegion: region,
      globalClusterId: ready.globalClusterId,
      databaseArns: { home: ready.homeClusterArn, recovery: database.cluster.arn },
      services,
      healthAlarms: Object.fromEntries(
        healthAlarms.map((name) => [
          name,
          `arn:aws:cloudwatch:${homeRegion}:${account}:alarm:${physicalName(stack, name)}`,
        ]),
      ),
      keyValueStoreArn: ready.keyValueStoreArn,
    },
    opts,
  );
}
