// Inviting people by e-mail, taking that back, and accepting.
import { anonymousViewer, serviceViewer, type Viewer } from "@tradegraph/kit/viewer";
import { withEvents } from "@tradegraph/testkit/stored-events";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { type CompanyDocument } from "../src/models/company.ts";
import { type InvitationDocument } from "../src/models/invitation.ts";
import { type UserDocument } from "../src/models/user.ts";
import { hashOf } from "../src/one-time-token.ts";
import { isOutdated, openSession, run } from "./company-operations.ts";
import { fakeCompany, fakeMembership, fakeUser, fakeViewer, hex, newAddress, newId, viewerOf } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();

let company: CompanyDocument;
let boss: UserDocument;
let person: UserDocument;

beforeEach(async () => {
  company = await fakeCompany(users.models, { name: "Nordlicht" });
  boss = await fakeUser(users.models, { emailVerifiedAt: new Date() });
  person = await fakeUser(users.models);
  await fakeMembership(users.models, { user: boss, company, role: "company_admin" });
});

const invite = (viewer: Viewer, input: object = {}) =>
  run(
    users,
    "companyMemberInvite",
    { ...viewer, address: viewer.address ?? newAddress() },
    {
      ...{ companyId: hex(company), email: person.email, role: "BUYER" },
      ...input,
    },
  );
const revoke = (viewer: Viewer, id: unknown) => run(users, "companyInvitationRevoke", viewer, id);
const accept = (viewer: Viewer, token: string) => run(users, "companyInvitationAccept", viewer, token);

const storedOf = async (companyId = company._id) =>
  ((await users.models.Invitation.collection.find({ companyId }).toArray()) as unknown as InvitationDocument[]).map(
    withEvents,
  );
const change = (update: object) => users.models.Invitation.collection.updateOne({ companyId: company._id }, update);
const membershipsOf = ({ _id: userId }: UserDocument) => users.models.Membership.collection.find({ userId }).toArray();

/** The token out of the message to an address. */
async function tokenFor(email = person.email): Promise<string> {
  return vi.waitFor(
    () => {
      const mail = users.mails.findLast(({ to }) => to === email);
      const token = /accept-invitation#token=([\w-]{43})/.exec(mail?.text ?? "")?.[1];
      if (!token) throw new Error(`No invitation was sent to ${email}.`);
      return token;
    },
    { timeout: 5_000 },
  );
}

/** Who must not manage the members of the company, with the code they get. */
async function strangers(): Promise<[Viewer, string][]> {
  const approver = await fakeUser(users.models);
  await fakeMembership(users.models, { user: approver, company, role: "approver" });
  const rival = await fakeUser(users.models);
  await fakeMembership(users.models, { user: rival, company: await fakeCompany(users.models), role: "company_admin" });
  const claims = { companyId: hex(company), scopes: ["members:manage"] };
  return [
    [anonymousViewer(testTenant), "UNAUTHENTICATED"],
    [{ ...viewerOf(approver), ...claims }, "FORBIDDEN"],
    [{ ...viewerOf(rival), ...claims }, "NOT_FOUND"],
    [viewerOf(person), "NOT_FOUND"],
    [{ ...fakeViewer("admin"), scopes: ["staff:orders"] }, "NOT_FOUND"],
    [fakeViewer("admin", "other"), "NOT_FOUND"],
    [serviceViewer(testTenant, ["users"]), "FORBIDDEN"],
  ];
}

