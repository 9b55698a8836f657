import type { INetworkPolicy } from "kubernetes-models/networking.k8s.io/v1";
import { describe, expect, it } from "vitest";
import { services } from "../../../services.ts";
import { awsPolicy, errorReportsPolicy, policyOf, sharedPolicies, tracesPolicy } from "./network.ts";
import { needsOf } from "./settings.ts";
import { deployment } from "./workload.ts";

type Peers = NonNullable<NonNullable<NonNullable<INetworkPolicy["spec"]>["ingress"]>[number]["from"]>;

const nameOf = ({ podSelector, namespaceSelector, ipBlock }: Peers[number]) =>
  podSelector?.matchLabels?.["app"] ??
  (namespaceSelector
    ? `namespace ${namespaceSelector.matchLabels?.["kubernetes.io/metadata.name"] ?? "?"}`
    : ipBlock?.cidr);

const policies = services.map(policyOf);
const shared = Object.fromEntries(sharedPolicies().map(({ metadata, spec }) => [metadata!.name!, spec!]));

describe("policies of the network", () => {
  it("let nobody talk to anybody at first, but for names", () => {
    expect(shared["default-deny"]).toEqual({ podSelector: {}, policyTypes: ["Ingress", "Egress"] });
    expect(shared["to-dns"]).toMatchObject({ podSelector: {}, policyTypes: ["Egress"] });
    expect(shared["to-dns"]?.egress?.[0]?.ports).toEqual([
      { protocol: "UDP", port: 53 },
      { protocol: "TCP", port: 53 },
    ]);
  });

  it("let in those who call, and figures to Prometheus alone", () => {
    const arrows = policies.flatMap(({ metadata, spec }) =>
      (spec?.ingress ?? []).flatMap(({ from = [], ports = [] }) =>
        from.map((peer) => `${nameOf(peer)} → ${metadata?.name}:${ports.map(({ port }) => port).join()}`),
      ),
    );
    expect(arrows.sort()).toEqual([
      "gateway → content:4004",
      "gateway → orders:4002",
      "gateway → products:4001",
      "gateway → users:4003",
      "namespace ingress-nginx → gateway:4000",
      "namespace ingress-nginx → users:4003",
      "namespace monitoring → content:4004",
      "namespace monitoring → gateway:4100",
      "namespace monitoring → orders:4002",
      "namespace monitoring → products:4001",
      "namespace monitoring → users:4003",
      "orders → products:4001",
      "orders → users:4003",
      // Events for the audit log.
      "users → content:4004",
      "users → orders:4002",
      "users → products:4001",
    ]);
  });

  it("let each program out to exactly those who let it in", () => {
    const out = policies.flatMap(({ metadata, spec }) =>
      (spec?.egress ?? []).flatMap(({ to = [] }) => to.map((peer) => `${metadata?.name} → ${nameOf(peer)}`)),
    );
    const into = policies.flatMap(({ metadata, spec }) =>
      (spec?.ingress ?? []).flatMap(({ from = [] }) => from.map((peer) => `${nameOf(peer)} → ${metadata?.name}`)),
    );
    expect(out.sort()).toEqual(into.filter((arrow) => !arrow.startsWith("namespace ")).sort());
  });

  it("let to databases, mail and AWS only pods that are given their address, on one port each", () => {
    const reach = (spec: INetworkPolicy["spec"]) => spec?.egress?.[0]?.ports?.map(({ port }) => port);
    expect(reach(shared["to-mongodb"])).toEqual([27017]);
    expect(reach(shared["to-redis"])).toEqual([6379]);
    expect(reach(shared["to-mail"])).toEqual([465, 587]);
    expect(reach(awsPolicy().spec)).toEqual([443]);
    const selected = (policy: INetworkPolicy["spec"]) =>
      services
        .filter((service) => {
          const labels = deployment(service).spec?.template.metadata?.labels ?? {};
          return Object.entries(policy?.podSelector?.matchLabels ?? { none: "" }).every(
            ([name, value]) => labels[name] === value,
          );
        })
        .map(({ name }) => name);
    expect(selected(shared["to-mongodb"])).toEqual(["products", "orders", "users", "content"]);
    expect(selected(shared["to-redis"])).toEqual(["products", "orders", "users", "content", "gateway"]);
    expect(selected(shared["to-mail"])).toEqual(["users"]);
    expect(selected(errorReportsPolicy().spec)).toEqual(["products", "orders", "users", "content", "gateway"]);
    expect(reach(errorReportsPolicy().spec)).toEqual([443]);
    // Clusters that report nothing let nobody out for it.
    expect(Object.keys(shared)).not.toContain("to-error-reports");
    expect(needsOf(["PORT"])).toEqual({});
  });

  it("let traces out where a cluster traces, to the collector of the cluster or over HTTPS", () => {
    const { podSelector, egress, policyTypes } = tracesPolicy().spec!;
    expect([podSelector, policyTypes]).toEqual([{ matchLabels: { "needs-traces": "true" } }, ["Egress"]]);
    expect(egress?.map(({ to = [], ports }) => [to.map(nameOf), ports])).toEqual([
      [["namespace monitoring"], [{ protocol: "TCP", port: 4318 }]],
      [["0.0.0.0/0"], [{ protocol: "TCP", port: 443 }]],
    ]);
    for (const service of services)
      expect(deployment(service).spec?.template.metadata?.labels, service.name).toMatchObject({
        "needs-traces": "true",
      });
    expect(Object.keys(shared)).not.toContain("to-traces");
  });

  it("let the Ingress alone reach what proves the name of the host for its certificate", () => {
    const { podSelector, ingress } = shared["acme-solver"]!;
    expect(podSelector?.matchLabels).toEqual({ "acme.cert-manager.io/http01-solver": "true" });
    expect(ingress?.map(({ from = [], ports }) => [from.map(nameOf), ports])).toEqual([
      [["namespace ingress-nginx"], [{ protocol: "TCP", port: 8089 }]],
    ]);
  });

  it("lead to private networks for databases, and never to the metadata of the node", () => {
    const cidrs = (name: string) => shared[name]?.egress?.[0]?.to?.flatMap(({ ipBlock }) => (ipBlock ? [ipBlock] : []));
    expect(cidrs("to-mongodb")?.map(({ cidr }) => cidr)).toEqual(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]);
    expect(cidrs("to-mail")).toEqual([{ cidr: "0.0.0.0/0", except: ["169.254.0.0/16"] }]);
  });
});
