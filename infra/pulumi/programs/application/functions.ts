// Functions that go with releases and with the edge (docs/FUNCTIONS.md).
import type * as pulumi from "@pulumi/pulumi";
import { Alarms } from "../../components/alarms.ts";
import { AssetPurge } from "../../components/asset-purge.ts";
import { DeploymentHook } from "../../components/deployment-hook.ts";
import { physicalName } from "../../lib/naming.ts";
import { type Around } from "./around.ts";
import { type Settings } from "./settings.ts";

/** A host whose visitors belong to a shop; undefined where only tokens say which one, so that visitors get no answers. */
export const shopHost = ({ domain, defaultTenant, tenantHosts }: Settings): string | undefined =>
  defaultTenant === "" ? tenantHosts[0]?.split("=")[0] : domain;

/** Checks new versions of the gateway before visitors reach them; rolling deployments have no moment for it. */
export function deploymentHook(around: Around): DeploymentHook | undefined {
  const { stack, given, foundation, alb, place, provider } = around;
  if (given.deploymentStrategy === "ROLLING") return undefined;
  const shop = shopHost(given);
  const hook = new DeploymentHook(
    "deployment-hook",
    {
      name: physicalName(stack, "deployment-hook"),
      loadBalancer: alb.loadBalancer.dnsName,
      host: shop ?? given.domain,
      isShop: shop !== undefined,
      operation: given.smokeOperation,
      vpc: { subnetIds: foundation.network.privateSubnetIds, securityGroupId: foundation.securityGroups.hooks },
      logsKeyArn: place.logsKeyArn,
      logRetentionDays: place.logRetentionDays,
    },
    { provider },
  );
  watchFunction("deployment-hook", around);
  return hook;
}

/** Keeps the CDN's copies of assets as new as the bucket. */
export function purgeAssets(around: Around): void {
  const { stack, foundation, distribution, place, provider } = around;
  const name = physicalName(stack, "purge-assets");
  const { assets } = foundation.buckets;
  const made = new AssetPurge(
    "purge-assets",
    {
      ...{ name, account: place.account, region: place.region },
      bucket: { name: assets.name, arn: assets.arn },
      keyArn: foundation.keys.data,
      distribution: { id: distribution.id, arn: distribution.arn },
      logsKeyArn: place.logsKeyArn,
      logRetentionDays: place.logRetentionDays,
    },
    { provider },
  );
  watchFunction("purge-assets", around, made.deadLetters.name);
}

function watchFunction(name: string, { stack, foundation, provider }: Around, deadLetters?: pulumi.Input<string>) {
  const dimensions = { FunctionName: physicalName(stack, name) };
  new Alarms(
    `${name}-alarms`,
    {
      stack,
      topics: foundation.notifications,
      things: {
        function: [{ name, dimensions }],
        ...(deadLetters === undefined ? {} : { deadLetters: [{ name, dimensions: { QueueName: deadLetters } }] }),
      },
    },
    { provider },
  );
}