describe("companyMemberInvite", () => {
  it("sends a token that is stored nowhere in clear, and tells it in the same document", async () => {
    const limit = { spendingLimit: { amount: "500", currencyCode: "EUR" }, spendingPeriod: "YEAR" };
    const { thing, userErrors } = await invite(viewerOf(boss), limit);
    expect(userErrors).toEqual([]);
    expect(thing).toMatchObject({ email: person.email, role: "BUYER" });
    const token = await tokenFor();
    const [stored] = await storedOf();
    expect(stored).toMatchObject({
      ...{ tokenHash: hashOf(token), isOpen: true, spendingPeriod: "year", invitedBy: boss._id },
      spendingLimit: { amount: 50_000, currency: "EUR" },
      outbox: [{ type: "companyMember.invited", data: { role: "buyer" } }],
    });
    expect(stored && Math.round((stored.expiresAt.getTime() - Date.now()) / 86_400_000)).toBe(7);
    expect(JSON.stringify([await storedOf(), await users.models.Mail.collection.find().toArray()])).not.toContain(
      token,
    );
    const mail = users.mails.findLast(({ to }) => to === person.email);
    expect(mail?.text).toContain("Nordlicht");
    expect(mail?.text).toContain(boss.lastName);
  });

  it("is for who manages the members there or above, and for staff of users", async () => {
    const child = await fakeCompany(users.models, { parentId: company._id, path: [company._id] });
    const administrator = await fakeUser(users.models, { role: "admin", emailVerifiedAt: new Date() });
    const staff = { ...viewerOf(administrator), scopes: ["staff:users"] };
    for (const [n, viewer] of [viewerOf(boss), staff].entries()) {
      const email = `new${n}@example.com`;
      expect((await invite(viewer, { email })).userErrors).toEqual([]);
      expect((await invite(viewer, { email, companyId: hex(child) })).userErrors).toEqual([]);
    }
  });

  it("is refused to everybody else", async () => {
    for (const [viewer, code] of await strangers()) expect((await invite(viewer)).codes, viewer.role).toEqual([code]);
    await expect(storedOf()).resolves.toEqual([]);
  });

  it("answers alike whether an address has an account, and refuses members", async () => {
    const [known, unknown] = [await invite(viewerOf(boss)), await invite(viewerOf(boss), { email: "no@example.com" })];
    expect([known.userErrors, unknown.userErrors]).toEqual([[], []]);
    expect(Object.keys(known.thing ?? {})).toEqual(Object.keys(unknown.thing ?? {}));
    const own = await invite(viewerOf(boss), { email: boss.email.toUpperCase() });
    expect(own.userErrors).toMatchObject([{ __typename: "InvalidInputError", field: ["input", "email"] }]);
  });

  it("has one open invitation for an address, however it is written, also of many at once", async () => {
    const spellings = [person.email, person.email.toUpperCase(), ` ${person.email} `, person.email.toLowerCase()];
    const answers = await Promise.all(spellings.map((email) => invite(viewerOf(boss), { email })));
    expect(answers.filter(({ thing }) => thing)).toHaveLength(1);
    for (const { thing, userErrors } of answers)
      if (!thing) expect(userErrors).toMatchObject([{ field: ["input", "email"] }]);
    await expect(storedOf()).resolves.toHaveLength(1);
  });

  it("tells of each lapsed invitation that it is closed", async () => {
    for (const email of ["a@example.com", "b@example.com", "c@example.com"]) await invite(viewerOf(boss), { email });
    const lapsed = { $set: { expiresAt: new Date(Date.now() - 1), outbox: [], hasOutbox: false } };
    await users.models.Invitation.collection.updateMany({ companyId: company._id }, lapsed);
    await invite(viewerOf(boss));
    const closed = (await storedOf()).filter(({ isOpen }) => !isOpen);
    expect(closed.map(({ outbox }) => outbox.map(({ type }) => type))).toEqual(
      Array.from({ length: 3 }, () => ["companyInvitation.lapsed"]),
    );
    expect(new Set(closed.flatMap(({ outbox }) => outbox.map(({ _id }) => _id.toHexString()))).size).toBe(3);
    expect(closed.every(({ hasOutbox }) => hasOutbox)).toBe(true);
  });

  it.each([
    [{ email: "nonsense" }, ["input", "email"]],
    [{ spendingLimit: { amount: "-1", currencyCode: "EUR" } }, ["input", "spendingLimit"]],
  ])("says what is wrong with %j", async (input, field) => {
    expect((await invite(viewerOf(boss), input)).userErrors).toMatchObject([{ field }]);
    await expect(storedOf()).resolves.toEqual([]);
  });

  it("refuses what is no id, and companies that are not there", async () => {
    expect((await invite(viewerOf(boss), { companyId: "nonsense" })).codes).toEqual(["BAD_USER_INPUT"]);
    expect((await invite(viewerOf(boss), { companyId: newId().toHexString() })).codes).toEqual(["NOT_FOUND"]);
  });
});

