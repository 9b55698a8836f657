import { anonymousViewer } from "@tradegraph/kit/viewer";
import { commandsOf } from "@tradegraph/testkit/command-counter";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { describe, expect, it } from "vitest";
import { hashOf } from "../src/one-time-token.ts";
import {
  type AccountAnswer,
  aliveSessions,
  call,
  eventsOf,
  inTenant,
  mailsToSettle,
  mailTo,
  storedUser,
  tokenIn,
  visitor,
} from "./accounts.ts";
import { fakePassword, fakeUser, hex, newAddress } from "./fakes.ts";
import { signInAs } from "./sign-ins.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();

const newPassword = "seven quiet moss lamps";
const ask = (email: string, tenantId?: string, address?: string) =>
  call(users, {
    call: "passwordResetSend(email: $email)",
    declared: "$email: String!",
    fields: "",
    variables: { email },
    viewer: { ...anonymousViewer(tenantId ?? testTenant), address },
  });
const reset = (token: string, password = newPassword) =>
  call(users, {
    call: "passwordReset(input: $input)",
    declared: "$input: PasswordResetInput!",
    variables: { input: { token, newPassword: password } },
  });
const login = (email: string, password: string) =>
  call(users, {
    call: "login(input: $input)",
    declared: "$input: LoginInput!",
    fields: "accessToken user { id }",
    variables: { input: { email, password } },
  });

const invalid = { user: null, userErrors: [{ __typename: "InvalidTokenError", field: ["input", "token"] }] };

async function newToken({ email }: { email: string }): Promise<string> {
  const count = users.mails.filter(({ to }) => to === email).length + 1;
  await ask(email, undefined, newAddress());
  return tokenIn(await mailTo(users, email, count));
}

describe("passwordResetSend", () => {
  it("sends the owner a link, in any case of the address", async () => {
    const user = await fakeUser(users.models);
    await expect(ask(` ${user.email.toUpperCase()} `)).resolves.toEqual({ userErrors: [] });
    const mail = await mailTo(users, user.email);
    expect(mail.text).toContain("https://shop.example/reset-password#token=");
  });

  it("answers the same, after the same work, with an account, without, and with a closed one", async () => {
    await mailsToSettle(users);
    const known = await fakeUser(users.models);
    const closed = await fakeUser(users.models, { isActive: false });
    const elsewhere = await fakeUser(users.models, {}, "other");
    const emails = [known.email, "nobody.reset@example.com", closed.email, elsewhere.email];
    const seen = [];
    for (const email of emails) {
      const { result, commands } = await commandsOf(users.resources.mongo, () => ask(email));
      // The worker that sends looks into its own collection meanwhile.
      seen.push({ result, commands: commands.filter(({ name }) => name === "insert" || name === "update") });
      await mailsToSettle(users);
    }
    expect(seen.map(({ result }) => result)).toEqual(seen.map(() => ({ userErrors: [] })));
    const writes = seen.map(({ commands }) => [...new Set(commands.map(({ collection }) => collection))].slice(0, 3));
    expect(writes).toEqual(writes.map(() => ["signInAttempts", "auditLog", "mails"]));
    expect(users.mails.filter(({ to }) => emails.slice(1).includes(to))).toEqual([]);
    expect(users.mails.filter(({ to }) => to === known.email)).toHaveLength(1);
  });

  it("sends three to one address, and then no more for a while, known or not", async () => {
    const user = await fakeUser(users.models);
    for (const email of [user.email, "nobody.flood@example.com"]) {
      const kinds = [];
      for (let n = 0; n < 5; n += 1) kinds.push((await ask(email)).userErrors[0]?.__typename);
      const tooMany = "TooManyAttemptsError";
      expect(kinds).toEqual([undefined, undefined, undefined, tooMany, tooMany]);
    }
  });

  it.each(["", "anna", "a,b@example.com", "a@example.com\r\nBcc: b@example.com"])("refuses %j", async (email) => {
    await expect(ask(email)).resolves.toMatchObject({
      userErrors: [{ __typename: "InvalidInputError", field: ["email"] }],
    });
  });
});

