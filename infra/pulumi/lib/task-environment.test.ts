import { execFile } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { services } from "../../../services.ts";
import { catalogue } from "./catalogue.ts";
import { type FoundationOutputs, secretsOf } from "./foundation-outputs.ts";
import { databaseUri, environmentOf, type Surroundings } from "./task-environment.ts";

const run = promisify(execFile);
const named = (reason: string, names: string[]) => Object.fromEntries(names.map((name) => [name, reason]));
const root = join(import.meta.dirname, "../../..");

const database: FoundationOutputs["database"] = {
  ...{ kind: "documentdb", users: "iam", version: "8.0.0", host: "shop.cluster.example", port: 27017 },
};
const around: Surroundings = {
  stack: "prod",
  region: "us-east-1",
  domain: "api.example.com",
  tenantHosts: ["acme.example.com=acme"],
  defaultTenant: "",
  corsOrigins: ["https://shop.example.com"],
  storefrontUrl: "https://shop.example.com",
  mailFrom: "Shop <shop@example.com>",
  database,
  fieldsKeyArn: "arn:aws:kms:us-east-1:111111111111:key/1",
  distributionId: "E2QWRUHAPOMQZL",
  mostTasks: 10,
  traces: "xray",
  traceSharePercent: 5,
  imageDigest: `sha256:${"1".repeat(64)}`,
};
const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
/** What Secrets Manager would hold. */
const values: Record<string, string> = {
  INTERNAL_SIGNING_KEYS: "one:0123456789abcdef0123456789abcdef",
  REDIS_URL: "rediss://app:secret@cache.example:6379",
  JWT_PRIVATE_KEY: privateKey,
  MAIL_URL: "smtps://user:secret@mail.example:465",
  RESPONSE_CACHE_INVALIDATION_KEYS: '{"*":"0123456789abcdef0123456789abcdef"}',
  OTEL_EXPORTER_OTLP_HEADERS: "api-key=0123456789abcdef",
  SENTRY_DSN: "https://0123456789abcdef@errors.example/1",
};
const arns = Object.fromEntries(Object.keys(values).map((name) => [name, `arn:${name}`]));
const serviceOf = (name: string) => services.find((service) => service.name === name)!;

const safe = "what is not development is closed by itself, and staging is not development";
const ofSchema = "the file of the image";
const oursAlone = "each stack has a Redis of its own";
const same = "users and gateway have the same default, and each stack has keys of its own";
const file = "for files of a machine; here it is a secret";
const measured = "docs/LIMITS.md: measured for all deployments alike";
const limits = "docs/RATE-LIMITS.md: the requirements' own numbers";
const cache = "docs/CACHING.md: the default is that of production";

