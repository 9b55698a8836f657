import * as cloudfront from "@pulumi/aws/cloudfront/index.js";
import * as lb from "@pulumi/aws/lb/index.js";
import { type ReportViolation, type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { isSet, known } from "../unknown.ts";

const CLIENTS = /^TLSv1\.(?:2_20(?:19|2\d)|3_20\d\d)$/;
const LISTENERS = /^ELBSecurityPolicy-TLS13-1-[23](?!-Ext)/;
/** A year, in which browsers come by TLS alone. */
const HSTS = 31_536_000;

function old(protocols: string[] | undefined, report: ReportViolation): void {
  for (const protocol of protocols ?? []) {
    if (!/^TLSv1\.[23]$/.test(protocol)) report(`originSslProtocols has ${protocol}`);
  }
}

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
      // With CloudFront's own certificate it takes TLS 1.0, whatever else is said.
      const own = viewerCertificate.cloudfrontDefaultCertificate === true;
      if (own) report("cloudfrontDefaultCertificate takes TLS 1.0");
      if (!CLIENTS.test(least ?? (own ? "TLSv1.2_2021" : ""))) report(`minimumProtocolVersion is ${least}`);
      for (const behavior of [defaultCacheBehavior, ...(orderedCacheBehaviors ?? [])]) {
        if (behavior.viewerProtocolPolicy === "allow-all") report("viewerProtocolPolicy lets clients come without TLS");
      }
      for (const origin of known(() => origins) ?? []) {
        const protocol = origin.customOriginConfig?.originProtocolPolicy;
        if (protocol && protocol !== "https-only") report(`originProtocolPolicy is ${protocol}`);
        old(origin.customOriginConfig?.originSslProtocols, report);
      }
    }),
    validateResourceOfType(cloudfront.VpcOrigin, ({ vpcOriginEndpointConfig: way }, _, report) => {
      const { originProtocolPolicy, originSslProtocols } = way ?? {};
      if (originProtocolPolicy !== "https-only") report(`originProtocolPolicy is ${originProtocolPolicy}`);
      old(originSslProtocols?.items, report);
    }),
    validateResourceOfType(lb.LoadBalancer, ({ dropInvalidHeaderFields, accessLogs }, _, report) => {
      // Two readings of one header are how a request is smuggled past the firewall.
      if (dropInvalidHeaderFields !== true) report("dropInvalidHeaderFields is not true");
      if (accessLogs?.enabled !== true) report("accessLogs are off: nobody can say who came");
    }),
    validateResourceOfType(cloudfront.ResponseHeadersPolicy, ({ securityHeadersConfig }, _, report) => {
      const { strictTransportSecurity: hsts, contentTypeOptions } = securityHeadersConfig ?? {};
      if ((hsts?.accessControlMaxAgeSec ?? 0) < HSTS) report(`strictTransportSecurity is not ${HSTS} seconds`);
      if (!contentTypeOptions) report("contentTypeOptions are missing: browsers guess types");
    }),
    validateResourceOfType(lb.Listener, ({ protocol, sslPolicy, defaultActions }, _, report) => {
      const redirects = defaultActions.every(({ type }) => type === "redirect");
      if (protocol === "HTTP" && !redirects) report("takes HTTP and does not send it on to HTTPS");
      if (protocol === "HTTPS" && !LISTENERS.test(sslPolicy ?? "")) report(`sslPolicy is ${sslPolicy}`);
    }),
  ],
};
