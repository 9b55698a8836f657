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

const opensOld = ({ props }: PolicyResource) => {
  const {
    type,
    protocol,
    fromPort = 0,
    toPort = 65_535,
  } = props as {
    type?: string;
    protocol?: string;
    fromPort?: number;
    toPort?: number;
  };
  return type === "ingress" && (protocol === "-1" || protocol === "all" || (fromPort <= PORT && PORT <= toPort));
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
    // Neither shows whom it lets in: the older kind of rule, and a way in that every resource without a group gets.
    for (const rule of resources.filter((one) => one.isType(ec2.SecurityGroupRule) && opensOld(one))) {
      report(`opens ${PORT} by a rule of the older kind: write it as vpc.SecurityGroupIngressRule`, rule.urn);
    }
    const holders = resources.filter((one) => one.isType(ec2.SecurityGroup) || one.isType(ec2.DefaultSecurityGroup));
    for (const group of holders) {
      const inline = known(() => group.props["ingress"] as unknown[] | undefined) ?? [];
      if (inline.length > 0) report("has rules inside itself: write each as a resource", group.urn);
    }
  },
};
