import * as acm from "@pulumi/aws/acm/index.js";
import * as route53 from "@pulumi/aws/route53/index.js";
import * as pulumi from "@pulumi/pulumi";
import { type Region } from "../lib/regions.ts";

export interface CertificateArgs {
  /** The first is the certificate's name. All lie in the zone. */
  domains: [string, ...string[]];
  zoneId: pulumi.Input<string>;
  /** CloudFront takes certificates of us-east-1 only, a load balancer those of its own region. */
  regions: Region[];
}

/** One certificate for each region, proven by the same records: AWS asks for one per domain and account. */
export class Certificate extends pulumi.ComponentResource {
  /** By region; known once the certificate is valid. */
  readonly arns: Partial<Record<Region, pulumi.Output<string>>>;

  constructor(name: string, args: CertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:Certificate", name, {}, opts);
    const inside = { parent: this };
    const [domainName, ...others] = args.domains;
    const made = [...new Set(args.regions)].map((region) => {
      const certificate = new acm.Certificate(
        `${name}-${region}`,
        {
          region,
          domainName,
          subjectAlternativeNames: others,
          validationMethod: "DNS",
          keyAlgorithm: "EC_prime256v1",
          options: { certificateTransparencyLoggingPreference: "ENABLED" },
        },
        inside,
      );
      return [region, certificate] as const;
    });
    const first = made[0]?.[1];
    const records = args.domains.map((domain) => proof(name, domain, args.zoneId, first, inside));
    this.arns = Object.fromEntries(
      made.map(([region, certificate]) => {
        const valid = new acm.CertificateValidation(
          `${name}-${region}`,
          { region, certificateArn: certificate.arn, validationRecordFqdns: records.map(({ fqdn }) => fqdn) },
          inside,
        );
        return [region, valid.certificateArn];
      }),
    );
    this.registerOutputs();
  }
}

/** The record AWS looks for. AWS gives the list in any order. */
function proof(
  name: string,
  domain: string,
  zoneId: pulumi.Input<string>,
  certificate: acm.Certificate | undefined,
  opts: pulumi.CustomResourceOptions,
): route53.Record {
  const wanted = pulumi
    .output(certificate?.domainValidationOptions ?? [])
    .apply((options) => options.find(({ domainName }) => domainName === domain));
  return new route53.Record(
    `${name}-${domain}`,
    {
      zoneId,
      name: wanted.apply((option) => option?.resourceRecordName ?? `_proof.${domain}`),
      type: wanted.apply((option) => option?.resourceRecordType ?? "CNAME"),
      records: [wanted.apply((option) => option?.resourceRecordValue ?? "")],
      ttl: 300,
      // Left over from a certificate before: the value is the same.
      allowOverwrite: true,
    },
    opts,
  );
}
