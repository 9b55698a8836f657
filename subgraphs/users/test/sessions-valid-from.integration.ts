// A program may die after it has changed an account and before it has ended the sessions: they are over all the same.
import { noSessionTags } from "@tradegraph/kit/session-tag";
import { serviceViewer } from "@tradegraph/kit/viewer";
import { testCipher } from "@tradegraph/testkit/test-cipher";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { type Types } from "mongoose";
import { describe, expect, it } from "vitest";
import { endSessions } from "../src/commands/end-sessions.ts";
import { issueToken } from "../src/commands/one-time-token.ts";
import { passwordChange } from "../src/commands/password-change.ts";
import { passwordReset } from "../src/commands/password-reset.ts";
import { personErase } from "../src/commands/person-erase.ts";
import { userDeactivate } from "../src/commands/user-deactivate.ts";
import { userRoleSet } from "../src/commands/user-role-set.ts";
import { type Models } from "../src/models.ts";
import { type UserDocument } from "../src/models/user.ts";
import { createPasswords } from "../src/password.ts";
import { startSession } from "../src/commands/session-start.ts";
import { type SignInTools, tokensOf } from "../src/sign-in.ts";
import { type TokenIssuer } from "../src/token-issuer.ts";
import { aliveSessions, inTenant, storedUser } from "./accounts.ts";
import { fakePassword, fakeUser, fakeViewer, hex, viewerOf } from "./fakes.ts";
import { type AuthAnswer, claimsIn, refresh, signInAs } from "./sign-ins.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();
const passwords = createPasswords();
const newPassword = "seven quiet moss lamps";
const actor = { role: "service" as const };
const lifetimes = { lifetimeSeconds: 900, refreshLifetimeSeconds: 3_600 };

/** Models of a program that ends as soon as it looks for the sessions to end. */
const cutOff = (): Models => ({
  ...users.models,
  Session: new Proxy(users.models.Session, {
    get(target, name) {
      if (name === "find" || name === "updateMany") throw new Error("cut off");
      return Reflect.get(target, name, target) as unknown;
    },
  }),
});

const toolsFor = (user: UserDocument) => ({
  ...{ models: cutOff(), cipher: testCipher, passwords, sessionTags: noSessionTags, tokens: {} as TokenIssuer },
  ...{ viewer: viewerOf(user), requestId: "cut-off", actor },
});

const isActive = async (answer: AuthAnswer) => (await stateOf(answer))?.isActive;
const notBeforeOf = async (answer: AuthAnswer) => (await stateOf(answer))?.notBefore ?? 0;

const stateOf = async (answer: AuthAnswer) => {
  const { sessionStates } = await users.subgraph.expectData<{
    sessionStates: { isActive: boolean; notBefore: number }[];
  }>({
    query: "query ($ids: [ID!]!) { sessionStates(ids: $ids) { isActive notBefore } }",
    variables: { ids: [claimsIn(answer).sid] },
    viewer: serviceViewer(testTenant, ["sessions"]),
  });
  return sessionStates[0];
};

const changes: [string, (user: UserDocument) => Promise<unknown>][] = [
  ["a password change", (user) => passwordChange(toolsFor(user), { currentPassword: fakePassword, newPassword })],
  [
    "a password reset",
    async (user) => {
      const token = await issueToken(users.models, user, "password-reset");
      return passwordReset(toolsFor(user), { token, newPassword });
    },
  ],
  ["the closing of the own account", (user) => userDeactivate(toolsFor(user))],
  [
    "the closing of an account by staff",
    (user) => userDeactivate({ ...toolsFor(user), viewer: fakeViewer("admin") }, hex(user)),
  ],
  ["an erasure", (user) => personErase(toolsFor(user), user._id)],
];

