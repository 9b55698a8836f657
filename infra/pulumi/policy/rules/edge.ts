import * as cloudfront from "@pulumi/aws/cloudfront/index.js";
import * as lb from "@pulumi/aws/lb/index.js";
import { type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { isSet, known } from "../unknown.ts";

const CLIENTS = /^TLSv1\.(?:2_20(?:19|2\d)|3_20\d\d)$/;
const LISTENERS = /^ELBSecurityPolicy-TLS13-1-[23](?!-Ext)/;

/** Every distribution has the firewall in front; nobody speaks less than TLS 1.2 (SEC-3). */
export const edge: ResourceValidationPolicy = {
  name: "edge",
  description: "CloudFront stands behind the firewall; clients and origins speak TLS 1.2 or newer.",
  enforcementLevel: "mandatory",
  severity: "critical",
  validateResource: [
    validateResourceOfType(cloudfront.Distribution, (distribution, _, report) => {
      if (!isSet(() => distribution.webAclId)) report("webAclId is missing: no firewall");
      const { viewerCertificate, defaultCacheBehavior, orderedCacheBehaviors = [], origins } = distribution;
      const least = known(() => viewerCertificate.minimumProtocolVersion);
      // The name of CloudFront itself comes with CloudFront's certificate and its own floor.
      const own = viewerCertificate.cloudfrontDefaultCertificate === true;
      if (!own && !CLIENTS.test(least ?? "")) report(`minimumProtocolVersion is ${least}`);
      for (const behavior of [defaultCacheBehavior, ...(orderedCacheBehaviors ?? [])]) {
        if (behavior.viewerProtocolPolicy === "allow-all") report("viewerProtocolPolicy lets clients come without TLS");
      }
      for (const origin of known(() => origins) ?? []) {
        const protocol = origin.customOriginConfig?.originProtocolPolicy;
        if (protocol && protocol !== "https-only") report(`originProtocolPolicy is ${protocol}`);
      }
    }),
    validateResourceOfType(lb.Listener, ({ protocol, sslPolicy, defaultActions }, _, report) => {
      const redirects = defaultActions.every(({ type }) => type === "redirect");
      if (protocol === "HTTP" && !redirects) report("takes HTTP and does not send it on to HTTPS");
      if (protocol === "HTTPS" && !LISTENERS.test(sslPolicy ?? "")) report(`sslPolicy is ${sslPolicy}`);
    }),
  ],
};
