import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { createGraphClient } from "@tradegraph/testkit/graph-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  childrenOf,
  freePortVariables,
  hasTerminal,
  isAlive,
  processesOf,
  runStart,
  runStartInTerminal,
  type StartCommand,
} from "./start-command.ts";

const controlC = "\x03";
const terminal = hasTerminal();
if (!terminal) process.stdout.write("skipped: script\n");

const folders: string[] = [];
const started: StartCommand[] = [];
let env: Record<string, string>;
/** Seeded by the first test that needs it. */
let dataDir: string;

const newFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), "tradegraph-signals-"));
  folders.push(folder);
  return folder;
};

const keep = (command: StartCommand): StartCommand => {
  started.push(command);
  return command;
};

async function endServer(role: string): Promise<void> {
  const child = (await childrenOf(dataDir)).find((entry) => entry.role === role);
  if (!child) throw new Error(`No ${role} is recorded.`);
  process.kill(child.pid, "SIGKILL");
}

beforeAll(async () => {
  dataDir = await newFolder();
  env = await freePortVariables();
});

afterAll(async () => {
  for (const { child } of started) if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
  await Promise.all(started.map(({ ended }) => ended));
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

describe("start, ended", () => {
  it.skipIf(!terminal).each([1, 2])("leaves nothing after %i Ctrl-C in a terminal", async (times) => {
    const command = keep(runStartInTerminal(dataDir, env));
    await command.printed("Ready in");
    const children = await childrenOf(dataDir);
    expect(children).toHaveLength(7);
    command.child.stdin.write(controlC);
    if (times === 2) {
      await command.printed("Stopping …");
      command.child.stdin.write(controlC);
    }
    expect(await command.ended).toBe(0);
    expect(children.filter(isAlive)).toEqual([]);
    if (times === 2) expect(command.output().match(/Still stopping …/g)).toHaveLength(1);
  });

  it.each([300, 800, 1_500, 3_000])("leaves nothing when interrupted %i ms after a first start", async (moment) => {
    const folder = await newFolder();
    const ports = await freePortVariables();
    const command = keep(runStart(folder, ports));
    await sleep(moment);
    command.child.kill("SIGINT");
    const code = await command.ended;
    // On a busy machine Node itself may not be up by then, and nothing of ours has begun.
    if (code !== null || command.output() !== "") expect(code).toBe(0);
    if (process.platform === "linux") expect(await processesOf(folder, ports)).toEqual([]);
  });

  it("goes on without Redis and says so, ends without MongoDB and says so", async () => {
    const command = keep(runStart(dataDir, env));
    await command.printed("Ready in");
    const children = await childrenOf(dataDir);
    await endServer("redis");
    await command.printed("Redis ended (SIGKILL): the graph goes on without cache.", 5_000);
    const client = createGraphClient(`http://127.0.0.1:${env.GATEWAY_PORT}/graphql`);
    expect(await client.expectData("{ products(first: 1) { nodes { id } } }")).toMatchObject({
      products: { nodes: [{}] },
    });
    await endServer("mongodb");
    expect(await command.ended).toBe(1);
    expect(command.output()).toContain("MongoDB ended (SIGKILL), and nothing works without it");
    expect(children.filter(isAlive)).toEqual([]);
  });
});
