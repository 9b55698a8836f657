// Changing and ending memberships: who may, what becomes of tokens, and that a company keeps its last administrator.
import { anonymousViewer, serviceViewer, type Viewer } from "@tradegraph/kit/viewer";
import { noSessionTags } from "@tradegraph/kit/session-tag";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { withEvents } from "@tradegraph/testkit/stored-events";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { beforeEach, describe, expect, it } from "vitest";
import { decideChange } from "../src/commands/membership-changes.ts";
import { settleCompanies } from "../src/commands/settle-companies.ts";
import { type CompanyDocument } from "../src/models/company.ts";
import { type MembershipDocument } from "../src/models/membership.ts";
import { type UserDocument } from "../src/models/user.ts";
import { isOutdated, openSession, run } from "./company-operations.ts";
import { fakeCompany, fakeMembership, fakeUser, fakeViewer, hex, newId, viewerOf } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();
type Role = MembershipDocument["role"];

let top: CompanyDocument;
let child: CompanyDocument;
let boss: UserDocument;
let buyer: UserDocument;
let ofBoss: MembershipDocument;
let ofBuyer: MembershipDocument;

const member = async (company: CompanyDocument, role: Role, more: Partial<MembershipDocument> = {}) => {
  const user = await fakeUser(users.models);
  return { user, membership: await fakeMembership(users.models, { user, company, role, ...more }) };
};

beforeEach(async () => {
  top = await fakeCompany(users.models);
  child = await fakeCompany(users.models, { parentId: top._id, path: [top._id] });
  ({ user: boss, membership: ofBoss } = await member(top, "company_admin"));
  const spendingLimit = { amount: 1_000, currency: "EUR" };
  ({ user: buyer, membership: ofBuyer } = await member(top, "buyer", { spendingLimit }));
  await openSession(users, buyer._id, testTenant);
});

const update = (viewer: Viewer, input: object) => run(users, "companyMemberUpdate", viewer, input);
const remove = (viewer: Viewer, id: string) => run(users, "companyMemberRemove", viewer, id);
const stored = ({ _id }: { _id: MembershipDocument["_id"] }) =>
  users.models.Membership.collection.findOne({ _id }) as Promise<MembershipDocument | null>;
const storedCompany = async () =>
  withEvents((await users.models.Company.collection.findOne({ _id: top._id })) as unknown as CompanyDocument);
const adminsOf = (company: CompanyDocument) =>
  users.models.Membership.collection.countDocuments({ companyId: company._id, role: "company_admin" });

/** Everybody who must not touch the members of `top`, with the code they get. */
async function strangers(): Promise<[Viewer, string][]> {
  const { user: approver } = await member(top, "approver");
  const { user: below } = await member(child, "company_admin");
  const { user: rival } = await member(await fakeCompany(users.models), "company_admin");
  const supplier = await fakeUser(users.models, { role: "supplier" });
  const scopes = ["members:manage", "company:manage"];
  return [
    [anonymousViewer(testTenant), "UNAUTHENTICATED"],
    [viewerOf(approver), "FORBIDDEN"],
    [{ ...viewerOf(approver), companyId: hex(top), scopes }, "FORBIDDEN"],
    [viewerOf(below), "NOT_FOUND"],
    [{ ...viewerOf(rival), companyId: hex(top), scopes }, "NOT_FOUND"],
    [viewerOf(supplier), "NOT_FOUND"],
    [{ ...fakeViewer("admin"), scopes: ["staff:orders"] }, "NOT_FOUND"],
    [fakeViewer("admin", "other"), "NOT_FOUND"],
    [serviceViewer(testTenant, ["users"]), "FORBIDDEN"],
    [{ tenantId: testTenant, role: "partner", companyId: hex(top), scopes }, "FORBIDDEN"],
  ];
}

