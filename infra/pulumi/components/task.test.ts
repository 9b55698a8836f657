import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { COLLECTOR_IMAGE, collectorMemory } from "./collector-container.ts";
import { Task, type TaskArgs } from "./task.ts";

const image = `111111111111.dkr.ecr.us-east-1.amazonaws.com/app@sha256:${"1".repeat(64)}`;
const made = async (changed: Partial<TaskArgs> = {}) => {
  const recorded = await mockEngine();
  new Task("orders", {
    place: {
      prefix: "tradegraph-prod",
      account: "111111111111",
      region: "us-east-1",
      image,
      repositoryArn: "arn:repository",
      logsKeyArn: "arn:logs-key",
      logRetentionDays: 30,
      secretsKeyArn: "arn:secrets-key",
    },
    command: ["subgraphs/orders/src/main.ts"],
    size: { cpu: 512, memory: 1024 },
    environment: { PORT: "4002", HOST: "0.0.0.0" },
    secrets: [{ name: "REDIS_URL", valueFrom: "arn:redis" }],
    listens: { port: 4002, healthPath: "/health" },
    stopSeconds: 35,
    statements: [{ Effect: "Allow", Action: "kms:Decrypt", Resource: "arn:fields-key" }],
    ...changed,
  });
  return recorded;
};
type Recorded = Awaited<ReturnType<typeof made>>;
const containersOf = async (recorded: Recorded) => {
  const { inputs } = await recorded.only("ecs.TaskDefinition");
  return JSON.parse(String(inputs["containerDefinitions"])) as Record<string, unknown>[];
};
const containerOf = async (recorded: Recorded) => {
  const containers = await containersOf(recorded);
  expect(containers).toHaveLength(1);
  return containers[0]!;
};
const policyOf = async (recorded: Recorded, name: string) => {
  const found = (await recorded.ofKind("iam.RolePolicy")).find((policy) => policy.name === name);
  return (JSON.parse(String(found?.inputs["policy"])) as { Statement: Record<string, unknown>[] }).Statement;
};

