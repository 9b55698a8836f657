// Invitations go to people who did not ask for them, so few go out, and from those who can be found; and they end.
import { type Viewer } from "@tradegraph/kit/viewer";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { beforeEach, describe, expect, it } from "vitest";
import { type CompanyDocument } from "../src/models/company.ts";
import { type UserDocument } from "../src/models/user.ts";
import { hashOf } from "../src/one-time-token.ts";
import { inTenant, mailsToSettle } from "./accounts.ts";
import { run } from "./company-operations.ts";
import { fakeCompany, fakeMembership, fakeUser, hex, newAddress, newId, viewerOf } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();

let company: CompanyDocument;
let boss: UserDocument;
let person: UserDocument;

beforeEach(async () => {
  company = await fakeCompany(users.models);
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
const stored = () => users.models.Invitation.collection.find({ companyId: company._id }).toArray();

describe("companyMemberInvite", () => {
  it("needs a proved e-mail address of who invites", async () => {
    await inTenant(async () => users.models.User.updateOne({ _id: boss._id }, { $unset: { emailVerifiedAt: 1 } }));
    const answer = await invite(viewerOf(boss));
    expect(answer).toMatchObject({ thing: null, userErrors: [{ __typename: "InvalidInputError" }] });
    expect(answer.userErrors?.[0]?.message).toMatch(/Prove your own e-mail address/);
    await expect(stored()).resolves.toEqual([]);
  });

  it("sends few messages to one address, whoever sends them and however often they are taken back", async () => {
    const rival = await fakeUser(users.models, { emailVerifiedAt: new Date() });
    await fakeMembership(users.models, { user: rival, company, role: "company_admin" });
    const kinds = [];
    for (let n = 0; n < 8; n += 1) {
      const { thing, userErrors } = await invite(viewerOf(n % 2 === 0 ? boss : rival));
      kinds.push(userErrors?.[0]?.__typename);
      if (thing) await revoke(viewerOf(boss), thing.id);
    }
    const tooMany = "TooManyAttemptsError";
    expect(kinds).toEqual([undefined, undefined, undefined, undefined, undefined, tooMany, tooMany, tooMany]);
    await mailsToSettle(users);
    expect(users.mails.filter(({ to }) => to === person.email)).toHaveLength(5);
  });

  it.each([
    ["account", 30],
    ["address", 50],
  ])("sends few messages by one %s: %i", async (by, most) => {
    const from = newAddress();
    const inviters = await Promise.all(
      Array.from({ length: 3 }, () => fakeUser(users.models, { emailVerifiedAt: new Date() })),
    );
    for (const user of inviters) await fakeMembership(users.models, { user, company, role: "company_admin" });
    let sent = 0;
    for (let n = 0; n < most + 2; n += 1) {
      const user = by === "account" ? boss : (inviters[n % 3] ?? boss);
      const viewer = { ...viewerOf(user), ...(by === "address" && { address: from }) };
      const { thing } = await invite(viewer, { email: `${by}${n}.${hex(company)}@example.com` });
      if (thing) sent += 1;
    }
    expect(sent).toBe(most);
  });

  it("stops at 100 open ones, also when many come at once, and lapsed ones make room", async () => {
    const [n95, now] = [95, new Date()];
    await users.models.Invitation.collection.insertMany(
      Array.from({ length: n95 }, (_, slot) => ({
        ...{ tenantId: testTenant, companyId: company._id, email: `a${slot}@b.co`, emailLower: `a${slot}@b.co` },
        ...{ role: "buyer", spendingPeriod: "month", tokenHash: newId().toHexString(), invitedBy: boss._id, slot },
        ...{ isOpen: true, expiresAt: new Date(now.getTime() + 60_000), version: 1, createdAt: now, updatedAt: now },
        ...{ outbox: [], hasOutbox: false },
      })) as never[],
    );
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => invite(viewerOf(boss), { email: `new${n}@example.com` })),
    );
    expect(answers.filter(({ thing }) => thing)).toHaveLength(5);
    for (const { thing, userErrors } of answers)
      if (!thing) expect(userErrors).toMatchObject([{ __typename: "LimitReachedError", limit: 100 }]);
    const lapsed = { $set: { expiresAt: new Date(now.getTime() - 1) } };
    await users.models.Invitation.collection.updateOne({ emailLower: "a0@b.co", companyId: company._id }, lapsed);
    expect((await invite(viewerOf(boss), { email: "one-more@example.com" })).userErrors).toEqual([]);
  });
});

describe("an invitation that its person has begun to accept", () => {
  const token = () => hex(person).padEnd(43, "x");
  const begun = (expiresAt: number) => ({
    tokenHash: hashOf(token()),
    acceptedBy: person._id,
    expiresAt: new Date(expiresAt),
  });
  const change = ($set: object) => users.models.Invitation.collection.updateOne({ companyId: company._id }, { $set });
  const accept = () => run(users, "companyInvitationAccept", viewerOf(person), token());
  const refusal = { thing: null, userErrors: [{ __typename: "InvalidTokenError" }] };

  it("lapses all the same, an hour later", async () => {
    await invite(viewerOf(boss));
    await change(begun(Date.now() - 3_600_000));
    expect(await accept()).toMatchObject(refusal);
    await change(begun(Date.now() - 3_500_000));
    expect((await accept()).userErrors).toEqual([]);
  });

  it("can be taken back until the person is a member", async () => {
    const { thing } = await invite(viewerOf(boss));
    await change(begun(Date.now() + 60_000));
    const { _id } = await fakeMembership(users.models, { user: person, company });
    expect((await revoke(viewerOf(boss), thing?.id)).userErrors).toMatchObject([{ field: ["id"] }]);
    await users.models.Membership.collection.deleteOne({ _id });
    expect((await revoke(viewerOf(boss), thing?.id)).userErrors).toEqual([]);
    expect(await accept()).toMatchObject(refusal);
  });
});
