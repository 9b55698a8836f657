// The only file of the gateway that touches process.env.
import { resolve } from "node:path";
import process from "node:process";
import { flag, milliseconds, parseEnv, port, programEnv, redisEnv, stringRecord } from "@tradegraph/kit/env";
import { tenantIdPattern } from "@tradegraph/kit/viewer";
import { z } from "zod";
import { guards } from "./guards.ts";

const repositoryRoot = resolve(import.meta.dirname, "../..");

const list = z.string().transform((text) =>
  text
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean),
);
const url = z.url({ protocol: /^https?$/, message: "must be a URL beginning with http:// or https://" });
const tenant = z.string().regex(tenantIdPattern, "must be a lower-case slug such as acme");
const urls = stringRecord.pipe(z.record(z.string(), url));
const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  list.pipe(z.array(z.enum(values, { message: `must be a comma list of ${values.join(", ")}` })));
const development = (source: Record<string, string | undefined>) =>
  source.NODE_ENV === "development" || source.NODE_ENV === "test";

/**
 * Reads and checks every setting. Development is open (introspection, pages, any origin, tenant header believed),
 * everything else closed unless a setting opens it.
 *
 * @throws EnvError naming every missing or wrong variable together
 */
export function readEnv(source: Record<string, string | undefined> = process.env) {
  const open = development(source);
  const env = parseEnv(
    {
      ...programEnv,
      ...redisEnv,
      PORT: port(4000),
      SUPERGRAPH_PATH: z.string().default("schema/generated/supergraph.graphql"),
      SUBGRAPH_URLS: urls.default({}),
      SUBGRAPH_TIMEOUT_MS: milliseconds(5_000).refine((ms) => ms >= 100, "must be 100 or more"),
      JWKS_URL: open ? url.default("http://127.0.0.1:4003/.well-known/jwks.json") : url.optional(),
      JWT_ISSUER: z.string().default("tradegraph"),
      JWT_AUDIENCE: z.string().default("tradegraph"),
      DEFAULT_TENANT: tenant.optional(),
      TENANT_HOSTS: stringRecord.pipe(z.record(z.string(), tenant)).default({}),
      TRUST_TENANT_HEADER: flag(open),
      CORS_ORIGIN: list.default(open ? ["*"] : []),
      BODY_LIMIT_BYTES: z.coerce
        .number()
        .int()
        .min(1_024)
        .max(100 * 1024 * 1024)
        .default(102_400),
      INTROSPECTION: flag(open),
      LANDING_PAGE: oneOf(["none", "sandbox", "graphiql"]).default(open ? ["sandbox", "graphiql"] : ["none"]),
      GUARDS_OFF: oneOf(guards).default([]),
    },
    source,
  );
  return { ...env, SUPERGRAPH_PATH: resolve(repositoryRoot, env.SUPERGRAPH_PATH), development: open };
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
