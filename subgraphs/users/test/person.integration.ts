// Export and erasure of one person in users: what is there, what is left, and what may come in between.
import { noSessionTags } from "@tradegraph/kit/session-tag";
import { createPersonCalls, type PersonCalls, unsignedStatus } from "@tradegraph/testkit/person-calls";
import { textsInDatabase } from "@tradegraph/testkit/raw-bson";
import { testCipher } from "@tradegraph/testkit/test-cipher";
import { withEvents } from "@tradegraph/testkit/stored-events";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { insertAuditEntries } from "../src/commands/audit-insert.ts";
import { issueToken } from "../src/commands/one-time-token.ts";
import { personErase } from "../src/commands/person-erase.ts";
import { reserveAttempt } from "../src/commands/reserve-attempt.ts";
import { type AuditEntryDocument } from "../src/models/audit-entry.ts";
import { type UserDocument } from "../src/models/user.ts";
import { aliveSessions, eventsOf, inTenant, storedUser } from "./accounts.ts";
import { fakeCompany, fakeMembership, fakeUser, fakeViewer, hex, newId } from "./fakes.ts";
import { refresh, signInAs, visitorAddress } from "./sign-ins.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();
let calls: PersonCalls;

beforeAll(() => {
  calls = createPersonCalls({ service: "users", url: users.subgraph.url });
});
afterAll(() => calls.close());

let serial = 0;
const fakePerson = (overrides: Parameters<typeof fakeUser>[1] = {}, tenantId = testTenant) => {
  serial += 1;
  const marks = { firstName: `Canarina${serial}`, lastName: `Finchley${serial}`, company: `Aviary ${serial}` };
  const address = { street: `Birdcage Walk ${serial}`, city: `Cagetown${serial}`, zip: "1010", country: "AT" };
  const email = `Canary.${serial}@Birds.example`;
  return fakeUser(users.models, { ...marks, address, phone: `+43 777 ${serial}`, email, ...overrides }, tenantId);
};
const marksOf = ({ email, firstName, lastName, company = "" }: UserDocument) => {
  const number = firstName.slice("Canarina".length);
  return [email, firstName, lastName, company, `Cagetown${number}`];
};
const db = () => {
  const { db: database } = users.resources.mongo.connection;
  if (!database) throw new Error("The test database is not connected.");
  return database;
};

async function fakeInvitation(email: string, isOpen = true) {
  serial += 1;
  return inTenant(() =>
    users.models.Invitation.create({
      ...{ companyId: newId(), email, emailLower: email.toLowerCase(), role: "buyer", spendingPeriod: "month" },
      ...{
        tokenHash: `token-${serial}`,
        expiresAt: new Date(Date.now() + 3_600_000),
        invitedBy: newId(),
        slot: 0,
        isOpen,
      },
    }),
  );
}

