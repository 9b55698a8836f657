import { runForTenant } from "@tradegraph/kit/tenancy";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { describe, expect, it } from "vitest";
import { fakeCompany, fakeMembership, fakeUser, hex } from "./fakes.ts";
import { claimsIn, refresh, signInAs, viewerIn, visitorAddress } from "./sign-ins.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();

const query = "{ sessions { id createdAt lastUsedAt expiresAt address company { id } isCurrent } }";

interface Session {
  id: string;
  createdAt: string;
  lastUsedAt: string;
  isCurrent: boolean;
}

describe("sessions", () => {
  it("are the viewer's own, latest first, with the one of the request marked", async () => {
    const [user, other] = [await fakeUser(users.models), await fakeUser(users.models)];
    const company = await fakeCompany(users.models);
    await fakeMembership(users.models, { user, company });
    const [first, second] = [await signInAs(users, user), await signInAs(users, user)];
    await signInAs(users, other);
    await refresh(users, first);
    const viewer = viewerIn(user, second);
    const { sessions } = await users.subgraph.expectData<{ sessions: Session[] }>({ query, viewer });
    expect(sessions).toMatchObject([
      { id: claimsIn(first).sid, address: visitorAddress, company: { id: hex(company) }, isCurrent: false },
      { id: claimsIn(second).sid, isCurrent: true },
    ]);
    expect(Date.parse(sessions[0]?.lastUsedAt ?? "")).toBeGreaterThan(Date.parse(sessions[0]?.createdAt ?? ""));
  });

  it("leave out those that have ended or run out", async () => {
    const user = await fakeUser(users.models);
    const answers = [await signInAs(users, user), await signInAs(users, user), await signInAs(users, user)];
    const [here, ended, over] = answers.map((answer) => claimsIn(answer).sid);
    await runForTenant(testTenant, async () => {
      await users.models.Session.updateOne({ _id: ended }, { revokedAt: new Date() });
      await users.models.Session.updateOne({ _id: over }, { expiresAt: new Date(Date.now() - 1) });
    });
    const viewer = viewerIn(user, answers[0] as never);
    const { sessions } = await users.subgraph.expectData<{ sessions: Session[] }>({ query, viewer });
    expect(sessions.map(({ id }) => id)).toEqual([here]);
  });

  it("are refused to visitors", async () => {
    const answer = await users.subgraph.execute({ query });
    expect(answer.errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
  });
});
