import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createGraphClient, signIn } from "@tradegraph/testkit/graph-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePorts, runStart, type StartCommand } from "./start-command.ts";

const query =
  "{ products(first: 1, sort: { key: NAME }) { totalCount nodes { id name supplier { sellerProfile { shopName } } reviewSummary { count } } } }";
const folders: string[] = [];
const started: StartCommand[] = [];
let dataDir: string;
let env: Record<string, string>;

const newFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), "tradegraph-start-"));
  folders.push(folder);
  return folder;
};

function start(folder: string, settings: Record<string, string>, args?: string[]): StartCommand {
  const command = runStart(folder, settings, args);
  started.push(command);
  return command;
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Processes that the running `start` has begun. */
async function childrenOf(folder: string): Promise<number[]> {
  const ledger = JSON.parse(await readFile(join(folder, "processes.json"), "utf8")) as { children: { pid: number }[] };
  return ledger.children.map(({ pid }) => pid);
}

const urlOf = (settings: Record<string, string>) => `http://127.0.0.1:${settings.GATEWAY_PORT}/graphql`;

beforeAll(async () => {
  dataDir = await newFolder();
  env = await freePorts();
});

afterAll(async () => {
  for (const { child } of started) if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
  await Promise.all(started.map(({ ended }) => ended));
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

// One story in steps: each goes on with the data of the one before.
describe("start", () => {
  it("brings up a seeded graph from nothing, prints how to use it, and stops without leaving anything", async () => {
    const command = start(dataDir, env);
    await command.printed("Ready in");
    expect(command.output()).toMatch(/Apollo Sandbox .*\n.*GraphiQL/);
    const [, password = ""] = /password (\S+) for all/.exec(command.output()) ?? [];
    const [, email = ""] = /alpenmarkt buyer +(\S+)/.exec(command.output()) ?? [];
    const buyer = await signIn(urlOf(env), { email, password });
    expect(await buyer.expectData("{ me { email } }")).toEqual({ me: { email } });
    expect(await createGraphClient(urlOf(env)).expectData(query)).toMatchObject({
      products: { nodes: [{ supplier: { sellerProfile: {} } }] },
    });
    const children = await childrenOf(dataDir);
    expect(children).toHaveLength(7);
    command.child.kill("SIGINT");
    expect(await command.ended).toBe(0);
    expect(children.filter(isAlive)).toEqual([]);
  });

  it("keeps its data, ends what a kill -9 left, and refuses to run twice", async () => {
    const killed = start(dataDir, env);
    await killed.printed("Ready in");
    expect(killed.output()).toContain("Demo data is there");
    const leftovers = await childrenOf(dataDir);
    killed.child.kill("SIGKILL");
    await killed.ended;
    expect(leftovers.filter(isAlive)).toEqual(leftovers);

    const next = start(dataDir, env);
    await next.printed("Ready in");
    expect(next.output()).toContain("Ended what an earlier start left");
    expect(leftovers.filter(isAlive)).toEqual([]);
    const { products } = await createGraphClient(urlOf(env)).expectData<{ products: { nodes: unknown[] } }>(query);
    expect(products.nodes).toHaveLength(1);

    const second = start(dataDir, env);
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain("Already running");
    next.child.kill("SIGTERM");
    expect(await next.ended).toBe(0);
  });

  it("says who has a port, what to do, and starts nothing", async () => {
    const port = Number(env.ORDERS_PORT);
    const blocker = createServer().listen(port, "127.0.0.1");
    const command = start(dataDir, env);
    expect(await command.ended).toBe(1);
    blocker.close();
    expect(command.output()).toMatch(
      new RegExp(`Port ${port}, wanted by orders, is taken by another program .* set ORDERS_PORT=`),
    );
    expect(command.output()).not.toMatch(/\n +at /);
  });

  it("empties its data only with --reset", async () => {
    const folder = await newFolder();
    const settings = { ...env, LOG_LEVEL: "warn" };
    const first = start(folder, settings);
    await first.printed("Ready in");
    const [, before = ""] = /password (\S+) for all/.exec(first.output()) ?? [];
    first.child.kill("SIGINT");
    await first.ended;
    const again = start(folder, settings, ["--reset"]);
    await again.printed("Ready in");
    const [, after = ""] = /password (\S+) for all/.exec(again.output()) ?? [];
    expect(after).not.toBe(before);
    again.child.kill("SIGINT");
    expect(await again.ended).toBe(0);
  });
});
