// What is on its way into the audit log while a person is erased.
import { createPersonCalls } from "@tradegraph/testkit/person-calls";
import { textsInDatabase } from "@tradegraph/testkit/raw-bson";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { expect, it } from "vitest";
import { recordAudit } from "../src/commands/audit-record.ts";
import { auditEvents } from "../src/commands/consume-events.ts";
import { type AuditEntryDocument } from "../src/models/audit-entry.ts";
import { inTenant } from "./accounts.ts";
import { fakeUser, hex, newId } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();
const auditOf = (filter: object) =>
  inTenant(async () => users.models.AuditEntry.find(filter).lean<AuditEntryDocument[]>());

it("does not name the person when it comes later, and shows that it was done", async () => {
  const calls = createPersonCalls({ service: "users", url: users.subgraph.url });
  const [person, other] = [await fakeUser(users.models), await fakeUser(users.models)];
  await calls.erase(hex(person));
  const event = (fields: object) => ({
    ...{ sequence: 1, tenantId: testTenant, eventId: newId().toHexString(), type: "session.started", at: new Date() },
    ...{ entity: { type: "User", id: hex(person) }, actor: { role: "service" as const } },
    ...fields,
  });
  const actor = { role: "customer" as const, userId: hex(person), address: "203.0.113.99", sessionId: hex(other) };
  const late = [
    event({ actor }),
    event({ type: "person.erased" }),
    event({ entity: { type: "User", id: hex(other) } }),
  ];
  const visitor = { role: "anonymous" as const, address: "203.0.113.98" };
  await auditEvents(users.models, "users", [...late, event({ type: "login.refused", actor: visitor })]);
  await recordAudit(users.models, "gateway", [
    {
      ...{ eventId: newId().toHexString(), category: "access", action: "graph.read", outcome: "success" },
      ...{ at: new Date(), tenantId: testTenant, role: "customer", userId: hex(person), address: "203.0.113.97" },
    } as never,
  ]);
  expect(await auditOf({ "actor.userId": hex(person) })).toEqual([]);
  const { db } = users.resources.mongo.connection;
  expect(db && (await textsInDatabase(db, ["203.0.113.9"]))).toEqual([]);
  const about = await auditOf({ "subject.id": hex(person) });
  expect(about.map(({ action }) => action)).toEqual(["person.erased"]);
  expect(await auditOf({ "subject.id": hex(other) })).toHaveLength(1);
  expect(await auditOf({ action: "graph.read", "actor.userId": /^erased-/ })).not.toEqual([]);
  // A second erasure keeps the proof.
  await calls.erase(hex(person));
  expect(await auditOf({ "subject.id": hex(person) })).toHaveLength(1);
  await calls.close();
});
