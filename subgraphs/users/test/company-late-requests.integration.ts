// Requests that stand still, as on a paused machine, and come late: a company and a shop keep an administrator, and who was
// removed stays away.
import { noSessionTags, type SessionTags } from "@tradegraph/kit/session-tag";
import { type Viewer } from "@tradegraph/kit/viewer";
import { frozenAt } from "@tradegraph/testkit/frozen-at";
import { testCipher } from "@tradegraph/testkit/test-cipher";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { companyInvitationAccept } from "../src/commands/company-invitation-accept.ts";
import { leaveCompanies } from "../src/commands/leave-companies.ts";
import { carryOut, decideChange } from "../src/commands/membership-changes.ts";
import { settleCompanies } from "../src/commands/settle-companies.ts";
import { userDeactivate } from "../src/commands/user-deactivate.ts";
import { userRoleSet } from "../src/commands/user-role-set.ts";
import { type Models } from "../src/models.ts";
import { type CompanyDocument } from "../src/models/company.ts";
import { type MembershipDocument } from "../src/models/membership.ts";
import { type UserDocument } from "../src/models/user.ts";
import { hashOf } from "../src/one-time-token.ts";
import { call, inTenant } from "./accounts.ts";
import { run } from "./company-operations.ts";
import { fakeCompany, fakeMembership, fakeUser, fakeViewer, hex, viewerOf } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();

let company: CompanyDocument;
let boss: UserDocument;
let second: UserDocument;
let ofBoss: MembershipDocument;
let ofSecond: MembershipDocument;

beforeEach(async () => {
  company = await fakeCompany(users.models);
  [boss, second] = [await fakeUser(users.models), await fakeUser(users.models)];
  ofBoss = await fakeMembership(users.models, { user: boss, company, role: "company_admin" });
  ofSecond = await fakeMembership(users.models, { user: second, company, role: "company_admin" });
});
afterEach(() => {
  vi.useRealTimers();
});

const actor = { role: "customer" } as const;
const tools = (models: Models = users.models) => ({ models, sessionTags: noSessionTags });
const toolsOf = (viewer: Viewer, models: Models = users.models) => ({
  ...{ ...tools(models), cipher: testCipher, viewer, requestId: "r" },
});
const later = () => new Date(Date.now() + 180_000);

const close = (viewer: Viewer, id?: string) =>
  call(users, {
    ...{ call: "userDeactivate(id: $id)", declared: "$id: ID", fields: "user { isActive }", variables: { id }, viewer },
  });
const remove = (viewer: Viewer, membership: MembershipDocument) =>
  run(users, "companyMemberRemove", viewer, hex(membership));
const storedCompany = () => users.models.Company.collection.findOne({ _id: company._id }) as Promise<CompanyDocument>;
const stored = ({ _id }: MembershipDocument) =>
  users.models.Membership.collection.findOne({ _id }) as Promise<MembershipDocument | null>;

/** Administrators who can sign in. */
async function admins(): Promise<number> {
  const rows = await users.models.Membership.collection
    .find({ companyId: company._id, role: "company_admin" })
    .toArray();
  const _id = { $in: rows.map(({ userId }) => userId as UserDocument["_id"]) };
  return users.models.User.collection.countDocuments({ _id, isActive: true });
}

describe("a decision to take an administrator down", () => {
  const wanted = () => ({ membershipId: ofSecond._id, companyId: company._id, role: "buyer" as const, actor });
  const decide = () => inTenant(() => decideChange(users.models, wanted()));

  it("is carried out once: who comes late with it does not undo what was decided since", async () => {
    const [one, same] = [await decide(), await decide()];
    if (!one || !same) throw new Error("unreachable");
    await inTenant(() => carryOut(tools(), company._id, one));
    await run(users, "companyMemberUpdate", viewerOf(boss), { id: hex(ofSecond), role: "COMPANY_ADMIN" });
    expect((await remove(viewerOf(boss), ofBoss)).userErrors).toEqual([]);
    await inTenant(() => carryOut(tools(), company._id, same));
    expect(await stored(ofSecond)).toMatchObject({ role: "company_admin" });
    await expect(admins()).resolves.toBe(1);
  });

  it("is carried out all the same when something else of the membership has changed meanwhile", async () => {
    const change = await decide();
    if (!change) throw new Error("unreachable");
    const limit = { amount: "5", currencyCode: "EUR" };
    await run(users, "companyMemberUpdate", viewerOf(boss), { id: hex(ofSecond), spendingLimit: limit });
    await inTenant(() => carryOut(tools(), company._id, change));
    expect(await stored(ofSecond)).toMatchObject({ role: "buyer", spendingLimit: { amount: 500 } });
    expect(await storedCompany()).toMatchObject({ openChanges: [], isUnsettled: false });
  });
});

