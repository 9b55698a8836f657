import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as pulumi from "@pulumi/pulumi";

export interface NetworkEndpointsArgs {
  name: string;
  vpcId: pulumi.Input<string>;
  region: string;
  /** Tables that get a route to S3 and DynamoDB. */
  routeTableIds: pulumi.Input<string>[];
  subnetIds: pulumi.Input<string>[];
  /** Services by the end of their name: "ecr.api", "secretsmanager". */
  interfaces: string[];
  /** Who may reach the interfaces. */
  securityGroupId: pulumi.Input<string>;
}

/** Ways to AWS's services that do not leave the VPC: S3 and DynamoDB for nothing, others by network interfaces that cost. */
export class NetworkEndpoints extends pulumi.ComponentResource {
  constructor(name: string, args: NetworkEndpointsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:NetworkEndpoints", name, {}, opts);
    const { vpcId, region, subnetIds, routeTableIds } = args;
    const endpoint = (end: string, kind: Partial<ec2.VpcEndpointArgs>) =>
      new ec2.VpcEndpoint(
        `${name}-${end}`,
        { vpcId, serviceName: `com.amazonaws.${region}.${end}`, tags: { Name: `${args.name}-${end}` }, ...kind },
        { parent: this },
      );
    for (const end of ["s3", "dynamodb"]) endpoint(end, { vpcEndpointType: "Gateway", routeTableIds });
    const securityGroupIds = [args.securityGroupId];
    for (const end of args.interfaces) {
      endpoint(end, { vpcEndpointType: "Interface", subnetIds, securityGroupIds, privateDnsEnabled: true });
    }
    this.registerOutputs();
  }
}
