import mongoose from "mongoose";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { removeAbandonedFolders } from "../src/ephemeral-folder.ts";
import { processStartTime } from "../src/process-identity.ts";
import { reclaimLeftovers } from "../src/process-ledger.ts";
import { childScript } from "./child-script.ts";
import { temporaryFolder } from "./temporary-folder.ts";

interface Said {
  uri: string;
  pid: number;
  folder: string;
}

async function start(dataDir: string) {
  const { child, said } = await childScript("run-start.ts", [dataDir]);
  return { child, ...(said as unknown as Said) };
}

async function insert(uri: string, number: number): Promise<number> {
  const client = await new mongoose.mongo.MongoClient(uri).connect();
  const orders = client.db("shop").collection("orders");
  await orders.insertOne({ number }, { writeConcern: { w: "majority", journal: true } });
  const count = await orders.countDocuments();
  await client.close();
  return count;
}

describe("a start that was killed", { timeout: 120_000 }, () => {
  it("leaves a mongod that the next start ends, without loss of data", async () => {
    const dataDir = temporaryFolder();
    const first = await start(dataDir);
    expect(await insert(first.uri, 1)).toBe(1);
    first.child.kill("SIGKILL");
    await once(first.child, "exit");
    expect(processStartTime(first.pid)).toBeDefined();

    const second = await start(dataDir);
    expect(processStartTime(first.pid)).toBeUndefined();
    expect(await insert(second.uri, 2)).toBe(2);
    const { ended, owner } = await reclaimLeftovers(join(dataDir, "processes.json"));
    expect(ended).toEqual([]);
    expect(owner?.pid).toBe(second.child.pid);

    second.child.kill("SIGKILL");
    await once(second.child, "exit");
    expect((await reclaimLeftovers(join(dataDir, "processes.json"))).ended).toMatchObject([
      { pid: second.pid, role: "mongodb" },
    ]);
  });

  it("leaves an ephemeral server that the next one removes", async () => {
    const { child, pid, folder } = await start("ephemeral");
    await removeAbandonedFolders();
    expect(existsSync(folder), "while its owner lives").toBe(true);
    child.kill("SIGKILL");
    await once(child, "exit");
    await removeAbandonedFolders();
    expect(existsSync(folder)).toBe(false);
    expect(processStartTime(pid)).toBeUndefined();
  });
});

describe("a start that exits", { timeout: 60_000 }, () => {
  it.each(["ephemeral", "persistent"])("takes its %s mongod along", async (kind) => {
    const { child, pid, folder } = await start(kind === "ephemeral" ? kind : temporaryFolder());
    child.stdin?.end();
    await once(child, "exit");
    await expect.poll(() => processStartTime(pid), { timeout: 10_000 }).toBeUndefined();
    expect(existsSync(folder)).toBe(kind === "persistent");
  });
});