describe("Company.invitations", () => {
  const query = "query ($id: ID!) { company(id: $id) { invitations { email } } }";
  const seenBy = async (viewer: Viewer) => {
    const variables = { id: hex(company) };
    const data = await users.subgraph.expectData<{ company: { invitations: unknown } }>({ query, variables, viewer });
    return data.company.invitations;
  };

  it("are the open ones, for staff and for who manages the members; for other members null", async () => {
    await invite(viewerOf(boss));
    const { thing } = await invite(viewerOf(boss), { email: "taken@example.com" });
    await revoke(viewerOf(boss), thing?.id);
    for (const viewer of [viewerOf(boss), fakeViewer("admin")])
      await expect(seenBy(viewer)).resolves.toEqual([{ email: person.email }]);
    const buyer = await fakeUser(users.models);
    await fakeMembership(users.models, { user: buyer, company });
    await expect(seenBy(viewerOf(buyer))).resolves.toBeNull();
  });
});

describe("companyInvitationRevoke", () => {
  it("ends the invitation, once, and its token", async () => {
    const { thing } = await invite(viewerOf(boss));
    const token = await tokenFor();
    for (let round = 0; round < 2; round += 1)
      expect((await revoke(viewerOf(boss), thing?.id)).thing).toMatchObject({ id: thing?.id });
    const [stored] = await storedOf();
    expect(stored?.outbox.map(({ type }) => type)).toEqual(["companyMember.invited", "companyInvitation.revoked"]);
    expect((await accept(viewerOf(person), token)).userErrors).toMatchObject([{ __typename: "InvalidTokenError" }]);
    expect((await invite(viewerOf(boss))).userErrors).toEqual([]);
  });

  it("is refused to everybody else, and after the invitation was accepted", async () => {
    const { thing } = await invite(viewerOf(boss));
    for (const [viewer, code] of await strangers())
      expect((await revoke(viewer, thing?.id)).codes, viewer.role).toEqual([code]);
    expect((await revoke(viewerOf(boss), newId().toHexString())).codes).toEqual(["NOT_FOUND"]);
    expect((await revoke(viewerOf(boss), "nonsense")).codes).toEqual(["BAD_USER_INPUT"]);
    await accept(viewerOf(person), await tokenFor());
    expect((await revoke(viewerOf(boss), thing?.id)).userErrors).toMatchObject([{ __typename: "InvalidInputError" }]);
  });
});

