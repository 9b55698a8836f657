// What pods find in their environment: settings as text from ConfigMaps, secrets from Secrets.
import type { IEnvVar } from "kubernetes-models/v1";
import { publicPaths, secretVariables, type Service, services } from "../../../services.ts";
import { OPERATOR_PORT, SHUTDOWN_SECONDS, SPOOL_FOLDER } from "./cluster.ts";

/** ConfigMap with what every program is told; overlays change it for all at once. */
export const SHARED_SETTINGS = "every-program-settings";
export const settingsName = ({ name }: Service) => `${name}-settings`;

/** Strict until an overlay says otherwise. */
export const sharedSettings = {
  NODE_ENV: "production",
  LOG_LEVEL: "warn",
  HOST: "0.0.0.0",
  SHUTDOWN_GRACE_MS: String(SHUTDOWN_SECONDS * 1000),
};

/** Where a collector of the cluster takes OTLP over HTTP. */
export const COLLECTOR_PORT = 4318;

/** One secret for each purpose. The first two are named by OPS-2. */
const secrets: Record<string, { name: string; key: string; optional?: true }> = {
  MONGODB_URI: { name: "database-secrets", key: "url" },
  REDIS_URL: { name: "redis-secrets", key: "url" },
  INTERNAL_SIGNING_KEYS: { name: "signing-secrets", key: "keys" },
  JWT_PRIVATE_KEY: { name: "jwt-secrets", key: "private-key" },
  MAIL_URL: { name: "mail-secrets", key: "url" },
  OTEL_EXPORTER_OTLP_HEADERS: { name: "trace-secrets", key: "headers", optional: true },
  RESPONSE_CACHE_CDN_TOKEN: { name: "cdn-secrets", key: "token", optional: true },
  RESPONSE_CACHE_INVALIDATION_KEYS: { name: "invalidation-secrets", key: "keys", optional: true },
  SENTRY_DSN: { name: "error-report-secrets", key: "dsn", optional: true },
};

/** Where each secret variable comes from. @throws Error for one that has no place yet */
export function secretOf(variable: string) {
  const found = secrets[variable];
  if (!found)
    throw new Error(`${variable} is a secret: say in scripts/generate/kubernetes/settings.ts where it is kept.`);
  return found;
}

/** Services of Kubernetes give the names; their port is 80. */
const address = (name: string, path: string) => `http://${name}${path}`;
const graphql = (name: string) => address(name, "/graphql");

/** Settings that hold addresses of programs, by whom they lead to. */
const callees: Record<string, (of: Service) => string[]> = {
  PRODUCTS_URL: () => ["products"],
  USERS_URL: () => ["users"],
  JWKS_URL: () => ["users"],
  SUBGRAPH_URLS: databasesBut,
  EVENT_SOURCES: databasesBut,
};

function databasesBut({ name }: Service): string[] {
  return services
    .filter((service) => service.database !== undefined && service.name !== name)
    .map((other) => other.name);
}

/** Programs that this one calls: those whose addresses it reads. */
export const calledBy = (service: Service): string[] => [
  ...new Set(service.env.flatMap((variable) => callees[variable]?.(service) ?? [])),
];

/** What is the same in every cluster. Hosts, tenants, senders and keys are for overlays to say. */
export function settingsOf(service: Service): Record<string, string> {
  const addresses = JSON.stringify(Object.fromEntries(databasesBut(service).map((name) => [name, graphql(name)])));
  const given: Record<string, string> = {
    PORT: String(service.port),
    APOLLO_TELEMETRY_DISABLED: "1",
    MONGODB_DATABASE: service.database ?? "",
    MONGODB_FLAVOR: "mongodb",
    PRODUCTS_URL: graphql("products"),
    USERS_URL: graphql("users"),
    JWKS_URL: address("users", publicPaths.users?.[0] ?? ""),
    SUBGRAPH_URLS: addresses,
    EVENT_SOURCES: addresses,
    // The Ingress controller.
    TRUSTED_PROXIES: "1",
    AUDIT_SPOOL_DIR: SPOOL_FOLDER,
    // Figures leave the port that the Ingress leads to.
    OPERATOR_PORT: String(OPERATOR_PORT),
    OPERATOR_HOST: "0.0.0.0",
  };
  return Object.fromEntries(Object.entries(given).filter(([name]) => service.env.includes(name)));
}

/** Its secret variables, as containers want them. */
export const secretEnvironment = (service: Service): IEnvVar[] =>
  service.env
    .filter((variable) => secretVariables.has(variable))
    .map((variable) => ({ name: variable, valueFrom: { secretKeyRef: secretOf(variable) } }));

/** A label for each kind of server whose address a pod gets; policies of the network let it there. */
const needs: Record<string, string> = {
  MONGODB_URI: "needs-mongodb",
  REDIS_URL: "needs-redis",
  MAIL_URL: "needs-mail",
  SENTRY_DSN: "needs-error-reports",
  OTEL_EXPORTER_OTLP_ENDPOINT: "needs-traces",
};

export const needsOf = (variables: string[]): Record<string, string> =>
  Object.fromEntries(variables.flatMap((variable) => (needs[variable] ? [[needs[variable], "true"]] : [])));
