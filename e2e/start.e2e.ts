import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createGraphClient, signIn } from "@tradegraph/testkit/graph-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { childrenOf, freePortVariables, isAlive, runStart, type StartCommand } from "./start-command.ts";

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

const urlOf = (settings: Record<string, string>) => `http://127.0.0.1:${settings.GATEWAY_PORT}/graphql`;

beforeAll(async () => {
  dataDir = await newFolder();
  env = await freePortVariables();
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

  it("refuses wrong ports and a wrong scale in a sentence", async () => {
    const both = start(dataDir, { ...env, ORDERS_PORT: env.USERS_PORT ?? "" });
    const scale = start(dataDir, env, ["--scale", "abc"]);
    expect([await both.ended, await scale.ended]).toEqual([1, 1]);
    expect(both.output()).toMatch(/^ +- USERS_PORT: is the port of ORDERS_PORT too/m);
    expect(scale.output()).toContain("'abc' is invalid. a whole number");
  });

  it.skipIf(process.platform !== "linux")("names another way when the data folder cannot be written", async () => {
    const file = join(await newFolder(), "file");
    await writeFile(file, "");
    for (const folder of [file, join(file, "below"), "/proc/x"]) {
      const command = start(folder, env);
      expect(await command.ended).toBe(1);
      expect(command.output().trim()).toMatch(
        new RegExp(`^${folder} cannot be written \\(E[A-Z]+\\): choose another folder with --data\\.$`),
      );
    }
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
