import * as route53 from "@pulumi/aws/route53/index.js";
import * as pulumi from "@pulumi/pulumi";

export interface DnsRecordsArgs {
  domains: string[];
  zoneId: pulumi.Input<string>;
  /** What the names stand for. */
  target: { domainName: pulumi.Input<string>; hostedZoneId: pulumi.Input<string> };
}

/** Names of the shop, over IPv4 and IPv6. */
export class DnsRecords extends pulumi.ComponentResource {
  constructor(name: string, args: DnsRecordsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:DnsRecords", name, {}, opts);
    for (const domain of args.domains) {
      for (const type of ["A", "AAAA"] as const) {
        new route53.Record(
          `${domain}-${type}`,
          {
            zoneId: args.zoneId,
            name: domain,
            type,
            // CloudFront looks after its own health.
            aliases: [{ name: args.target.domainName, zoneId: args.target.hostedZoneId, evaluateTargetHealth: false }],
          },
          { parent: this },
        );
      }
    }
    this.registerOutputs();
  }
}
