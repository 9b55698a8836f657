import { describe, expect, it } from "vitest";
import { services } from "../../../services.ts";
import { catalogue } from "../lib/catalogue.ts";
import { mockEngine } from "../testing/mocks.ts";
import { NetworkSecurityGroups } from "./network-security-groups.ts";

const made = async () => {
  const recorded = await mockEngine("prod");
  new NetworkSecurityGroups("groups", { name: "tradegraph-prod", vpcId: "vpc-1", cloudfrontPrefixListId: "pl-1" });
  return recorded;
};
const side = (rule: Record<string, unknown>) =>
  `${String(rule["securityGroupId"]).replace("-id", "")} ${String(
    rule["referencedSecurityGroupId"] ?? rule["prefixListId"] ?? rule["cidrIpv4"],
  ).replace("-id", "")} ${String(rule["fromPort"])}`;

describe("NetworkSecurityGroups", () => {
  const ingress = async () => (await (await made()).ofKind("vpc.SecurityGroupIngressRule")).map(({ inputs }) => inputs);

  it("lets nobody in by address: CloudFront by its list, all others by their group", async () => {
    const rules = await ingress();
    expect(rules.filter((rule) => rule["cidrIpv4"] ?? rule["cidrIpv6"])).toEqual([]);
    expect(rules.filter((rule) => rule["prefixListId"]).map(side)).toEqual(["alb pl-1 443"]);
  });

  it("lets subgraphs alone reach the database, tasks and the rotation alone the cache, and tasks alone files", async () => {
    const to = (await ingress()).map(side);
    expect(to.filter((rule) => rule.startsWith("database"))).toEqual(["database subgraphs 27017"]);
    expect(to.filter((rule) => rule.startsWith("cache"))).toEqual([
      "cache gateway 6379",
      // Where a serverless cache says its replicas are: clients ask them for the map of a cluster too.
      "cache gateway 6380",
      "cache subgraphs 6379",
      "cache subgraphs 6380",
      "cache rotation 6379",
    ]);
    expect(to.filter((rule) => rule.startsWith("files"))).toEqual(["files gateway 2049", "files subgraphs 2049"]);
  });

  it("opens the port of every service: the gateway's to the load balancer, those of subgraphs to the gateway", async () => {
    const to = (await ingress()).map(side);
    for (const { name, port } of services) {
      expect(to).toContain(name === "gateway" ? `gateway alb ${port}` : `subgraphs gateway ${port}`);
    }
  });

  it("shows the gateway's figures to workers inside the VPC, and to nobody else", async () => {
    const to = (await ingress()).map(side).filter((rule) => rule.startsWith("gateway"));
    const [gateway] = services.filter(({ name }) => name === "gateway");
    expect(to.sort()).toEqual([`gateway alb ${gateway?.port}`, `gateway subgraphs ${gateway?.operatorPort}`]);
  });

  it("lets the load balancer reach no subgraph but those that the catalogue gives paths", async () => {
    const to = (await ingress()).map(side).filter((rule) => rule.startsWith("subgraphs alb"));
    const reached = catalogue.filter(({ paths, isPublic }) => paths.length > 0 && !isPublic);
    expect(to).toEqual(reached.map(({ port }) => `subgraphs alb ${port}`));
  });

  it("gives database, cache, files and endpoints no way out", async () => {
    const egress = await (await made()).ofKind("vpc.SecurityGroupEgressRule");
    const from = new Set(egress.map(({ inputs }) => side(inputs).split(" ")[0]));
    expect([...from].sort()).toEqual(["alb", "gateway", "hooks", "rotation", "subgraphs"]);
  });

  it("writes every connection inside the VPC at both ends", async () => {
    const recorded = await made();
    const out = (await recorded.ofKind("vpc.SecurityGroupEgressRule")).map(({ inputs }) => side(inputs));
    const back = (await recorded.ofKind("vpc.SecurityGroupIngressRule"))
      .map(({ inputs }) => side(inputs).split(" "))
      .filter(([, from]) => from !== "pl-1")
      .map(([to, from, port]) => `${from} ${to} ${port}`);
    expect(out.filter((rule) => !rule.includes("/")).sort()).toEqual(back.sort());
  });
});
