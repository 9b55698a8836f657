// The only file of the gateway that touches process.env.
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import {
  EnvError,
  flag,
  milliseconds,
  parseEnv,
  port,
  programEnv,
  redisEnv,
  redisNamespace,
  stringRecord,
} from "@tradegraph/kit/env";
import { isNetwork } from "@tradegraph/kit/networks";
import { isShopId } from "@tradegraph/kit/viewer";
import { z } from "zod";
import { authorizationErrorPlaces } from "./authorization/authorize-executor.ts";
import { cacheSettings, checkCdnSettings } from "./cache/settings.ts";
import { guards } from "./guards.ts";
import { limitSettings } from "./limits/settings.ts";
import { checkOperationSettings, operationSettings } from "./operations/settings.ts";
import { planningSettings } from "./planning/settings.ts";
import { rateLimitSettings } from "./rate-limit/settings.ts";

const repositoryRoot = resolve(import.meta.dirname, "../..");

const list = z.string().transform((text) =>
  text
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean),
);
const url = z.url({ protocol: /^https?$/, message: "must be a URL beginning with http:// or https://" });
const tenant = z.string().refine(isShopId, "must be a lower-case slug such as acme, and not platform");
const urls = stringRecord.pipe(z.record(z.string(), url));
const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  list.pipe(z.array(z.enum(values, { message: `must be a comma list of ${values.join(", ")}` })));
/** How many proxies of ours stand in front, or their addresses and networks. */
const trustedProxies = z.string().transform((text, context): number | string[] => {
  if (/^\d{1,2}$/.test(text.trim())) return Number(text);
  const networks = list.parse(text);
  if (networks.length > 0 && networks.every(isNetwork)) return networks;
  context.addIssue({
    code: "custom",
    message: "must be a number of proxies, or a comma list of addresses and networks such as 10.0.0.0/8",
  });
  return z.NEVER;
});
/** Exact ones: `null`, which any page can have, is none, and neither is an address with a path. */
const origins = (open: boolean) =>
  list.refine(
    (items) =>
      items.every(
        (item) =>
          (open && item === "*") || (!item.includes("*") && URL.canParse(item) && new URL(item).origin === item),
      ),
    `must be a comma list of origins such as https://shop.example${open ? ", or *" : ""}`,
  );
const development = (source: Record<string, string | undefined>) =>
  source.NODE_ENV === "development" || source.NODE_ENV === "test";

