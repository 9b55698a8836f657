import { describe, expect, it } from "vitest";
import { hashOf } from "../src/one-time-token.ts";
import {
  type AccountAnswer,
  call,
  eventsOf,
  inTenant,
  mailsToSettle,
  mailTo,
  storedUser,
  tokenIn,
  visitor,
} from "./accounts.ts";
import { fakeUser, hex, viewerOf } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();

const send = (user: Parameters<typeof viewerOf>[0]) =>
  call(users, { call: "emailVerificationSend", viewer: viewerOf(user) });
const verify = (token: string, viewer = visitor) =>
  call(users, { call: "emailVerify(token: $token)", declared: "$token: String!", variables: { token }, viewer });

const invalid = { user: null, userErrors: [{ __typename: "InvalidTokenError", field: ["token"] }] };

async function newToken(user: Awaited<ReturnType<typeof fakeUser>>, count = 1): Promise<string> {
  await send(user);
  return tokenIn(await mailTo(users, user.email, count));
}

describe("emailVerify", () => {
  it("proves the address with the token that was sent to it, for a visitor too, once", async () => {
    const user = await fakeUser(users.models);
    const token = await newToken(user);
    expect((await storedUser(users, user)).emailVerifiedAt).toBeUndefined();
    await expect(verify(token)).resolves.toEqual({ user: { id: hex(user) }, userErrors: [] });
    const stored = await storedUser(users, user);
    expect(stored.emailVerifiedAt?.getTime()).toBeGreaterThan(Date.now() - 60_000);
    expect(eventsOf(stored)).toEqual(["user.emailVerified"]);
    await expect(verify(token)).resolves.toMatchObject(invalid);
  });

  it("shows the date to the person", async () => {
    const user = await fakeUser(users.models);
    await verify(await newToken(user));
    const query = "{ me { emailVerifiedAt } }";
    const data = await users.subgraph.expectData({ query, viewer: viewerOf(user) });
    expect(data).toEqual({ me: { emailVerifiedAt: expect.stringMatching(/Z$/) as string } });
  });

  it("lets one of several at once through", async () => {
    const user = await fakeUser(users.models);
    const token = await newToken(user);
    const answers = await Promise.all(Array.from({ length: 6 }, () => verify(token)));
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    expect(eventsOf(await storedUser(users, user))).toHaveLength(1);
  });

  it("says the same of tokens that are unknown, over, for something else, of closed accounts and of another shop", async () => {
    const user = await fakeUser(users.models);
    const closed = await fakeUser(users.models);
    const elsewhere = await fakeUser(users.models, {}, "other");
    const [over, other, ofClosed] = [await newToken(user), await newToken(user, 2), await newToken(closed)];
    const change = (token: string, fields: object) =>
      inTenant(async () => users.models.OneTimeToken.updateOne({ tokenHash: hashOf(token) }, { $set: fields }));
    await change(over, { expiresAt: new Date(Date.now() - 1) });
    await change(other, { purpose: "password-reset" });
    await inTenant(async () => users.models.User.updateOne({ _id: closed._id }, { isActive: false }));
    await send(elsewhere);
    const foreign = tokenIn(await mailTo(users, elsewhere.email));
    const answers: AccountAnswer[] = [];
    for (const token of ["", "x", "x".repeat(43), over, other, ofClosed, foreign]) answers.push(await verify(token));
    expect(answers).toEqual(answers.map(() => answers[0]));
    expect(answers[0]).toMatchObject(invalid);
    expect((await storedUser(users, elsewhere)).emailVerifiedAt).toBeUndefined();
  });

  it("proves nothing when the address has changed since", async () => {
    const user = await fakeUser(users.models);
    const token = await newToken(user);
    const email = `new.${user.email}`;
    await inTenant(async () =>
      users.models.User.updateOne({ _id: user._id }, { $set: { email, emailLower: email.toLowerCase() } }),
    );
    await expect(verify(token)).resolves.toMatchObject(invalid);
    expect((await storedUser(users, user)).emailVerifiedAt).toBeUndefined();
  });

  it("keeps tokens as hashes only, and five of a person at most", async () => {
    const user = await fakeUser(users.models);
    const tokens = [];
    for (let n = 1; n <= 7; n += 1) {
      tokens.push(await newToken(user, n));
      await inTenant(async () => users.models.SignInAttempt.deleteMany({}));
    }
    const stored = await inTenant(async () => users.models.OneTimeToken.find({ userId: user._id }).lean());
    expect(stored).toHaveLength(5);
    expect(tokens.filter((token) => JSON.stringify(stored).includes(token))).toEqual([]);
    await expect(verify(tokens[0] ?? "")).resolves.toMatchObject(invalid);
    await expect(verify(tokens[2] ?? "")).resolves.toMatchObject({ userErrors: [] });
    // One is enough: the others count no more.
    await expect(verify(tokens[6] ?? "")).resolves.toMatchObject(invalid);
  });
});

describe("emailVerificationSend", () => {
  it("sends nothing when the address is proved already", async () => {
    const user = await fakeUser(users.models, { emailVerifiedAt: new Date() });
    await expect(send(user)).resolves.toEqual({ user: { id: hex(user) }, userErrors: [] });
    await mailsToSettle(users);
    expect(users.mails.filter(({ to }) => to === user.email)).toEqual([]);
  });

  it("sends three, and then no more for a while", async () => {
    const user = await fakeUser(users.models);
    const answers = [];
    for (let n = 0; n < 5; n += 1) answers.push(await send(user));
    expect(answers.map(({ userErrors }) => userErrors[0]?.__typename)).toEqual([
      ...[undefined, undefined, undefined],
      ...["TooManyAttemptsError", "TooManyAttemptsError"],
    ]);
    await mailsToSettle(users);
    expect(users.mails.filter(({ to }) => to === user.email)).toHaveLength(3);
  });

  it("is refused to visitors and to closed accounts", async () => {
    const closed = await fakeUser(users.models, { isActive: false });
    const query = "mutation { emailVerificationSend { userErrors { message } } }";
    for (const viewer of [visitor, viewerOf(closed)]) {
      const answer = await users.subgraph.execute({ query, viewer });
      expect(answer.errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
    }
  });
});
