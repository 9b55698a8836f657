import { describe, expect, it } from "vitest";
import { gateway } from "../../services.ts";
import { pinApolloEnvironment, readEnv } from "./env.ts";

const required = { INTERNAL_SIGNING_KEYS: "one:0123456789abcdef0123456789abcdef" };

describe("readEnv", () => {
  it("is closed in production and open in development", () => {
    const closed = readEnv(required);
    expect(closed).toMatchObject({
      ...{
        NODE_ENV: "production",
        PORT: 4000,
        INTROSPECTION: "developers",
        HSTS_SECONDS: 31_536_000,
        LANDING_PAGE: ["none"],
        CORS_ORIGIN: [],
      },
      ...{ TRUST_TENANT_HEADER: false, GUARDS_OFF: [], development: false },
    });
    expect([closed.DEFAULT_TENANT, closed.JWKS_URL]).toEqual([undefined, undefined]);
    const open = readEnv({ ...required, NODE_ENV: "development" });
    expect(open).toMatchObject({
      INTROSPECTION: true,
      LANDING_PAGE: ["sandbox", "graphiql"],
      TRUST_TENANT_HEADER: true,
    });
  });

  it("treats staging as production", () => {
    expect(readEnv({ ...required, NODE_ENV: "staging" }).INTROSPECTION).toBe("developers");
  });

  it("resolves the supergraph from the root of the repository, wherever the process was started", () => {
    expect(readEnv(required).SUPERGRAPH_PATH).toMatch(/\/schema\/generated\/supergraph\.graphql$/);
    expect(readEnv({ ...required, SUPERGRAPH_PATH: "/etc/graph.graphql" }).SUPERGRAPH_PATH).toBe("/etc/graph.graphql");
  });

  it.each([
    ["SUBGRAPH_URLS", '{"products":"localhost:4001"}'],
    ["TENANT_HOSTS", '{"acme.example":"ACME"}'],
    ["GUARDS_OFF", "everything"],
    ["LANDING_PAGE", "playground"],
    ["BODY_LIMIT_BYTES", "1"],
    ["INTROSPECTION", "partners"],
    ["HSTS_SECONDS", "-1"],
    ["CORS_ORIGIN", "*"],
    ["CORS_ORIGIN", "https://shop.example,null"],
    ["CORS_ORIGIN", "https://shop.example/"],
    ["CORS_ORIGIN", "https://*.shop.example"],
    ["CORS_ORIGIN", "shop.example"],
    ["SUBGRAPH_TIMEOUT_MS", "0"],
    ["DEFAULT_TENANT", "Acme Ltd"],
    ["DEFAULT_TENANT", "platform"],
    ["TENANT_HOSTS", '{"acme.example":"platform"}'],
    ["JWKS_URL", "file:///etc/passwd"],
    ["USERS_URL", "users:4003"],
    ["REDIS_NAMESPACE", "shop:one"],
    ["TRUSTED_PROXIES", "10.0.0.0/99"],
    ["TRUSTED_PROXIES", "all"],
  ])("refuses %s=%s", (name, value) => {
    expect(() => readEnv({ ...required, [name]: value })).toThrow(name);
  });

  it("takes trusted proxies by number or by network, and none by itself", () => {
    const trusted = (text?: string) => readEnv({ ...required, TRUSTED_PROXIES: text }).TRUSTED_PROXIES;
    expect([trusted(), trusted("2"), trusted("10.0.0.0/8, ::1")]).toEqual([0, 2, ["10.0.0.0/8", "::1"]]);
  });

  it("does not verify tokens whose sessions it cannot check", () => {
    const JWKS_URL = "http://users:4003/.well-known/jwks.json";
    expect(() => readEnv({ ...required, JWKS_URL })).toThrow(/USERS_URL: is missing/);
    const USERS_URL = "http://users:4003/graphql";
    expect(readEnv({ ...required, JWKS_URL, USERS_URL })).toMatchObject({ USERS_URL, REDIS_NAMESPACE: "tradegraph" });
    expect(readEnv({ ...required, NODE_ENV: "development" }).USERS_URL).toBe("http://127.0.0.1:4003/graphql");
  });

  it("does not begin with a CDN that it could not purge", () => {
    const REDIS_URL = "redis://127.0.0.1";
    const begin = (env: object) => () => readEnv({ ...required, REDIS_URL, ...env });
    const RESPONSE_CACHE_CDN_TOKEN = "secret-of-the-cdn";
    const whole = {
      RESPONSE_CACHE_CDN: "fastly",
      RESPONSE_CACHE_CDN_ID: "SU1Z0isxPaozGVKXdv0eY",
      RESPONSE_CACHE_CDN_TOKEN,
    };
    expect(begin(whole)).not.toThrow();
    expect(begin({ ...whole, REDIS_URL: undefined })).toThrow("REDIS_URL: is missing; RESPONSE_CACHE_CDN needs it");
    expect(begin({ ...whole, RESPONSE_CACHE_ENABLED: "false" })).toThrow("RESPONSE_CACHE_ENABLED: is off");
    expect(begin({ RESPONSE_CACHE_ENABLED: "false" })).not.toThrow();
    expect(begin({ ...whole, RESPONSE_CACHE_CDN_ID: undefined })).toThrow("RESPONSE_CACHE_CDN_ID: is missing");
    expect(begin({ ...whole, RESPONSE_CACHE_CDN_ID: "../purge" })).toThrow("RESPONSE_CACHE_CDN_ID: must be the id");
    expect(begin({ ...whole, RESPONSE_CACHE_CDN_TOKEN: " " })).toThrow("RESPONSE_CACHE_CDN_TOKEN: is missing");
    expect(begin({ ...whole, RESPONSE_CACHE_CDN_TOKEN: "secret\n" })).not.toThrow();
    expect(begin({ ...whole, RESPONSE_CACHE_CDN_TOKEN: "se cret" })).toThrow(/^(?!.*se cret)/s);
    expect(begin({ ...whole, RESPONSE_CACHE_CDN: "cloudfront", RESPONSE_CACHE_CDN_TOKEN: undefined })).not.toThrow();
    expect(begin({ ...whole, RESPONSE_CACHE_CDN: "akamai" })).toThrow("RESPONSE_CACHE_CDN");
  });

  it("reads only what services.ts lists", () => {
    const { development: _, ...read } = readEnv({ ...required, NODE_ENV: "development", REDIS_URL: "redis://x" });
    expect(gateway.env).toEqual(expect.arrayContaining(Object.keys(read)));
  });
});

describe("pinApolloEnvironment", () => {
  it("forbids telemetry and keeps the planner's limits whatever the environment says", () => {
    const environment: Record<string, string | undefined> = {
      APOLLO_TELEMETRY_DISABLED: "false",
      APOLLO_DISABLE_SECURITY_RECURSIVE_SELECTIONS_CHECK: "true",
      APOLLO_DISABLE_SECURITY_NON_LOCAL_SELECTIONS_CHECK: "true",
    };
    pinApolloEnvironment(environment);
    expect(environment).toEqual({ APOLLO_TELEMETRY_DISABLED: "1" });
  });
});