describe("sessions from before", () => {
  it.each(changes)("%s that was cut off before it ended them are over", async (_, change) => {
    const user = await fakeUser(users.models);
    const [first, second] = [await signInAs(users, user), await signInAs(users, user)];
    expect([await isActive(first), await isActive(second)]).toEqual([true, true]);
    await expect(inTenant(() => change(user))).rejects.toThrow("cut off");
    // Nobody has ended them one by one, so that what follows is the account's doing.
    expect(await aliveSessions(users, user._id)).toBe(2);
    expect([await isActive(first), await isActive(second)]).toEqual([false, false]);
    expect(await refresh(users, first)).toMatchObject({
      accessToken: null,
      userErrors: [{ __typename: "InvalidTokenError" }],
    });
  });

  it("a closed account stay over when it is opened again, and new ones are not touched", async () => {
    const user = await fakeUser(users.models);
    const before = await signInAs(users, user);
    await expect(inTenant(() => userDeactivate(toolsFor(user)))).rejects.toThrow("cut off");
    await inTenant(async () => users.models.User.updateOne({ _id: user._id }, { isActive: true }));
    expect(await isActive(before)).toBe(false);
    const after = await signInAs(users, user);
    expect(await isActive(after)).toBe(true);
    expect(await refresh(users, after)).toMatchObject({ userErrors: [] });
    expect(await refresh(users, before)).toMatchObject({ accessToken: null });
  });

  it("are over whatever the clocks say: each change moves the date on", async () => {
    const sessionsValidFrom = new Date(Date.now() + 86_400_000);
    const user = await fakeUser(users.models, { sessionsValidFrom });
    const before = await signInAs(users, user);
    expect(await isActive(before)).toBe(true);
    await expect(inTenant(() => userDeactivate(toolsFor(user)))).rejects.toThrow("cut off");
    await inTenant(async () => users.models.User.updateOne({ _id: user._id }, { isActive: true }));
    expect(await isActive(before)).toBe(false);
    const now = (await storedUser(users, user)).sessionsValidFrom;
    expect(now?.getTime()).toBe(sessionsValidFrom.getTime() + 1);
  });

  it("end with the person who proved the old password, also when the session is written after the change", async () => {
    const user = await fakeUser(users.models);
    const tools = { models: users.models, sessionTags: noSessionTags, tokens: lifetimes } as SignInTools;
    const begin = (as: UserDocument) => inTenant(() => startSession(tools, as, undefined, {}));
    const viewer = viewerOf(user);
    const ended = await inTenant(() => userDeactivate({ ...toolsFor(user), models: users.models, viewer }));
    expect(ended.userErrors).toEqual([]);
    await inTenant(async () => users.models.User.updateOne({ _id: user._id }, { isActive: true }));
    // Whoever read the account before comes too late, although the session is newer than the change.
    const { session, refreshToken } = await begin(user);
    expect(await inTenant(() => tokensOf(tools, session, refreshToken, {}))).toBeUndefined();
    expect(await alive(session._id)).toBe(false);
  });

  it("are ended one by one by whoever repeats the change", async () => {
    const user = await fakeUser(users.models);
    await signInAs(users, user);
    const admin = fakeViewer("admin");
    await expect(inTenant(() => userDeactivate({ ...toolsFor(user), viewer: admin }, hex(user)))).rejects.toThrow();
    await inTenant(() => userDeactivate({ ...toolsFor(user), models: users.models, viewer: admin }, hex(user)));
    expect(await aliveSessions(users, user._id)).toBe(0);
    const again = await inTenant(() => endSessions(toolsOf(), user._id, { reason: "test", actor }));
    expect(again).toBe(0);
  });
});

describe("access tokens of somebody whose role was set", () => {
  it("are outdated when that was cut off too, and those made afterwards are not", async () => {
    const user = await fakeUser(users.models, { role: "supplier" });
    const before = await signInAs(users, user);
    const input = { id: hex(user), role: "customer" as const };
    const tools = { ...toolsFor(user), viewer: fakeViewer("admin") };
    await expect(inTenant(() => userRoleSet(tools, input))).rejects.toThrow("cut off");
    const notBefore = await notBeforeOf(before);
    expect(claimsIn(before)).toMatchObject({ role: "supplier" });
    expect(claimsIn(before).iat).toBeLessThan(notBefore);
    for (const after of [await signInAs(users, user), await refresh(users, before)]) {
      expect(claimsIn(after)).toMatchObject({ role: "customer" });
      expect(claimsIn(after).iat).toBeGreaterThanOrEqual(await notBeforeOf(after));
    }
  });
});

const toolsOf = () => ({ models: users.models, sessionTags: noSessionTags });

const alive = (_id: Types.ObjectId) =>
  inTenant(async () => (await users.models.Session.countDocuments({ _id, revokedAt: null })) === 1);
