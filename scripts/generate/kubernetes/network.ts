// Who may talk to whom: nobody, but for what is listed here.
import type { INetworkPolicy } from "kubernetes-models/networking.k8s.io/v1";
import { publicPaths, type Service, services } from "../../../services.ts";
import {
  componentOf,
  databases,
  ingressController,
  labelsOf,
  monitoring,
  NAMESPACE,
  partOf,
  selectorOf,
} from "./cluster.ts";
import { calledBy, COLLECTOR_PORT, needsOf } from "./settings.ts";
import { metricsPort } from "./workload.ts";

type Spec = NonNullable<INetworkPolicy["spec"]>;
type Peer = NonNullable<NonNullable<Spec["egress"]>[number]["to"]>[number];

const tcp = (port: number) => ({ protocol: "TCP" as const, port });
const podsOf = (name: string): Peer => ({ podSelector: { matchLabels: selectorOf(name) } });

const policy = (name: string, spec: Spec, labels: Record<string, string> = partOf): INetworkPolicy => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name, namespace: NAMESPACE, labels },
  spec,
});

const needing = (variable: string) => ({ podSelector: { matchLabels: needsOf([variable]) } });

/** Managed databases have private addresses; overlays narrow this to the network of their own. */
const privateNetworks: Peer[] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((cidr) => ({
  ipBlock: { cidr },
}));

/** Anywhere but the node's own metadata, which gives out the node's credentials. */
const anywhere: Peer = { ipBlock: { cidr: "0.0.0.0/0", except: ["169.254.0.0/16"] } };

const to = (name: string, variable: string, peers: Peer[], ports: number[]): INetworkPolicy =>
  policy(name, { ...needing(variable), policyTypes: ["Egress"], egress: [{ to: peers, ports: ports.map(tcp) }] });

/** For the namespace as a whole. */
export const sharedPolicies = (): INetworkPolicy[] => [
  policy("default-deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] }),
  policy("to-dns", {
    podSelector: {},
    policyTypes: ["Egress"],
    egress: [
      {
        to: [
          {
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
            podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
          },
          // NodeLocal DNSCache
          { ipBlock: { cidr: "169.254.20.10/32" } },
        ],
        ports: [{ protocol: "UDP", port: 53 }, tcp(53)],
      },
    ],
  }),
  to("to-mongodb", "MONGODB_URI", [...privateNetworks, databases], [27017]),
  to("to-redis", "REDIS_URL", [...privateNetworks, databases], [6379]),
  to("to-mail", "MAIL_URL", [anywhere], [465, 587]),
  // cert-manager answers the question of the certificate's issuer from a pod in this namespace.
  policy("acme-solver", {
    podSelector: { matchLabels: { "acme.cert-manager.io/http01-solver": "true" } },
    policyTypes: ["Ingress"],
    ingress: [{ from: [ingressController], ports: [tcp(8089)] }],
  }),
];

/** KMS for sealed fields, and the log-in to a database by the role of a pod: AWS is reached over HTTPS. */
export const awsPolicy = (): INetworkPolicy => to("to-aws", "MONGODB_URI", [anywhere], [443]);

/** Reports of errors go to Sentry over HTTPS, wherever it is; only for clusters that report. */
export const errorReportsPolicy = (): INetworkPolicy => to("to-error-reports", "SENTRY_DSN", [anywhere], [443]);

/** Traces go to a collector of the cluster, or straight to a vendor over HTTPS; only for clusters that trace. */
export const tracesPolicy = (): INetworkPolicy =>
  policy("to-traces", {
    ...needing("OTEL_EXPORTER_OTLP_ENDPOINT"),
    policyTypes: ["Egress"],
    egress: [
      { to: [monitoring], ports: [tcp(COLLECTOR_PORT)] },
      { to: [anywhere], ports: [tcp(443)] },
    ],
  });

/** For one program: who reads its address may call it, and it may call those whose addresses it reads. */
export function policyOf(service: Service): INetworkPolicy {
  const callers = services.filter((other) => calledBy(other).includes(service.name)).map(({ name }) => podsOf(name));
  const outside = publicPaths[service.name] ? [ingressController] : [];
  const callees = services.filter(({ name }) => calledBy(service).includes(name));
  return policy(
    service.name,
    {
      podSelector: { matchLabels: selectorOf(service.name) },
      policyTypes: ["Ingress", "Egress"],
      ingress: [
        { from: [...callers, ...outside], ports: [tcp(service.port)] },
        { from: [monitoring], ports: [tcp(metricsPort(service).port)] },
      ],
      egress: callees.map(({ name, port }) => ({ to: [podsOf(name)], ports: [tcp(port)] })),
    },
    labelsOf(service.name, componentOf(service)),
  );
}
