import { type Service, type ServiceName, subgraphs } from "../../../services.ts";
import { type DemoSecrets } from "./demo-secrets.ts";
import { childEnvironment } from "./env.ts";

/** One local graph: where its parts listen and what they share. */
export interface LocalGraph {
  ports: Record<ServiceName, number>;
  /** Where operators reach the gateway; 0 takes a free port. */
  operatorPort?: number;
  mongoUri: string;
  /** Of programs that log in to it as users of their own. */
  mongoUris?: Partial<Record<ServiceName, string>>;
  /** Put before each database's name, so that graphs share a server without sharing data. */
  databasePrefix?: string;
  redisUri?: string | undefined;
  secrets: DemoSecrets;
  /** Path of the key that wraps data keys; see encryption-key.ts. */
  encryptionKeyFile: string;
  /** Folder that messages are written to. */
  mailFolder: string;
  /** Folder where the gateway's audit records wait for users. */
  spoolFolder: string;
  defaultTenant: string;
  logLevel: string;
  /** Further variables for all programs. */
  extra?: Record<string, string>;
}

const addressOf = (graph: LocalGraph, name: ServiceName) => `http://127.0.0.1:${graph.ports[name]}`;

/** Environment of one program of a local graph. */
export function programEnvironment(graph: LocalGraph, service: Service): NodeJS.ProcessEnv {
  const settings: Record<string, string> = {
    NODE_ENV: "development",
    APOLLO_TELEMETRY_DISABLED: "1",
    HOST: "127.0.0.1",
    PORT: String(graph.ports[service.name]),
    LOG_LEVEL: graph.logLevel,
    INTERNAL_SIGNING_KEYS: graph.secrets.signingKeys,
    MONGODB_URI: graph.mongoUris?.[service.name] ?? graph.mongoUri,
    MONGODB_DATABASE: `${graph.databasePrefix ?? ""}${service.name}`,
    // Five programs on one machine: connections are made when needed.
    DATABASE_POOL_MIN: "0",
    REDIS_URL: graph.redisUri ?? "",
    REDIS_NAMESPACE: `${graph.databasePrefix ?? ""}tradegraph`,
    PRODUCTS_URL: `${addressOf(graph, "products")}/graphql`,
    ENCRYPTION_KEY_FILE: graph.encryptionKeyFile,
    // Against settings of the terminal: a program takes one of the two.
    ENCRYPTION_KMS_KEY_ID: "",
    MAIL_FOLDER: graph.mailFolder,
    AUDIT_SPOOL_DIR: graph.spoolFolder,
    JWT_PRIVATE_KEY: graph.secrets.jwtPrivateKey,
    USERS_URL: `${addressOf(graph, "users")}/graphql`,
    JWKS_URL: `${addressOf(graph, "users")}/.well-known/jwks.json`,
    SUBGRAPH_URLS: JSON.stringify(
      Object.fromEntries(subgraphs.map(({ name }) => [name, `${addressOf(graph, name)}/graphql`])),
    ),
    EVENT_SOURCES: JSON.stringify(
      Object.fromEntries(
        subgraphs.filter(({ name }) => name !== "users").map(({ name }) => [name, `${addressOf(graph, name)}/graphql`]),
      ),
    ),
    DEFAULT_TENANT: graph.defaultTenant,
    OPERATOR_PORT: String(graph.operatorPort ?? 0),
    RESPONSE_CACHE_INVALIDATION_KEYS: JSON.stringify({ "*": graph.secrets.operatorKey }),
    ...graph.extra,
  };
  // A program gets what services.ts says it reads, as in production, so that a forgotten entry shows here first.
  const own = Object.entries(settings).filter(([name]) => service.env.includes(name) || name in (graph.extra ?? {}));
  return childEnvironment({ ...Object.fromEntries(own), NODE_ENV: "development" });
}
