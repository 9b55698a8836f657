// What the gateway writes down for the audit log, and that it reaches users whatever dies.
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { badUserInput, serviceUnavailable } from "@tradegraph/kit/errors";
import { type InternalCall } from "@tradegraph/kit/internal-client";
import { createLogger } from "@tradegraph/kit/logger";
import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type AuditRecord } from "../src/audit/record.ts";
import { shipRecords } from "../src/audit/shipper.ts";
import { openSpool, type Spool } from "../src/audit/spool.ts";
import { startTestGateway, type TestGateway } from "./start-gateway.ts";

let folder: string;
let log: string[];
const logger = createLogger({
  service: "test",
  level: "info",
  destination: { write: (line: string) => void log.push(line) },
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "spool-"));
  log = [];
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
    call<T>({ variables, viewer }: InternalCall): Promise<T> {
      users.calls += 1;
      expect(viewer).toMatchObject({ role: "service", scopes: ["audit"] });
      const entries = variables.entries as AuditRecord[];
      const error = users.refuse(entries);
      if (error) return Promise.reject(error);
      users.taken.push(...entries);
      return Promise.resolve({ auditRecord: { added: entries.length } } as T);
    },
  };
  return users;
}

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

  it("puts a record that users refuses aside and ships the others", async () => {
    const spool = open();
    const users = fakeUsers();
    users.refuse = (entries) => (entries.some(({ eventId }) => eventId === "bad") ? badUserInput("Bad.") : undefined);
    for (const eventId of ["a", "b", "bad", "c", "d"]) await spool.keep(record({ eventId }));
    await shipRecords({ spool, users, logger });
    expect(users.taken.map(({ eventId }) => eventId)).toEqual(["a", "b", "c", "d"]);
    expect(readFileSync(join(folder, "refused.log"), "utf8")).toContain('"bad"');
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

describe("a gateway that keeps records", () => {
  let test: TestGateway;
  let users: Server;
  let taken: AuditRecord[];
  let policyPath: string;

  const start = async (policy: object = { sampled: [] }) => {
    taken = [];
    users = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { variables } = JSON.parse(Buffer.concat(chunks).toString()) as { variables: { entries: AuditRecord[] } };
        taken.push(...variables.entries);
        response.end(JSON.stringify({ data: { auditRecord: { added: variables.entries.length } } }));
      });
    });
    await new Promise<void>((resolve) => users.listen(0, "127.0.0.1", resolve));
    policyPath = join(folder, "audit-policy.json");
    writeFileSync(policyPath, JSON.stringify(policy));
    test = await startTestGateway({
      usersUrl: `http://127.0.0.1:${(users.address() as AddressInfo).port}/graphql`,
      audit: { spoolFolder: join(folder, "spool"), spoolMaxBytes: 1_000_000, policyPath },
    });
  };
  const stop = async () => {
    await test.stop();
    await new Promise((resolve) => users.close(resolve));
  };

  it("records who ran what, over which types, and how it ended, and ships it by itself", async () => {
    await start();
    const answer = await test.post({ query: "query Shelf { books { id stars } latest }" });
    await vi.waitFor(() => expect(taken).toHaveLength(1), 5_000);
    expect(taken[0]).toMatchObject({
      ...{ category: "ACCESS", action: "operation.run", outcome: "SUCCESS", operation: "Shelf", tenantId: "acme" },
      ...{ role: "anonymous", address: "127.0.0.1", entityTypes: ["Book"] },
      requestId: answer.headers.get("x-request-id"),
    });
    await stop();
  });

  it.each([
    ["an error of a subgraph", "query Known { known }", "FAILED", "NOT_FOUND"],
    ["an invalid document", "query Bad { nothing }", "FAILED", "GRAPHQL_VALIDATION_FAILED"],
    ["a document that does not parse", "query {", "FAILED", "GRAPHQL_PARSE_FAILED"],
  ])("records %s with its code", async (_, query, outcome, code) => {
    await start();
    await test.post({ query });
    await stop();
    expect(taken).toMatchObject([{ outcome, code }]);
  });

  it("ships the records of its last answers before it ends", async () => {
    await start();
    await Promise.all(Array.from({ length: 20 }, () => test.post({ query: "{ latest }" })));
    await stop();
    expect(taken).toHaveLength(20);
  });

  it("leaves out successes of operations that are sampled, and never their failures", async () => {
    await start({ sampled: [{ operation: "Often", share: 0, reason: "Read every second by a monitor." }] });
    await test.post({ query: "query Often { latest }" });
    await test.post({ query: "query Often { known }" });
    await test.post({ query: "query Other { latest }" });
    await stop();
    expect(taken.map(({ operation, outcome }) => [operation, outcome])).toEqual([
      ["Often", "FAILED"],
      ["Other", "SUCCESS"],
    ]);
  });

  it("counts refused callers instead of listing them, by shop and address", async () => {
    await start();
    for (let n = 0; n < 30; n += 1) await test.post({ query: "{ latest }" }, { authorization: "Bearer forged" });
    await test.post({ query: "{ latest }" }, { "x-tenant-id": "Not A Slug" });
    await stop();
    expect(taken).toHaveLength(3);
    expect(taken).toMatchObject([
      { category: "SECURITY", action: "request.refused", code: "TOKEN_NOT_ACCEPTED", tenantId: "acme", count: 1 },
      { code: "BAD_USER_INPUT", tenantId: "platform", count: 1 },
      { code: "TOKEN_NOT_ACCEPTED", count: 29, address: "127.0.0.1" },
    ]);
  });

  it.each([
    ["what is no policy", { sampled: "all" }],
    ["a share above one", { sampled: [{ operation: "A", share: 2, reason: "Because it is so." }] }],
    ["a sample without a reason", { sampled: [{ operation: "A", share: 0.5 }] }],
  ])("does not start with %s", async (_, policy) => {
    await expect(start(policy)).rejects.toThrow("audit policy");
    await new Promise((resolve) => users.close(resolve));
  });
});
