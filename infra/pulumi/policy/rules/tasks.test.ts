import { describe, expect, it } from "vitest";
import { examine } from "../examine.ts";
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
    expect(await examine(tasks, task({ image: "public.ecr.aws/collector:v1", user: undefined }))).toEqual([]);
    expect(await examine(tasks, task({ environment: [{ name: "REDIS_URL", value: "redis://cache:6379" }] }))).toEqual(
      [],
    );
  });

  it.each([
    [{ user: undefined }, "container orders runs as root"],
    [{ user: "0:0" }, "container orders runs as root"],
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
      { environment: [{ name: "MONGODB_URI", value: "mongodb://a:b@host" }] },
      "container orders has MONGODB_URI in plain: take it from Secrets Manager",
    ],
  ])("refuses %j", async (changed, message) => {
    expect(await examine(tasks, task(changed))).toEqual([`orders: ${message}`]);
  });

  it("refuses files that travel in plain, and a shell in a running task", async () => {
    const volumes = [
      { name: "files", efsVolumeConfiguration: { fileSystemId: "fs-1", transitEncryption: "DISABLED" } },
    ];
    expect(await examine(tasks, task({}, volumes))).toEqual(["orders: volume files goes over the network in plain"]);
    const service = { kind: "ecs.Service", name: "orders", props: { enableExecuteCommand: true } };
    expect(await examine(tasks, [service])).toEqual(["orders: enableExecuteCommand opens a shell in its tasks"]);
  });
});
