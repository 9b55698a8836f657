// Which settings of services.ts are secrets, and how a person fills them before the first deployment.
import { subgraphs } from "../../../../services.ts";

/** Secrets that programs cannot start without. */
const needed = {
  INTERNAL_SIGNING_KEYS: "One key for calls between programs, as kid:secret: first:$(openssl rand -hex 32)",
  JWT_PRIVATE_KEY:
    "RSA key in PEM that signs access tokens: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072",
  MAIL_URL: "Where mail goes: smtps://user:password@host:465",
  REDIS_URL:
    "Set a password by `aws elasticache modify-user --user-id <output cache.id> --passwords ...`, then " +
    "<output cache.scheme>://<user>:<password>@<host>:<port>",
};

/** Secrets of features that are off unless set: made where the setting `optionalSecrets` names them. */
export const optionalSecrets: Record<string, string> = {
  OTEL_EXPORTER_OTLP_HEADERS: "Headers for whoever takes traces, with his key: api-key=<license key> for New Relic",
  RESPONSE_CACHE_CDN_TOKEN: "Token of a CDN's interface for purging; CloudFront needs none",
  RESPONSE_CACHE_INVALIDATION_KEYS: "Keys of those who may invalidate kept answers over HTTP",
  SENTRY_DSN: "Where programs report unexpected errors: the DSN of a project at Sentry",
};

export interface SecretChoice {
  /** `password`: each subgraph has a user of its own in the database. */
  databaseUsers: "iam" | "password";
  /** AWS does not keep the first user's password in global clusters. */
  isGlobal: boolean;
  optional: string[];
}

/** On DocumentDB the task `databaseUsers` makes the user; elsewhere a person does (docs/DATABASE-USERS.md). */
const addressOf = (program: string) =>
  `mongodb://${program}:<a password>@<output database.host>:27017/?tls=true&tlsCAFile=/app/certificates/rds.pem&` +
  "replicaSet=rs0&retryWrites=false; of a MongoDB elsewhere, its own address";

/** How to fill each secret that a stack has, by its key. */
export function wantedSecrets({ databaseUsers, isGlobal, optional }: SecretChoice): Record<string, string> {
  const programs = databaseUsers === "password" ? [...subgraphs.map(({ name }) => name), "migrate"] : [];
  return {
    ...needed,
    ...Object.fromEntries(programs.map((name) => [`MONGODB_URI/${name}`, addressOf(name)])),
    ...(isGlobal
      ? {
          DATABASE_OWNER:
            "Set a password by `aws docdb modify-db-cluster --master-user-password ...` and keep it here, as AWS does: " +
            '{"username":"owner","password":"..."}',
        }
      : {}),
    ...Object.fromEntries(optional.map((key) => [key, optionalSecrets[key] ?? key])),
  };
}