describe("passwordReset", () => {
  it("sets the password once, ends all sessions, and tells the owner", async () => {
    const user = await fakeUser(users.models);
    await signInAs(users, user);
    await signInAs(users, user);
    const token = await newToken(user);
    expect(await aliveSessions(users, user._id)).toBe(2);
    await expect(reset(token)).resolves.toEqual({ user: { id: hex(user) }, userErrors: [] });
    expect(await aliveSessions(users, user._id)).toBe(0);
    expect(eventsOf(await storedUser(users, user))).toEqual(["user.passwordReset"]);
    expect((await mailTo(users, user.email, 2)).subject).toBe("Your password was changed");
    await expect(reset(token, "another quiet moss lamp")).resolves.toMatchObject(invalid);
    expect((await login(user.email, fakePassword)).accessToken).toBeNull();
    expect((await login(user.email, newPassword)).accessToken).not.toBeNull();
  });

  it("looks only so often for patterns in new passwords, whoever has a link", async () => {
    const user = await fakeUser(users.models);
    const viewer = { ...visitor, address: newAddress() };
    const token = await newToken(user);
    const kinds = [];
    for (let n = 0; n < 32; n += 1) {
      const variables = { input: { token, newPassword: "password1234" } };
      const asked = {
        call: "passwordReset(input: $input)",
        declared: "$input: PasswordResetInput!",
        variables,
        viewer,
      };
      kinds.push((await call(users, asked)).userErrors[0]?.__typename);
    }
    const tooMany = "TooManyAttemptsError";
    expect(kinds).toEqual([...Array.from({ length: 30 }, () => "InvalidInputError"), tooMany, tooMany]);
  });

  it("ends the lock-out of the account", async () => {
    const user = await fakeUser(users.models);
    for (let n = 0; n < 6; n += 1) await login(user.email, "wrong");
    expect((await login(user.email, fakePassword)).userErrors[0]?.__typename).toBe("TooManyAttemptsError");
    await reset(await newToken(user));
    expect((await login(user.email, newPassword)).accessToken).not.toBeNull();
  });

  it("lets one of several at once through", async () => {
    const user = await fakeUser(users.models);
    const token = await newToken(user);
    const passwords = Array.from({ length: 5 }, (_, n) => `quiet moss lamp number ${n}`);
    const answers = await Promise.all(passwords.map((password) => reset(token, password)));
    const winner = answers.findIndex(({ userErrors }) => userErrors.length === 0);
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    expect((await login(user.email, passwords[winner] ?? "")).accessToken).not.toBeNull();
  });

  it("ends the person's other links too", async () => {
    const user = await fakeUser(users.models);
    const [first, second] = [await newToken(user), await newToken(user)];
    await expect(reset(first)).resolves.toMatchObject({ userErrors: [] });
    await expect(reset(second, "another quiet moss lamp")).resolves.toMatchObject(invalid);
  });

  it("leaves the token good after a password that is not accepted", async () => {
    const user = await fakeUser(users.models);
    const token = await newToken(user);
    for (const password of ["short", "password1234", `my ${user.firstName} moss lamp`]) {
      await expect(reset(token, password)).resolves.toMatchObject({
        user: null,
        userErrors: [{ __typename: "InvalidInputError", field: ["input", "newPassword"] }],
      });
    }
    await expect(reset(token)).resolves.toMatchObject({ userErrors: [] });
  });

  it("says the same of tokens that are unknown, over, for another purpose, of closed accounts and of another shop", async () => {
    const [user, closed] = [await fakeUser(users.models), await fakeUser(users.models)];
    const elsewhere = await fakeUser(users.models, {}, "other");
    const [over, other, ofClosed] = [await newToken(user), await newToken(user), await newToken(closed)];
    const change = (token: string, fields: object) =>
      inTenant(async () => users.models.OneTimeToken.updateOne({ tokenHash: hashOf(token) }, { $set: fields }));
    await change(over, { expiresAt: new Date(Date.now() - 1) });
    await change(other, { purpose: "email-verification" });
    await inTenant(async () => users.models.User.updateOne({ _id: closed._id }, { isActive: false }));
    await ask(elsewhere.email, "other");
    const foreign = tokenIn(await mailTo(users, elsewhere.email));
    const answers: AccountAnswer[] = [];
    for (const token of ["", "x", "x".repeat(43), over, other, ofClosed, foreign]) answers.push(await reset(token));
    expect(answers).toEqual(answers.map(() => answers[0]));
    expect(answers[0]).toMatchObject(invalid);
    for (const each of [user, closed, elsewhere])
      expect((await storedUser(users, each)).passwordHash).toBe(each.passwordHash);
  });
});
