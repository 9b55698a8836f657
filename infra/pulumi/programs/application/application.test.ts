// The whole program without an engine: what is made of the settings of each stack, and what must never be otherwise.
import { describe, expect, it } from "vitest";
import { type ApplicationOutputs } from "../../lib/application-outputs.ts";
import { sendTraces } from "../../components/collector-container.ts";
import { catalogue, heapOf, isFargateSize } from "../../lib/catalogue.ts";
import { type StackName, stackNames } from "../../lib/stack-name.ts";
import { type Config, run } from "./mocked-run.ts";

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
        const [container] = JSON.parse(String(inputs["containerDefinitions"])) as { command: string[] }[];
        expect(Number(inputs["memory"])).toBeGreaterThan(heapOf(container?.command ?? []));
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
        "surroundings",
        "recovery",
        "image",
        "previousImage",
        "databaseUsers",
        "migrate",
        "next",
        "visits",
      ] as const),
    ];
    expect(Object.keys(outputs).sort()).toEqual([...parts].sort());
    expect(outputs).toMatchObject({
      url: "https://api.tradegraph.example/graphql",
      cluster: "tradegraph-prod-graph",
      databaseUsers: { subnetIds: ["subnet-1", "subnet-2"], securityGroupIds: ["sg-subgraphs"] },
      migrate: { subnetIds: ["subnet-1", "subnet-2"], securityGroupIds: ["sg-subgraphs"] },
    });
  });

  it("makes no service before there is an image, but everything that the first one needs", async () => {
    const { outputs, namesOf } = await run("staging", { imageDigest: "" });
    expect(namesOf("ecs.Service")).toEqual([]);
    expect(outputs.services).toEqual({});
    for (const kind of ["ecr.Repository", "ecs.Cluster", "cloudfront.Distribution"])
      expect(namesOf(kind)).toHaveLength(1);
  });

  it("has a new gateway checked before visitors reach it, but for rolling deployments", async () => {
    const hooksOf = async (stack: StackName) => {
      const { ofKind } = await run(stack);
      return ofKind("ecs.Service").flatMap(({ name, inputs }) => {
        const { lifecycleHooks = [] } = inputs["deploymentConfiguration"] as { lifecycleHooks?: Config[] };
        return lifecycleHooks.map((hook) => [name, hook["targetType"]]);
      });
    };
    expect(await hooksOf("prod")).toEqual([
      ["gateway", "AWS_LAMBDA"],
      ["gateway", "PAUSE"],
    ]);
    expect(await hooksOf("staging")).toEqual([["gateway", "AWS_LAMBDA"]]);
    expect(await hooksOf("dev")).toEqual([]);
  });

  it("lets robots walk in prod once something runs there, and measures visits of the storefront", async () => {
    const { ofKind, namesOf, outputs } = await run("prod");
    expect(namesOf("synthetics.Canary")).toEqual(["health", "catalogue"]);
    for (const { inputs } of ofKind("synthetics.Canary")) {
      expect(inputs["schedule"]).toEqual({ expression: "rate(5 minutes)" });
    }
    expect(ofKind("rum.AppMonitor").map(({ inputs }) => inputs["domain"])).toEqual(["tradegraph.example"]);
    expect(outputs.visits).toMatchObject({ identityPoolId: "visits-id", region: "us-east-1" });
    expect((await run("prod", { imageDigest: "" })).namesOf("synthetics.Canary")).toEqual([]);
    const dev = await run("dev");
    expect([...dev.namesOf("synthetics.Canary"), ...dev.namesOf("rum.AppMonitor")]).toEqual([]);
  });

  it("can migrate with the image that comes, while services run the one before", async () => {
    const migrateDigest = `sha256:${"2".repeat(64)}`;
    const { ofKind } = await run("prod", { migrateDigest });
    const newer = ofKind("ecs.TaskDefinition").filter(({ inputs }) =>
      String(inputs["containerDefinitions"]).includes(migrateDigest),
    );
    expect(newer.map(({ name }) => name).sort()).toEqual(["database-users", "migrate"]);
    const first = await run("prod", { imageDigest: "", migrateDigest });
    expect(first.namesOf("ecs.TaskDefinition").sort()).toEqual(["database-users", "migrate"]);
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
    const sendsTraces = sendTraces.Action as string[];
    const actions = rights.map(({ name, inputs }) => {
      const { Statement } = JSON.parse(String(inputs["policy"])) as { Statement: { Action: string | string[] }[] };
      return [name, Statement.flatMap(({ Action }) => Action)];
    });
    expect(Object.fromEntries(actions)).toEqual({
      "gateway-task": [
        "cloudfront:CreateInvalidation",
        "elasticfilesystem:ClientMount",
        "elasticfilesystem:ClientWrite",
        ...sendsTraces,
      ],
      "products-task": sendsTraces,
      "orders-task": ["kms:Encrypt", "kms:Decrypt", ...sendsTraces],
      "users-task": ["kms:Encrypt", "kms:Decrypt", ...sendsTraces],
      "content-task": sendsTraces,
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
    ["traces", "datadog"],
    ["traceEndpoint", "http://collector.example"],
    ["traceEndpoint", "https://collector.example:4318"],
    ["traceEndpoint", "https://otlp.nr-data.net"],
    ["filledSecrets", ["REDIS_URL"]],
  ])("refuses %s %j", async (key, value) => {
    await expect(run("prod", { [key]: value })).rejects.toThrow(`tradegraph-application:${key}`);
  });
});
