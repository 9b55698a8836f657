import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as vpc from "@pulumi/aws/vpc/index.js";
import { type PolicyResource, type StackValidationPolicy } from "@pulumi/policy";
import { isSet, known } from "../unknown.ts";

const PORT = 27017;

interface Settings {
  clients?: string[];
}

const opens = ({ props }: PolicyResource) => {
  const {
    fromPort = 0,
    toPort = 65_535,
    ipProtocol,
  } = props as {
    fromPort?: number;
    toPort?: number;
    ipProtocol?: string;
  };
  return ipProtocol === "-1" || (fromPort <= PORT && PORT <= toPort);
};

/** 27017 only from services (AWS-1): a rule names the security group it lets in, and that group is one of services. */
export const databasePort: StackValidationPolicy = {
  name: "database-port",
  description: "Port 27017 takes connections from the security groups of services alone.",
  enforcementLevel: "mandatory",
  severity: "critical",
  configSchema: {
    properties: {
      clients: {
        type: "array",
        items: { type: "string" },
        description: "Ends of the names of security groups that may connect",
        default: ["subgraphs"],
      },
    },
  },
  validateStack({ resources, getConfig }, report) {
    const { clients = ["subgraphs"] } = getConfig<Settings>();
    for (const rule of resources.filter((one) => one.isType(vpc.SecurityGroupIngressRule)).filter(opens)) {
      if (!isSet(() => rule.props["referencedSecurityGroupId"])) {
        report(`opens ${PORT} to addresses instead of a security group`, rule.urn);
        continue;
      }
      for (const group of rule.propertyDependencies["referencedSecurityGroupId"] ?? []) {
        const name = group.isType(ec2.SecurityGroup) ? known(() => String(group.props["name"])) : undefined;
        if (name && !clients.some((client) => name.endsWith(`-${client}`)))
          report(`opens ${PORT} to ${name}`, rule.urn);
      }
    }
    for (const group of resources.filter((one) => one.isType(ec2.SecurityGroup))) {
      const inline = known(() => group.props["ingress"] as unknown[] | undefined) ?? [];
      if (inline.length > 0) report("has rules inside itself: write each as a resource", group.urn);
    }
  },
};
