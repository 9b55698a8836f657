// The whole program without an engine: what is made of the settings of each stack, and what must never be otherwise.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type ApplicationOutputs } from "../../lib/application-outputs.ts";
import { catalogue, isFargateSize } from "../../lib/catalogue.ts";
import { type StackName, stackNames } from "../../lib/stack-name.ts";

interface Made {
  kind: string;
  name: string;
  inputs: Config;
}
type Config = Record<string, unknown>;

const project = parse(readFileSync(join(import.meta.dirname, "Pulumi.yaml"), "utf8")) as {
  name: string;
  config: Record<string, { default: unknown }>;
};
const defaults = Object.fromEntries(Object.entries(project.config).map(([key, declared]) => [key, declared.default]));
function ofStack(stack: StackName): Config {
  const file = parse(readFileSync(join(import.meta.dirname, `Pulumi.${stack}.yaml`), "utf8")) as { config: Config };
  const own = Object.entries(file.config).filter(([key]) => key.startsWith(`${project.name}:`));
  return { ...defaults, ...Object.fromEntries(own.map(([key, value]) => [key.slice(project.name.length + 1), value])) };
}

const named = (names: string[], what: string) => Object.fromEntries(names.map((name) => [name, `arn:${what}:${name}`]));
/** What the program before has passed on. */
const foundation = {
  network: { vpcId: "vpc-1", privateSubnetIds: ["subnet-1", "subnet-2"], publicSubnetIds: ["subnet-public"] },
  securityGroups: Object.fromEntries(["alb", "gateway", "subgraphs"].map((name) => [name, `sg-${name}`])),
  database: { kind: "documentdb", users: "iam", version: "8.0.0", host: "db.example", port: 27_017, clusterId: "db" },
  cache: { kind: "serverless", id: "cache", scheme: "rediss", host: "cache.example", port: 6379, user: "app" },
  secrets: named(["INTERNAL_SIGNING_KEYS", "JWT_PRIVATE_KEY", "MAIL_URL", "REDIS_URL"], "secret"),
  buckets: Object.fromEntries(
    ["assets", "exports", "logs"].map((name) => [
      name,
      { name, arn: `arn:aws:s3:::${name}`, domainName: `${name}.s3` },
    ]),
  ),
  files: { fileSystemId: "fs-1", fileSystemArn: "arn:fs", accessPointId: "fsap-1", accessPointArn: "arn:fsap" },
  keys: named(["data", "logs", "secrets", "backup", "fields"], "key"),
  backup: { vaultName: "vault", vaultArn: "arn:vault" },
  notifications: named(["critical", "warning", "escalation"], "topic"),
  edgeNotifications: named(["critical", "warning", "escalation"], "edge-topic"),
};

let runs = 0;

/** Runs the program with recorded resources instead of an engine. */
async function run(stack: StackName, changed: Config = {}) {
  const made: Made[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, id }) => {
        if (type === "pulumi:pulumi:StackReference") return { id: name, state: { name, outputs: foundation } };
        made.push({ kind: type.replace(/^aws:(\w+)\/.*:(\w+)$/, "$1.$2"), name, inputs: inputs as Config });
        const answers = { arn: `arn:${name}`, arnSuffix: `suffix/${name}`, repositoryUrl: "registry.example/app" };
        return { id: id || `${name}-id`, state: { ...answers, domainValidationOptions: [], ...(inputs as Config) } };
      },
      call: ({ token }) => {
        throw new Error(`this test has no answer for ${token}`);
      },
    },
    project.name,
    stack,
    false,
    "organization",
  );
  const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  const values = Object.entries({ ...ofStack(stack), ...changed }).map(
    ([key, value]) => [`${project.name}:${key}`, text(value)] as const,
  );
  pulumi.runtime.setAllConfig(Object.fromEntries(values));
  // Another address makes Node run the file again; what it imports stays as it is.
  const program = { ...((await import(`./index.ts?run=${++runs}`)) as object) };
  const outputs = await new Promise<ApplicationOutputs>((resolve) => {
    pulumi.output(program).apply((known) => {
      resolve(known as ApplicationOutputs);
    });
  });
  await pulumi.runtime.disconnect();
  const ofKind = (kind: string) => made.filter((one) => one.kind === kind);
  const namesOf = (kind: string) => ofKind(kind).map(({ name }) => name);
  return { outputs, ofKind, namesOf };
}

const everyService = catalogue.map(({ name }) => name).sort();

