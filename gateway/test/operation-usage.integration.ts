// What partners use, counted by a running gateway and told to users.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FakeUsers, startFakeUsers } from "./fake-users.ts";
import { operation, rulesWith } from "./manifest-folder.ts";
import { startTestGateway, type TestGateway } from "./start-gateway.ts";

const partnerId = "bbbbbbbbbbbbbbbbbbbbbbbb";
const listId = "cccccccccccccccccccccccc";
const latest = operation("query Latest { latest }");
const score = operation("query Score { score(of: 1) }");

interface Reported {
  tenantId: string;
  uses: { listId: string; operationId: string; uses: number }[];
}

let users: FakeUsers;
let gateway: TestGateway;
const reports: Reported[] = [];
beforeAll(async () => {
  users = await startFakeUsers();
  users.answers.set("PartnerOperations", () => {
    const operations = [latest, score].map(({ id, name, body }) => ({ operationId: id, name, type: "QUERY", body }));
    return { data: { partnerOperations: { version: "1", lists: [{ id: listId, name: "1", operations }] } } };
  });
  users.answers.set("OperationUseRecord", ({ uses }, tenantId) => {
    reports.push({ tenantId, uses: uses as Reported["uses"] });
    return { data: { operationUseRecord: { recorded: 1 } } };
  });
  gateway = await startTestGateway({
    ...{ usersUrl: users.url, apiKeys: { redisNamespace: `usage-${randomUUID()}` } },
    operations: rulesWith([], { partner: "ids-only" }),
  });
});
afterAll(() => users.stop());

describe("operations of partners", () => {
  it("are counted as often as they were asked for by id and answered, and told before the gateway ends", async () => {
    const key = { "x-api-key": users.addKey({ partnerId }).secret };
    const ask = (id: string, headers: Record<string, string> = key) => gateway.post({ documentId: id }, headers);
    const answers = await Promise.all([latest, latest, latest, score].map(({ id }) => ask(id)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    // Neither of these is a use.
    expect((await ask("unknown")).status).toBe(404);
    expect((await ask(latest.id, {})).status).toBe(404);
    expect((await gateway.post({ query: latest.body }, key)).status).toBe(400);
    await gateway.stop();
    expect(reports.map(({ tenantId }) => tenantId)).toEqual(["acme"]);
    expect(reports[0]?.uses.toSorted((one, other) => other.uses - one.uses)).toEqual([
      { listId, operationId: latest.id, uses: 3 },
      { listId, operationId: score.id, uses: 1 },
    ]);
  });
});
