// The whole graph with the users that scripts/database-users.ts makes: what they may do is enough for every operation.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { childEnvironment } from "@tradegraph/devservices/env";
import { startGraph, type TestGraph } from "@tradegraph/testkit/start-graph";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type ServiceName, subgraphs } from "../services.ts";
import { demoShop } from "./demo.ts";
import { findThings } from "./findings.ts";
import { operationRuns } from "./operation-runs.ts";
import { runOperations } from "./runs/run-operations.ts";

const run = promisify(execFile);
const [, owner = "", password = ""] = /^mongodb:\/\/([^:]+):([^@]+)@/.exec(inject("mongoUri")) ?? [];
const server = inject("mongoUri").replace(`${owner}:${password}@`, "");
let graph: TestGraph;

async function makeUsers(prefix: string): Promise<Record<ServiceName, string>> {
  const names = [...subgraphs.map(({ name }) => name), "migrate"];
  const uris = names.map((name) => [name, server.replace("://", `://${prefix}${name}:of-${name}@`)] as const);
  const env = childEnvironment({
    MONGODB_URI: server,
    DATABASE_OWNER: JSON.stringify({ username: owner, password }),
    ...Object.fromEntries(uris.map(([name, uri]) => [`MONGODB_URI_${name.toUpperCase()}`, uri])),
    NODE_ENV: "test",
  });
  const root = join(import.meta.dirname, "..");
  await run(process.execPath, ["scripts/database-users.ts", "--prefix", prefix], { cwd: root, env });
  return Object.fromEntries(uris) as Record<ServiceName, string>;
}

beforeAll(async () => {
  graph = await startGraph({ seed: true, makeUsers });
});
afterAll(() => graph.stop());

describe("users of the database with least privilege", () => {
  it("can do all that schema/operations asks for, and every program stays ready", async () => {
    const found = await findThings(demoShop(graph));
    const stage = { graph, shop: demoShop(graph), found, notes: new Map() };
    expect(await runOperations(stage, operationRuns(stage), {})).toEqual([]);
    for (const { name } of subgraphs) {
      const ready = await fetch(`http://127.0.0.1:${graph.graph.ports[name]}/ready?all=1`);
      expect(ready.status, name).toBe(200);
    }
  });

  it("is what the programs really run with", async () => {
    const { inprog } = await graph.mongo.db("admin").command({ currentOp: 1, $all: true });
    const users = (inprog as { effectiveUsers?: { user: string }[] }[])
      .flatMap(({ effectiveUsers = [] }) => effectiveUsers)
      .map(({ user }) => user);
    expect(users).toEqual(expect.arrayContaining(subgraphs.map(({ name }) => graph.databaseOf(name))));
  });

  it("is refused nothing, work in the background included", async () => {
    for (const { name } of subgraphs) {
      const log = await readFile(graph.programs[name].logFile, "utf8");
      expect(
        log.split("\n").filter((line) => /not authorized|Unauthorized/i.test(line)),
        name,
      ).toEqual([]);
      const metrics = await (await fetch(`http://127.0.0.1:${graph.graph.ports[name]}/metrics`)).text();
      const failed = metrics.match(/^mongodb_command_duration_seconds_count\{.*outcome="error".*/gm);
      expect(failed, name).toBeNull();
    }
  });
});
