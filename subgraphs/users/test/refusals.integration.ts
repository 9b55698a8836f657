// Refusals that cost their sender nothing: a flood of them is counted, not written.
import { runForTenant } from "@tradegraph/kit/tenancy";
import { anonymousViewer } from "@tradegraph/kit/viewer";
import { silentLogger } from "@tradegraph/testkit/test-database";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { describe, expect, it } from "vitest";
import { startRefusalRecords } from "../src/commands/record-refusals.ts";
import { recordSecurity } from "../src/commands/record-security.ts";
import { createModels } from "../src/models.ts";
import { type AuditEntryDocument } from "../src/models/audit-entry.ts";
import { newRefreshToken } from "../src/refresh-token.ts";
import { fakeUser, hex, newAddress, newId } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers({ refusalPeriodMs: 300 });

const entriesOf = (filter: object) =>
  users.models.AuditEntry.collection.find(filter).toArray() as unknown as Promise<AuditEntryDocument[]>;
const totalOf = async (filter: object) => (await entriesOf(filter)).reduce((sum, { count = 1 }) => sum + count, 0);

/** Models with records of their own that are written when the test says so. */
function ownRecords() {
  const models = createModels(users.resources.mongo.connection);
  const worker = startRefusalRecords({ models, logger: silentLogger, periodMs: 600_000 });
  const refuse = (event: Partial<Parameters<typeof recordSecurity>[1]> = {}, tenantId = testTenant) =>
    runForTenant(tenantId, () =>
      recordSecurity(models, { action: "login.refused", outcome: "refused", actor: { role: "anonymous" }, ...event }),
    );
  return { refuse, stop: () => worker.stop() };
}

describe("a flood of refusals", () => {
  it("of tokens that were made up is a few entries with a count, the first of them written before the answer", async () => {
    const address = newAddress();
    const viewer = { ...anonymousViewer(testTenant), address };
    const flood = async () => {
      const aliases = Array.from(
        { length: 10 },
        (_, n) => `a${n}: tokenRefresh(input: { refreshToken: "${newRefreshToken(newId().toHexString())}" }) {
          userErrors { __typename } }`,
      );
      await users.subgraph.expectData({ query: `mutation { ${aliases.join("\n")} }`, viewer });
    };
    const filter = { action: "token.refused", "actor.address": address };
    await flood();
    expect((await entriesOf(filter)).length).toBeGreaterThan(0);
    const began = Date.now();
    for (let n = 1; n < 20; n += 1) await flood();
    await expect.poll(() => totalOf(filter), { timeout: 5_000 }).toBe(200);
    // Two in each period at most: the first, and those that followed.
    expect((await entriesOf(filter)).length).toBeLessThanOrEqual(2 * (Math.ceil((Date.now() - began) / 300) + 1));
  });

  it("tells actions, reasons, people, networks and subjects apart, not the addresses of one network", async () => {
    const { refuse, stop } = ownRecords();
    const action = "test.apart";
    const subject = { type: "User", id: hex(await fakeUser(users.models)) };
    const anonymous = (address: string) => ({ role: "anonymous" as const, address });
    const kinds = [
      { action: "test.other" },
      { action, code: "A" },
      { action, code: "B" },
      { action, actor: { role: "customer" as const, userId: newId().toHexString() } },
      { action, actor: anonymous("2001:db8:1:1::1") },
      { action, actor: anonymous("2001:db8:1:2::1") },
      { action, subject },
    ];
    for (const kind of kinds) await refuse(kind);
    const filter = { action: { $in: [action, "test.other"] } };
    expect(await entriesOf(filter)).toHaveLength(kinds.length);
    await refuse({ action, actor: anonymous("2001:db8:1:1::2") });
    expect(await entriesOf(filter)).toHaveLength(kinds.length);
    await stop();
    expect(await totalOf(filter)).toBe(kinds.length + 1);
  });

  it("is written when the program stops, by shop, without the request that was only the first", async () => {
    const { refuse, stop } = ownRecords();
    const event = { action: "test.stop", actor: { role: "anonymous" as const, requestId: "request-1" } };
    for (const tenantId of [testTenant, "other"]) for (let n = 0; n < 4; n += 1) await refuse(event, tenantId);
    await stop();
    for (const tenantId of [testTenant, "other"]) {
      const [first, others, ...more] = await entriesOf({ action: "test.stop", tenantId });
      expect(more).toEqual([]);
      expect(first?.actor.requestId).toBe("request-1");
      expect(first).not.toHaveProperty("count");
      expect(others?.count).toBe(3);
      expect(others?.actor).not.toHaveProperty("requestId");
    }
  });

  it("from more places than are kept apart names none of those beyond", async () => {
    const { refuse, stop } = ownRecords();
    const from = (n: number) => ({
      action: "test.many",
      actor: { role: "anonymous" as const, address: `203.${n >> 8}.${n & 255}.1` },
    });
    await Promise.all(Array.from({ length: 1_500 }, (_, n) => refuse(from(n))));
    await stop();
    const entries = await entriesOf({ action: "test.many" });
    expect(entries.filter(({ count }) => count !== undefined)).toMatchObject([
      { count: 499, actor: { role: "anonymous" } },
    ]);
    expect(entries.filter(({ actor }) => actor.address === undefined)).toHaveLength(2);
    expect(entries).toHaveLength(1_002);
  });

  it("about somebody who is erased meanwhile leads to nobody", async () => {
    const { refuse, stop } = ownRecords();
    const user = await fakeUser(users.models);
    const event = {
      action: "test.erased",
      actor: { role: "anonymous" as const, address: "203.0.113.200" },
      subject: { type: "User", id: hex(user) },
    };
    for (let n = 0; n < 3; n += 1) await refuse(event);
    await users.models.User.collection.updateOne({ _id: user._id }, { $set: { erasedAt: new Date() } });
    await stop();
    const late = (await entriesOf({ action: "test.erased" })).find(({ count }) => count === 2);
    expect(late?.subject?.id).toMatch(/^erased-/);
    expect(late?.actor).not.toHaveProperty("address");
  });
});
