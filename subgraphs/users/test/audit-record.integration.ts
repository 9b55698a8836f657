// What the gateway ships for the audit log.
import { serviceViewer } from "@tradegraph/kit/viewer";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { beforeEach, describe, expect, it } from "vitest";
import { fakeViewer, newId } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();
const gateway = serviceViewer("platform", ["audit"]);
const record = `mutation Record($entries: [AuditEntryInput!]!) { auditRecord(entries: $entries) { added } }`;

let serial = 0;
const entryInput = (overrides: Record<string, unknown> = {}) => ({
  eventId: `event-${String((serial += 1)).padStart(8, "0")}`,
  category: "ACCESS",
  action: "operation.run",
  outcome: "SUCCESS",
  // Entries that are old enough are removed by the database at any moment.
  at: new Date().toISOString(),
  tenantId: testTenant,
  role: "anonymous",
  ...overrides,
});

const entries = () => users.models.AuditEntry.collection.find().sort({ at: 1 }).toArray();

beforeEach(async () => {
  await users.models.AuditEntry.collection.deleteMany({});
});

describe("Mutation.auditRecord", () => {
  const send = (sent: object[], viewer = gateway) =>
    users.subgraph.execute<{ auditRecord: { added: number } | null }>({
      query: record,
      variables: { entries: sent },
      viewer,
    });

  it("takes each entry once into the tenant it names, however often it is sent", async () => {
    const userId = newId().toHexString();
    const sent = [
      entryInput({ role: "customer", userId, operation: "Start", entityTypes: ["Product"], requestId: "r-1" }),
      entryInput({ tenantId: "other", outcome: "REFUSED", code: "FORBIDDEN" }),
      entryInput({ tenantId: "platform", category: "SECURITY", action: "request.refused", count: 7 }),
    ];
    expect((await send(sent)).data?.auditRecord).toEqual({ added: 3 });
    const again = await send([...sent, entryInput()]);
    expect(again.data?.auditRecord).toEqual({ added: 1 });
    const stored = await entries();
    expect(stored.map(({ tenantId }) => String(tenantId)).sort()).toEqual(["acme", "acme", "other", "platform"]);
    expect(stored.find(({ operation }) => operation === "Start")).toMatchObject({
      tenantId: testTenant,
      category: "access",
      actor: { role: "customer", userId, requestId: "r-1" },
      source: "gateway",
      entityTypes: ["Product"],
    });
  });

  it("makes an entry for each request of one that is about several, and no second one when it comes again", async () => {
    const requestIds = Array.from({ length: 100 }, (_, place) => `request-${place}`);
    const sent = Array.from({ length: 12 }, () => entryInput({ requestIds, operation: "Start" }));
    expect((await send([...sent, entryInput()])).data?.auditRecord).toEqual({ added: 1_201 });
    expect((await send(sent)).data?.auditRecord).toEqual({ added: 0 });
    const stored = await users.models.AuditEntry.collection.distinct("actor.requestId", { operation: "Start" });
    expect(stored.sort()).toEqual(requestIds.sort());
  });

  it("adds each of ten equal calls at once once", async () => {
    const sent = Array.from({ length: 50 }, () => entryInput());
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(sent)));
    expect(answers.reduce((sum, { data }) => sum + (data?.auditRecord?.added ?? 0), 0)).toBe(50);
    expect(await entries()).toHaveLength(50);
  });

  it.each([
    ["a visitor", fakeViewer("customer"), "FORBIDDEN"],
    ["an administrator", { ...fakeViewer("admin"), scopes: ["admin"] }, "FORBIDDEN"],
    ["a service without the scope", serviceViewer("platform", ["events"]), "FORBIDDEN"],
  ])("is refused to %s", async (_, viewer, code) => {
    const { errors } = await send([entryInput()], viewer);
    expect(errors?.[0]?.extensions.code).toBe(code);
    expect(await entries()).toEqual([]);
  });

  it.each([
    ["tenantId", "Not A Slug"],
    ["tenantId", "$ne"],
    ["action", "DROP"],
    ["eventId", "short"],
    ["role", "root"],
    ["category", "WRITE"],
    ["address", "x".repeat(65)],
    ["requestIds", []],
    ["requestIds", ["x".repeat(129)]],
    ["requestIds", Array.from({ length: 101 }, () => "request")],
  ])("takes nothing when an entry has a wrong %s", async (field, value) => {
    const { errors } = await send([entryInput(), entryInput({ [field]: value })]);
    expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    expect(await entries()).toEqual([]);
  });

  it("takes nothing when an entry names one request and several", async () => {
    const { errors } = await send([entryInput(), entryInput({ requestId: "one", requestIds: ["two"] })]);
    expect(errors?.[0]?.message).toContain("Name one request, or several.");
    expect(await entries()).toEqual([]);
  });

  it("takes 500 entries and not more", async () => {
    const many = Array.from({ length: 501 }, () => entryInput());
    expect((await send(many)).errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    expect((await send(many.slice(1))).data?.auditRecord).toEqual({ added: 500 });
  });

  it("keeps access records for 90 days and everything else for 400", async () => {
    await send([entryInput(), entryInput({ category: "SECURITY", action: "request.refused" })]);
    const days = (await entries()).map(({ at, expiresAt }) => (Number(expiresAt) - Number(at)) / 86_400_000);
    expect(days.sort((a, b) => a - b)).toEqual([90, 400]);
  });
});
