// What the gateway writes down for the audit log.
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type AuditEntry } from "../src/audit/record.ts";
import { startTestGateway, type TestGateway } from "./start-gateway.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "audit-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("a gateway that keeps records", () => {
  let test: TestGateway;
  let users: Server;
  let taken: AuditEntry[];
  let policyPath: string;

  const writeDocument = (name: string, text: string) => {
    mkdirSync(join(folder, "operations/monitor"), { recursive: true });
    writeFileSync(join(folder, "operations/monitor", `${name}.graphql`), text);
  };
  const start = async (policy: object = { sampled: [] }) => {
    taken = [];
    users = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { variables } = JSON.parse(Buffer.concat(chunks).toString()) as { variables: { entries: AuditEntry[] } };
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
    const answers = await Promise.all(Array.from({ length: 20 }, () => test.post({ query: "{ latest }" })));
    await stop();
    // Those that were answered at once are in one entry.
    const recorded = taken.flatMap(({ requestId = "", requestIds = [requestId] }) => requestIds);
    expect(recorded.sort()).toEqual(answers.map(({ headers }) => headers.get("x-request-id")).sort());
  });

  it("leaves out successes of operations that are sampled, and never their failures", async () => {
    writeDocument("Often", "# The monitor's.\nquery Often {\n  latest\n}\n");
    writeDocument("Fails", "query Fails { known }");
    const sampled = ["Often", "Fails"].map((name) => ({
      ...{ document: `monitor/${name}.graphql`, share: 0, reason: "Read every second by a monitor." },
    }));
    await start({ sampled });
    await test.post({ query: "query Often { latest }" });
    await test.post({ query: "query Fails { known }" });
    await test.post({ query: "query Other { latest }" });
    await stop();
    expect(taken.map(({ operation, outcome }) => [operation, outcome])).toEqual([
      ["Fails", "FAILED"],
      ["Other", "SUCCESS"],
    ]);
  });

  it("records what only has the name of an operation that is sampled", async () => {
    writeDocument("Often", "query Often { latest }");
    await start({ sampled: [{ document: "monitor/Often.graphql", share: 0, reason: "Read by a monitor." }] });
    await test.post({ query: "query Often { latest books { id stars } }" });
    await test.post({ query: "query Often { books { id } } query Other { latest }", operationName: "Often" });
    await stop();
    expect(taken.map(({ operation, entityTypes }) => [operation, entityTypes])).toEqual([
      ["Often", ["Book"]],
      ["Often", ["Book"]],
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
    ["a share above one", { sampled: [{ document: "shop/A.graphql", share: 2, reason: "Because it is so." }] }],
    ["a sample without a reason", { sampled: [{ document: "shop/A.graphql", share: 0.5 }] }],
    ["a name in the place of a document", { sampled: [{ document: "A", share: 0.5, reason: "Because it is so." }] }],
    ["a document that is not there", { sampled: [{ document: "shop/A.graphql", share: 0, reason: "Because it is." }] }],
  ])("does not start with %s", async (_, policy) => {
    await expect(start(policy)).rejects.toThrow("audit policy");
    await new Promise((resolve) => users.close(resolve));
  });
});
