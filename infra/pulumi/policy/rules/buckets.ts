import * as s3 from "@pulumi/aws/s3/index.js";
import { type PolicyResource, type StackValidationPolicy } from "@pulumi/policy";
import { refusesPlainText } from "../refusals.ts";
import { isSet, known } from "../unknown.ts";

const CLOSED = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];
/** Access logs of load balancers: AWS writes them into buckets with keys of S3 only. */
const WITHOUT_OWN_KEY = /-(?:alb|access|balancer)-?logs?(?:-|$)/;

/** Every bucket is closed, encrypted by a key of ours, keeps old versions, and lets nobody come without TLS. */
export const buckets: StackValidationPolicy = {
  name: "buckets",
  description: "Buckets are private, versioned, encrypted by a key of ours and take TLS only.",
  enforcementLevel: "mandatory",
  severity: "critical",
  validateStack({ resources }, report) {
    const parts = (kind: abstract new (...args: never[]) => unknown, bucket: PolicyResource) =>
      resources.filter(
        (resource) =>
          resource.isType(kind as never) && (resource.propertyDependencies["bucket"] ?? []).includes(bucket),
      );
    for (const bucket of resources.filter((resource) => resource.isType(s3.Bucket))) {
      const [closed] = parts(s3.BucketPublicAccessBlock, bucket);
      if (!closed || CLOSED.some((field) => closed.props[field] !== true)) {
        report("nothing blocks public access", bucket.urn);
      }
      const [versions] = parts(s3.BucketVersioning, bucket);
      const { versioningConfiguration } = (versions?.props ?? {}) as { versioningConfiguration?: { status?: string } };
      if (versioningConfiguration?.status !== "Enabled") report("old versions are not kept", bucket.urn);
      const [encryption] = parts(s3.BucketServerSideEncryptionConfiguration, bucket);
      const name = String(known(() => bucket.props["bucket"] as string) ?? "");
      const free = WITHOUT_OWN_KEY.test(name);
      if (!encryption || !(free || ownKey(encryption))) report("no key of ours encrypts it", bucket.urn);
      const policies = parts(s3.BucketPolicy, bucket).map(({ props }) => known(() => String(props["policy"])));
      // A policy that names the bucket is not known before the bucket is there.
      const tls = policies.some((policy) => policy === undefined || refusesPlainText(policy, "s3:*"));
      if (!tls) report("it takes connections without TLS", bucket.urn);
    }
  },
};

function ownKey({ props }: PolicyResource): boolean {
  const { rules = [] } = props as {
    rules?: { applyServerSideEncryptionByDefault?: { sseAlgorithm?: string; kmsMasterKeyId?: string } }[];
  };
  return rules.some(({ applyServerSideEncryptionByDefault: used }) => {
    return used?.sseAlgorithm === "aws:kms" && isSet(() => used.kmsMasterKeyId);
  });
}
