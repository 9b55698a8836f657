import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as pulumi from "@pulumi/pulumi";
import { accessLists } from "./network-access-lists.ts";
import { planSubnets, type SubnetPlan, type Tier, tiers } from "./network-plan.ts";

export interface NetworkArgs {
  /** What names begin with in AWS's lists, such as tradegraph-prod. */
  name: string;
  cidr: string;
  /** Names of availability zones; one set of subnets for each. */
  zones: string[];
  /** Ways out for private subnets: one for all, or one for each zone, which a failure of another zone does not touch. */
  natGateways: number;
}

/** A VPC with public (NAT alone), private (tasks) and isolated (data) subnets in every zone. */
export class Network extends pulumi.ComponentResource {
  readonly vpc: ec2.Vpc;
  /** In the order of the zones. */
  readonly subnets: Record<Tier, ec2.Subnet[]>;
  /** One for all public and one for all isolated subnets, one for each private one. */
  readonly routeTables: Record<Tier, ec2.RouteTable[]>;
  readonly plan: SubnetPlan[];

  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:Network", name, {}, opts);
    const inside = { parent: this };
    const tags = (thing: string) => ({ Name: `${args.name}-${thing}` });
    this.plan = planSubnets(args.cidr, args.zones.length);
    this.vpc = new ec2.Vpc(
      name,
      { cidrBlock: args.cidr, enableDnsSupport: true, enableDnsHostnames: true, tags: { Name: args.name } },
      inside,
    );
    const vpcId = this.vpc.id;
    // Everything that forgets to name a security group would land in this one: it lets nothing in or out.
    new ec2.DefaultSecurityGroup(name, { vpcId, ingress: [], egress: [], tags: tags("closed") }, inside);
    const subnetsOf = (tier: Tier) =>
      args.zones.map(
        (availabilityZone, zone) =>
          new ec2.Subnet(
            `${name}-${tier}-${zone}`,
            {
              vpcId,
              availabilityZone,
              cidrBlock: this.plan[zone]?.[tier] ?? "",
              mapPublicIpOnLaunch: false,
              tags: { ...tags(`${tier}-${availabilityZone}`), Tier: tier },
            },
            inside,
          ),
      );
    this.subnets = { public: subnetsOf("public"), private: subnetsOf("private"), isolated: subnetsOf("isolated") };
    this.routeTables = this.#routes(name, args, tags);
    for (const tier of tiers) {
      const subnetIds = this.subnets[tier].map(({ id }) => id);
      new ec2.NetworkAcl(
        `${name}-${tier}`,
        { vpcId, subnetIds, tags: tags(tier), ...accessLists(args.cidr, this.plan)[tier] },
        inside,
      );
    }
    this.registerOutputs();
  }

  #routes(name: string, args: NetworkArgs, tags: (thing: string) => { Name: string }): Network["routeTables"] {
    const inside = { parent: this };
    const vpcId = this.vpc.id;
    const gateway = new ec2.InternetGateway(name, { vpcId, tags: { Name: args.name } }, inside);
    const nats = Array.from({ length: Math.min(args.natGateways, args.zones.length) }, (_, zone) => {
      const thing = `nat-${args.zones[zone]}`;
      const address = new ec2.Eip(`${name}-nat-${zone}`, { domain: "vpc", tags: tags(thing) }, inside);
      return new ec2.NatGateway(
        `${name}-${zone}`,
        {
          allocationId: address.id,
          subnetId: this.subnets.public[zone]?.id as pulumi.Output<string>,
          tags: tags(thing),
        },
        // AWS asks for it: the gateway is of no use before its VPC has a way out.
        { parent: this, dependsOn: [gateway] },
      );
    });
    const table = (thing: string, subnets: ec2.Subnet[], way?: Pick<ec2.RouteArgs, "gatewayId" | "natGatewayId">) => {
      const made = new ec2.RouteTable(`${name}-${thing}`, { vpcId, tags: tags(thing) }, inside);
      const routeTableId = made.id;
      if (way) new ec2.Route(`${name}-${thing}`, { routeTableId, destinationCidrBlock: "0.0.0.0/0", ...way }, inside);
      subnets.forEach((subnet, index) => {
        const label = subnets.length > 1 ? `${thing}-${index}` : thing;
        new ec2.RouteTableAssociation(`${name}-${label}`, { routeTableId, subnetId: subnet.id }, inside);
      });
      return made;
    };
    return {
      public: [table("public", this.subnets.public, { gatewayId: gateway.id })],
      private: this.subnets.private.map((subnet, zone) => {
        const nat = nats[zone % (nats.length || 1)];
        return table(`private-${zone}`, [subnet], nat && { natGatewayId: nat.id });
      }),
      isolated: [table("isolated", this.subnets.isolated)],
    };
  }
}
