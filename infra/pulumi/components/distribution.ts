import * as cloudfront from "@pulumi/aws/cloudfront/index.js";
import * as pulumi from "@pulumi/pulumi";
import { DistributionPolicies, TAG_HEADER } from "./distribution-policies.ts";
import { DistributionSwitch } from "./distribution-switch.ts";

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
  /** A second region that can take over. */
  standby?: StandbyArgs;
}

export interface StandbyArgs {
  homeRegion: string;
  region: string;
  /** CloudFront's way into the VPC there, and the name of the load balancer at its end. */
  vpcOriginId: pulumi.Input<string>;
  dnsName: pulumi.Input<string>;
  /** Copy of the bucket of assets. */
  assetsDomainName: pulumi.Input<string>;
}

/** AWS's own policies, the same ids for everybody. */
const managed = {
  cachingOptimized: "658327ea-f89d-4fab-a63d-7e88639e58f6",
  cachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  allViewer: "216adef6-5c7f-47e4-b989-5492eafa07d3",
  securityHeaders: "67f7725c-6f97-4210-82d7-5512b31e9d03",
};

/** CloudFront: the only way in. Operations go to the private load balancer, assets come from S3. */
export class Distribution extends pulumi.ComponentResource {
  readonly distribution: cloudfront.Distribution;
  /** Undefined without a second region. */
  readonly switch: DistributionSwitch | undefined;

  constructor(name: string, args: DistributionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:Distribution", name, {}, opts);
    const inside = { parent: this };
    const policies = new DistributionPolicies(name, { name: args.name }, inside);
    const vpcOrigin = new cloudfront.VpcOrigin(name, vpcOriginTo(args.name, args.loadBalancer.arn), inside);
    const signed = new cloudfront.OriginAccessControl(
      name,
      { name: args.name, originAccessControlOriginType: "s3", signingBehavior: "always", signingProtocol: "sigv4" },
      inside,
    );
    const { standby } = args;
    this.switch = standby
      ? new DistributionSwitch(
          name,
          {
            name: args.name,
            homeRegion: standby.homeRegion,
            recoveryRegion: standby.region,
            standbyOrigin: STANDBY_ORIGIN,
          },
          inside,
        )
      : undefined;
    const byRegion = this.switch
      ? { functionAssociations: [{ eventType: "viewer-request", functionArn: this.switch.function.arn }] }
      : {};
    const graph = {
      ...byRegion,
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
          graphOrigin("graph", args.loadBalancer.dnsName, vpcOrigin.id),
          { originId: "assets", domainName: args.assets.bucketDomainName, originAccessControlId: signed.id },
          ...(standby
            ? [
                graphOrigin(STANDBY_ORIGIN, standby.dnsName, standby.vpcOriginId),
                { originId: "assets-copy", domainName: standby.assetsDomainName, originAccessControlId: signed.id },
              ]
            : []),
        ],
        // Assets are only read, so CloudFront itself takes the copy where S3 at home does not answer.
        ...(standby ? { originGroups: [assetsOrCopy] } : {}),
        // Everything that is no operation and no asset: pages, probes, webhooks. Nothing of it is kept.
        defaultCacheBehavior: { ...graph, cachePolicyId: managed.cachingDisabled },
        orderedCacheBehaviors: [
          { ...graph, pathPattern: "/graphql", cachePolicyId: policies.cache.id },
          {
            pathPattern: "/assets/*",
            targetOriginId: standby ? assetsOrCopy.originId : "assets",
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

/** Id of the origin that is the load balancer of the second region. */
export const STANDBY_ORIGIN = "graph-standby";

const graphOrigin = (originId: string, domainName: pulumi.Input<string>, vpcOriginId: pulumi.Input<string>) => ({
  originId,
  domainName,
  vpcOriginConfig: { vpcOriginId, originKeepaliveTimeout: 55, originReadTimeout: 30 },
});

const assetsOrCopy = {
  originId: "assets-or-copy",
  failoverCriteria: { statusCodes: [500, 502, 503, 504] },
  members: [{ originId: "assets" }, { originId: "assets-copy" }],
};

/** CloudFront's way into a VPC, to a private load balancer in any region; it speaks no TLS 1.3 to origins. */
export const vpcOriginTo = (name: string, arn: pulumi.Input<string>): cloudfront.VpcOriginArgs => ({
  vpcOriginEndpointConfig: {
    name,
    arn,
    httpPort: 80,
    httpsPort: 443,
    originProtocolPolicy: "https-only",
    originSslProtocols: { items: ["TLSv1.2"], quantity: 1 },
  },
});