describe("companyInvitationAccept", () => {
  it("makes the person a member as it was invited, once, and outdates its tokens", async () => {
    await openSession(users, person._id, testTenant);
    const spendingLimit = { amount: "500", currencyCode: "EUR" };
    await invite(viewerOf(boss), { role: "APPROVER", spendingLimit });
    const token = await tokenFor();
    const first = await accept(viewerOf(person), token);
    expect(first.thing).toMatchObject({
      role: "APPROVER",
      spendingLimit: { amount: "500.00" },
      company: { id: hex(company) },
      user: { id: hex(person) },
    });
    expect(await accept(viewerOf(person), token)).toEqual(first);
    await expect(membershipsOf(person)).resolves.toHaveLength(1);
    const [stored] = await storedOf();
    expect(stored).toMatchObject({ isOpen: false, acceptedBy: person._id });
    expect(stored?.outbox.map(({ type }) => type)).toEqual(["companyMember.invited", "companyInvitation.accepted"]);
    await expect(isOutdated(users, person._id)).resolves.toBe(true);
  });

  it("is for the account with the invited address, and nobody else learns what the token is good for", async () => {
    await invite(viewerOf(boss));
    const token = await tokenFor();
    const other = await fakeUser(users.models);
    const closed = await fakeUser(users.models, { isActive: false });
    const wrong = (await accept(viewerOf(other), "x".repeat(43))).userErrors;
    for (const viewer of [viewerOf(other), viewerOf(boss), viewerOf(closed), fakeViewer("admin")])
      expect((await accept(viewer, token)).userErrors).toEqual(wrong);
    expect(wrong).toMatchObject([{ __typename: "InvalidTokenError", field: ["token"] }]);
    expect((await accept({ ...viewerOf(person), tenantId: "other" }, token)).userErrors).toEqual(wrong);
    expect((await accept(anonymousViewer(testTenant), token)).codes).toEqual(["UNAUTHENTICATED"]);
    await expect(membershipsOf(other)).resolves.toEqual([]);
    const audited = await users.models.AuditEntry.collection.countDocuments({ action: "companyInvitation.refused" });
    expect(audited).toBeGreaterThan(0);
  });

  it("counts for seven days", async () => {
    await invite(viewerOf(boss));
    const token = await tokenFor();
    await change({ $set: { expiresAt: new Date(Date.now() - 1) } });
    expect((await accept(viewerOf(person), token)).userErrors).toHaveLength(1);
    await expect(membershipsOf(person)).resolves.toEqual([]);
  });

  it("gives no membership back that was ended since", async () => {
    await invite(viewerOf(boss));
    const token = await tokenFor();
    const { thing } = await accept(viewerOf(person), token);
    await run(users, "companyMemberRemove", viewerOf(boss), thing?.id);
    expect((await accept(viewerOf(person), token)).userErrors).toMatchObject([{ __typename: "InvalidTokenError" }]);
    await expect(membershipsOf(person)).resolves.toEqual([]);
  });

  it("is finished by sending it again when the first request died on the way", async () => {
    await invite(viewerOf(boss));
    const token = await tokenFor();
    // Claimed by the person, lapsed meanwhile, no membership yet.
    await change({ $set: { acceptedBy: person._id, expiresAt: new Date(Date.now() - 1) } });
    expect((await accept(viewerOf(person), token)).thing).toMatchObject({ role: "BUYER" });
    await expect(storedOf()).resolves.toMatchObject([{ isOpen: false }]);
  });

  it("of many at once makes one membership, and of revoking and accepting at once one wins", async () => {
    await invite(viewerOf(boss));
    const token = await tokenFor();
    await Promise.all(Array.from({ length: 10 }, () => accept(viewerOf(person), token)));
    await expect(membershipsOf(person)).resolves.toHaveLength(1);
    const [stored] = await storedOf();
    expect(stored?.outbox.map(({ type }) => type)).toEqual(["companyMember.invited", "companyInvitation.accepted"]);

    for (let round = 0; round < 5; round += 1) {
      const guest = await fakeUser(users.models);
      const { thing } = await invite(viewerOf(boss), { email: guest.email });
      const [accepted, revoked] = await Promise.all([
        accept(viewerOf(guest), await tokenFor(guest.email)),
        revoke(viewerOf(boss), thing?.id),
      ]);
      expect([accepted, revoked].filter(({ userErrors }) => userErrors?.length === 0)).toHaveLength(1);
      expect((await membershipsOf(guest)).length).toBe(accepted.thing ? 1 : 0);
    }
  });

  it("waits for room: a person with 100 companies stays invited", async () => {
    await invite(viewerOf(boss));
    const token = await tokenFor();
    for (let n = 0; n < 100; n += 1)
      await fakeMembership(users.models, { user: person, company: { _id: newId() }, role: "buyer" });
    const full = await accept(viewerOf(person), token);
    expect(full.userErrors).toMatchObject([{ __typename: "LimitReachedError", limit: 100, field: ["token"] }]);
    await users.models.Membership.collection.deleteOne({ userId: person._id });
    expect((await accept(viewerOf(person), token)).userErrors).toEqual([]);
  });
});
