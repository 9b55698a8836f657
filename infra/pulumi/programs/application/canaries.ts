// What the world sees, measured from outside: robots, and the browsers of real visitors. And views of what was traced.
import { Alarms } from "../../components/alarms.ts";
import { PrivateBucket } from "../../components/private-bucket.ts";
import { SyntheticCanary } from "../../components/synthetic-canary.ts";
import { Tracing } from "../../components/tracing.ts";
import { UserMonitoring } from "../../components/user-monitoring.ts";
import { type Journey } from "../../functions/canaries/robot.ts";
import { type ApplicationOutputs } from "../../lib/application-outputs.ts";
import { bucketName, physicalName, PRODUCT } from "../../lib/naming.ts";
import { traceTarget } from "../../lib/telemetry-environment.ts";
import { type Around } from "./around.ts";
import { shopHost } from "./functions.ts";
import { type Settings } from "./settings.ts";

/** As often as their alarm looks. */
const EVERY_MINUTES = 5;

/** Where robots walk: the door itself, and the catalogue of a shop, where visitors have one. */
export function journeys(given: Settings): Record<string, Journey> {
  const shop = shopHost(given);
  return {
    health: { url: `https://${given.domain}`, walk: "health", operation: "" },
    ...(shop === undefined
      ? {}
      : { catalogue: { url: `https://${shop}`, walk: "catalogue", operation: given.smokeOperation } }),
  };
}

/** Robots, where the setting wants them and something runs that they could ask. */
export function makeCanaries({ stack, given, foundation, provider }: Around): void {
  if (!given.canaries || given.imageDigest === "") return;
  const opts = { provider };
  const { bucket } = new PrivateBucket(
    "canaries",
    {
      name: bucketName(stack, "canaries", given.account),
      keyArn: foundation.keys.logs,
      keepOldVersionsDays: 7,
      emptyOnDestroy: given.emptyOnDestroy,
      lifecycle: [{ id: "runs", status: "Enabled", filter: { prefix: "runs/" }, expiration: { days: 30 } }],
    },
    opts,
  );
  const names = Object.entries(journeys(given)).map(([name, journey]) => {
    new SyntheticCanary(
      name,
      {
        name: physicalName(stack, name),
        journey,
        everyMinutes: EVERY_MINUTES,
        ...{ account: given.account, region: given.region },
        bucket: { name: bucket.bucket, arn: bucket.arn },
        keyArn: foundation.keys.logs,
      },
      opts,
    );
    return name;
  });
  new Alarms(
    "canary-alarms",
    {
      stack,
      topics: foundation.notifications,
      things: { canary: names.map((name) => ({ name, dimensions: { CanaryName: physicalName(stack, name) } })) },
    },
    opts,
  );
}

/** Visits of the storefront, and views of traces. Returns what the storefront's page needs, null where visits are not measured. */
export function measureVisits({ stack, given, provider }: Around) {
  const { account, region, realUserPercent, storefrontUrl } = given;
  const opts = { provider };
  if (traceTarget(given) === "xray") new Tracing("traces", { name: `${PRODUCT}-${stack}` }, opts);
  if (realUserPercent === 0) return null;
  const { monitor, guests } = new UserMonitoring(
    "visits",
    {
      ...{ name: physicalName(stack, "visits"), account, region },
      ...{ domain: new URL(storefrontUrl).hostname, percent: realUserPercent },
    },
    opts,
  );
  return { appMonitorId: monitor.appMonitorId, identityPoolId: guests.id, region } satisfies {
    [Part in keyof NonNullable<ApplicationOutputs["visits"]>]: unknown;
  };
}
