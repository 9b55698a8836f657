// What the types of @pulumi/aws do not say about the kinds we use, reviewed by hand from AWS's and the provider's pages:
// which change makes a new resource, how the id looks, how long a name may be. A kind without a line gets the general rules.
import { compute } from "./facts/compute.ts";
import { data } from "./facts/data.ts";
import { type Facts } from "./facts/facts.ts";
import { network } from "./facts/network.ts";
import { observability } from "./facts/observability.ts";
import { security } from "./facts/security.ts";

/** Facts by service and name, as in the token "aws:s3/bucket:Bucket" → "s3.Bucket". */
export const facts: Record<string, Facts> = { ...compute, ...data, ...network, ...observability, ...security };

/** Settings of a bucket of their own (versioning, policy …) are named by the bucket and move with it. */
const bucketPart: Facts = { named: false, id: { input: "bucket" }, replaces: ["bucket"] };

/** "s3.Bucket" of "aws:s3/bucket:Bucket". */
export function shortName(token: string): string {
  const [, module = "", name = ""] = token.split(":");
  return `${module.split("/")[0]}.${name}`;
}

export function factsOf(token: string): Facts {
  const short = shortName(token);
  return facts[short] ?? (/^s3\.Bucket./.test(short) ? bucketPart : {});
}

/** Fields that make a new resource wherever they are: a resource moves neither between regions nor between VPCs. */
export const replacesEverywhere = ["region", "namePrefix", "vpcId"];
