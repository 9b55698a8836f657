import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { DistributionLogs } from "./distribution-logs.ts";
import { Distribution } from "./distribution.ts";

const made = async () => {
  const recorded = await mockEngine();
  new Distribution("edge", {
    name: "edge",
    domains: ["api.example.com"],
    certificateArn: "arn:certificate",
    webAclArn: "arn:firewall",
    loadBalancer: { arn: "arn:alb", dnsName: "internal-alb.example" },
    assets: { bucketDomainName: "assets.s3.us-east-1.amazonaws.com" },
    priceClass: "PriceClass_100",
  });
  return recorded;
};
interface Behavior {
  targetOriginId: string;
  pathPattern?: string;
  cachePolicyId: string;
  allowedMethods: string[];
  viewerProtocolPolicy: string;
}

describe("Distribution", () => {
  it("stands behind the firewall, with TLS 1.2 or newer", async () => {
    const { inputs } = await (await made()).only("cloudfront.Distribution");
    expect(inputs).toMatchObject({
      webAclId: "arn:firewall",
      aliases: ["api.example.com"],
      viewerCertificate: { acmCertificateArn: "arn:certificate", minimumProtocolVersion: "TLSv1.2_2021" },
    });
  });

  it("reaches the load balancer inside the VPC, over TLS", async () => {
    const recorded = await made();
    const { inputs } = await recorded.only("cloudfront.VpcOrigin");
    expect(inputs["vpcOriginEndpointConfig"]).toMatchObject({ arn: "arn:alb", originProtocolPolicy: "https-only" });
    const [graph] = (await recorded.only("cloudfront.Distribution")).inputs["origins"] as object[];
    expect(graph).toMatchObject({
      domainName: "internal-alb.example",
      vpcOriginConfig: { vpcOriginId: "edge-id" },
    });
    expect(graph).not.toHaveProperty("customOriginConfig");
  });

  it("reads assets signed, and only reads them", async () => {
    const recorded = await made();
    expect((await recorded.only("cloudfront.OriginAccessControl")).inputs).toMatchObject({
      signingBehavior: "always",
      signingProtocol: "sigv4",
    });
    const { inputs } = await recorded.only("cloudfront.Distribution");
    const assets = (inputs["orderedCacheBehaviors"] as Behavior[]).find(
      ({ targetOriginId }) => targetOriginId === "assets",
    );
    expect(assets).toMatchObject({ pathPattern: "/assets/*", allowedMethods: ["GET", "HEAD", "OPTIONS"] });
  });

  it("keeps answers of the graph by the gateway's word alone, never longer", async () => {
    const recorded = await made();
    const { inputs } = await recorded.only("cloudfront.CachePolicy");
    expect(inputs).toMatchObject({ minTtl: 0, defaultTtl: 0 });
    const distribution = (await recorded.only("cloudfront.Distribution")).inputs;
    const behaviors = distribution["orderedCacheBehaviors"] as Behavior[];
    expect(behaviors.find(({ pathPattern }) => pathPattern === "/graphql")?.cachePolicyId).toBe("edge-id");
    // AWS's "CachingDisabled".
    expect((distribution["defaultCacheBehavior"] as Behavior).cachePolicyId).toBe(
      "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
    );
  });

  it("shows no caller what another one got: all that an answer depends on is in the key", async () => {
    const { inputs } = await (await made()).only("cloudfront.CachePolicy");
    const key = inputs["parametersInCacheKeyAndForwardedToOrigin"] as {
      headersConfig: { headers: { items: string[] } };
      queryStringsConfig: object;
    };
    expect(key.headersConfig.headers.items).toEqual(
      expect.arrayContaining(["accept", "authorization", "host", "origin", "x-api-key"]),
    );
    expect(key.queryStringsConfig).toEqual({ queryStringBehavior: "all" });
  });

  it("calls AWS's own policies by the ids that AWS has given them", async () => {
    const { inputs } = await (await made()).only("cloudfront.Distribution");
    const [graph, assets] = inputs["orderedCacheBehaviors"] as Record<string, string>[];
    // "AllViewer", "CachingOptimized" and "SecurityHeadersPolicy": CloudFront Developer Guide, using managed policies.
    expect(graph?.["originRequestPolicyId"]).toBe("216adef6-5c7f-47e4-b989-5492eafa07d3");
    expect(assets?.["cachePolicyId"]).toBe("658327ea-f89d-4fab-a63d-7e88639e58f6");
    expect(assets?.["responseHeadersPolicyId"]).toBe("67f7725c-6f97-4210-82d7-5512b31e9d03");
  });

  it("knows the tags of answers, and shows them to nobody", async () => {
    const recorded = await made();
    const { inputs } = await recorded.only("cloudfront.Distribution");
    expect(inputs["cacheTagConfig"]).toEqual({ headerName: "Cache-Tag" });
    const headers = (await recorded.only("cloudfront.ResponseHeadersPolicy")).inputs;
    expect(headers["removeHeadersConfig"]).toEqual({ items: [{ header: "Cache-Tag" }, { header: "Server" }] });
    expect(headers["securityHeadersConfig"]).toMatchObject({
      strictTransportSecurity: { accessControlMaxAgeSec: 31_536_000 },
      contentTypeOptions: { override: true },
    });
  });
});

describe("DistributionLogs", () => {
  it("writes to the bucket, without queries and cookies, which may hold secrets", async () => {
    const recorded = await mockEngine();
    new DistributionLogs("edge", { name: "edge", distributionArn: "arn:edge", bucketArn: "arn:aws:s3:::logs" });
    const { inputs } = await recorded.only("cloudwatch.LogDelivery");
    const fields = inputs["recordFields"] as string[];
    expect(fields).toContain("sc-status");
    expect(fields.filter((field) => /query|cookie/i.test(field))).toEqual([]);
    expect(
      (await recorded.only("cloudwatch.LogDeliveryDestination")).inputs["deliveryDestinationConfiguration"],
    ).toEqual({
      destinationResourceArn: "arn:aws:s3:::logs/cloudfront",
    });
    for (const kind of ["LogDelivery", "LogDeliverySource", "LogDeliveryDestination"]) {
      expect((await recorded.only(`cloudwatch.${kind}`)).inputs["region"]).toBe("us-east-1");
    }
  });
});
