// The overlays are written by people: do programs start with what they say?
import { execFileSync } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { parseEnv } from "@tradegraph/kit/env";
import { encryptionAlternatives } from "@tradegraph/kit/key-management-env";
import { settings as content } from "@tradegraph/content/env";
import { readEnv as gateway } from "@tradegraph/gateway/env";
import { settings as orders } from "@tradegraph/orders/env";
import { settings as products } from "@tradegraph/products/env";
import { readEnv as users } from "@tradegraph/users/env";
import { ClusterIssuer } from "@kubernetes-models/cert-manager/cert-manager.io/v1";
import { StorageClass } from "kubernetes-models/storage.k8s.io/v1";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { secretVariables, type Service, type ServiceName, services } from "../../../services.ts";
import { ingress } from "./edge.ts";
import { keyFilePatches } from "./key-file.ts";
import { settingsOf, sharedSettings } from "./settings.ts";

type Environment = Record<string, string>;
interface Kustomization {
  components: string[];
  configMapGenerator: { name: string; behavior: string; literals: string[] }[];
  patches: { target: { kind: string; name?: string }; patch: string }[];
  resources: string[];
  images: { name: string; newName: string; digest: string }[];
}

const folder = join(import.meta.dirname, "../../../infra/kubernetes");
const read = (path: string) => parse(readFileSync(join(folder, path, "kustomization.yaml"), "utf8")) as Kustomization;
const stacks = ["dev", "staging", "prod"] as const;

const readers: Record<ServiceName, (environment: Environment) => object> = {
  gateway,
  users,
  products: (environment) => parseEnv(products(), environment),
  orders: (environment) => parseEnv(orders(), environment, encryptionAlternatives),
  content: (environment) => parseEnv(content(), environment),
};

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
/** What Secrets would hold. */
const values: Environment = {
  MONGODB_URI: "mongodb://app:secret@mongodb.databases:27017/?replicaSet=rs0",
  REDIS_URL: "redis://:secret@redis.databases:6379",
  INTERNAL_SIGNING_KEYS: "one:0123456789abcdef0123456789abcdef",
  JWT_PRIVATE_KEY: privateKey,
  MAIL_URL: "smtps://user:secret@mail.example:465",
};

/** What ConfigMaps say in one cluster: base, and the overlay over it. */
function told(stack: string, service: Service): Environment {
  const overlaid = read(`overlays/${stack}`)
    .configMapGenerator.filter(({ name }) => ["every-program-settings", `${service.name}-settings`].includes(name))
    .flatMap(({ literals }) => literals.map((literal) => /^(\w+)=(.*)$/s.exec(literal)!.slice(1) as [string, string]));
  return { ...sharedSettings, ...settingsOf(service), ...Object.fromEntries(overlaid) };
}

let secrets: string;
let keyFile: string;
beforeAll(() => {
  secrets = mkdtempSync(join(tmpdir(), "tradegraph-kubernetes-"));
  keyFile = join(secrets, "copied");
  // As a mounted Secret is: others may read it, so programs do not take it.
  writeFileSync(join(secrets, "key"), randomBytes(32).toString("base64"), { mode: 0o644 });
  const command = keyFilePatches()[0]?.spec?.template.spec?.initContainers?.[0]?.command ?? [];
  const script = command[2]!.replace("/keys/encryption.key", keyFile).replace("/secret/key", join(secrets, "key"));
  execFileSync(process.execPath, [command[1]!, script]);
});
afterAll(() => {
  rmSync(secrets, { recursive: true });
});

/** With `key-file` a container copies the key, and the Deployments name the copy. */
function keyOf(stack: string, { name }: Service): Environment {
  const isCopied = read(`overlays/${stack}`).components.includes("../../components/key-file");
  const patch = keyFilePatches().find(({ metadata }) => metadata?.name === name);
  const [variable] = patch?.spec?.template.spec?.containers[0]?.env ?? [];
  return isCopied && variable ? { [variable.name]: keyFile } : {};
}

