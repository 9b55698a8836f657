import * as cloudfront from "@pulumi/aws/cloudfront/index.js";
import * as pulumi from "@pulumi/pulumi";
import { DistributionPolicies, TAG_HEADER } from "./distribution-policies.ts";

export interface DistributionArgs {
  /** Name at AWS. */
  name: string;
  /** Names it answers to; the certificate has them all. */
  domains: string[];
  /** Of us-east-1. */
  certificateArn: pulumi.Input<string>;
  webAclArn: pulumi.Input<string>;
  loadBalancer: { arn: pulumi.Input<string>; dnsName: pulumi.Input<string> };
  /** Bucket of pictures and documents of products. */
  assets: { bucketDomainName: pulumi.Input<string> };
  /** Which of CloudFront's places answer: all, or only cheaper ones. */
  priceClass: "PriceClass_100" | "PriceClass_200" | "PriceClass_All";
}

/** AWS's own policies, the same ids for everybody. */
const managed = {
  cachingOptimized: "658327ea-f89d-4fab-a63d-7e88639e58f6",
  cachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  allViewer: "216adef6-2c7f-47e4-b989-5492eafa07d3",
  securityHeaders: "67f7725c-6f97-4210-82d7-5512b31e9d03",
};

/** CloudFront: the only way in. Operations go to the private load balancer, assets come from S3. */
export class Distribution extends pulumi.ComponentResource {
  readonly distribution: cloudfront.Distribution;

  constructor(name: string, args: DistributionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:Distribution", name, {}, opts);
    const inside = { parent: this };
    const policies = new DistributionPolicies(name, { name: args.name }, inside);
    const vpcOrigin = new cloudfront.VpcOrigin(
      name,
      {
        vpcOriginEndpointConfig: {
          name: args.name,
          arn: args.loadBalancer.arn,
          httpPort: 80,
          httpsPort: 443,
          originProtocolPolicy: "https-only",
          originSslProtocols: { items: ["TLSv1.2"], quantity: 1 },
        },
      },
      inside,
    );
    const signed = new cloudfront.OriginAccessControl(
      name,
      { name: args.name, originAccessControlOriginType: "s3", signingBehavior: "always", signingProtocol: "sigv4" },
      inside,
    );
    const graph = {
      targetOriginId: "graph",
      viewerProtocolPolicy: "https-only",
      allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
      cachedMethods: ["GET", "HEAD"],
      originRequestPolicyId: managed.allViewer,
      responseHeadersPolicyId: policies.headers.id,
      compress: true,
    };
    this.distribution = new cloudfront.Distribution(
      name,
      {
        comment: args.name,
        enabled: true,
        aliases: args.domains,
        httpVersion: "http2and3",
        isIpv6Enabled: true,
        priceClass: args.priceClass,
        webAclId: args.webAclArn,
        cacheTagConfig: { headerName: TAG_HEADER },
        origins: [
          {
            originId: "graph",
            domainName: args.loadBalancer.dnsName,
            vpcOriginConfig: { vpcOriginId: vpcOrigin.id, originKeepaliveTimeout: 55, originReadTimeout: 30 },
          },
          { originId: "assets", domainName: args.assets.bucketDomainName, originAccessControlId: signed.id },
        ],
        // Everything that is no operation and no asset: pages, probes, webhooks. Nothing of it is kept.
        defaultCacheBehavior: { ...graph, cachePolicyId: managed.cachingDisabled },
        orderedCacheBehaviors: [
          { ...graph, pathPattern: "/graphql", cachePolicyId: policies.cache.id },
          {
            pathPattern: "/assets/*",
            targetOriginId: "assets",
            viewerProtocolPolicy: "redirect-to-https",
            allowedMethods: ["GET", "HEAD", "OPTIONS"],
            cachedMethods: ["GET", "HEAD"],
            cachePolicyId: managed.cachingOptimized,
            responseHeadersPolicyId: managed.securityHeaders,
            compress: true,
          },
        ],
        viewerCertificate: {
          acmCertificateArn: args.certificateArn,
          minimumProtocolVersion: "TLSv1.2_2021",
          sslSupportMethod: "sni-only",
        },
        restrictions: { geoRestriction: { restrictionType: "none" } },
        // An error of a moment must not be shown for ten seconds more.
        customErrorResponses: [502, 503, 504].map((errorCode) => ({ errorCode, errorCachingMinTtl: 0 })),
      },
      inside,
    );
    this.registerOutputs();
  }
}
