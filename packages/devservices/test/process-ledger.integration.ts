import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { ownIdentity, processStartTime } from "../src/process-identity.ts";
import { AlreadyRunningError, openLedger, reclaimLeftovers } from "../src/process-ledger.ts";
import { temporaryFolder } from "./temporary-folder.ts";

function sleeper(script = "setInterval(() => {}, 1000)"): ChildProcess & { pid: number } {
  const child = spawn(process.execPath, ["-e", script], { detached: true, stdio: ["ignore", "pipe", "ignore"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  if (child.pid === undefined) throw new Error("not started");
  return child as ChildProcess & { pid: number };
}

/** A ledger as a killed start leaves it. */
function leftover(children: object[]): string {
  const file = join(temporaryFolder(), "processes.json");
  const owner = { ...ownIdentity(), startTime: "of an earlier process" };
  writeFileSync(file, JSON.stringify({ owner, children }));
  return file;
}

function entry(pid: number, startTime = processStartTime(pid)) {
  return { pid, startTime, command: "node", role: "test" };
}

describe("reclaimLeftovers", { timeout: 20_000 }, () => {
  it("ends what a dead owner left and removes the ledger", async () => {
    const child = sleeper();
    const file = leftover([entry(child.pid)]);
    expect((await reclaimLeftovers(file)).ended.map(({ pid }) => pid)).toEqual([child.pid]);
    expect(processStartTime(child.pid)).toBeUndefined();
    expect(existsSync(file)).toBe(false);
  });

  it("never touches a process that merely has the number", async () => {
    const child = sleeper();
    const file = leftover([entry(child.pid, "another time")]);
    expect(await reclaimLeftovers(file)).toEqual({ ended: [] });
    expect(processStartTime(child.pid)).toBeDefined();
  });

  it("kills what ignores SIGTERM after the limit", async () => {
    const child = sleeper("process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log(1)");
    if (child.stdout) await once(child.stdout, "data");
    const ended = once(child, "exit");
    await reclaimLeftovers(leftover([entry(child.pid)]), 300);
    expect((await ended)[1]).toBe("SIGKILL");
  });

  it("ends the children of the process too", async () => {
    const script =
      "const c = require('child_process').spawn('sleep', ['60']); console.log(c.pid); setInterval(() => {}, 1000)";
    const child = sleeper(script);
    if (!child.stdout) throw new Error("no output");
    const grandchild = Number((await once(child.stdout, "data"))[0]);
    await reclaimLeftovers(leftover([entry(child.pid)]));
    await expect.poll(() => processStartTime(grandchild)).toBeUndefined();
  });

  it("leaves all alone and names the owner while that lives", async () => {
    const child = sleeper();
    const file = join(temporaryFolder(), "processes.json");
    openLedger(file).record({ pid: child.pid, command: "node", role: "test" });
    expect(await reclaimLeftovers(file)).toEqual({ ended: [], owner: ownIdentity() });
    expect(processStartTime(child.pid)).toBeDefined();
    expect(() => openLedger(file)).toThrow(AlreadyRunningError);
    expect(() => openLedger(file)).toThrow(`Already running as process ${process.pid}`);
  });
});

describe("openLedger", () => {
  it("records, forgets and closes", () => {
    const file = join(temporaryFolder(), "deep", "processes.json");
    const ledger = openLedger(file);
    ledger.record({ pid: process.pid, command: "node", role: "test" });
    const read = () => JSON.parse(readFileSync(file, "utf8")) as { children: unknown[] };
    expect(read().children).toEqual([{ ...ownIdentity(), command: "node", role: "test" }]);
    ledger.forget(process.pid);
    expect(read().children).toEqual([]);
    ledger.close();
    ledger.forget(process.pid);
    expect(existsSync(file)).toBe(false);
  });

  it("refuses a ledger nobody has reclaimed", () => {
    expect(() => openLedger(leftover([]))).toThrow(/reclaim it first/);
  });
});
