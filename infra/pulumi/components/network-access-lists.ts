// Network ACLs: the second fence behind security groups. They know no connections, so answers need rules of their own:
// those come to the ports from 1024 up that clients draw.
import { type SubnetPlan, type Tier } from "./network-plan.ts";

interface Rule {
  ruleNo: number;
  action: "allow";
  protocol: "tcp" | "udp" | "-1";
  cidrBlock: string;
  fromPort: number;
  toPort: number;
}

const ANYWHERE = "0.0.0.0/0";
/**
 * Ports of what lies in isolated subnets: MongoDB's, Redis's and NFS. A serverless cache answers on a second port as well,
 * where it tells clients its replicas are (ElastiCache User Guide, "Troubleshooting": 6379 and 6380 for serverless).
 */
export const dataPorts = { database: 27017, cache: 6379, cacheReplicas: 6380, files: 2049 };

const everything = (cidrBlock: string) => ({ protocol: "-1" as const, cidrBlock, fromPort: 0, toPort: 0 });
const tcp = (cidrBlock: string, fromPort: number, toPort = fromPort) => ({
  protocol: "tcp" as const,
  cidrBlock,
  fromPort,
  toPort,
});
const answers = (cidrBlock: string) => tcp(cidrBlock, 1024, 65_535);

const numbered = (rules: Omit<Rule, "ruleNo" | "action">[]): Rule[] =>
  rules.map((rule, index) => ({ ruleNo: 100 + 10 * index, action: "allow", ...rule }));

/** What each tier lets in and out; all else is refused. */
export function accessLists(cidr: string, plan: SubnetPlan[]): Record<Tier, { ingress: Rule[]; egress: Rule[] }> {
  const tasks = plan.map((zone) => zone.private);
  const data = plan.map((zone) => zone.isolated);
  // What tasks ask the Internet for comes back through NAT with the Internet's addresses.
  const outward = {
    ingress: numbered([everything(cidr), answers(ANYWHERE)]),
    egress: numbered([everything(ANYWHERE)]),
  };
  return {
    public: outward,
    private: outward,
    isolated: {
      ingress: numbered([
        ...tasks.flatMap((block) => Object.values(dataPorts).map((port) => tcp(block, port))),
        // Nodes of one database or cache among themselves.
        ...data.map(everything),
      ]),
      egress: numbered([...tasks.map(answers), ...data.map(everything)]),
    },
  };
}