describe("Task", () => {
  it("runs on ARM64 as nobody in particular, and can write nowhere but in memory", async () => {
    const recorded = await made();
    expect((await recorded.only("ecs.TaskDefinition")).inputs).toMatchObject({
      family: "tradegraph-prod-orders",
      runtimePlatform: { cpuArchitecture: "ARM64" },
      requiresCompatibilities: ["FARGATE"],
      cpu: "512",
      memory: "1024",
    });
    expect(await containerOf(recorded)).toMatchObject({
      image,
      user: "1001:1001",
      readonlyRootFilesystem: true,
      linuxParameters: {
        initProcessEnabled: true,
        capabilities: { drop: ["ALL"] },
        tmpfs: [expect.objectContaining({ containerPath: "/tmp" })],
      },
      mountPoints: [],
    });
  });

  it("is given secrets by reference, never by value", async () => {
    const container = await containerOf(await made());
    expect(container["secrets"]).toEqual([{ name: "REDIS_URL", valueFrom: "arn:redis" }]);
    expect(container["environment"]).toEqual([
      { name: "HOST", value: "0.0.0.0" },
      { name: "PORT", value: "4002" },
    ]);
  });

  it("is asked by Node whether it lives, as the image has no curl, and gets time to stop", async () => {
    const container = await containerOf(await made());
    const { command } = container["healthCheck"] as { command: string[] };
    expect(command.slice(0, 3)).toEqual(["CMD", "node", "-e"]);
    expect(command[3]).toContain("http://127.0.0.1:4002/health");
    expect(() => new Function(command[3]!)).not.toThrow();
    expect(container["stopTimeout"]).toBe(35);
  });

  it("has neither port nor probe where it does its work and ends", async () => {
    const recorded = await mockEngine();
    const job = { command: ["scripts/migrate.ts"], environment: {}, secrets: [], statements: [], stopSeconds: 120 };
    const place = { prefix: "p", account: "1", region: "us-east-1", image, logRetentionDays: 7 };
    const arns = { repositoryArn: "arn:r", logsKeyArn: "arn:l", secretsKeyArn: "arn:s" };
    new Task("migrate", { ...job, place: { ...place, ...arns }, size: { cpu: 256, memory: 512 } });
    const container = await containerOf(recorded);
    expect(container["portMappings"]).toEqual([]);
    expect(container).not.toHaveProperty("healthCheck");
  });

  it("lets ECS fetch this image, write these logs and read these secrets, and no others", async () => {
    const statements = await policyOf(await made(), "orders-start");
    const wide = statements.filter(({ Resource }) => Resource === "*").map(({ Action }) => Action);
    expect(wide).toEqual(["ecr:GetAuthorizationToken"]);
    expect(statements.map(({ Sid, Resource }) => [Sid, Resource])).toEqual([
      ["LogIn", "*"],
      // GuardDuty's container beside ours: without it the task runs, and nobody watches.
      ["FetchImage", ["arn:repository", "arn:aws:ecr:us-east-1:*:repository/aws-guardduty-agent-fargate"]],
      ["WriteLogs", "arn:aws:cloudwatch:us-east-1:111111111111:orders:*"],
      ["ReadSecrets", ["arn:redis"]],
      ["OpenSecrets", "arn:secrets-key"],
    ]);
  });

  it("gives the program its own rights, and none where it needs none", async () => {
    expect(await policyOf(await made(), "orders-task")).toEqual([
      { Effect: "Allow", Action: "kms:Decrypt", Resource: "arn:fields-key" },
    ]);
    const names = (await (await made({ statements: [], secrets: [] })).ofKind("iam.RolePolicy")).map(
      ({ name }) => name,
    );
    expect(names).toEqual(["orders-start"]);
  });

  it("trusts ECS for tasks of this account alone", async () => {
    for (const { inputs } of await (await made()).ofKind("iam.Role")) {
      const { Statement } = JSON.parse(String(inputs["assumeRolePolicy"])) as { Statement: object[] };
      expect(Statement).toEqual([
        expect.objectContaining({
          Principal: { Service: "ecs-tasks.amazonaws.com" },
          Condition: {
            StringEquals: { "aws:SourceAccount": "111111111111" },
            ArnLike: { "aws:SourceArn": "arn:aws:ecs:us-east-1:111111111111:*" },
          },
        }),
      ]);
    }
  });

  it("mounts a folder of EFS over TLS, by the role of the task", async () => {
    const recorded = await made({ files: { fileSystemId: "fs-1", accessPointId: "fsap-1", folder: "/app/spool" } });
    const { inputs } = await recorded.only("ecs.TaskDefinition");
    expect(inputs["volumes"]).toEqual([
      {
        name: "files",
        efsVolumeConfiguration: {
          fileSystemId: "fs-1",
          transitEncryption: "ENABLED",
          authorizationConfig: { accessPointId: "fsap-1", iam: "ENABLED" },
        },
      },
    ]);
    expect((await containerOf(recorded))["mountPoints"]).toEqual([
      { sourceVolume: "files", containerPath: "/app/spool", readOnly: false },
    ]);
  });

  it("encrypts its logs, and keeps them as long as it was told", async () => {
    const { inputs } = await (await made()).only("cloudwatch.LogGroup");
    expect(inputs).toMatchObject({
      name: "/ecs/tradegraph-prod/orders",
      retentionInDays: 30,
      kmsKeyId: "arn:logs-key",
    });
  });

  describe("whose traces go to X-Ray", () => {
    const traced = () => made({ collectsTraces: true });
    const collectorOf = async () => {
      const [, collector] = await containersOf(await traced());
      return collector!;
    };

    it("has a collector beside the program, which comes first", async () => {
      const containers = await containersOf(await traced());
      expect(containers.map(({ name }) => name)).toEqual(["orders", "traces"]);
      expect(containers[1]).toMatchObject({ image: COLLECTOR_IMAGE, readonlyRootFilesystem: true });
      expect(COLLECTOR_IMAGE).toMatch(/^public\.ecr\.aws\/[\w/-]+:v[\d.]+@sha256:[0-9a-f]{64}$/);
    });

    it("lives on when the collector dies, and ECS starts that again", async () => {
      const [program, collector] = await containersOf(await traced());
      expect(program).toMatchObject({ essential: true });
      expect(program).not.toHaveProperty("dependsOn");
      expect(collector).toMatchObject({
        essential: false,
        restartPolicy: { enabled: true },
        healthCheck: { command: ["CMD", "/healthcheck"] },
      });
    });

    it("says nothing of CPU units, or the proxy of Service Connect, which cannot, would have next to none", async () => {
      const containers = await containersOf(await traced());
      expect(containers.map(({ cpu }) => cpu)).toEqual([undefined, undefined]);
      expect(containers.map(({ memory }) => memory)).toEqual([undefined, collectorMemory]);
    });

    it("takes traces from the task itself alone, and sends them to X-Ray of its region", async () => {
      const { environment, portMappings } = await collectorOf();
      const [{ value }] = environment as [{ value: string }];
      const config = JSON.parse(value) as Record<string, Record<string, unknown>>;
      expect(portMappings).toBeUndefined();
      expect(config["receivers"]).toEqual({ otlp: { protocols: { http: { endpoint: "127.0.0.1:4318" } } } });
      expect(config["exporters"]).toEqual({
        awsxray: { region: "us-east-1", aws_log_groups: ["/ecs/tradegraph-prod/orders"] },
      });
      const { pipelines } = config["service"] as { pipelines: { traces: Record<string, string[]> } };
      expect(pipelines.traces).toEqual({
        receivers: ["otlp"],
        // What would be too much is dropped before it is collected.
        processors: ["memory_limiter", "batch"],
        exporters: ["awsxray"],
      });
    });

    it("stays below the memory at which ECS kills the collector", async () => {
      const { environment } = await collectorOf();
      const { AOT_CONFIG_CONTENT, GOMEMLIMIT } = Object.fromEntries(
        (environment as { name: string; value: string }[]).map(({ name, value }) => [name, value]),
      );
      const { processors } = JSON.parse(AOT_CONFIG_CONTENT ?? "") as {
        processors: { memory_limiter: { limit_mib: number } };
      };
      expect(processors.memory_limiter.limit_mib).toBeLessThan(collectorMemory);
      expect(Number.parseInt(GOMEMLIMIT ?? "", 10)).toBeLessThan(collectorMemory);
    });

    it("writes the collector's lines into the log group of the program, as a stream of their own", async () => {
      const [program, collector] = await containersOf(await traced());
      const options = (container: Record<string, unknown> | undefined) =>
        (container?.["logConfiguration"] as { options: Record<string, string> }).options;
      expect(options(collector)["awslogs-group"]).toBe(options(program)["awslogs-group"]);
      expect(options(collector)["awslogs-stream-prefix"]).not.toBe(options(program)["awslogs-stream-prefix"]);
    });

    it("may do at X-Ray what sending traces takes, beside its program's own rights", async () => {
      expect(await policyOf(await traced(), "orders-task")).toEqual([
        { Effect: "Allow", Action: "kms:Decrypt", Resource: "arn:fields-key" },
        {
          Sid: "SendTraces",
          Effect: "Allow",
          Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
          Resource: "*",
        },
      ]);
    });
  });
});
