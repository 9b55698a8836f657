// Where records wait for users, whatever dies and whatever is full.
import { execFile } from "node:child_process";
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { badUserInput, PublicError, serviceUnavailable } from "@tradegraph/kit/errors";
import { type Asking } from "@tradegraph/kit/internal-client";
import { silentLogger as logger } from "@tradegraph/testkit/test-database";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type AuditRecord } from "../src/audit/record.ts";
import { shipRecords } from "../src/audit/shipper.ts";
import { openSpool, type Spool } from "../src/audit/spool.ts";
import { newOwner } from "../src/audit/spool-files.ts";

const run = promisify(execFile);
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "spool-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

let serial = 0;
const record = (overrides: Partial<AuditRecord> = {}): AuditRecord => ({
  eventId: `record-${(serial += 1)}`,
  category: "ACCESS",
  action: "operation.run",
  outcome: "SUCCESS",
  at: new Date().toISOString(),
  tenantId: "acme",
  role: "anonymous",
  ...overrides,
});

/** Users as the shipper sees it: remembers what it took, and fails when told to. */
function fakeUsers() {
  const users = {
    taken: [] as AuditRecord[],
    calls: 0,
    refuse: (_: AuditRecord[]): Error | undefined => undefined,
    callText<T>({ body, viewer }: Asking & { body: Buffer }): Promise<T> {
      users.calls += 1;
      expect(viewer).toMatchObject({ role: "service", scopes: ["audit"] });
      if (!isJson(body.toString())) return Promise.reject(new PublicError("INTERNAL_SERVER_ERROR", "No JSON."));
      const { entries } = (JSON.parse(body.toString()) as { variables: { entries: AuditRecord[] } }).variables;
      const error = users.refuse(entries);
      if (error) return Promise.reject(error);
      users.taken.push(...entries);
      return Promise.resolve({ auditRecord: { added: entries.length } } as T);
    },
  };
  return users;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const refusedFiles = () => readdirSync(folder).filter((name) => name.startsWith("refused"));

const linesIn = () =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl"))
    .flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n").filter(Boolean));

describe("the spool", () => {
  const spools: Spool[] = [];
  const open = (maxBytes = 1_000_000) => {
    const spool = openSpool({ folder, maxBytes, logger });
    spools.push(spool);
    return spool;
  };
  afterEach(() => {
    for (const spool of spools.splice(0)) spool.close();
  });

  it("has a record in its file before it says so", async () => {
    await open().keep(record({ eventId: "first" }));
    expect(linesIn()).toHaveLength(1);
    expect(linesIn()[0]).toContain('"first"');
  });

  it("gives back each of 1,000 records once, and removes them when they are shipped", async () => {
    const spool = open();
    const users = fakeUsers();
    const shipping = (async () => {
      for (let round = 0; round < 20; round += 1) {
        await shipRecords({ spool, users, logger });
        await new Promise(setImmediate);
      }
    })();
    for (let n = 0; n < 100; n += 1) await Promise.all(Array.from({ length: 10 }, () => spool.keep(record())));
    await shipping;
    await shipRecords({ spool, users, logger });
    expect(users.taken).toHaveLength(1_000);
    expect(new Set(users.taken.map(({ eventId }) => eventId)).size).toBe(1_000);
    expect(linesIn()).toEqual([]);
  });

  it("ships again what users did not take, at most 500 at once", async () => {
    const spool = open();
    const users = fakeUsers();
    users.refuse = () => serviceUnavailable("Away.", "users");
    await Promise.all(Array.from({ length: 1_200 }, () => spool.keep(record())));
    await expect(shipRecords({ spool, users, logger })).rejects.toThrow("Away.");
    expect(linesIn()).toHaveLength(1_200);
    users.refuse = (entries) => (entries.length > 500 ? badUserInput("Too many.") : undefined);
    users.calls = 0;
    expect(await shipRecords({ spool, users, logger })).toBe(1_200);
    expect(users.calls).toBe(3);
    expect(users.taken).toHaveLength(1_200);
  });

  it("ships each record of a line by itself to a users that knows no lines for several", async () => {
    const spool = open();
    const users = fakeUsers();
    const bad = "request-7";
    users.refuse = (entries) =>
      entries.some((one) => "requestIds" in one || one.requestId === bad) ? badUserInput("Unknown field.") : undefined;
    const entityTypes = ["Product"];
    const requests = Array.from({ length: 1_150 }, (_, place) => `request-${place}`);
    const at = new Date().toISOString();
    await Promise.all(requests.map((requestId) => spool.keep(record({ requestId, entityTypes, at }))));
    expect(linesIn()).toHaveLength(12);
    await shipRecords({ spool, users, logger });
    expect(users.taken.map(({ requestId }) => requestId)).toEqual(requests.filter((one) => one !== bad));
    expect(new Set(users.taken.map(({ eventId }) => eventId)).size).toBe(1_149);
    const [refused] = refusedFiles();
    expect(JSON.parse(readFileSync(join(folder, refused ?? ""), "utf8"))).toMatchObject({ requestId: bad });
    expect(linesIn()).toEqual([]);
  });

  it("puts a record that users refuses aside and ships the others", async () => {
    const spool = open();
    const users = fakeUsers();
    users.refuse = (entries) => (entries.some(({ eventId }) => eventId === "bad") ? badUserInput("Bad.") : undefined);
    for (const eventId of ["a", "b", "bad", "c", "d"]) await spool.keep(record({ eventId }));
    await shipRecords({ spool, users, logger });
    expect(users.taken.map(({ eventId }) => eventId)).toEqual(["a", "b", "c", "d"]);
    const [refused] = refusedFiles();
    expect(readFileSync(join(folder, refused ?? ""), "utf8")).toContain('"bad"');
  });

  it("ships all but a line in the middle of a file that is no JSON, also where users answers with another code", async () => {
    const spool = open();
    const users = fakeUsers();
    const dead = join(folder, "elsewhere_99_dead_00000001.jsonl");
    const lines = ["a", "b"].map((eventId) => JSON.stringify(record({ eventId })));
    writeFileSync(dead, `${lines[0]}\n{"eventId":"br\n${lines[1]}\n`);
    await shipRecords({ spool, users, logger });
    expect(users.taken.map(({ eventId }) => eventId)).toEqual(["a", "b"]);
    expect(linesIn()).toEqual([]);
  });

  it("keeps refused records for a month and within few MiB, and counts what has no place", async () => {
    const spool = open();
    const users = fakeUsers();
    users.refuse = () => badUserInput("Bad.");
    const [today = ""] = [new Date().toISOString().slice(0, 10)];
    const old = join(folder, "refused-2020-01-31.log");
    writeFileSync(old, "old\n");
    await spool.keep(record({ category: "SECURITY" }));
    await shipRecords({ spool, users, logger });
    expect(refusedFiles()).toEqual([`refused-${today}.log`]);
    expect(spool.takeLost()).toEqual({ ACCESS: 0, SECURITY: 0 });
    writeFileSync(join(folder, `refused-${today}.log`), "x".repeat(8 * 1024 * 1024));
    await spool.keep(record({ category: "SECURITY" }));
    await shipRecords({ spool, users, logger });
    expect(spool.takeLost()).toEqual({ ACCESS: 0, SECURITY: 1 });
    expect(linesIn()).toEqual([]);
  });

  it("does not make a file a round while users is away, nor looks at the folder each time", async () => {
    const spool = open(100_000_000);
    const users = fakeUsers();
    users.refuse = () => serviceUnavailable("Away.", "users");
    const round = async (count = 1) => {
      await Promise.all(Array.from({ length: count }, () => spool.keep(record())));
      await shipRecords({ spool, users, logger }).catch(() => undefined);
    };
    for (let n = 0; n < 50; n += 1) await round();
    expect(spool.closedSegments()).toHaveLength(1);
    // What is large is ended: one file must not grow for days.
    await round(10_000);
    await round(10_000);
    expect(spool.closedSegments()).toHaveLength(3);
    const left = join(folder, "elsewhere_99_space_dead_00000001.jsonl");
    writeFileSync(left, `${JSON.stringify(record())}\n`);
    expect(spool.closedSegments()).toHaveLength(3);
    const later = Date.now() + 10_000;
    vi.spyOn(Date, "now").mockReturnValue(later);
    expect(spool.closedSegments()).toHaveLength(4);
    vi.restoreAllMocks();
    users.refuse = () => undefined;
    await shipRecords({ spool, users, logger });
    await shipRecords({ spool, users, logger });
    expect(users.taken).toHaveLength(20_051);
    expect(spool.size()).toBe(0);
  });

  it("goes on when another has taken over a segment of ours", async () => {
    const spool = open();
    const users = fakeUsers();
    await spool.keep(record());
    const [segment] = spool.closedSegments();
    await rm(segment?.path ?? "");
    await spool.keep(record({ eventId: "next" }));
    await shipRecords({ spool, users, logger });
    await shipRecords({ spool, users, logger });
    expect(users.taken.map(({ eventId }) => eventId)).toEqual(["next"]);
  });

  it("believes the number of a process only where numbers mean the same", async () => {
    const spool = open();
    const users = fakeUsers();
    const [host, , space] = newOwner().split("_");
    // The largest number that Linux gives is 4,194,304.
    const owners = {
      dead: `${host}_4999999_${space}_a`,
      predecessor: `${host}_${process.pid}_${space}_b`,
      elsewhere: `${host}_4999999_000000000000_c`,
      twin: `${host}_${process.pid}_000000000000_d`,
    };
    for (const [eventId, owner] of Object.entries(owners)) {
      writeFileSync(join(folder, `${owner}.alive`), "");
      writeFileSync(join(folder, `${owner}_00000001.jsonl`), `${JSON.stringify(record({ eventId }))}\n`);
    }
    await shipRecords({ spool, users, logger });
    expect(users.taken.map(({ eventId }) => eventId).sort()).toEqual(["dead", "predecessor"]);
    const minuteAgo = new Date(Date.now() - 60_000);
    for (const owner of Object.values(owners)) utimesSync(join(folder, `${owner}.alive`), minuteAgo, minuteAgo);
    const later = Date.now() + 10_000;
    vi.spyOn(Date, "now").mockReturnValue(later);
    spool.closedSegments();
    vi.restoreAllMocks();
    await shipRecords({ spool, users, logger });
    expect(users.taken).toHaveLength(4);
  });

  it("loses no record silently when the disk is full for a while", async () => {
    // A file may have 16 KiB here, which the system treats as a disk treats its end: part of a write, then an error.
    const script = join(import.meta.dirname, "fill-spool.ts");
    const command = 'ulimit -f 16 && exec "$0" "$@"';
    const { stdout } = await run("bash", ["-c", command, process.execPath, script, folder]);
    const { kept, lost } = JSON.parse(stdout) as { kept: number; lost: number };
    const whole = linesIn().map((line) => (JSON.parse(line) as AuditRecord).eventId);
    expect(lost).toBeGreaterThan(0);
    expect(new Set(whole).size).toBe(whole.length);
    expect(whole.length + lost).toBe(kept);
    // What came when there was place again.
    expect(whole).toContain("last");
  });

  it("takes over what a dead process left, even with a line cut off, and nothing of a living one", async () => {
    const living = open();
    await living.keep(record({ eventId: "living" }));
    // No process has this number, and no machine of this name touches its file.
    const dead = join(folder, "elsewhere_99_dead_00000001.jsonl");
    writeFileSync(dead, `${JSON.stringify(record({ eventId: "left" }))}\n`);
    appendFileSync(dead, '{"eventId":"cut');
    const alive = "other-host_1_alive";
    writeFileSync(join(folder, `${alive}.alive`), "");
    writeFileSync(join(folder, `${alive}_00000001.jsonl`), `${JSON.stringify(record({ eventId: "theirs" }))}\n`);
    const users = fakeUsers();
    await shipRecords({ spool: living, users, logger });
    expect(users.taken.map(({ eventId }) => eventId).sort()).toEqual(["left", "living"]);
    expect(linesIn()).toHaveLength(1);
    expect(linesIn()[0]).toContain("theirs");
  });

  it("throws access records away when it is full, keeps room for security records, and tells how many", async () => {
    const spool = open(2_000);
    for (let n = 0; n < 50; n += 1) await spool.keep(record());
    await spool.keep(record({ eventId: "important", category: "SECURITY", action: "request.refused" }));
    const lost = spool.takeLost();
    expect(lost.SECURITY).toBe(0);
    expect(linesIn().length + lost.ACCESS).toBe(51);
    expect(linesIn().at(-1)).toContain("important");
    expect(spool.size()).toBeLessThan(2_500);
    expect(spool.takeLost()).toEqual({ ACCESS: 0, SECURITY: 0 });
  });
});
