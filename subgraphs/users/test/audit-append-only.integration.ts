import { runForTenant } from "@tradegraph/kit/tenancy";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { describe, expect, it } from "vitest";
import { recordSecurity } from "../src/commands/record-security.ts";
import { newAddress } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();
const entries = () => users.models.AuditEntry.collection.find({ action: "login.refused" }).toArray();
const visitorFrom = (address: string) => ({ role: "anonymous" as const, address });
const inTenant = <T>(work: () => T) => runForTenant(testTenant, work);

describe("the audit log", () => {
  const writes: [string, () => Promise<unknown>][] = [
    ["updateOne", () => users.models.AuditEntry.updateOne({}, { $set: { action: "x.y" } })],
    ["updateMany", () => users.models.AuditEntry.updateMany({}, { $set: { action: "x.y" } })],
    ["findOneAndUpdate", () => users.models.AuditEntry.findOneAndUpdate({}, { $set: { action: "x.y" } })],
    ["findOneAndDelete", () => users.models.AuditEntry.findOneAndDelete({})],
    ["deleteOne", () => users.models.AuditEntry.deleteOne({})],
    ["deleteMany", () => users.models.AuditEntry.deleteMany({})],
    ["bulkWrite", () => users.models.AuditEntry.bulkWrite([{ deleteMany: { filter: {} } }])],
    [
      "save",
      async () => {
        const entry = await users.models.AuditEntry.findOne({});
        entry?.set("action", "x.y");
        await entry?.save();
      },
    ],
  ];

  let added = 0;

  it.each(writes)("refuses %s", async (_, write) => {
    await inTenant(() =>
      recordSecurity(users.models, { action: "login.refused", outcome: "refused", actor: visitorFrom(newAddress()) }),
    );
    await expect(inTenant(async () => void (await write()))).rejects.toThrow("only ever added to");
    expect(await entries()).toHaveLength((added += 1));
  });
});
