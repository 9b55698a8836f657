import * as cloudfront from "@pulumi/aws/cloudfront/index.js";
import * as pulumi from "@pulumi/pulumi";
import { TEST_HEADER } from "./private-alb-route.ts";

/**
 * What an answer may depend on (docs/CACHING.md). With `authorization` and `x-api-key` in the key no caller is shown what
 * another one got; answers to them say `private`, so CloudFront keeps none.
 */
export const cacheKeyHeaders = ["accept", "authorization", "host", "origin", TEST_HEADER, "x-api-key"];

/** The header in which gateways tell CloudFront the tags of an answer. */
export const TAG_HEADER = "Cache-Tag";

export interface DistributionPoliciesArgs {
  /** Name at AWS. */
  name: string;
}

/** How CloudFront keeps answers of gateways, and which headers it adds and removes. */
export class DistributionPolicies extends pulumi.ComponentResource {
  readonly cache: cloudfront.CachePolicy;
  readonly headers: cloudfront.ResponseHeadersPolicy;

  constructor(name: string, args: DistributionPoliciesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:DistributionPolicies", name, {}, opts);
    const inside = { parent: this };
    this.cache = new cloudfront.CachePolicy(
      name,
      {
        name: args.name,
        comment: "As long as the gateway says, and nothing it says nothing about",
        minTtl: 0,
        defaultTtl: 0,
        maxTtl: 86_400,
        parametersInCacheKeyAndForwardedToOrigin: {
          queryStringsConfig: { queryStringBehavior: "all" },
          headersConfig: { headerBehavior: "whitelist", headers: { items: cacheKeyHeaders } },
          cookiesConfig: { cookieBehavior: "none" },
          enableAcceptEncodingBrotli: true,
          enableAcceptEncodingGzip: true,
        },
      },
      inside,
    );
    this.headers = new cloudfront.ResponseHeadersPolicy(
      name,
      {
        name: args.name,
        comment: "What gateways say stands; what they do not say is safe",
        securityHeadersConfig: {
          strictTransportSecurity: { accessControlMaxAgeSec: 31_536_000, includeSubdomains: true, override: false },
          contentTypeOptions: { override: true },
          frameOptions: { frameOption: "DENY", override: false },
          referrerPolicy: { referrerPolicy: "no-referrer", override: false },
        },
        // Tags name ids of documents, also of some that an answer does not show.
        removeHeadersConfig: { items: [{ header: TAG_HEADER }, { header: "Server" }] },
      },
      inside,
    );
    this.registerOutputs();
  }
}
