import * as cloudfront from "@pulumi/aws/cloudfront/index.js";
import * as pulumi from "@pulumi/pulumi";

export interface DistributionSwitchArgs {
  /** Name at AWS. */
  name: string;
  homeRegion: string;
  /** Visitors go to the origin `standbyOrigin` while the store says this region. */
  recoveryRegion: string;
  standbyOrigin: string;
}

/** The one key of the store: the region that serves. */
export const REGION_KEY = "region";

/**
 * Decides for each request which region's load balancer answers, by one key that people change (docs/RECOVERY.md, step 5).
 *
 * CloudFront's own failover is no way: groups of origins take GET, HEAD and OPTIONS alone, and most operations are POST. Nor
 * is a record of Route 53: a name belongs to one distribution, and private load balancers have no public name to point to.
 * A change of the distribution would be one, but its API lives in us-east-1, the region that is away. Keys of the store are
 * written through an endpoint of several regions and reach all edges within seconds.
 */
export class DistributionSwitch extends pulumi.ComponentResource {
  readonly store: cloudfront.KeyValueStore;
  readonly function: cloudfront.Function;

  constructor(name: string, args: DistributionSwitchArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:DistributionSwitch", name, {}, opts);
    const inside = { parent: this };
    this.store = new cloudfront.KeyValueStore(
      name,
      { name: `${args.name}-region`, comment: "Which region serves visitors" },
      inside,
    );
    const keyValueStoreArn = this.store.arn;
    new cloudfront.KeyvaluestoreKey(
      name,
      { keyValueStoreArn, key: REGION_KEY, value: args.homeRegion },
      // After a failover it says the other region: the next `up` must not send visitors back.
      { parent: this, ignoreChanges: ["value"] },
    );
    this.function = new cloudfront.Function(
      name,
      {
        name: `${args.name}-region`,
        comment: "Sends visitors to the region that serves",
        runtime: "cloudfront-js-2.0",
        publish: true,
        keyValueStoreAssociations: [keyValueStoreArn],
        code: switchCode(args),
      },
      inside,
    );
    this.registerOutputs();
  }
}

/** Runs at the edge before the cache. Whatever goes wrong with the store, the home region is asked. */
export const switchCode = ({
  recoveryRegion,
  standbyOrigin,
}: Pick<DistributionSwitchArgs, "recoveryRegion" | "standbyOrigin">) => `import cf from "cloudfront";
const store = cf.kvs();
async function handler(event) {
  try {
    const region = await store.get("${REGION_KEY}");
    if (region === "${recoveryRegion}") cf.selectRequestOriginById("${standbyOrigin}");
  } catch (_) {
    // The behaviour's own origin.
  }
  return event.request;
}
`;
