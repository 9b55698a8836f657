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
};
const arns = Object.fromEntries(Object.keys(values).map((name) => [name, `arn:${name}`]));
const serviceOf = (name: string) => services.find((service) => service.name === name)!;

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