const entry = (fields: Partial<AuditEntryDocument>) => ({
  ...{ eventId: newId().toHexString(), at: new Date(), category: "access" as const, action: "graph.read" },
  ...{ outcome: "success" as const, source: "gateway", entityTypes: [], changes: [] },
  ...{ actor: { role: "customer" as const } },
  ...fields,
});
const addEntries = (entries: ReturnType<typeof entry>[]) => inTenant(() => insertAuditEntries(users.models, entries));
describe("the export of a person", () => {
  it("tells everything there is, opened where it was sealed, and nothing that lets anybody in", async () => {
    const person = await fakePerson({ sellerProfile: { shopName: "Nest", since: new Date("2020-01-01") } });
    const company = await fakeCompany(users.models);
    await fakeMembership(users.models, { user: person, company, role: "buyer" });
    const signedIn = await signInAs(users, person);
    await refresh(users, signedIn);
    await inTenant(() => issueToken(users.models, person, "password-reset"));
    const invited = await fakeInvitation(person.email);
    const admin = newId().toHexString();
    await addEntries([
      entry({ actor: { role: "customer", userId: hex(person), address: visitorAddress } }),
      entry({
        ...{ action: "user.roleSet", subject: { type: "User", id: hex(person) } },
        actor: { role: "admin", userId: admin, address: "198.51.100.9" },
      }),
    ]);
    const { firstName, lastName, email } = person;

    const exported = await calls.exported(hex(person));

    expect(exported).toMatchObject({
      profile: [
        {
          ...{ id: hex(person), email, firstName, lastName, role: "customer", sellerProfile: { shopName: "Nest" } },
          phone: expect.stringMatching(/^\+43 777 /) as string,
          address: { street: expect.stringMatching(/^Birdcage Walk/) as string, country: "AT" },
        },
      ],
      sessions: [{ address: visitorAddress, companyId: hex(company) }],
      memberships: [{ companyId: hex(company), role: "buyer" }],
      links: [{ purpose: "password-reset" }],
      invitations: [{ id: invited._id.toHexString(), email, role: "buyer" }],
      auditEntriesBy: [{ actor: { userId: hex(person), address: visitorAddress } }],
      auditEntriesAbout: [{ action: "user.roleSet", actor: { role: "admin" } }],
    });
    const text = JSON.stringify(exported);
    const stored = await storedUser(users, person);
    const session = await inTenant(async () => users.models.Session.findOne({ userId: person._id }).lean());
    const secrets = [stored.passwordHash, session?.tokenHash, session?.previous?.hash, session?.previous?.sealed];
    for (const secret of [...secrets, ...(session?.spent ?? []), invited.tokenHash]) {
      expect(secret).toBeTruthy();
      expect(text).not.toContain(secret);
    }
    // Who the administrator is, and where, is not this person's.
    expect(text).not.toMatch(new RegExp(`argon2|enc:v1|[hH]ash"|[oO]utbox|${admin}|198\\.51\\.100\\.9`));
    expect(withEvents(stored).outbox.map(({ type, actor }) => [type, actor.role])).toEqual([
      ["person.exported", "service"],
    ]);
  });

  it("goes on over pages until the last", async () => {
    const person = await fakePerson();
    const actor = { role: "customer" as const, userId: hex(person) };
    const count = 230;
    await addEntries(Array.from({ length: count }, (_, n) => entry({ actor, at: new Date(Date.UTC(2026, 9, 1) + n) })));
    const first = await calls.page({ userId: hex(person), next: { source: "auditEntriesBy" } });
    expect(first).toMatchObject({ next: { source: "auditEntriesBy", after: expect.any(String) as string } });
    expect(first.records.auditEntriesBy).toHaveLength(100);
    const { auditEntriesBy } = await calls.exported(hex(person));
    expect(new Set(auditEntriesBy?.map(({ at }) => at)).size).toBe(count);
  });

  it("is of a person of the shop that asks", async () => {
    const stranger = await fakePerson({}, "other-shop");
    await expect(calls.exported(hex(stranger))).rejects.toMatchObject({ extensions: { code: "NOT_FOUND" } });
    await expect(calls.exported(newId().toHexString())).rejects.toMatchObject({ extensions: { code: "NOT_FOUND" } });
    await expect(calls.erase(hex(stranger))).rejects.toMatchObject({ extensions: { code: "NOT_FOUND" } });
    await expect(calls.exported(hex(stranger), "other-shop")).resolves.toMatchObject({
      profile: [{ phone: expect.stringMatching(/^\+43/) as string }],
    });
    expect((await storedUser(users, stranger)).isActive).toBe(true);
  });
});

