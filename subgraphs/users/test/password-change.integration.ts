import { decodeJwt } from "jose";
import { describe, expect, it } from "vitest";
import { aliveSessions, call, eventsOf, inTenant, mailTo, storedUser, visitor } from "./accounts.ts";
import { fakeCompany, fakeMembership, fakePassword, fakeUser, hex, viewerOf } from "./fakes.ts";
import { signInAs, viewerIn } from "./sign-ins.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();
const newPassword = "seven quiet moss lamps";

const declared = "$input: PasswordChangeInput!";
const change = (viewer: ReturnType<typeof viewerOf>, currentPassword: string, next = newPassword) =>
  call(users, {
    call: "passwordChange(input: $input)",
    declared,
    fields: "accessToken refreshToken user { id email }",
    variables: { input: { currentPassword, newPassword: next } },
    viewer: { address: "192.0.2.50", ...viewer },
  });

describe("passwordChange", () => {
  it("sets the password, ends all sessions, answers with tokens of a new one and tells the owner", async () => {
    const user = await fakeUser(users.models);
    const company = await fakeCompany(users.models);
    await fakeMembership(users.models, { user, company });
    const [here] = [await signInAs(users, user), await signInAs(users, user)];
    const viewer = { ...viewerIn(user, here), companyId: hex(company) };
    const answer = await change(viewer, fakePassword);
    expect(answer).toMatchObject({ user: { email: user.email }, userErrors: [] });
    expect(decodeJwt(answer.accessToken ?? "")).toMatchObject({ sub: hex(user), cid: hex(company) });
    expect(await aliveSessions(users, user._id)).toBe(1);
    const stored = await storedUser(users, user);
    expect(stored.passwordHash).not.toBe(user.passwordHash);
    expect(eventsOf(stored)).toEqual(["user.passwordChanged"]);
    expect((await mailTo(users, user.email)).subject).toBe("Your password was changed");
    await expect(change(viewerOf(user), newPassword, "eight other moss lamps")).resolves.toMatchObject({
      userErrors: [],
    });
  });

  it("needs the password until now, and counts wrong ones, apart from those of strangers who sign in", async () => {
    const user = await fakeUser(users.models);
    const kinds = [];
    for (let n = 0; n < 6; n += 1) kinds.push((await change(viewerOf(user), `wrong ${n}`)).userErrors[0]);
    expect(kinds.slice(0, 5)).toMatchObject(
      Array.from({ length: 5 }, () => ({ __typename: "InvalidInputError", field: ["input", "currentPassword"] })),
    );
    expect(kinds[5]?.__typename).toBe("TooManyAttemptsError");
    expect((await change(viewerOf(user), fakePassword)).userErrors[0]?.__typename).toBe("TooManyAttemptsError");
    expect((await signInAs(users, user)).userErrors).toEqual([]);
    expect((await storedUser(users, user)).passwordHash).toBe(user.passwordHash);
    const actions = await inTenant(async () => users.models.AuditEntry.distinct("action", { category: "security" }));
    expect(actions).toContain("passwordChange.refused");
  });

  it.each(["short", "password1234", "my anna moss lamp", fakePassword])(
    "refuses %j as new password, which is no try",
    async (next) => {
      const user = await fakeUser(users.models);
      for (let n = 0; n < 6; n += 1) {
        await expect(change(viewerOf(user), fakePassword, next)).resolves.toMatchObject({
          accessToken: null,
          userErrors: [{ __typename: "InvalidInputError", field: ["input", "newPassword"] }],
        });
      }
      expect((await storedUser(users, user)).passwordHash).toBe(user.passwordHash);
    },
  );

  it("looks only so often for patterns in new passwords", async () => {
    const user = await fakeUser(users.models);
    const kinds = [];
    for (let n = 0; n < 32; n += 1)
      kinds.push((await change(viewerOf(user), fakePassword, "password1234")).userErrors[0]?.__typename);
    const tooMany = "TooManyAttemptsError";
    expect(kinds).toEqual([...Array.from({ length: 30 }, () => "InvalidInputError"), tooMany, tooMany]);
  });

  it("lets one of several at once through", async () => {
    const user = await fakeUser(users.models);
    const query = `mutation (${declared}) { passwordChange(input: $input) { accessToken } }`;
    const answers = await Promise.all(
      Array.from({ length: 4 }, (_, n) => {
        const input = { currentPassword: fakePassword, newPassword: `quiet moss lamp number ${n}` };
        return users.subgraph.execute<{ passwordChange: { accessToken: string | null } }>({
          query,
          variables: { input },
          viewer: viewerOf(user),
        });
      }),
    );
    expect(answers.filter(({ data }) => data?.passwordChange?.accessToken)).toHaveLength(1);
    expect(eventsOf(await storedUser(users, user))).toEqual(["user.passwordChanged"]);
  });

  it("is refused to visitors and closed accounts", async () => {
    const closed = await fakeUser(users.models, { isActive: false });
    const query = `mutation (${declared}) { passwordChange(input: $input) { accessToken } }`;
    const variables = { input: { currentPassword: fakePassword, newPassword } };
    for (const viewer of [visitor, viewerOf(closed), { ...viewerOf(closed), tenantId: "other" }]) {
      const answer = await users.subgraph.execute({ query, variables, viewer });
      expect(answer.errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
    }
  });
});
