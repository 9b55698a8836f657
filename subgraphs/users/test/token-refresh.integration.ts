import { runForTenant } from "@tradegraph/kit/tenancy";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { describe, expect, it } from "vitest";
import { endSessions, outdateSessions } from "../src/commands/end-sessions.ts";
import { graceMs, tokenRefresh } from "../src/commands/token-refresh.ts";
import { mostSpent, type SessionDocument } from "../src/models/session.ts";
import { type UserDocument } from "../src/models/user.ts";
import { newRefreshToken } from "../src/refresh-token.ts";
import { type SignInTools } from "../src/sign-in.ts";
import { fakeCompany, fakeMembership, fakeUser, hex, newId } from "./fakes.ts";
import { claimsIn, refresh, signInAs, storedSession, visitorAddress } from "./sign-ins.ts";
import { refreshLifetimeSeconds, startUsers } from "./start-users.ts";
import { noSessionTags } from "@tradegraph/kit/session-tag";

const users = startUsers();

/** All but the models, for calls of the command itself. */
const noTools = {
  sessionTags: noSessionTags,
  tokens: { issue: () => Promise.resolve({}), lifetimeSeconds: 60, refreshLifetimeSeconds: 60 },
};

const wrongToken = { __typename: "InvalidTokenError", field: ["input", "refreshToken"] };
const nothing = { accessToken: null, refreshToken: null, refreshExpiresAt: null, user: null };

async function person(overrides: Partial<UserDocument> = {}) {
  const user = await fakeUser(users.models, overrides);
  return { user, first: await signInAs(users, user) };
}

const inShop = <T>(work: () => Promise<T>) => runForTenant(testTenant, work);

const update = (id: string, change: object) => inShop(async () => users.models.Session.updateOne({ _id: id }, change));

/** As if the last exchange had been so long ago. */
const age = (session: SessionDocument, ms: number) =>
  update(session._id.toHexString(), { $set: { "previous.at": new Date(Date.now() - ms) } });

const audited = (action: string) =>
  inShop(async () => users.models.AuditEntry.countDocuments({ category: "security", action }));

