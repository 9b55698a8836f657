import { noSessionTags } from "@tradegraph/kit/session-tag";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { type Viewer } from "@tradegraph/kit/viewer";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { describe, expect, it } from "vitest";
import { startSession } from "../src/commands/session-start.ts";
import { fakeUser, newId, viewerOf } from "./fakes.ts";
import { claimsIn, refresh, signInAs, storedSession, viewerIn } from "./sign-ins.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();

interface Ended {
  ended: number;
  userErrors: { __typename: string; field: string[] | null }[];
}

const logout = async (viewer: Viewer, everywhere?: boolean) => {
  const query = "mutation ($everywhere: Boolean) { logout(everywhere: $everywhere) { ended userErrors { message } } }";
  const data = await users.subgraph.expectData<{ logout: Ended }>({ query, variables: { everywhere }, viewer });
  return data.logout.ended;
};

const revoke = async (viewer: Viewer, id: string) => {
  const query = "mutation ($id: ID!) { sessionRevoke(id: $id) { ended userErrors { __typename field } } }";
  const data = await users.subgraph.expectData<{ sessionRevoke: Ended }>({ query, variables: { id }, viewer });
  return data.sessionRevoke;
};

const isOpen = async (answer: Parameters<typeof storedSession>[1]) =>
  (await storedSession(users, answer)).revokedAt === undefined;

describe("logout", () => {
  it("ends the session of the request, its refresh token too, and no other", async () => {
    const user = await fakeUser(users.models);
    const [here, there] = [await signInAs(users, user), await signInAs(users, user)];
    expect(await logout(viewerIn(user, here))).toBe(1);
    expect([await isOpen(here), await isOpen(there)]).toEqual([false, true]);
    expect((await refresh(users, here)).userErrors).toMatchObject([{ __typename: "InvalidTokenError" }]);
    const session = await storedSession(users, here);
    expect(session.outbox.at(-1)).toMatchObject({
      type: "session.ended",
      actor: { role: "customer", userId: user._id.toHexString(), sessionId: claimsIn(here).sid },
      data: { reason: "logout" },
    });
  });

  it("ends all sessions of the user and of nobody else", async () => {
    const [user, other] = [await fakeUser(users.models), await fakeUser(users.models)];
    const [here, there, theirs] = [
      await signInAs(users, user),
      await signInAs(users, user),
      await signInAs(users, other),
    ];
    expect(await logout(viewerIn(user, here), true)).toBe(2);
    expect([await isOpen(here), await isOpen(there), await isOpen(theirs)]).toEqual([false, false, true]);
  });

  it("does no harm when repeated, and ends nothing for a token of no session", async () => {
    const user = await fakeUser(users.models);
    const here = await signInAs(users, user);
    expect([await logout(viewerIn(user, here)), await logout(viewerIn(user, here))]).toEqual([1, 0]);
    expect(await logout(viewerOf(user))).toBe(0);
  });

  it("counts each session once when called many times at once", async () => {
    const user = await fakeUser(users.models);
    const here = await signInAs(users, user);
    const counts = await Promise.all(Array.from({ length: 10 }, () => logout(viewerIn(user, here), true)));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect((await storedSession(users, here)).outbox.filter(({ type }) => type === "session.ended")).toHaveLength(1);
  });

  it("is refused to visitors", async () => {
    const answer = await users.subgraph.execute({ query: "mutation { logout { ended } }" });
    expect(answer.errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
  });
});

describe("sessionRevoke", () => {
  it("ends one of the viewer's sessions", async () => {
    const user = await fakeUser(users.models);
    const [here, there] = [await signInAs(users, user), await signInAs(users, user)];
    expect(await revoke(viewerIn(user, here), claimsIn(there).sid)).toEqual({ ended: 1, userErrors: [] });
    expect([await isOpen(here), await isOpen(there)]).toEqual([true, false]);
  });

  it("answers alike for sessions of others, of another shop, that do not exist, and that are no ids", async () => {
    const [user, other] = [await fakeUser(users.models), await fakeUser(users.models)];
    const [here, theirs] = [await signInAs(users, user), await signInAs(users, other)];
    const elsewhere = await signInAs(users, await fakeUser(users.models, {}, "other"));
    for (const id of [claimsIn(theirs).sid, claimsIn(elsewhere).sid, newId().toHexString(), "nonsense", ""]) {
      expect(await revoke(viewerIn(user, here), id)).toEqual({
        ended: 0,
        userErrors: [{ __typename: "InvalidTokenError", field: ["id"] }],
      });
    }
    expect(await isOpen(theirs)).toBe(true);
    expect((await storedSession(users, elsewhere, "other")).revokedAt).toBeUndefined();
  });
});

describe("signing in", () => {
  it("ends the session used longest ago when there are more than twenty", async () => {
    const user = await fakeUser(users.models);
    const answers = [];
    for (let n = 0; n < 20; n += 1) answers.push(await signInAs(users, user));
    const [oldest, second] = answers;
    if (!oldest || !second) throw new Error("Nobody signed in.");
    await runForTenant(testTenant, async () =>
      users.models.Session.updateOne({ _id: claimsIn(oldest).sid }, { lastUsedAt: new Date() }),
    );
    await signInAs(users, user);
    expect([await isOpen(oldest), await isOpen(second)]).toEqual([true, false]);
    expect(await storedSession(users, second)).toMatchObject({ revokedReason: "too many sessions" });
  });

  it("leaves twenty of thirty that begin at once", async () => {
    const user = await fakeUser(users.models);
    const tokens = { lifetimeSeconds: 900, refreshLifetimeSeconds: 3_600 };
    const tools = { models: users.models, sessionTags: noSessionTags, tokens };
    // Not by login: so many tries of one account at once are locked out.
    const begin = () => runForTenant(testTenant, () => startSession(tools, user, undefined, {}));
    await Promise.all(Array.from({ length: 30 }, begin));
    const open = { userId: user._id, revokedAt: null };
    expect(await runForTenant(testTenant, async () => users.models.Session.countDocuments(open))).toBe(20);
  });
});