/** @param open development, in which introspection, pages, any origin and the tenant header are let in */
export const settings = (open: boolean) => ({
  ...programEnv,
  ...redisEnv,
  PORT: port(4000).describe("Port to listen on; 0 is any free one."),
  SUPERGRAPH_PATH: z.string().default("schema/generated/supergraph.graphql").describe("The composed schema."),
  POLICY_PATH: z.string().optional().describe("Who may reach what, of the same schema; `policy.json` beside it."),
  AUTHORIZATION_REJECT: flag(false).describe("Refuse an operation with anything that is not allowed, whole."),
  AUTHORIZATION_ERRORS: z
    .enum(authorizationErrorPlaces)
    .default("errors")
    .describe("Where fields that were taken out are reported."),
  SUBGRAPH_URLS: urls
    .prefault("{}")
    .describe("Where subgraphs are, instead of what the schema says: JSON, name to URL."),
  SUBGRAPH_TIMEOUT_MS: milliseconds(5_000)
    .refine((ms) => ms >= 100, "must be 100 or more")
    .describe("Longest call of a subgraph."),
  JWKS_URL: (open ? url.default("http://127.0.0.1:4003/.well-known/jwks.json") : url.optional()).describe(
    "Public keys of access tokens; without it every token is refused.",
  ),
  // Without it sessions could not be checked, so it goes with JWKS_URL.
  USERS_URL: (open ? url.default("http://127.0.0.1:4003/graphql") : url.optional()).describe(
    "GraphQL endpoint of users, which is asked about sessions and API keys; goes with `JWKS_URL`.",
  ),
  REDIS_NAMESPACE: redisNamespace,
  ...cacheSettings(open),
  ...operationSettings(open),
  ...planningSettings,
  ...rateLimitSettings(open),
  AUDIT_SPOOL_DIR: z
    .string()
    .default(join(tmpdir(), "tradegraph-audit"))
    .describe("Folder for access records until users has them; give it a disk that outlives the program."),
  AUDIT_SPOOL_MIB: z.coerce.number().int().min(1).max(100_000).default(512).describe("Most that may wait there."),
  AUDIT_POLICY_PATH: z
    .string()
    .default("schema/audit-policy.json")
    .describe("Operations of which only some leave an access record."),
  JWT_ISSUER: z.string().default("tradegraph").describe("`iss` that tokens must have."),
  JWT_AUDIENCE: z.string().default("tradegraph").describe("`aud` that tokens must have."),
  DEFAULT_TENANT: tenant.optional().describe("Tenant of visitors when nothing else tells it."),
  TENANT_HOSTS: stringRecord
    .pipe(z.record(z.string(), tenant))
    .prefault("{}")
    .describe("Tenant by host name: JSON, host to tenant."),
  TRUST_TENANT_HEADER: flag(open).describe("Believe `x-tenant-id` of visitors."),
  TRUSTED_PROXIES: trustedProxies
    .prefault("0")
    .describe("How many proxies of yours stand in front, or their networks; tells the client's address."),
  HSTS_SECONDS: z.coerce
    .number()
    .int()
    .min(0)
    .max(63_072_000)
    .default(open ? 0 : 31_536_000)
    .describe("For how long browsers shall use HTTPS only; 0 does not tell them."),
  CORS_ORIGIN: origins(open)
    .prefault(open ? "*" : "")
    .describe("Origins of frontends, joined by commas; `*` for any, in development only."),
  GRAPH_PUBLIC_URL: url
    .optional()
    .describe("GraphQL endpoint as partners reach it, for their page; as each caller says it where this is missing."),
  BODY_LIMIT_BYTES: z.coerce
    .number()
    .int()
    .min(1_024)
    .max(100 * 1024 * 1024)
    .default(102_400)
    .describe("Longest body of a request."),
  ...limitSettings(),
  INTROSPECTION: z
    .union([z.literal("developers"), z.stringbool()], "must be true, false or developers")
    .default(open || "developers")
    .describe("Whose questions about the schema are answered: everybody's, nobody's, or those of `developers`."),
  LANDING_PAGE: oneOf(["none", "sandbox", "graphiql"])
    .prefault(open ? "sandbox,graphiql" : "none")
    .describe("Pages for developers."),
  GUARDS_OFF: oneOf(guards).prefault("").describe("Guards that are switched off, joined by commas."),
});

/**
 * Reads and checks every setting. Development is open, everything else closed unless a setting opens it.
 *
 * @throws EnvError naming every missing or wrong variable together
 */
export function readEnv(source: Record<string, string | undefined> = process.env) {
  const open = development(source);
  const env = parseEnv(settings(open), source);
  if (env.JWKS_URL !== undefined && env.USERS_URL === undefined) {
    throw new EnvError(["USERS_URL: is missing; with JWKS_URL, users must be asked whether sessions go on"]);
  }
  checkCdnSettings(env);
  checkOperationSettings(env);
  const SUPERGRAPH_PATH = resolve(repositoryRoot, env.SUPERGRAPH_PATH);
  const POLICY_PATH = resolve(repositoryRoot, env.POLICY_PATH ?? join(dirname(SUPERGRAPH_PATH), "policy.json"));
  const AUDIT_POLICY_PATH = resolve(repositoryRoot, env.AUDIT_POLICY_PATH);
  const PERSISTED_OPERATIONS_MANIFESTS = env.PERSISTED_OPERATIONS_MANIFESTS.map((path) =>
    resolve(repositoryRoot, path),
  );
  return { ...env, AUDIT_POLICY_PATH, SUPERGRAPH_PATH, POLICY_PATH, PERSISTED_OPERATIONS_MANIFESTS, development: open };
}

export type GatewayEnv = ReturnType<typeof readEnv>;

/**
 * Apollo's packages read the environment themselves. Whatever it says: no telemetry leaves the process, and the
 * planner's limits against hostile documents stay on. Must run before each `new ApolloGateway`.
 */
export function pinApolloEnvironment(target: Record<string, string | undefined> = process.env): void {
  target.APOLLO_TELEMETRY_DISABLED = "1";
  delete target.APOLLO_DISABLE_SECURITY_RECURSIVE_SELECTIONS_CHECK;
  delete target.APOLLO_DISABLE_SECURITY_NON_LOCAL_SELECTIONS_CHECK;
}
