import { describe, expect, it } from "vitest";
import { examine, UNKNOWN } from "../examine.ts";
import { tasks } from "./tasks.ts";

const good = { name: "orders", image: "app@sha256:1", user: "1001:1001", readonlyRootFilesystem: true };
const task = (changed: object = {}, volumes: object[] = []) => [
  {
    kind: "ecs.TaskDefinition",
    name: "orders",
    props: { containerDefinitions: JSON.stringify([{ ...good, ...changed }]), volumes },
  },
];

describe("the rule on tasks", () => {
  it("accepts a user without rights, and images of AWS with a user of their own", async () => {
    expect(await examine(tasks, task())).toEqual([]);
    expect(
      await examine(tasks, task({ image: "public.ecr.aws/aws-observability/collector:v1", user: undefined })),
    ).toEqual([]);
    expect(await examine(tasks, task({ environment: [{ name: "REDIS_URL", value: "redis://cache:6379" }] }))).toEqual(
      [],
    );
  });

  it.each([
    [{ user: undefined }, "container orders runs as root"],
    [{ user: "0:0" }, "container orders runs as root"],
    [{ image: "public.ecr.aws/stranger/app:v1", user: undefined }, "container orders runs as root"],
    [
      { environment: [{ name: "KEY", value: "-----BEGIN PRIVATE KEY-----" }] },
      "container orders has KEY in plain: take it from Secrets Manager",
    ],
    [
      { environment: [{ name: "RATE_LIMIT_MODE", value: "measure" }] },
      "container orders only counts who asks too often",
    ],
    [
      { environment: [{ name: "TRUST_TENANT_HEADER", value: "true" }] },
      "container orders has TRUST_TENANT_HEADER=true, which is for development",
    ],
    [
      { environment: [{ name: "NODE_ENV", value: "development" }] },
      "container orders has NODE_ENV=development, which is for development",
    ],
    [{ privileged: true }, "container orders is privileged"],
    [{ readonlyRootFilesystem: false }, "container orders can write to its own files"],
    [
      { linuxParameters: { capabilities: { add: ["SYS_PTRACE"] } } },
      "container orders has the rights SYS_PTRACE of the kernel",
    ],
    [
      { environment: [{ name: "INTERNAL_SIGNING_KEYS", value: "first:abc" }] },
      "container orders has INTERNAL_SIGNING_KEYS in plain: take it from Secrets Manager",
    ],
    [
      { environment: [{ name: "OTEL_EXPORTER_OTLP_HEADERS", value: "api-key=1" }] },
      "container orders has OTEL_EXPORTER_OTLP_HEADERS in plain: take it from Secrets Manager",
    ],
    [
      { environment: [{ name: "SENTRY_DSN", value: "https://key@errors.example/1" }] },
      "container orders has SENTRY_DSN in plain: take it from Secrets Manager",
    ],
    [
      { environment: [{ name: "MONGODB_URI", value: "mongodb://a:b@host" }] },
      "container orders has MONGODB_URI in plain: take it from Secrets Manager",
    ],
  ])("refuses %j", async (changed, message) => {
    expect(await examine(tasks, task(changed))).toEqual([`orders: ${message}`]);
  });

  it("lets staging count only, for load tests", async () => {
    const counting = task({ environment: [{ name: "RATE_LIMIT_MODE", value: "measure" }] });
    expect(await examine(tasks, counting, { stack: "staging" })).toEqual([]);
  });

  it("refuses files that everybody in the network may mount", async () => {
    const volume = (authorizationConfig?: object) => [
      { name: "files", efsVolumeConfiguration: { transitEncryption: "ENABLED", authorizationConfig } },
    ];
    const message = ["orders: volume files is open to everybody in the network"];
    expect(await examine(tasks, task({}, volume({ iam: "ENABLED", accessPointId: UNKNOWN })))).toEqual([]);
    expect(await examine(tasks, task({}, volume({ iam: "DISABLED", accessPointId: UNKNOWN })))).toEqual(message);
    expect(await examine(tasks, task({}, volume({ iam: "ENABLED" })))).toEqual(message);
    expect(await examine(tasks, task({}, volume()))).toEqual(message);
  });

  it("refuses secrets in plain in functions and builds too", async () => {
    const made = (variables: object) => [
      { kind: "lambda.Function", name: "made", props: { environment: { variables } } },
    ];
    expect(await examine(tasks, made({ CACHE_USER_ID: UNKNOWN, READERS: "{}" }))).toEqual([]);
    expect(await examine(tasks, made({ API_TOKEN: "abc" }))).toHaveLength(1);
    const build = (variable: object) => [
      { kind: "codebuild.Project", name: "build", props: { environment: { environmentVariables: [variable] } } },
    ];
    expect(await examine(tasks, build({ name: "NPM_TOKEN", value: "abc" }))).toHaveLength(1);
    expect(await examine(tasks, build({ name: "NPM_TOKEN", value: "x", type: "SECRETS_MANAGER" }))).toEqual([]);
  });

  it("refuses files that travel in plain, and a shell in a running task", async () => {
    const volumes = [
      {
        name: "files",
        efsVolumeConfiguration: {
          ...{ fileSystemId: "fs-1", transitEncryption: "DISABLED" },
          authorizationConfig: { iam: "ENABLED", accessPointId: "fsap-1" },
        },
      },
    ];
    expect(await examine(tasks, task({}, volumes))).toEqual(["orders: volume files goes over the network in plain"]);
    const service = { kind: "ecs.Service", name: "orders", props: { enableExecuteCommand: true } };
    expect(await examine(tasks, [service])).toEqual(["orders: enableExecuteCommand opens a shell in its tasks"]);
  });
});
