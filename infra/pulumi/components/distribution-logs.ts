import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as pulumi from "@pulumi/pulumi";
import { EDGE_REGION } from "./edge-waf.ts";

export interface DistributionLogsArgs {
  /** Name at AWS. */
  name: string;
  distributionArn: pulumi.Input<string>;
  /** The bucket that takes them; its policy lets `delivery.logs.amazonaws.com` write. */
  bucketArn: pulumi.Input<string>;
}

/** Who asked CloudFront for what: standard logging, version 2, which needs no access lists on the bucket. */
export class DistributionLogs extends pulumi.ComponentResource {
  constructor(name: string, args: DistributionLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:DistributionLogs", name, {}, opts);
    const inside = { parent: this };
    const region = EDGE_REGION;
    const source = new cloudwatch.LogDeliverySource(
      name,
      { region, name: args.name, logType: "ACCESS_LOGS", resourceArn: args.distributionArn },
      inside,
    );
    const destination = new cloudwatch.LogDeliveryDestination(
      name,
      {
        region,
        name: args.name,
        outputFormat: "json",
        deliveryDestinationConfiguration: { destinationResourceArn: pulumi.interpolate`${args.bucketArn}/cloudfront` },
      },
      inside,
    );
    new cloudwatch.LogDelivery(
      name,
      {
        region,
        deliverySourceName: source.name,
        deliveryDestinationArn: destination.arn,
        s3DeliveryConfigurations: [{ enableHiveCompatiblePath: false, suffixPath: "{yyyy}/{MM}/{dd}" }],
        recordFields: LOGGED,
      },
      inside,
    );
    this.registerOutputs();
  }
}

/** Neither cookies nor the query: operations sent by GET have their variables in it. */
const LOGGED = [
  ...["date", "time", "x-edge-location", "sc-bytes", "c-ip", "cs-method", "cs(Host)", "cs-uri-stem", "sc-status"],
  ...["cs(User-Agent)", "x-edge-result-type", "x-edge-request-id", "cs-protocol", "cs-bytes", "time-taken"],
  ...["ssl-protocol", "ssl-cipher", "x-edge-response-result-type", "x-edge-detailed-result-type", "time-to-first-byte"],
];
