// The settings of each program in the cloud, as text. What is secret comes from Secrets Manager instead (secretsOf).
import { services, subgraphs } from "../../../services.ts";
import { type Deployable } from "./catalogue.ts";
import { type FoundationOutputs } from "./foundation-outputs.ts";
import { type StackName } from "./stack-name.ts";
import { type Telemetry, telemetryEnvironment } from "./telemetry-environment.ts";

/** Seconds that requests under way get after SIGTERM. ECS kills ten seconds later, which is for closing connections. */
export const SHUTDOWN_SECONDS = 25;

/** Where the image keeps the certificates that DocumentDB's own is signed by. */
export const DATABASE_CERTIFICATES = "/app/certificates/rds.pem";

/** Where the gateway keeps audit records that users has not got yet. */
export const SPOOL_FOLDER = "/app/audit-spool";

/** CloudFront and the load balancer: each adds a line to X-Forwarded-For. */
const PROXIES = 2;

/** What programs are told about where they run. */
export interface Surroundings extends Telemetry {
  /** Host of the GraphQL endpoint. */
  domain: string;
  /** "host=tenant" */
  tenantHosts: string[];
  /** Tenant of visitors whose host tells none; empty for none. */
  defaultTenant: string;
  corsOrigins: string[];
  /** Address of the storefront; links in messages lead there. */
  storefrontUrl: string;
  mailFrom: string;
  database: FoundationOutputs["database"];
  /** Most tasks of a service at a time, deployments aside. */
  mostTasks: number;
  /** The key that wraps the keys of sealed fields. */
  fieldsKeyArn: string;
  /** The CDN that gateways tell what to forget. */
  distributionId: string;
  /** Whether who asks too often is refused, or only counted; an older release says nothing, and refuses. */
  rateLimitMode?: "enforce" | "measure";
  /** Whether gateways keep answers; an older release says nothing, and keeps them. */
  responseCache?: boolean;
  /** Optional secrets that have a value; an older release says nothing, and gives all there are. */
  filledSecrets?: string[];
}

const logLevels: Record<StackName, string> = { dev: "debug", staging: "info", prod: "warn" };

/** DocumentDB's address for programs that log in by the role of their task. */
export function databaseUri(database: FoundationOutputs["database"]): string {
  if (database.users !== "iam") return "";
  const byRole = new URLSearchParams({ authMechanism: "MONGODB-AWS", authSource: "$external" });
  return `${databaseAddress(database)}&${byRole.toString()}`;
}

/** DocumentDB's address without a user. */
export function databaseAddress({ host = "", port, version = "" }: FoundationOutputs["database"]): string {
  const options = new URLSearchParams({
    tls: "true",
    tlsCAFile: DATABASE_CERTIFICATES,
    replicaSet: "rs0",
    ...(retriesWrites(version) ? {} : { retryWrites: "false" }),
  });
  return `mongodb://${host}:${port}/?${options.toString()}`;
}

/** Retryable writes came with 8.0.2. */
function retriesWrites(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  return major > 8 || (major === 8 && (minor > 0 || patch >= 2));
}

/** Of the 3,400 connections that the smallest instance of production (db.r6g.large) takes; people need some, too. */
const CONNECTIONS = 3000;

/** Connections of one task at most: all tasks of all subgraphs, two versions of each while one is released, fit in. */
const poolOf = (mostTasks: number) =>
  Math.max(10, Math.min(100, Math.floor(CONNECTIONS / (subgraphs.length * 2 * mostTasks))));

/** Service Connect gives the names, as compose does. */
const addressOf = (name: string, path: string): string => {
  const found = services.find((service) => service.name === name);
  return `http://${name}:${found?.port ?? 0}${path}`;
};
const addresses = (but: string[]): string =>
  JSON.stringify(
    Object.fromEntries(
      services.filter(({ name }) => !but.includes(name)).map(({ name }) => [name, addressOf(name, "/graphql")]),
    ),
  );

/** Text settings of one program: what services.ts says it reads, and of that what is not left to its default. */
export function environmentOf(service: Deployable, around: Surroundings): Record<string, string> {
  const keepsAnswers = around.responseCache ?? true;
  const given: Record<string, string> = {
    ...telemetryEnvironment(around),
    // Staging is as closed as production, and dev on AWS is on the Internet as well.
    NODE_ENV: around.stack === "prod" ? "production" : "staging",
    LOG_LEVEL: logLevels[around.stack],
    HOST: "0.0.0.0",
    PORT: String(service.port),
    SHUTDOWN_GRACE_MS: String(SHUTDOWN_SECONDS * 1000),
    // Figures are for whoever scrapes inside the VPC, not for visitors (docs/HTTP.md).
    OPERATOR_PORT: service.operatorPort === undefined ? "" : String(service.operatorPort),
    OPERATOR_HOST: "0.0.0.0",
    // Limits hold while Redis is away as long as no more gateways run than this (docs/RATE-LIMITS.md).
    RATE_LIMIT_INSTANCES: String(around.mostTasks),
    APOLLO_TELEMETRY_DISABLED: "1",
    MONGODB_URI: databaseUri(around.database),
    MONGODB_DATABASE: service.name,
    MONGODB_FLAVOR: around.database.kind === "documentdb" ? "documentdb" : "mongodb",
    DATABASE_POOL_MAX: String(poolOf(around.mostTasks)),
    ENCRYPTION_KMS_KEY_ID: around.fieldsKeyArn,
    AWS_REGION: around.region,
    PRODUCTS_URL: addressOf("products", "/graphql"),
    USERS_URL: addressOf("users", "/graphql"),
    JWKS_URL: addressOf("users", "/.well-known/jwks.json"),
    SUBGRAPH_URLS: addresses(["gateway"]),
    EVENT_SOURCES: addresses(["gateway", "users"]),
    MAIL_FROM: around.mailFrom,
    PUBLIC_URL: around.storefrontUrl,
    GRAPH_PUBLIC_URL: `https://${around.domain}/graphql`,
    DEFAULT_TENANT: around.defaultTenant,
    TENANT_HOSTS: JSON.stringify(Object.fromEntries(around.tenantHosts.map((pair) => pair.split("=")))),
    CORS_ORIGIN: around.corsOrigins.join(","),
    TRUSTED_PROXIES: String(PROXIES),
    AUDIT_SPOOL_DIR: SPOOL_FOLDER,
    RATE_LIMIT_MODE: around.rateLimitMode ?? "enforce",
    RESPONSE_CACHE_ENABLED: String(keepsAnswers),
    // A gateway that keeps nothing lets no CDN keep anything, and refuses to start with one.
    RESPONSE_CACHE_CDN: keepsAnswers ? "cloudfront" : "",
    RESPONSE_CACHE_CDN_ID: keepsAnswers ? around.distributionId : "",
  };
  const own = Object.entries(given).filter(
    ([name, value]) => value !== "" && (service.settings.includes(name) || service.secrets.includes(name)),
  );
  return Object.fromEntries(own);
}