/** Variables that the stack does not give, and why. */
const leftToDefault: Record<string, string> = {
  DATABASE_POOL_MIN: "10 (CON-1); below every pool that the stack gives",
  REDIS_NAMESPACE: oursAlone,
  AUDIT_RETENTION_DAYS: "400, for all deployments alike (docs/AUDIT.md)",
  AUDIT_ACCESS_RETENTION_DAYS: "90, for all deployments alike (docs/AUDIT.md)",
  AUDIT_SPOOL_MIB: "512 of a file system that grows by itself",
  JWT_EXPIRY: "24h (SEC-1)",
  JWT_REFRESH_EXPIRY: "7d (SEC-1)",
  JWT_ISSUER: same,
  JWT_AUDIENCE: same,
  SUBGRAPH_TIMEOUT_MS: "5 s, below the 30 s of Service Connect",
  BODY_LIMIT_BYTES: "100 KiB, for all deployments alike (docs/HTTP.md)",
  RESPONSE_CACHE_TAG_HEADER: "that of RESPONSE_CACHE_CDN, which the distribution reads",
  RESPONSE_CACHE_CDN_TOKEN: "CloudFront is purged by the role of the task",
  RESPONSE_CACHE_CDN_URL: "CloudFront's public address",
  RESPONSE_CACHE_MEMORY_MIB: "64, within the heap that services.ts gives",
  PLAN_CACHE_MIB: "within the heap that services.ts gives",
  ...named(file, [
    "INTERNAL_SIGNING_KEYS_FILE",
    "ENCRYPTION_KEY_FILE",
    "JWT_PRIVATE_KEY_FILE",
    "JWT_KEYS_FILE",
    "MAIL_FOLDER",
  ]),
  ...named(ofSchema, ["API_SCHEMA_PATH", "SUPERGRAPH_PATH", "POLICY_PATH", "AUDIT_POLICY_PATH"]),
  ...named(safe, [
    "AUTHORIZATION_REJECT",
    "AUTHORIZATION_ERRORS",
    "TRUST_TENANT_HEADER",
    "HSTS_SECONDS",
    "INTROSPECTION",
    "LANDING_PAGE",
    "GUARDS_OFF",
    "RESPONSE_CACHE_DEBUG",
    "PERSISTED_OPERATIONS_APPS",
    "PERSISTED_OPERATIONS_DEVELOPERS",
    "PERSISTED_OPERATIONS_PARTNERS",
    "PERSISTED_OPERATIONS_MANIFESTS",
    "APQ_APPS",
  ]),
  ...named(measured, [
    ...["LIMITS_MODE", "LIMIT_DEPTH", "LIMIT_HEIGHT", "LIMIT_ALIASES", "LIMIT_ROOT_FIELDS", "LIMIT_DIRECTIVES"],
    ...["LIMIT_COST_APPS", "LIMIT_COST_DEVELOPERS", "LIMIT_COST_PARTNERS", "LIMIT_LIST_SIZE"],
    ...["PLAN_TIMEOUT_MS", "PLAN_WARM_UP", "PLAN_WARM_UP_MS"],
  ]),
  ...named(limits, [
    ...["RATE_LIMIT_WINDOW_MS", "RATE_LIMIT_MAX_REQUESTS", "RATE_LIMIT_USER_MAX_REQUESTS"],
    ...["RATE_LIMIT_SIGN_IN_MAX", "RATE_LIMIT_ACCOUNT_MAX", "RATE_LIMIT_FAILURES_MAX"],
    ...["RATE_LIMIT_PARTNER_POINTS", "RATE_LIMIT_PARTNER_RESTORE"],
  ]),
  ...named(cache, [
    ...["REDIS_TTL", "CACHE_SEARCH_TTL", "CACHE_PRODUCT_TTL"],
    ...["RESPONSE_CACHE_LOOKUP_MS", "RESPONSE_CACHE_WAIT", "RESPONSE_CACHE_WATCHED"],
    ...["RESPONSE_CACHE_FOREIGN", "RESPONSE_CACHE_CDN_REPEAT_MS", "RESPONSE_CACHE_WARM"],
    "RESPONSE_CACHE_SHADOW_SHARE",
  ]),
};