describe("the routes", () => {
  it.each([
    ["no object", null],
    ["an id that is none", { userId: "x" }],
    ["an operator for an id", { userId: { $ne: null } }],
    ["another part than there is", { userId: "5f5f5f5f5f5f5f5f5f5f5f5f", next: { source: "passwords" } }],
    ["a part that is no text", { userId: "5f5f5f5f5f5f5f5f5f5f5f5f", next: { source: { $gt: "" } } }],
    ["a cursor of nothing", { userId: "5f5f5f5f5f5f5f5f5f5f5f5f", next: { source: "sessions", after: "e30" } }],
  ])("refuse %s", async (_, body) => {
    await expect(calls.page(body)).rejects.toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
  });

  it("refuse whoever is not signed for", async () => {
    for (const route of ["person-export", "person-erase"])
      expect(await unsignedStatus(users.subgraph.url, route)).toBe(401);
    await expect(calls.erase({ $ne: null })).rejects.toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
  });
});

describe("the erasure of a person", () => {
  it("leaves an id and a role, and nothing of the person anywhere in the database", async () => {
    const person = await fakePerson({ sellerProfile: { shopName: "Finchley's", since: new Date() } });
    const other = await fakePerson();
    const company = await fakeCompany(users.models);
    await fakeMembership(users.models, { user: person, company, role: "company_admin" });
    const signedIn = await signInAs(users, person);
    await signInAs(users, other);
    await inTenant(() => issueToken(users.models, person, "password-reset"));
    await fakeInvitation(person.email);
    await fakeInvitation(person.email, false);
    await inTenant(() => reserveAttempt(users.models, "sign-in", { account: person.emailLower }));
    await addEntries([
      entry({ actor: { role: "customer", userId: hex(person), address: "203.0.113.77", requestId: "request-77" } }),
      entry({
        ...{ action: "login.refused", subject: { type: "User", id: hex(person) } },
        actor: { role: "anonymous", address: "203.0.113.78" },
      }),
    ]);
    const marks = [...marksOf(person), "203.0.113.7", "request-77"];
    expect(new Set((await textsInDatabase(db(), marks)).map((text) => text.split(": ")[1])).size).toBe(marks.length);

    const counts = await calls.erase(hex(person));

    expect(counts).toMatchObject({ account: 1, sessionsEnded: 1, sessions: 1, memberships: 1, links: 1 });
    expect(counts).toMatchObject({ invitations: 2, signInAttempts: 2, auditEntries: 2 });
    expect(await textsInDatabase(db(), marks)).toEqual([]);
    const stored = await storedUser(users, person);
    expect(stored).toMatchObject({ firstName: "erased", lastName: "erased", role: "customer", isActive: false });
    for (const field of ["phone", "address", "company", "sellerProfile", "lastLogin"])
      expect(stored).not.toHaveProperty(field);
    expect(eventsOf(stored)).toEqual(["person.erased"]);
    expect(await aliveSessions(users, person._id)).toBe(0);
    expect((await refresh(users, signedIn)).accessToken).toBeNull();
    expect((await signInAs(users, person)).accessToken).toBeNull();
    const changed = await inTenant(async () => users.models.Company.findById(company._id).lean());
    expect(changed).toMatchObject({ openChanges: [], isUnsettled: false });
    expect(withEvents(changed)?.outbox.at(-1)).toMatchObject({
      type: "companyMember.removed",
      actor: { role: "service" },
    });
    // Nobody else is touched.
    expect(await storedUser(users, other)).toMatchObject({ email: other.email, isActive: true });
    expect(await aliveSessions(users, other._id)).toBe(1);
  });

  it("may be repeated, and finishes what was cut off", async () => {
    const person = await fakePerson();
    const company = await fakeCompany(users.models);
    await calls.erase(hex(person));
    // As if the first had died after closing the account.
    await fakeMembership(users.models, { user: person, company });
    await inTenant(() => issueToken(users.models, person, "email-verification"));
    await expect(calls.erase(hex(person))).resolves.toMatchObject({ account: 0, memberships: 1, links: 1 });
    const before = await storedUser(users, person);
    const again = await calls.erase(hex(person));
    expect(Object.values(again).every((count) => count === 0)).toBe(true);
    expect(await storedUser(users, person)).toEqual(before);
  });

  it("is done once by several who do it at once, and leaves no session of who signs in meanwhile", async () => {
    const person = await fakePerson();
    const signIns = () => Array.from({ length: 4 }, () => signInAs(users, person));
    const erasures = Array.from({ length: 3 }, () => calls.erase(hex(person)).catch(() => undefined));
    await Promise.all([...signIns(), ...erasures, ...signIns()]);
    await calls.erase(hex(person));
    expect(await aliveSessions(users, person._id)).toBe(0);
    expect(eventsOf(await storedUser(users, person))).toEqual(["person.erased"]);
    expect(await textsInDatabase(db(), marksOf(person))).toEqual([]);
    const placed = { userId: person._id, address: { $exists: true } };
    expect(await inTenant(async () => users.models.Session.countDocuments(placed))).toBe(0);
  });

  it("frees the address for another account, and cannot be held up by one that was made before", async () => {
    const person = await fakePerson();
    await fakeUser(users.models, { email: `${hex(person)}@erased.invalid` });
    await calls.erase(hex(person));
    await expect(fakeUser(users.models, { email: person.email })).resolves.toMatchObject({ email: person.email });
  });

  it("refuses the last administrator, and changes nothing of them", async () => {
    const tenant = "lonely-shop";
    const admin = await fakePerson({ role: "admin" }, tenant);
    await expect(calls.erase(hex(admin), tenant)).rejects.toMatchObject({
      message: "This is the last administrator; make somebody else one first.",
      extensions: { code: "CONFLICT" },
    });
    expect(await storedUser(users, admin)).toMatchObject({ email: admin.email, isActive: true, version: 1 });
    const second = await fakePerson({ role: "admin" }, tenant);
    await expect(calls.erase(hex(admin), tenant)).resolves.toMatchObject({ account: 1 });
    await expect(calls.erase(hex(second), tenant)).rejects.toMatchObject({ extensions: { code: "CONFLICT" } });
    // Repeating the first is no second leave.
    await expect(calls.erase(hex(admin), tenant)).resolves.toMatchObject({ account: 0 });
  });

  it("announces no administrator as leaving any more when it failed", async () => {
    const tenant = "failing-shop";
    const admin = await fakePerson({ role: "admin" }, tenant);
    await fakePerson({ role: "admin" }, tenant);
    const passwords = { hash: () => Promise.reject(new Error("no memory")), verify: () => Promise.resolve(false) };
    const tools = { models: users.models, cipher: testCipher, sessionTags: noSessionTags, passwords };
    const erasing = inTenant(() => personErase({ ...tools, actor: { role: "service" } }, admin._id), tenant);
    await expect(erasing).rejects.toThrow("no memory");
    expect(await storedUser(users, admin)).not.toHaveProperty("leavingUntil");
  });

  it("ends a membership whose company is gone, and that of a company's last administrator", async () => {
    const person = await fakePerson();
    const company = await fakeCompany(users.models);
    await fakeMembership(users.models, { user: person, company: { _id: newId() }, role: "company_admin" });
    await fakeMembership(users.models, { user: person, company, role: "company_admin" });
    await expect(calls.erase(hex(person))).resolves.toMatchObject({ memberships: 2 });
    const left = { userId: person._id };
    expect(await inTenant(async () => users.models.Membership.countDocuments(left))).toBe(0);
  });

  it("keeps the account closed, whoever wants to open it again", async () => {
    const person = await fakePerson();
    await calls.erase(hex(person));
    const query = "mutation ($id: ID!) { userReactivate(id: $id) { user { id } } }";
    const viewer = fakeViewer("admin");
    const { errors } = await users.subgraph.execute({ query, variables: { id: hex(person) }, viewer });
    expect(errors).toMatchObject([{ extensions: { code: "CONFLICT" } }]);
    expect((await storedUser(users, person)).isActive).toBe(false);
  });
});
