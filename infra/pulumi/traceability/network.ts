import { Inputs, type Planned, type Proof, proofs, type Resource } from "./proof.ts";

const graph = /^(?:gateway|products|orders|users|content)$/;
const SERVICE_PORTS = [4000, 4001, 4002, 4003, 4004];

const rulesInto = (planned: Planned, group: string) =>
  planned.of("vpc.SecurityGroupIngressRule", new RegExp(`^${group}-from-`));

/** AWS-1, of the home region: the second one is a smaller copy of the same components. */
export const network: Proof[] = [
  ...proofs("AWS-1", (says) => [
    says("the VPC is 10.0.0.0/16", (planned) =>
      planned.in("foundation").every("ec2.Vpc", "network", (vpc) => vpc.are({ cidrBlock: "10.0.0.0/16" })),
    ),
    ...["public", "private", "isolated"].map((tier) =>
      says(`there are ${tier} subnets in three zones`, (planned) => {
        const subnets = planned
          .in("foundation")
          .every("ec2.Subnet", new RegExp(`^network-${tier}-`), (subnet) =>
            subnet.text("cidrBlock").startsWith("10.0."),
          );
        const zones = new Set(subnets.map(({ inputs }) => inputs["availabilityZone"]));
        if (zones.size !== 3) throw new Error(`${zones.size} zones`);
        return subnets;
      }),
    ),
    says("an Internet gateway leads out of public subnets alone", (planned) => {
      const routes = planned.some("ec2.Route", 1, (route) => route.at("gatewayId") !== undefined);
      const other = routes.filter(({ name }) => !name.endsWith("-public"));
      if (other.length > 0) throw new Error(other.map(({ name }) => name).join(", "));
      return [...planned.every("ec2.InternetGateway", /^/, () => true), ...routes];
    }),
    says("each zone has a NAT gateway of its own", (planned) => {
      const gateways = planned.of("ec2.NatGateway").filter(({ program }) => program === "foundation");
      const subnets = new Set(gateways.map(({ inputs }) => inputs["subnetId"]));
      if (subnets.size !== 3) throw new Error(`${subnets.size} NAT gateways in zones of their own`);
      return gateways;
    }),
    says("isolated subnets have no way out", (planned) => {
      const isolated = planned.of("ec2.Route", /isolated/);
      if (isolated.length > 0) throw new Error(isolated.map(({ name }) => name).join(", "));
      return planned.every("ec2.RouteTable", /isolated/, () => true);
    }),
    says("the gateway's port takes connections from the load balancer alone", (planned) => {
      const from = rulesInto(planned, "gateway").filter(({ inputs }) => isPort(4000)(new Inputs(inputs)));
      if (!from.every(({ name }) => name === "gateway-from-alb-4000")) throw new Error(from.map(nameOf).join(", "));
      return planned.every("vpc.SecurityGroupIngressRule", "gateway-from-alb-4000", () => true);
    }),
    says(
      "the load balancer takes HTTPS from CloudFront and from the hook of deployments, and nothing else",
      (planned) =>
        planned.every("vpc.SecurityGroupIngressRule", /^alb-from-/, (rule, { name }) => {
          const from = name === "alb-from-cloudfront-443" ? "prefixListId" : "referencedSecurityGroupId";
          const isKnown = ["alb-from-cloudfront-443", "alb-from-hooks-443"].includes(name);
          return isKnown && isPort(443)(rule) && rule.at(from) !== undefined && rule.at("cidrIpv4") === undefined;
        }),
    ),
    says(
      "ports of subgraphs take connections from the gateway, each other and the load balancer, never from addresses",
      (planned) =>
        planned.every("vpc.SecurityGroupIngressRule", /^subgraphs-from-/, (rule) => {
          const isGroup = rule.at("referencedSecurityGroupId") !== undefined && rule.at("cidrIpv4") === undefined;
          return isGroup && SERVICE_PORTS.some((port) => isPort(port)(rule));
        }),
    ),
    says("27017 takes connections from services alone", (planned) => {
      const from = planned.some("vpc.SecurityGroupIngressRule", 1, isPort(27_017));
      if (!from.every(({ name }) => name === "database-from-subgraphs-27017"))
        throw new Error(from.map(nameOf).join(", "));
      return from;
    }),
    says("each tier has a network ACL", (planned) => {
      const lists = ["public", "private", "isolated"].flatMap((tier) =>
        planned.every("ec2.NetworkAcl", `network-${tier}`, (list) => list.list("ingress").length > 0),
      );
      return lists;
    }),
    says("flow logs write down all traffic, encrypted, for a year", (planned) => [
      ...planned.every("ec2.FlowLog", /^/, (log) => log.are({ trafficType: "ALL" })),
      ...planned.every("cloudwatch.LogGroup", "flow-logs", (group) => group.are({ retentionInDays: 365 })),
    ]),
  ]),
  ...proofs("OPS-1", (says) => [
    says("ports are 4000 for the gateway and 4001 to 4004 for subgraphs", (planned) => {
      const tasks = planned.of("ecs.TaskDefinition", graph).filter(({ program }) => program === "application");
      const ports = tasks.flatMap(({ inputs }) =>
        containersOf(inputs).flatMap(({ portMappings = [] }) => portMappings.map(({ containerPort }) => containerPort)),
      );
      const missing = SERVICE_PORTS.filter((port) => !ports.includes(port));
      if (missing.length > 0) throw new Error(`nobody listens at ${missing.join(", ")}`);
      return tasks;
    }),
    says("containers run as uid 1001 and never as root", (planned) =>
      planned.every("ecs.TaskDefinition", graph, (_, { inputs }) => containersOf(inputs)[0]?.user === "1001:1001"),
    ),
    says("containers have a health check", (planned) =>
      planned.every("ecs.TaskDefinition", graph, (_, { inputs }) => containersOf(inputs)[0]?.healthCheck !== undefined),
    ),
  ]),
];

interface Container {
  name: string;
  user?: string;
  portMappings?: { containerPort: number }[];
  healthCheck?: { command: string[]; interval: number };
  environment?: { name: string; value: string }[];
  secrets?: { name: string; valueFrom: string }[];
}

/** Containers of a task definition. */
export const containersOf = (inputs: Resource["inputs"]): Container[] =>
  JSON.parse(String(inputs["containerDefinitions"])) as Container[];

const nameOf = ({ name }: Resource) => name;
const isPort = (port: number) => (rule: Inputs) => rule.are({ fromPort: port, toPort: port });