/** Lets the program's own env.ts read it, in a process that has nothing else. */
async function readBy(name: string, environment: Record<string, string>): Promise<Record<string, unknown>> {
  const file = join(root, name === "gateway" ? "gateway" : `subgraphs/${name}`, "src/env.ts");
  const script = `const { readEnv } = await import(${JSON.stringify(file)}); console.log(JSON.stringify(readEnv()))`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", script], {
    cwd: root,
    env: environment,
  });
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe("environmentOf", () => {
  it.each(catalogue)("gives $name all that its env.ts needs in production", { timeout: 60_000 }, async (service) => {
    const secrets = secretsOf(serviceOf(service.name), arns).map(({ name }) => [name, values[name]!]);
    const env = await readBy(service.name, { ...environmentOf(service, around), ...Object.fromEntries(secrets) });
    expect(env).toMatchObject({ NODE_ENV: "production", LOG_LEVEL: "warn", PORT: service.port });
  });

  it("gives nothing that services.ts does not list, and no secret", () => {
    for (const service of catalogue) {
      const names = Object.keys(environmentOf(service, around));
      expect(names.filter((name) => !serviceOf(service.name).env.includes(name))).toEqual([]);
      expect(names.filter((name) => name in arns)).toEqual([]);
    }
  });

  it("tells the gateway where the subgraphs are, and that two proxies stand in front", () => {
    const gateway = catalogue.find(({ isPublic }) => isPublic)!;
    const env = environmentOf(gateway, around);
    expect(JSON.parse(env.SUBGRAPH_URLS ?? "")).toEqual({
      products: "http://products:4001/graphql",
      orders: "http://orders:4002/graphql",
      users: "http://users:4003/graphql",
      content: "http://content:4004/graphql",
    });
    expect(env).toMatchObject({ TRUSTED_PROXIES: "2", TENANT_HOSTS: '{"acme.example.com":"acme"}' });
    expect(env).not.toHaveProperty("DEFAULT_TENANT");
    expect(env).not.toHaveProperty("TRUST_TENANT_HEADER");
  });

  it.each(catalogue)("gives $name every variable, or says why its default is right", (service) => {
    const own = serviceOf(service.name);
    const given = Object.keys(environmentOf(service, { ...around, defaultTenant: "acme" }));
    const secret = secretsOf(own, arns).map(({ name }) => name);
    const open = own.env.filter((name) => !given.includes(name) && !secret.includes(name));
    expect(open.filter((name) => !(name in leftToDefault))).toEqual([]);
    // A reason for what is given is one that nobody reads again.
    expect([...given, ...secret].filter((name) => name in leftToDefault)).toEqual([]);
  });

  it("has no reason for a variable that no program reads", () => {
    const read = new Set(services.flatMap(({ env }) => env));
    expect(Object.keys(leftToDefault).filter((name) => !read.has(name))).toEqual([]);
  });

  it("counts only who asks too often where a stack says so, and refuses where nothing is said", () => {
    const gateway = catalogue.find(({ isPublic }) => isPublic)!;
    expect(environmentOf(gateway, around)["RATE_LIMIT_MODE"]).toBe("enforce");
    expect(environmentOf(gateway, { ...around, rateLimitMode: "measure" })["RATE_LIMIT_MODE"]).toBe("measure");
  });

  it("switches the cache off together with the CDN, for a gateway that starts", { timeout: 60_000 }, async () => {
    const gateway = catalogue.find(({ isPublic }) => isPublic)!;
    const secrets = secretsOf(serviceOf("gateway"), arns).map(({ name }) => [name, values[name]!]);
    const off = environmentOf(gateway, { ...around, responseCache: false });
    expect(off).toMatchObject({ RESPONSE_CACHE_ENABLED: "false" });
    const env = await readBy("gateway", { ...off, ...Object.fromEntries(secrets) });
    expect(env).toMatchObject({ RESPONSE_CACHE_ENABLED: false, RESPONSE_CACHE_CDN: "none" });
    // What a stack without the setting has always had.
    expect(environmentOf(gateway, around)).toMatchObject({
      RESPONSE_CACHE_ENABLED: "true",
      RESPONSE_CACHE_CDN: "cloudfront",
      RESPONSE_CACHE_CDN_ID: around.distributionId,
    });
  });

  it("keeps figures off the port of visitors, on one that only the gateway has", () => {
    for (const service of catalogue) {
      const env = environmentOf(service, around);
      const isGateway = service.name === "gateway";
      expect(env["OPERATOR_PORT"], service.name).toBe(isGateway ? "4100" : undefined);
      expect(env["OPERATOR_HOST"], service.name).toBe(isGateway ? "0.0.0.0" : undefined);
    }
  });

  it("lets gateways share limits among as many as may run", () => {
    const gateway = catalogue.find(({ isPublic }) => isPublic)!;
    expect(environmentOf(gateway, around)["RATE_LIMIT_INSTANCES"]).toBe("10");
    expect(environmentOf(gateway, { ...around, mostTasks: 2 })["RATE_LIMIT_INSTANCES"]).toBe("2");
  });

  it.each([1, 2, 10, 30])(
    "leaves the database connections when %i tasks of each subgraph are released",
    (mostTasks) => {
      const pools = catalogue
        .filter(({ hasDatabase }) => hasDatabase)
        .map((service) => Number(environmentOf(service, { ...around, mostTasks })["DATABASE_POOL_MAX"]));
      const most = pools.reduce((sum, pool) => sum + 2 * mostTasks * pool, 0);
      expect(most).toBeLessThan(3_400);
      expect(Math.min(...pools)).toBeGreaterThanOrEqual(10);
      expect(Math.max(...pools)).toBeLessThanOrEqual(100);
    },
  );

  it("never opens a stack on AWS as a development machine is", () => {
    for (const stack of ["dev", "staging"] as const) {
      for (const service of catalogue) expect(environmentOf(service, { ...around, stack }).NODE_ENV).toBe("staging");
    }
  });
});

describe("databaseUri", () => {
  it("logs in by the role of the task, over TLS, without a password", () => {
    const url = new URL(databaseUri(database));
    expect(Object.fromEntries(url.searchParams)).toEqual({
      tls: "true",
      tlsCAFile: "/app/certificates/rds.pem",
      replicaSet: "rs0",
      authMechanism: "MONGODB-AWS",
      authSource: "$external",
      retryWrites: "false",
    });
    expect(url.password).toBe("");
  });

  it.each(["8.0.2", "8.1.0", "9.0.0"])("lets DocumentDB %s retry writes", (version) => {
    expect(databaseUri({ ...database, version })).not.toContain("retryWrites");
  });

  it("is left to a secret where users have passwords", () => {
    expect(databaseUri({ ...database, users: "password" })).toBe("");
  });
});
