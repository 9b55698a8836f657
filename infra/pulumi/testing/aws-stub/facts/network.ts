// Networks, load balancers, certificates and the edge.
import { type Facts } from "./facts.ts";

const prefix = (value: string) => ({ prefix: value });

export const network: Record<string, Facts> = {
  "acm.Certificate": {
    id: "arn",
    named: false,
    replaces: ["domainName", "subjectAlternativeNames", "validationMethod", "keyAlgorithm"],
    arn: { of: "certificate/{id}" },
    answers: ({ domainName, subjectAlternativeNames }, seed) => ({
      // One record to prove each name; AWS gives a name and its wildcard the same.
      domainValidationOptions: [
        ...new Set([domainName, ...((subjectAlternativeNames as unknown[] | undefined) ?? [])].map(String)),
      ].map((name) => ({
        domainName: name,
        resourceRecordName: `_${seed}.${name.replace("*.", "")}.`,
        resourceRecordType: "CNAME",
        resourceRecordValue: `_${seed}.acm-validations.aws.`,
      })),
    }),
  },
  "cloudfront.Distribution": { named: false, arn: { of: "distribution/{id}", global: true } },
  "ec2.Eip": { id: prefix("eipalloc"), named: false, replaces: ["domain"] },
  "ec2.FlowLog": {
    id: prefix("fl"),
    named: false,
    replaces: [
      "vpcId",
      "subnetId",
      "trafficType",
      "logDestination",
      "logFormat",
      "iamRoleArn",
      "maxAggregationInterval",
    ],
  },
  "ec2.InternetGateway": { id: prefix("igw"), named: false },
  "ec2.NatGateway": { id: prefix("nat"), named: false, replaces: ["allocationId", "subnetId", "connectivityType"] },
  "ec2.NetworkAcl": { id: prefix("acl"), named: false, replaces: ["vpcId"] },
  "ec2.NetworkAclRule": {
    id: prefix("nacl"),
    named: false,
    replaces: ["networkAclId", "ruleNumber", "egress", "protocol", "ruleAction", "cidrBlock", "fromPort", "toPort"],
  },
  "ec2.Route": {
    id: prefix("r-rtb"),
    named: false,
    replaces: ["routeTableId", "destinationCidrBlock", "destinationPrefixListId"],
  },
  "ec2.RouteTable": { id: prefix("rtb"), named: false, replaces: ["vpcId"] },
  "ec2.RouteTableAssociation": { id: prefix("rtbassoc"), named: false, replaces: ["subnetId", "gatewayId"] },
  "ec2.SecurityGroup": {
    id: prefix("sg"),
    longest: 255,
    arn: { of: "security-group/{id}" },
    replaces: ["vpcId", "description"],
  },
  "ec2.Subnet": {
    id: prefix("subnet"),
    named: false,
    replaces: ["vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId"],
  },
  "ec2.Vpc": { id: prefix("vpc"), named: false, replaces: ["cidrBlock", "instanceTenancy"] },
  "ec2.VpcEndpoint": { id: prefix("vpce"), named: false, replaces: ["vpcId", "serviceName", "vpcEndpointType"] },
  "lb.Listener": {
    id: "arn",
    named: false,
    replaces: ["loadBalancerArn"],
    arn: { of: "listener/app/{id}", service: "elasticloadbalancing" },
  },
  "lb.ListenerRule": {
    id: "arn",
    named: false,
    replaces: ["listenerArn"],
    arn: { of: "listener-rule/app/{id}", service: "elasticloadbalancing" },
  },
  "lb.LoadBalancer": {
    id: "arn",
    longest: 32,
    pattern: /^(?!internal-)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/,
    replaces: ["internal", "loadBalancerType"],
    arn: { of: "loadbalancer/app/{name}/0123456789abcdef", service: "elasticloadbalancing" },
  },
  "lb.TargetGroup": {
    id: "arn",
    longest: 32,
    pattern: /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/,
    replaces: ["port", "protocol", "protocolVersion", "targetType", "vpcId"],
    arn: { of: "targetgroup/{name}/0123456789abcdef", service: "elasticloadbalancing" },
  },
  "wafv2.WebAcl": { id: "uuid", longest: 128, replaces: ["scope", "name"], arn: { of: "global/webacl/{name}/{id}" } },
  "acm.CertificateValidation": { named: false, id: "uuid", replaces: ["certificateArn", "validationRecordFqdns"] },
  "arcregionswitch.Plan": {
    id: "arn",
    longest: 32,
    pattern: /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/,
    arn: { of: "plan/{name}:abc123", service: "arc-region-switch", global: true },
    replaces: ["recoveryApproach", "regions", "primaryRegion"],
  },
  "cloudfront.CachePolicy": { id: "uuid", longest: 128 },
  "cloudfront.Function": { id: "name", longest: 64, arn: { of: "function/{name}", global: true } },
  "cloudfront.KeyValueStore": { id: "name", longest: 64, arn: { of: "key-value-store/{id}", global: true } },
  "cloudfront.KeyvaluestoreKey": { named: false, replaces: ["key", "keyValueStoreArn"] },
  "cloudfront.OriginAccessControl": { id: { prefix: "oac" }, longest: 64, replaces: [] },
  "cloudfront.OriginRequestPolicy": { id: "uuid", longest: 128 },
  "cloudfront.ResponseHeadersPolicy": { id: "uuid", longest: 128 },
  "cloudfront.VpcOrigin": { named: false, id: { prefix: "vo" } },
  "ec2.DefaultSecurityGroup": { id: prefix("sg"), named: false },
  "route53.HealthCheck": { named: false, id: "uuid", replaces: ["type", "requestInterval", "referenceName"] },
  "route53.Record": { named: false, replaces: ["name", "type", "zoneId", "setIdentifier"] },
  "route53.Zone": {
    id: prefix("z"),
    arn: { of: "hostedzone/{id}", global: true, bare: true },
    answers: () => ({ nameServers: [1, 2, 3, 4].map((n) => `ns-${n}.awsdns-0${n}.com`) }),
  },
  "servicediscovery.HttpNamespace": { id: prefix("ns"), longest: 1024, arn: { of: "namespace/{id}" } },
  "vpc.SecurityGroupEgressRule": { id: prefix("sgr"), named: false, replaces: ["securityGroupId"] },
  "vpc.SecurityGroupIngressRule": { id: prefix("sgr"), named: false, replaces: ["securityGroupId"] },
  "wafv2.IpSet": { id: "uuid", longest: 128, replaces: ["scope", "ipAddressVersion"] },
  "wafv2.WebAclAssociation": { named: false, replaces: ["resourceArn", "webAclArn"] },
  "wafv2.WebAclLoggingConfiguration": { named: false, id: { input: "resourceArn" }, replaces: ["resourceArn"] },
};