describe("a company whose administrator closes the own account", () => {
  it("does not count who cannot sign in as its administrator", async () => {
    await close(viewerOf(second));
    expect((await remove(viewerOf(boss), ofBoss)).userErrors).toMatchObject([{ field: ["id"] }]);
    await expect(admins()).resolves.toBe(1);
  });

  it("keeps one when somebody counts on who was about to close the account as a buyer", async () => {
    await run(users, "companyMemberUpdate", viewerOf(boss), { id: hex(ofSecond), role: "BUYER" });
    const slow = frozenAt(users.models, "User", "updateOne");
    const closing = inTenant(() => userDeactivate(toolsOf(viewerOf(second), slow.models)));
    const failed = expect(closing).rejects.toMatchObject({ extensions: { code: "CONFLICT" } });
    await slow.reached;
    await run(users, "companyMemberUpdate", viewerOf(boss), { id: hex(ofSecond), role: "COMPANY_ADMIN" });
    expect((await remove(viewerOf(boss), ofBoss)).userErrors).toEqual([]);
    slow.wake();
    await failed;
    await expect(admins()).resolves.toBe(1);
  });

  it("is asked in each company, and none keeps a decision when one refuses", async () => {
    const lonely = await fakeCompany(users.models);
    await fakeMembership(users.models, { user: boss, company: lonely, role: "company_admin" });
    const below = await fakeCompany(users.models, { parentId: lonely._id, path: [lonely._id] });
    await fakeMembership(users.models, { user: second, company: below, role: "company_admin" });
    expect((await close(viewerOf(boss))).userErrors).toHaveLength(1);
    expect(await storedCompany()).toMatchObject({ openChanges: [], isUnsettled: false });
    expect((await close(viewerOf(second))).userErrors).toEqual([]);
  });

  it("keeps one when both close their accounts, or one does and the other leaves, at once", async () => {
    for (let round = 0; round < 3; round += 1) {
      company = await fakeCompany(users.models);
      const [a, b] = [await fakeUser(users.models), await fakeUser(users.models)];
      await fakeMembership(users.models, { user: a, company, role: "company_admin" });
      const ofB = await fakeMembership(users.models, { user: b, company, role: "company_admin" });
      // Who is alone may close the account.
      await fakeMembership(users.models, { user: second, company });
      await Promise.allSettled([close(viewerOf(a)), round === 0 ? close(viewerOf(b)) : remove(viewerOf(b), ofB)]);
      await expect(admins()).resolves.toBeGreaterThanOrEqual(1);
    }
  });

  it("lets nobody close one so late that the company has given the decision up", async () => {
    const slow = frozenAt(users.models, "User", "updateOne");
    const closing = inTenant(() => userDeactivate(toolsOf(viewerOf(second), slow.models)));
    const failed = expect(closing).rejects.toMatchObject({ extensions: { code: "CONFLICT" } });
    await slow.reached;
    expect((await remove(viewerOf(boss), ofBoss)).userErrors).toHaveLength(1);
    await settleCompanies(tools(), later());
    expect((await remove(viewerOf(boss), ofBoss)).userErrors).toEqual([]);
    slow.wake();
    await failed;
    await expect(admins()).resolves.toBe(1);
    expect(await storedCompany()).toMatchObject({ openChanges: [], isUnsettled: false });
  });

  it("forgets it when the request died, so that the account can be closed after all", async () => {
    await inTenant(() => leaveCompanies(users.models, second, actor));
    await settleCompanies(tools(), later());
    expect(await storedCompany()).toMatchObject({ openChanges: [], isUnsettled: false });
    expect((await close(viewerOf(second))).userErrors).toEqual([]);
    await expect(admins()).resolves.toBe(1);
  });
});

describe("a shop whose administrators leave", () => {
  it.each([
    [
      "closes the account",
      (one: UserDocument, models: Models) => userDeactivate(toolsOf({ ...viewerOf(one), scopes: ["admin"] }, models)),
    ],
    [
      "is made a customer",
      (one: UserDocument, models: Models) =>
        userRoleSet(toolsOf(fakeViewer("admin", one.tenantId), models), { id: hex(one), role: "customer" }),
    ],
  ])("keeps one when who %s stood still for a minute", async (what, leave) => {
    const tenantId = what.startsWith("closes") ? "paused-a" : "paused-b";
    const admin = { role: "admin" } as const;
    const [one, other] = [await fakeUser(users.models, admin, tenantId), await fakeUser(users.models, admin, tenantId)];
    // The first tells the others, the next is the change itself.
    const slow = frozenAt(users.models, "User", "updateOne", 2);
    const leaving = inTenant(() => leave(one, slow.models), tenantId);
    const failed = expect(leaving).rejects.toMatchObject({ extensions: { code: "CONFLICT" } });
    await slow.reached;
    expect((await close(viewerOf(other))).userErrors).toHaveLength(1);
    vi.setSystemTime(Date.now() + 61_000);
    expect((await close(viewerOf(other))).userErrors).toEqual([]);
    slow.wake();
    await failed;
    const left = { tenantId, role: "admin", isActive: true };
    await expect(users.models.User.collection.countDocuments(left)).resolves.toBe(1);
  });
});