describe("program application", { timeout: 60_000 }, () => {
  it.each(stackNames)(
    "runs every service of services.ts in %s, in private subnets, from the image it was told",
    async (stack) => {
      const { ofKind, namesOf, outputs } = await run(stack);
      expect(namesOf("ecs.Service").sort()).toEqual(everyService);
      for (const { name, inputs } of ofKind("ecs.Service")) {
        expect(inputs["networkConfiguration"], name).toEqual({
          subnets: ["subnet-1", "subnet-2"],
          securityGroups: [name === "gateway" ? "sg-gateway" : "sg-subgraphs"],
          assignPublicIp: false,
        });
      }
      for (const { inputs } of ofKind("ecs.TaskDefinition")) {
        expect(inputs["containerDefinitions"]).toContain(`"registry.example/app@sha256:${"1".repeat(64)}"`);
        expect(isFargateSize({ cpu: Number(inputs["cpu"]), memory: Number(inputs["memory"]) })).toBe(true);
      }
      expect(Object.keys(outputs.services).sort()).toEqual(everyService);
    },
  );

  it("passes on exactly what its contract says", async () => {
    const { outputs } = await run("prod");
    const parts: (keyof ApplicationOutputs)[] = [
      ...([
        "url",
        "cluster",
        "services",
        "loadBalancer",
        "distributionId",
        "firewall",
        "repository",
        "migrate",
      ] as const),
    ];
    expect(Object.keys(outputs).sort()).toEqual([...parts].sort());
    expect(outputs).toMatchObject({
      url: "https://api.tradegraph.example/graphql",
      cluster: "tradegraph-prod-graph",
      migrate: { subnetIds: ["subnet-1", "subnet-2"], securityGroupIds: ["sg-subgraphs"] },
    });
  });

  it("makes no service before there is an image, but everything that the first one needs", async () => {
    const { outputs, namesOf } = await run("prod", { imageDigest: "" });
    expect(namesOf("ecs.Service")).toEqual([]);
    expect(outputs.services).toEqual({});
    for (const kind of ["ecr.Repository", "ecs.Cluster", "cloudfront.Distribution"])
      expect(namesOf(kind)).toHaveLength(1);
  });

  it("can migrate with the image that comes, while services run the one before", async () => {
    const migrateDigest = `sha256:${"2".repeat(64)}`;
    const { ofKind } = await run("prod", { migrateDigest });
    const newer = ofKind("ecs.TaskDefinition").filter(({ inputs }) =>
      String(inputs["containerDefinitions"]).includes(migrateDigest),
    );
    expect(newer.map(({ name }) => name)).toEqual(["migrate"]);
    const first = await run("prod", { imageDigest: "", migrateDigest });
    expect(first.namesOf("ecs.TaskDefinition")).toEqual(["migrate"]);
  });

  it("scales production from 2 to 10 tasks, by canary, with one approval at the gateway", async () => {
    const { ofKind } = await run("prod");
    for (const { inputs } of ofKind("appautoscaling.Target")) {
      expect(inputs).toMatchObject({ minCapacity: 2, maxCapacity: 10 });
    }
    const services = ofKind("ecs.Service").map(({ name, inputs }) => {
      const { strategy, lifecycleHooks } = inputs["deploymentConfiguration"] as Config;
      return [name, strategy, lifecycleHooks !== undefined];
    });
    expect(services.sort()).toEqual(everyService.map((name) => [name, "CANARY", name === "gateway"]));
    for (const { inputs } of ofKind("ecs.Service")) {
      expect(inputs["alarms"]).toMatchObject({ alarmNames: ["tradegraph-prod-release-errors"], rollback: true });
    }
  });

  it("lets each program do at AWS what it does, and nothing else", async () => {
    const { ofKind } = await run("prod");
    const rights = ofKind("iam.RolePolicy").filter(({ name }) => name.endsWith("-task"));
    const actions = rights.map(({ name, inputs }) => {
      const { Statement } = JSON.parse(String(inputs["policy"])) as { Statement: { Action: string | string[] }[] };
      return [name, Statement.flatMap(({ Action }) => Action)];
    });
    expect(Object.fromEntries(actions)).toEqual({
      "gateway-task": [
        "cloudfront:CreateInvalidation",
        "elasticfilesystem:ClientMount",
        "elasticfilesystem:ClientWrite",
      ],
      "orders-task": ["kms:Encrypt", "kms:Decrypt"],
      "users-task": ["kms:Encrypt", "kms:Decrypt"],
    });
  });

  it("gives each host of a tenant a certificate and a name, and the gateway the tenant", async () => {
    const { ofKind } = await run("prod", { tenantHosts: ["acme.tradegraph.example=acme"] });
    const [certificate] = ofKind("acm.Certificate");
    expect(certificate?.inputs["subjectAlternativeNames"]).toEqual(["acme.tradegraph.example"]);
    expect(ofKind("cloudfront.Distribution")[0]?.inputs["aliases"]).toContain("acme.tradegraph.example");
    const gateway = ofKind("ecs.TaskDefinition").find(({ name }) => name === "gateway");
    expect(gateway?.inputs["containerDefinitions"]).toContain(String.raw`{\"acme.tradegraph.example\":\"acme\"}`);
  });

  it.each([
    ["imageDigest", "latest"],
    ["foundationStack", "prod"],
    ["domain", "https://api.example.com"],
    ["corsOrigins", ["*"]],
    ["taskCpu", 300],
    ["logRetentionDays", 29],
    ["tenantHosts", ["acme"]],
  ])("refuses %s %j", async (key, value) => {
    await expect(run("prod", { [key]: value })).rejects.toThrow(`tradegraph-application:${key}`);
  });
});
