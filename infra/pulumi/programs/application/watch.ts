// Who is told what about everything this program makes, by lib/alarm-table.ts, and one page to look at.
import { type Provider } from "@pulumi/aws/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { AlarmsLoggedErrors } from "../../components/alarms-logged-errors.ts";
import { Alarms } from "../../components/alarms.ts";
import { Dashboard } from "../../components/dashboard.ts";
import { type Distribution } from "../../components/distribution.ts";
import { type EcsCluster } from "../../components/ecs-cluster.ts";
import { EDGE_REGION, type EdgeWaf } from "../../components/edge-waf.ts";
import { type PrivateAlb } from "../../components/private-alb.ts";
import { SecurityBaselineShield } from "../../components/security-baseline-shield.ts";
import { type ApplicationOutputs } from "../../lib/application-outputs.ts";
import { catalogue } from "../../lib/catalogue.ts";
import { type Foundation } from "../../lib/foundation-outputs.ts";
import { type StackName } from "../../lib/stack-name.ts";
import { type Settings } from "./settings.ts";

interface Watched {
  stack: StackName;
  given: Settings;
  foundation: Foundation;
  provider: Provider;
  cluster: EcsCluster;
  alb: PrivateAlb;
  edge: Distribution;
  firewall: EdgeWaf;
  services: pulumi.Input<ApplicationOutputs["services"]>;
}

/** Alarms here, those of the edge where its metrics are, and the dashboard of all. */
export function makeWatch(watched: Watched): void {
  const { stack, given, foundation, provider, cluster, alb, edge, firewall } = watched;
  const opts = { provider };
  const services = pulumi.output(watched.services);
  const running = given.imageDigest === "" ? [] : catalogue;
  const door = running.find(({ isPublic }) => isPublic);
  const nameAt = (name: string) => services.apply((all) => all[name]?.service ?? name);
  const gatewayLog = door ? services.apply((all) => all[door.name]?.logGroup ?? "") : undefined;
  if (gatewayLog) new AlarmsLoggedErrors("gateway-errors", { stack, logGroup: gatewayLog }, opts);
  const loadBalancer = alb.loadBalancer.arnSuffix;
  const here = new Alarms(
    "alarms",
    {
      stack,
      topics: foundation.notifications,
      things: {
        loadBalancer: [{ dimensions: { LoadBalancer: loadBalancer } }],
        service: running.map(({ name }) => ({
          name,
          dimensions: { ClusterName: cluster.cluster.name, ServiceName: nameAt(name) },
        })),
        ...(gatewayLog ? { gatewayLog: [{ dimensions: {} }] } : {}),
      },
    },
    opts,
  );
  const there = new Alarms(
    "edge-alarms",
    {
      stack,
      topics: foundation.edgeNotifications,
      things: {
        distribution: [{ dimensions: { DistributionId: edge.distribution.id, Region: "Global" } }],
        webAcl: [{ dimensions: { WebACL: firewall.webAcl.name, Rule: "ALL" } }],
      },
      region: EDGE_REGION,
    },
    opts,
  );
  const watching = pulumi.output({
    region: given.region,
    loadBalancer,
    cluster: cluster.cluster.name,
    services: running.map(({ name }) => nameAt(name)),
    databaseCluster: foundation.database.clusterId,
    cache: foundation.cache.apply(({ kind, id }) => ({ kind, id })),
    distributionId: edge.distribution.id,
    firewall: firewall.webAcl.name,
    gatewayLog,
    alarmArns: [here, there].flatMap(({ arns }) => Object.values(arns)),
  });
  new Dashboard("dashboard", { stack, watching }, opts);
  if (given.shieldAdvanced) {
    new SecurityBaselineShield("shield", { protects: { distribution: edge.distribution.arn } }, opts);
  }
}