describe("an invitation whose acceptance was cut off or stood still", () => {
  let person: UserDocument;
  const token = () => hex(person).padEnd(43, "x");

  beforeEach(async () => {
    person = await fakeUser(users.models);
    await inTenant(() =>
      users.models.Invitation.create({
        ...{ companyId: company._id, email: person.email, emailLower: person.emailLower, role: "company_admin" },
        ...{ tokenHash: hashOf(token()), expiresAt: later(), invitedBy: boss._id, slot: 0, isOpen: true },
        ...{ outbox: [], hasOutbox: false, spendingPeriod: "month" },
      }),
    );
  });

  const accept = (models: Models = users.models) =>
    inTenant(() => companyInvitationAccept(toolsOf(viewerOf(person), models), token()));
  const memberships = () => users.models.Membership.collection.find({ userId: person._id }).toArray();
  const invitation = () => users.models.Invitation.collection.findOne({ companyId: company._id });
  const refusal = { userErrors: [{ __typename: "InvalidTokenError" }] };

  it("brings nobody back who was removed", async () => {
    const { membership } = await accept();
    if (!membership) throw new Error("unreachable");
    // As a crash between the two leaves it.
    await users.models.Invitation.collection.updateOne(
      { companyId: company._id },
      { $set: { isOpen: true }, $unset: { acceptedAt: 1, membershipId: 1 } },
    );
    expect((await remove(viewerOf(boss), membership)).userErrors).toEqual([]);
    await expect(accept()).resolves.toMatchObject(refusal);
    await expect(memberships()).resolves.toEqual([]);
    expect(await invitation()).toMatchObject({ isOpen: false, revokedAt: expect.any(Date) as Date });
  });

  it("brings nobody back by a request that stood still before it made the membership", async () => {
    const slow = frozenAt(users.models, "Membership", "create");
    const late = accept(slow.models);
    await slow.reached;
    const { membership } = await accept();
    if (!membership) throw new Error("unreachable");
    await remove(viewerOf(boss), membership);
    slow.wake();
    await expect(late).resolves.toMatchObject(refusal);
    await expect(memberships()).resolves.toEqual([]);
  });

  it("brings nobody back by a request that stood still before it closed the invitation", async () => {
    const slow = frozenAt(users.models, "Invitation", "updateOne");
    const late = accept(slow.models);
    await slow.reached;
    const [made] = (await memberships()) as unknown as MembershipDocument[];
    if (!made) throw new Error("unreachable");
    await remove(viewerOf(boss), made);
    slow.wake();
    await expect(late).resolves.toMatchObject(refusal);
    await expect(accept()).resolves.toMatchObject(refusal);
    await expect(memberships()).resolves.toEqual([]);
  });

  it("answers a repetition by the same membership, and not by another that came since", async () => {
    const first = await accept();
    expect((await accept()).membership?._id).toEqual(first.membership?._id);
    if (first.membership) await remove(viewerOf(boss), first.membership);
    await fakeMembership(users.models, { user: person, company });
    await expect(accept()).resolves.toMatchObject(refusal);
  });

  it("of two acceptances at once makes one membership, and gives it to both", async () => {
    const slow = frozenAt(users.models, "Invitation", "updateOne");
    const late = accept(slow.models);
    await slow.reached;
    const { membership } = await accept();
    slow.wake();
    expect((await late).membership?._id).toEqual(membership?._id);
    await expect(memberships()).resolves.toHaveLength(1);
  });
});

it("settles the companies behind one that cannot be settled", async () => {
  const other = await fakeCompany(users.models);
  const buyer = await fakeUser(users.models);
  const ofBuyer = await fakeMembership(users.models, { user: buyer, company: other });
  const openChange = (membership: MembershipDocument) => [{ membershipId: membership._id, userId: membership.userId }];
  const leaveUnsettled = ({ _id }: CompanyDocument, membership: MembershipDocument, minutes: number) =>
    users.models.Company.collection.updateOne(
      { _id },
      {
        $set: {
          ...{ isUnsettled: true, openChanges: openChange(membership) },
          updatedAt: new Date(Date.now() - minutes * 60_000),
        },
      },
    );
  await leaveUnsettled(company, ofSecond, 9);
  await leaveUnsettled(other, ofBuyer, 8);
  const trouble = new Error("trouble of one");
  const sessionTags = {
    ...noSessionTags,
    whileChanging: (tenantId: string, userId: string, work: () => Promise<unknown>) =>
      userId === hex(second) ? Promise.reject(trouble) : noSessionTags.whileChanging(tenantId, userId, work),
  } as SessionTags;
  await expect(settleCompanies({ models: users.models, sessionTags })).rejects.toMatchObject({ errors: [trouble] });
  await expect(stored(ofBuyer)).resolves.toBeNull();
  await settleCompanies(tools());
  expect(await storedCompany()).toMatchObject({ openChanges: [], isUnsettled: false });
});