describe("companyMemberUpdate", () => {
  it("changes role and limit, tells it in the same update, and outdates the person's tokens", async () => {
    const input = { role: "APPROVER", spendingLimit: { amount: "250.5", currencyCode: "EUR" }, spendingPeriod: "YEAR" };
    const { thing, userErrors } = await update(viewerOf(boss), { id: hex(ofBuyer), ...input });
    expect(userErrors).toEqual([]);
    expect(thing).toMatchObject({ role: "APPROVER", spendingLimit: { amount: "250.50" }, spendingPeriod: "YEAR" });
    expect(await stored(ofBuyer)).toMatchObject({
      version: 2,
      outbox: [{ type: "companyMember.updated", data: { changes: ["role", "spendingLimit", "spendingPeriod"] } }],
    });
    await expect(isOutdated(users, buyer._id)).resolves.toBe(true);
  });

  it("keeps what is absent, and clears a limit by null", async () => {
    await update(viewerOf(boss), { id: hex(ofBuyer), spendingPeriod: "ORDER" });
    expect(await stored(ofBuyer)).toMatchObject({ role: "buyer", spendingLimit: { amount: 1_000 } });
    await update(viewerOf(boss), { id: hex(ofBuyer), spendingLimit: null });
    expect(await stored(ofBuyer)).not.toHaveProperty("spendingLimit");
  });

  it("is for who manages the members there or above, and for staff of users", async () => {
    const { membership: below } = await member(child, "buyer");
    const staff = { ...fakeViewer("admin"), scopes: ["staff:users"] };
    for (const viewer of [viewerOf(boss), staff, fakeViewer("admin")]) {
      for (const one of [ofBuyer, below])
        expect((await update(viewer, { id: hex(one), role: "APPROVER" })).codes).toEqual([]);
    }
  });

  it("is refused to everybody else", async () => {
    for (const [viewer, code] of await strangers())
      expect((await update(viewer, { id: hex(ofBuyer), role: "APPROVER" })).codes, viewer.role).toEqual([code]);
    expect(await stored(ofBuyer)).toMatchObject({ role: "buyer", version: 1 });
  });

  it("counts the nearest membership: who runs the group but only buys below manages nobody there", async () => {
    await fakeMembership(users.models, { user: boss, company: child, role: "buyer" });
    const { membership: below } = await member(child, "buyer");
    expect((await update(viewerOf(boss), { id: hex(below), role: "APPROVER" })).codes).toEqual(["FORBIDDEN"]);
  });

  it("takes no administrator down who is the last, but one of two, and any below another company", async () => {
    const down = { role: "BUYER" };
    const refused = await update(viewerOf(boss), { id: hex(ofBoss), ...down });
    expect(refused).toMatchObject({ thing: null, userErrors: [{ __typename: "InvalidInputError" }] });
    const { membership: second } = await member(top, "company_admin");
    const done = await update(viewerOf(boss), { id: hex(ofBoss), ...down, spendingPeriod: "YEAR" });
    expect(done.thing).toMatchObject({ role: "BUYER", spendingPeriod: "YEAR" });
    expect(await storedCompany()).toMatchObject({
      openChanges: [],
      isUnsettled: false,
      outbox: [{ type: "companyMember.updated", data: { role: "buyer", userId: hex(boss) } }],
    });
    const staff = fakeViewer("admin");
    expect((await update(staff, { id: hex(second), ...down })).userErrors).toHaveLength(1);
    const { membership: below } = await member(child, "company_admin");
    expect((await update(staff, { id: hex(below), ...down })).userErrors).toEqual([]);
  });

  it.each([
    { spendingLimit: { amount: "-1", currencyCode: "EUR" } },
    { spendingLimit: { amount: "1.234", currencyCode: "EUR" } },
    { spendingLimit: { amount: "9999999999999999", currencyCode: "EUR" } },
  ])("says what is wrong with %j", async (input) => {
    const { userErrors } = await update(viewerOf(boss), { id: hex(ofBuyer), ...input });
    expect(userErrors).toMatchObject([{ field: ["input", "spendingLimit"] }]);
    expect(await stored(ofBuyer)).toMatchObject({ version: 1 });
  });

  it.each(["nonsense", "5f5f5f5f5f5f5f5f5f5f5f5f"])("does not know %s", async (id) => {
    expect((await update(viewerOf(boss), { id, role: "BUYER" })).codes).toEqual(["NOT_FOUND"]);
    expect((await remove(viewerOf(boss), id)).codes).toEqual(["NOT_FOUND"]);
  });

  it("does not change a membership where it only comes down", async () => {
    const id = `${hex(ofBuyer)}-${hex(child)}`;
    const answers = [await update(viewerOf(boss), { id, role: "APPROVER" }), await remove(viewerOf(boss), id)];
    for (const { userErrors } of answers) expect(userErrors).toHaveLength(1);
    expect(await stored(ofBuyer)).toMatchObject({ version: 1 });
  });
});

