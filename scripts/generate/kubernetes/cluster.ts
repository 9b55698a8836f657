// Names and numbers that all manifests share (OPS-2).
import { type Service } from "../../../services.ts";

export const NAMESPACE = "ecommerce";

/** Stands for the image; overlays say which, with its digest. */
export const IMAGE = "tradegraph";

/** Pods with this label are programs of the graph, or its migrations. */
export const partOf = { "app.kubernetes.io/part-of": "tradegraph" };

/** Neighbours of the graph, by the label that every namespace has. */
const inNamespace = (name: string) => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
});
export const ingressController = inNamespace("ingress-nginx");
export const monitoring = inNamespace("monitoring");
export const databases = inNamespace("databases");

/** Port of Services; pods listen on their own (services.ts). */
export const SERVICE_PORT = 80;

/** Where the gateway answers operators and Prometheus; never through the Ingress. */
export const OPERATOR_PORT = 4100;

/** Seconds in which the Ingress and the other pods learn that a pod leaves, before it is told to. */
export const LEAVE_SECONDS = 5;
/** Seconds that requests under way get after SIGTERM. */
export const SHUTDOWN_SECONDS = 25;
/** Seconds for closing connections after that. */
export const CLOSE_SECONDS = 10;

/** Where the gateway keeps access records that users has not got yet. */
export const SPOOL_FOLDER = "/app/audit-spool";

/** What one pod asks for, and what it gets at most. */
export interface Resources {
  requests: { cpu: string; memory: string };
  limits: { cpu: string; memory: string };
}

const small: Resources = {
  requests: { cpu: "250m", memory: "256Mi" },
  limits: { cpu: "500m", memory: "512Mi" },
};

/**
 * OPS-2 has one size, that of a service with a database. The gateway holds plans, kept answers and young garbage for all of
 * them (`--max-semi-space-size=64` alone may take 192 MiB): it asks for more, and may take what services.ts says.
 */
export function resourcesOf({ database, size }: Service): Resources {
  if (database !== undefined) return small;
  return {
    requests: { cpu: "500m", memory: "1Gi" },
    limits: { cpu: `${(size.cpu * 1000) / 1024}m`, memory: `${size.memory}Mi` },
  };
}

/** What is selected by: S4's Prometheus looks for `app`. */
export const selectorOf = (name: string) => ({ app: name });

export const labelsOf = (name: string, component: "gateway" | "subgraph" | "migration") => ({
  ...selectorOf(name),
  "app.kubernetes.io/name": name,
  "app.kubernetes.io/component": component,
  ...partOf,
});

export const componentOf = ({ database }: Service) => (database === undefined ? "gateway" : "subgraph");
