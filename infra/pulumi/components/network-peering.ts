import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as vpc from "@pulumi/aws/vpc/index.js";
import * as pulumi from "@pulumi/pulumi";

export interface NetworkPeeringArgs {
  name: string;
  /** The connection that the other side has asked for. */
  peeringId: string;
  /** Addresses of the other network. */
  cidr: string;
  /** Tables of the subnets that are to reach it. */
  routeTables: ec2.RouteTable[];
  /** Who may reach it. */
  securityGroupId: pulumi.Input<string>;
}

/** Atlas uses these three (mongodb.com/docs/atlas/setup-cluster-security). */
const ports = { fromPort: 27_015, toPort: 27_017 };

/** A way to MongoDB in somebody else's network that is not the Internet. */
export class NetworkPeering extends pulumi.ComponentResource {
  constructor(name: string, args: NetworkPeeringArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:NetworkPeering", name, {}, opts);
    const inside = { parent: this };
    const accepted = new ec2.VpcPeeringConnectionAccepter(
      name,
      { vpcPeeringConnectionId: args.peeringId, autoAccept: true, tags: { Name: args.name } },
      inside,
    );
    args.routeTables.forEach((table, index) => {
      new ec2.Route(
        `${name}-${index}`,
        {
          routeTableId: table.id,
          destinationCidrBlock: args.cidr,
          vpcPeeringConnectionId: accepted.vpcPeeringConnectionId,
        },
        inside,
      );
    });
    new vpc.SecurityGroupEgressRule(
      name,
      {
        securityGroupId: args.securityGroupId,
        cidrIpv4: args.cidr,
        description: "Database in the peered network",
        ipProtocol: "tcp",
        ...ports,
      },
      inside,
    );
    this.registerOutputs();
  }
}