describe("tokenRefresh", () => {
  it("gives new tokens of the same session, and uses the old one up", async () => {
    const { user, first } = await person();
    const second = await refresh(users, first);
    expect(second).toMatchObject({ user: { id: hex(user), email: user.email }, userErrors: [] });
    expect(second.refreshToken).toMatch(/^tgr_[0-9a-f]{24}_[\w-]{43}$/);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(claimsIn(second).sid).toBe(claimsIn(first).sid);
    const left = (Date.parse(second.refreshExpiresAt ?? "") - Date.now()) / 1_000;
    expect(left).toBeGreaterThan(refreshLifetimeSeconds - 60);
    expect(left).toBeLessThanOrEqual(refreshLifetimeSeconds);
  });

  it("keeps no token in clear", async () => {
    const { first } = await person();
    const second = await refresh(users, first);
    const stored = JSON.stringify(await storedSession(users, first));
    for (const token of [first.refreshToken, second.refreshToken ?? ""]) {
      expect(stored).not.toContain(token);
      expect(stored).not.toContain(token.slice("tgr_".length + 25));
    }
  });

  it("ends the whole session when a token is used again, and writes it down", async () => {
    const { user, first } = await person();
    const second = await refresh(users, first);
    const third = await refresh(users, { refreshToken: second.refreshToken ?? "" });
    expect(third.userErrors).toEqual([]);
    expect(await refresh(users, first)).toMatchObject({ ...nothing, userErrors: [wrongToken] });
    const session = await storedSession(users, first);
    expect(session).toMatchObject({ revokedReason: "token reused", hasOutbox: true });
    expect(session.outbox.at(-1)).toMatchObject({
      type: "token.reused",
      actor: { role: "anonymous", address: visitorAddress },
      data: { outcome: "refused" },
    });
    expect(await refresh(users, { refreshToken: third.refreshToken ?? "" })).toMatchObject({
      userErrors: [wrongToken],
    });
    expect((await signInAs(users, user)).userErrors).toEqual([]);
  });

  it("gives the same successor again while it is unused, for a client whose answer was lost", async () => {
    const { first } = await person();
    const answers = [await refresh(users, first), await refresh(users, first), await refresh(users, first)];
    expect(new Set(answers.map(({ refreshToken }) => refreshToken)).size).toBe(1);
    expect(answers.every(({ accessToken }) => accessToken !== null)).toBe(true);
    expect((await refresh(users, { refreshToken: answers[0]?.refreshToken ?? "" })).userErrors).toEqual([]);
  });

  it("takes a second use after the grace as theft", async () => {
    const { first } = await person();
    const second = await refresh(users, first);
    await age(await storedSession(users, first), graceMs + 1_000);
    expect(await refresh(users, first)).toMatchObject({ ...nothing, userErrors: [wrongToken] });
    expect(await storedSession(users, first)).toMatchObject({ revokedReason: "token reused" });
    expect(await refresh(users, { refreshToken: second.refreshToken ?? "" })).toMatchObject({
      userErrors: [wrongToken],
    });
  });

  it("exchanges once for fifty requests at once, and gives all of them the same", async () => {
    const { first } = await person();
    const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(users, first)));
    const given = new Set(answers.flatMap(({ refreshToken }) => refreshToken ?? []));
    expect(given.size).toBe(1);
    for (const { refreshToken, userErrors } of answers)
      if (!refreshToken) expect(userErrors).toMatchObject([wrongToken]);
    const session = await storedSession(users, first);
    expect(session.revokedAt).toBeUndefined();
    expect(session.spent).toHaveLength(1);
    const [refreshToken = ""] = given;
    expect((await refresh(users, { refreshToken })).userErrors).toEqual([]);
  });

  it("exchanges once even when all have read the session before the first writes", async () => {
    const { first } = await person();
    let reading = 20;
    const allHaveRead = Promise.withResolvers<void>();
    const { Session } = users.models;
    // Each request waits with what it has read first until all have read.
    const slow = (...args: Parameters<typeof Session.findOne>) => ({
      async lean() {
        const found = await Session.findOne(...args).lean();
        if ((reading -= 1) === 0) allHaveRead.resolve();
        await allHaveRead.promise;
        return found;
      },
    });
    const lateModel = new Proxy(Session, {
      get: (target, name) => (name === "findOne" ? slow : (Reflect.get(target, name, target) as unknown)),
    });
    const tools = { ...noTools, models: { ...users.models, Session: lateModel } } as unknown as SignInTools;
    const answers = await inShop(() =>
      Promise.all(Array.from({ length: 20 }, () => tokenRefresh(tools, { refreshToken: first.refreshToken }, {}))),
    );
    expect(new Set(answers.map(({ refreshToken }) => refreshToken)).size).toBe(1);
    expect((await storedSession(users, first)).spent).toHaveLength(1);
  });

  it("only refuses a token that was never given out: guessing ends nobody's session", async () => {
    const { first } = await person();
    const before = await audited("token.refused");
    const guessed = newRefreshToken(claimsIn(first).sid);
    expect(await refresh(users, { refreshToken: guessed })).toMatchObject({ ...nothing, userErrors: [wrongToken] });
    expect(await audited("token.refused")).toBe(before + 1);
    expect((await refresh(users, first)).userErrors).toEqual([]);
  });

  it.each([
    ["nothing", ""],
    ["another text", "nonsense"],
    ["a session that does not exist", newRefreshToken(newId().toHexString())],
    ["an operator", '{"$ne":null}'],
    ["a line more", `${newRefreshToken(newId().toHexString())}\n`],
    ["a long text", "x".repeat(50_000)],
  ])("refuses %s", async (_, refreshToken) => {
    expect(await refresh(users, { refreshToken })).toMatchObject({ ...nothing, userErrors: [wrongToken] });
  });

  it("refuses the token in another shop", async () => {
    const { first } = await person();
    expect(await refresh(users, first, "other")).toMatchObject({ ...nothing, userErrors: [wrongToken] });
    expect((await refresh(users, first)).userErrors).toEqual([]);
  });

  it("refuses the token of a session that has run out, and of one that was ended", async () => {
    const { first } = await person();
    await update(claimsIn(first).sid, { $set: { expiresAt: new Date(Date.now() - 1) } });
    expect(await refresh(users, first)).toMatchObject({ userErrors: [wrongToken] });
    const other = await person();
    const options = { reason: "test", actor: { role: "service" as const } };
    await inShop(() => endSessions({ models: users.models, sessionTags: noSessionTags }, other.user._id, options));
    expect(await refresh(users, other.first)).toMatchObject({ userErrors: [wrongToken] });
  });

  it("ends the session of a closed account", async () => {
    const { user, first } = await person();
    await inShop(async () => users.models.User.updateOne({ _id: user._id }, { isActive: false }));
    expect(await refresh(users, first)).toMatchObject({ ...nothing, userErrors: [wrongToken] });
    expect(await storedSession(users, first)).toMatchObject({ revokedReason: "account changed" });
  });

  it("says what the role and the memberships are now", async () => {
    const user = await fakeUser(users.models);
    const company = await fakeCompany(users.models);
    const membership = await fakeMembership(users.models, { user, company, role: "company_admin" });
    const first = await signInAs(users, user);
    await inShop(async () => users.models.Membership.updateOne({ _id: membership._id }, { role: "buyer" }));
    const second = await refresh(users, first);
    expect(claimsIn(second)).toMatchObject({ cid: hex(company), scope: "orders:place" });
    await inShop(async () => users.models.Membership.deleteOne({ _id: membership._id }));
    const third = await refresh(users, { refreshToken: second.refreshToken ?? "" });
    expect(claimsIn(third).scope).toBe("");
    expect(claimsIn(third)).not.toHaveProperty("cid");
  });

  it("changes the company to act for, and stays with it", async () => {
    const user = await fakeUser(users.models);
    const [one, two] = [await fakeCompany(users.models), await fakeCompany(users.models)];
    for (const company of [one, two]) await fakeMembership(users.models, { user, company });
    const first = await signInAs(users, user);
    const second = await refresh(users, { refreshToken: first.refreshToken, companyId: hex(two) });
    expect(claimsIn(second).cid).toBe(hex(two));
    const third = await refresh(users, { refreshToken: second.refreshToken ?? "" });
    expect(claimsIn(third).cid).toBe(hex(two));
  });

  it.each([
    ["of others", async () => hex(await fakeCompany(users.models))],
    ["that is none", () => Promise.resolve("nonsense")],
  ])("refuses a company %s without using the token up", async (_, companyId) => {
    const { first } = await person();
    const answer = await refresh(users, { refreshToken: first.refreshToken, companyId: await companyId() });
    const field = ["input", "companyId"];
    expect(answer).toMatchObject({ ...nothing, userErrors: [{ __typename: "InvalidInputError", field }] });
    expect((await storedSession(users, first)).spent).toEqual([]);
    expect((await refresh(users, first)).userErrors).toEqual([]);
  });

  it("issues tokens that outdating has not reached yet, however often it happens in one second", async () => {
    const { user, first } = await person();
    const tools = { models: users.models, sessionTags: noSessionTags };
    let latest = first;
    for (let round = 0; round < 3; round += 1) {
      await inShop(() => outdateSessions(tools, user._id));
      const { notBefore } = await storedSession(users, first);
      expect(claimsIn(latest).iat).toBeLessThan(notBefore);
      latest = (await refresh(users, latest)) as typeof first;
      expect(claimsIn(latest).iat).toBeGreaterThanOrEqual(notBefore);
    }
  });

  it("remembers only the last used tokens", async () => {
    const { first } = await person();
    const spent = Array.from({ length: mostSpent }, (_, index) => String(index).padStart(43, "x"));
    await update(claimsIn(first).sid, { $set: { spent } });
    await refresh(users, first);
    const session = await storedSession(users, first);
    expect(session.spent).toHaveLength(mostSpent);
    expect(session.spent.at(0)).toBe(spent[1]);
  });
});
