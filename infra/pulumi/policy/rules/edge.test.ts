import { describe, expect, it } from "vitest";
import { examine, UNKNOWN } from "../examine.ts";
import { edge } from "./edge.ts";

const distribution = (changed: Record<string, unknown> = {}) => ({
  kind: "cloudfront.Distribution",
  name: "shop",
  props: {
    webAclId: UNKNOWN,
    viewerCertificate: { acmCertificateArn: UNKNOWN, minimumProtocolVersion: "TLSv1.2_2021" },
    defaultCacheBehavior: { viewerProtocolPolicy: "redirect-to-https" },
    origins: [{ domainName: UNKNOWN, customOriginConfig: { originProtocolPolicy: "https-only" } }],
    ...changed,
  },
});
const listener = (props: Record<string, unknown>) => ({
  kind: "lb.Listener",
  name: "listener",
  props: { defaultActions: [{ type: "forward" }], ...props },
});

describe("the rule on the edge", () => {
  it("accepts a firewall and TLS 1.2 from end to end, before anything is made", async () => {
    const https = listener({ protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06" });
    expect(await examine(edge, [distribution(), https])).toEqual([]);
  });

  it.each([
    [{ viewerCertificate: { cloudfrontDefaultCertificate: true } }, "cloudfrontDefaultCertificate takes TLS 1.0"],
    [
      { origins: [{ customOriginConfig: { originProtocolPolicy: "https-only", originSslProtocols: ["SSLv3"] } }] },
      "originSslProtocols has SSLv3",
    ],
    [{ webAclId: undefined }, "webAclId is missing: no firewall"],
    [{ viewerCertificate: { minimumProtocolVersion: "TLSv1.1_2016" } }, "minimumProtocolVersion is TLSv1.1_2016"],
    [
      { defaultCacheBehavior: { viewerProtocolPolicy: "allow-all" } },
      "viewerProtocolPolicy lets clients come without TLS",
    ],
    [
      { orderedCacheBehaviors: [{ viewerProtocolPolicy: "allow-all" }] },
      "viewerProtocolPolicy lets clients come without TLS",
    ],
    [{ origins: [{ customOriginConfig: { originProtocolPolicy: "http-only" } }] }, "originProtocolPolicy is http-only"],
  ])("refuses %j", async (changed, message) => {
    expect(await examine(edge, [distribution(changed)])).toEqual([`shop: ${message}`]);
  });

  it("refuses a way into the network without TLS, or with an old one", async () => {
    const way = (originProtocolPolicy: string, item: string) => ({
      kind: "cloudfront.VpcOrigin",
      name: "way",
      props: { vpcOriginEndpointConfig: { originProtocolPolicy, originSslProtocols: { items: [item], quantity: 1 } } },
    });
    expect(await examine(edge, [way("https-only", "TLSv1.2")])).toEqual([]);
    expect(await examine(edge, [way("match-viewer", "TLSv1.1")])).toEqual([
      "way: originProtocolPolicy is match-viewer",
      "way: originSslProtocols has TLSv1.1",
    ]);
  });

  it("refuses a load balancer that passes odd headers on, or writes down nothing", async () => {
    const door = (changed: object = {}) => [
      {
        ...{ kind: "lb.LoadBalancer", name: "alb" },
        props: { dropInvalidHeaderFields: true, accessLogs: { enabled: true }, ...changed },
      },
    ];
    expect(await examine(edge, door())).toEqual([]);
    expect(await examine(edge, door({ dropInvalidHeaderFields: false }))).toEqual([
      "alb: dropInvalidHeaderFields is not true",
    ]);
    for (const accessLogs of [undefined, { enabled: false }]) {
      expect(await examine(edge, door({ accessLogs }))).toEqual(["alb: accessLogs are off: nobody can say who came"]);
    }
  });

  it("refuses headers that let a browser come without TLS, or guess a type", async () => {
    const headers = (securityHeadersConfig: object) => [
      { kind: "cloudfront.ResponseHeadersPolicy", name: "edge", props: { securityHeadersConfig } },
    ];
    const contentTypeOptions = { override: true };
    const hsts = (accessControlMaxAgeSec: number) => ({ strictTransportSecurity: { accessControlMaxAgeSec } });
    expect(await examine(edge, headers({ contentTypeOptions, ...hsts(31_536_000) }))).toEqual([]);
    expect(await examine(edge, headers({ contentTypeOptions, ...hsts(60) }))).toEqual([
      "edge: strictTransportSecurity is not 31536000 seconds",
    ]);
    expect(await examine(edge, headers(hsts(31_536_000)))).toEqual([
      "edge: contentTypeOptions are missing: browsers guess types",
    ]);
  });

  it("refuses listeners without TLS or with old ciphers, but one that only sends on", async () => {
    expect(await examine(edge, [listener({ protocol: "HTTP" })])).toHaveLength(1);
    expect(await examine(edge, [listener({ protocol: "HTTP", defaultActions: [{ type: "redirect" }] })])).toEqual([]);
    const policies = ["ELBSecurityPolicy-2016-08", "ELBSecurityPolicy-TLS13-1-0-2021-06", undefined];
    for (const sslPolicy of policies) {
      expect(await examine(edge, [listener({ protocol: "HTTPS", sslPolicy })])).toEqual([
        `listener: sslPolicy is ${sslPolicy}`,
      ]);
    }
  });
});