describe.each(stacks)("the overlay %s", (stack) => {
  it.each(services)("gives $name what its env.ts takes", (service) => {
    const needed = service.env.filter((name) => secretVariables.has(name) && values[name] !== undefined);
    const given = { ...told(stack, service), ...keyOf(stack, service) };
    const env = readers[service.name]({ ...given, ...Object.fromEntries(needed.map((name) => [name, values[name]!])) });
    expect(env).toMatchObject({ NODE_ENV: stack === "prod" ? "production" : "staging", PORT: service.port });
    if (service.env.includes("ENCRYPTION_KMS_KEY_ID"))
      expect(Boolean(given["ENCRYPTION_KEY_FILE"]), "one of the two").toBe(!given["ENCRYPTION_KMS_KEY_ID"]);
  });

  it.each(services)("tells $name nothing that it does not read, and no secret as text", (service) => {
    const names = Object.keys(told(stack, service));
    expect(names.filter((name) => !service.env.includes(name) || secretVariables.has(name))).toEqual([]);
  });

  it("changes settings of programs that exist, and leaves the rest of the map as it is", () => {
    for (const { name, behavior } of read(`overlays/${stack}`).configMapGenerator) {
      expect(["every-program", ...services.map((service) => service.name)]).toContain(name.replace("-settings", ""));
      expect(behavior).toBe("merge");
    }
  });

  it("runs one image by its digest, for programs and migrations alike", () => {
    const [image, ...others] = read(`overlays/${stack}/release`).images;
    expect(others).toEqual([]);
    expect(image).toMatchObject({ name: "tradegraph", digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) });
    expect(image).not.toHaveProperty("newTag");
    expect(read(`overlays/${stack}`).components).toContain("release");
    expect(read(`overlays/${stack}/migrate`).components).toContain("../release");
  });

  it("names one host, where the graph says that it is", () => {
    const { patch } = read(`overlays/${stack}`).patches.find(({ target }) => target.kind === "Ingress")!;
    const hosts = (parse(patch) as { path: string; value: string }[]).map(({ value }) => value);
    const gatewayTold = told(
      stack,
      services.find(({ name }) => name === "gateway")!,
    );
    expect(new Set(hosts)).toEqual(new Set([new URL(gatewayTold["GRAPH_PUBLIC_URL"]!).host]));
    // No request for another host gets past the Ingress.
    const shops = Object.keys(JSON.parse(gatewayTold["TENANT_HOSTS"] ?? "{}") as object);
    expect(shops.filter((shop) => !hosts.includes(shop))).toEqual([]);
    expect(gatewayTold["DEFAULT_TENANT"] !== undefined || shops.length > 0, "a shop for visitors").toBe(true);
  });

  it("has a way to update it that leaves the number of pods alone", () => {
    expect(read(`updates/${stack}`)).toMatchObject({
      resources: [`../../overlays/${stack}`],
      components: ["../../components/scaled"],
    });
  });
});

describe("the overlays of AWS", () => {
  it.each(["staging", "prod"])("give each program of %s a role of its own", (stack) => {
    const roles = read(`overlays/${stack}`)
      .patches.filter(({ target }) => target.kind === "ServiceAccount")
      .map(({ target, patch }) => [target.name, /role\/([\w-]+)/.exec(patch)?.[1]]);
    expect(Object.fromEntries(roles)).toEqual(
      Object.fromEntries(
        [...services.map(({ name }) => name), "external-secrets"].map((name) => [
          name,
          `tradegraph-${stack}-${name}-pod`,
        ]),
      ),
    );
  });

  it("leave the numbers of OPS-2 to production", () => {
    const kinds = read("overlays/prod").patches.map(({ target }) => target.kind);
    expect(kinds).not.toContain("HorizontalPodAutoscaler");
    expect(read("overlays/prod").patches.map(({ patch }) => patch)).not.toContainEqual(
      expect.stringMatching(/replicas|resources\/(requests|limits)\/cpu/),
    );
  });
});

describe("what a cluster has once", () => {
  const parsed = (name: string) => parse(readFileSync(join(folder, "cluster", `${name}.yaml`), "utf8")) as never;

  it("is what its schemas accept, under the names that manifests use", () => {
    const issuer = new ClusterIssuer(parsed("letsencrypt-prod"));
    issuer.validate();
    expect(ingress().metadata?.annotations).toMatchObject({
      "cert-manager.io/cluster-issuer": issuer.metadata?.name,
    });
    const storage = new StorageClass(parsed("efs"));
    storage.validate();
    for (const stack of ["staging", "prod"]) {
      const { patch } = read(`overlays/${stack}`).patches.find(
        ({ target }) => target.kind === "PersistentVolumeClaim",
      )!;
      expect(parse(patch)).toMatchObject([{ path: "/spec/storageClassName", value: storage.metadata?.name }]);
    }
  });
});

describe("the copied key", () => {
  it("can be read by its owner only", () => {
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    expect(readFileSync(keyFile, "utf8")).toBe(readFileSync(join(secrets, "key"), "utf8"));
  });
});