describe("companyMemberRemove", () => {
  it("ends a membership, tells it with the company, and outdates the person's tokens", async () => {
    const { thing, userErrors } = await remove(viewerOf(boss), hex(ofBuyer));
    expect([thing, userErrors]).toEqual([null, []]);
    await expect(stored(ofBuyer)).resolves.toBeNull();
    expect(await storedCompany()).toMatchObject({
      openChanges: [],
      isUnsettled: false,
      outbox: [{ type: "companyMember.removed", data: { membershipId: hex(ofBuyer), userId: hex(buyer) } }],
    });
    await expect(isOutdated(users, buyer._id)).resolves.toBe(true);
    expect((await remove(viewerOf(boss), hex(ofBuyer))).codes).toEqual(["NOT_FOUND"]);
  });

  it("lets everybody leave, and staff of users end any", async () => {
    const { membership: other } = await member(top, "approver");
    expect((await remove(viewerOf(buyer), hex(ofBuyer))).userErrors).toEqual([]);
    const staff = { ...fakeViewer("admin"), scopes: ["staff:users"] };
    expect((await remove(staff, hex(other))).userErrors).toEqual([]);
  });

  it("is refused to everybody else", async () => {
    for (const [viewer, code] of await strangers())
      expect((await remove(viewer, hex(ofBuyer))).codes, viewer.role).toEqual([code]);
    await expect(stored(ofBuyer)).resolves.not.toBeNull();
  });

  it("keeps the last administrator, whoever asks, and lets one of a company below go", async () => {
    for (const viewer of [viewerOf(boss), fakeViewer("admin")])
      expect((await remove(viewer, hex(ofBoss))).userErrors).toMatchObject([{ field: ["id"] }]);
    const { user, membership } = await member(child, "company_admin");
    expect((await remove(viewerOf(user), hex(membership))).userErrors).toEqual([]);
    await expect(adminsOf(top)).resolves.toBe(1);
  });

  it("keeps one of ten administrators who all leave at once", async () => {
    const others = await Promise.all(Array.from({ length: 9 }, () => member(top, "company_admin")));
    const all = [{ user: boss, membership: ofBoss }, ...others];
    const answers = await Promise.all(all.map(({ user, membership }) => remove(viewerOf(user), hex(membership))));
    expect(answers.filter(({ userErrors }) => userErrors?.length === 0)).toHaveLength(9);
    await expect(adminsOf(top)).resolves.toBe(1);
    const company = await storedCompany();
    expect(company).toMatchObject({ openChanges: [], isUnsettled: false });
    expect(company.outbox).toHaveLength(9);
  });

  it("keeps one when two remove, and take down, each other at once", async () => {
    for (let round = 0; round < 5; round += 1) {
      const company = await fakeCompany(users.models);
      const [a, b] = [await member(company, "company_admin"), await member(company, "company_admin")];
      await Promise.all([
        remove(viewerOf(a.user), hex(b.membership)),
        update(viewerOf(b.user), { id: hex(a.membership), role: "BUYER" }),
      ]);
      await expect(adminsOf(company)).resolves.toBe(1);
    }
  });

  it("ends a membership once when two do so at the same time", async () => {
    await Promise.all([remove(viewerOf(boss), hex(ofBuyer)), remove(viewerOf(buyer), hex(ofBuyer))]);
    await expect(stored(ofBuyer)).resolves.toBeNull();
    const company = await storedCompany();
    expect(company.outbox).toHaveLength(1);
    expect(company.openChanges).toEqual([]);
  });
});

describe("a change whose request died after the decision", () => {
  const tools = () => ({ models: users.models, sessionTags: noSessionTags });
  const later = () => new Date(Date.now() + 180_000);
  const actor = { role: "customer" as const };
  const decide = (wanted: { membershipId: MembershipDocument["_id"]; role?: Role }) =>
    runForTenant(testTenant, () => decideChange(users.models, { companyId: top._id, actor, ...wanted }));

  it("is carried out by the worker when it is time, and counts for the last administrator until then", async () => {
    const { user, membership } = await member(top, "company_admin");
    await decide({ membershipId: ofBoss._id });
    expect((await remove(viewerOf(user), hex(membership))).userErrors).toHaveLength(1);
    await settleCompanies(tools());
    await expect(stored(ofBoss)).resolves.not.toBeNull();
    await settleCompanies(tools(), later());
    await expect(stored(ofBoss)).resolves.toBeNull();
    expect(await storedCompany()).toMatchObject({ openChanges: [], isUnsettled: false });
  });

  it("takes an administrator down in the same way", async () => {
    await member(top, "company_admin");
    await openSession(users, boss._id, testTenant);
    await decide({ membershipId: ofBoss._id, role: "buyer" });
    await settleCompanies(tools(), later());
    expect(await stored(ofBoss)).toMatchObject({ role: "buyer", version: 2 });
    await expect(isOutdated(users, boss._id)).resolves.toBe(true);
  });

  it("is finished by sending it again", async () => {
    await decide({ membershipId: ofBuyer._id });
    expect((await remove(viewerOf(boss), hex(ofBuyer))).userErrors).toEqual([]);
    await expect(stored(ofBuyer)).resolves.toBeNull();
    expect((await storedCompany()).outbox).toHaveLength(1);
  });

  it("gives way to no other change of the same membership", async () => {
    await member(top, "company_admin");
    await decide({ membershipId: ofBoss._id });
    expect((await update(fakeViewer("admin"), { id: hex(ofBoss), role: "BUYER" })).codes).toEqual(["CONFLICT"]);
  });
});

it("never mixes up memberships of two companies", async () => {
  const wanted = { membershipId: ofBuyer._id, companyId: newId(), actor: { role: "admin" as const } };
  await expect(runForTenant(testTenant, () => decideChange(users.models, wanted))).rejects.toThrow(
    "no such membership",
  );
});
