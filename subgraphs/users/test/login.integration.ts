import { jwksPath } from "@tradegraph/kit/access-token";
import { maskErrors } from "@tradegraph/kit/error-masking";
import { createLogger } from "@tradegraph/kit/logger";
import { noSessionTags } from "@tradegraph/kit/session-tag";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { anonymousViewer } from "@tradegraph/kit/viewer";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { hash as argon2 } from "@node-rs/argon2";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import { login as loginCommand } from "../src/commands/login.ts";
import { type Passwords } from "../src/password.ts";
import { type TokenIssuer } from "../src/token-issuer.ts";
import { fakeCompany, fakeMembership, fakePassword, fakeUser, hex, newId, viewerOf } from "./fakes.ts";
import { startUsers, tokenLifetimeSeconds } from "./start-users.ts";

const users = startUsers();

interface Payload {
  accessToken: string | null;
  expiresAt: string | null;
  user: Record<string, unknown> | null;
  userErrors: { __typename: string; message: string; field: string[] | null }[];
}

const query = `mutation ($input: LoginInput!) { login(input: $input) {
  accessToken expiresAt user { id email role lastLogin memberships { role company { name } } }
  userErrors { __typename message field } } }`;

async function login(input: Record<string, unknown>, tenantId = testTenant): Promise<Payload> {
  const viewer = anonymousViewer(tenantId);
  const data = await users.subgraph.expectData<{ login: Payload }>({ query, variables: { input }, viewer });
  return data.login;
}

async function claimsOf(accessToken: string | null) {
  const keys = createRemoteJWKSet(new URL(jwksPath, users.subgraph.url));
  const options = { issuer: "test-issuer", audience: "test-audience", typ: "at+jwt", algorithms: ["RS256"] };
  return jwtVerify(accessToken ?? "", keys, options);
}

const visit = { viewer: anonymousViewer(testTenant), requestId: "r1" };

const nothing = { accessToken: null, expiresAt: null, user: null };
const wrongCredentials = {
  ...nothing,
  userErrors: [
    { __typename: "InvalidCredentialsError", message: "E-mail address or password is wrong.", field: ["input"] },
  ],
};

describe("login", () => {
  it("gives a token that the published keys verify, with all claims", async () => {
    const user = await fakeUser(users.models);
    const company = await fakeCompany(users.models);
    await fakeMembership(users.models, { user, company, role: "approver" });
    const { accessToken, expiresAt, userErrors } = await login({ email: user.email, password: fakePassword });
    expect(userErrors).toEqual([]);
    const { payload, protectedHeader } = await claimsOf(accessToken);
    expect(payload).toEqual({
      sub: hex(user),
      tid: testTenant,
      sid: expect.stringMatching(/^[0-9a-f]{24}$/) as string,
      role: "customer",
      scope: "orders:place orders:read-all orders:approve",
      cid: hex(company),
      iss: "test-issuer",
      aud: "test-audience",
      iat: expect.any(Number) as number,
      exp: (payload.iat ?? 0) + tokenLifetimeSeconds,
      jti: expect.stringMatching(/^[\da-f-]{36}$/) as string,
    });
    expect(protectedHeader).toEqual({ alg: "RS256", typ: "at+jwt", kid: expect.any(String) as string });
    expect(new Date(expiresAt ?? "").getTime()).toBe((payload.exp ?? 0) * 1_000);
  });

  it("takes the address in any case and with blanks around it, and sets the last sign-in", async () => {
    const user = await fakeUser(users.models);
    const began = Date.now();
    const answer = await login({ email: `  ${user.email.toUpperCase()} `, password: fakePassword });
    expect(new Date(String(answer.user?.lastLogin)).getTime()).toBeGreaterThanOrEqual(began);
    const stored = await runForTenant(testTenant, async () => users.models.User.findById(user._id).lean());
    expect(stored?.lastLogin?.getTime()).toBeGreaterThanOrEqual(began);
    expect(stored?.updatedAt).toEqual(user.updatedAt);
  });

  it("lets the person read the own account in the same answer", async () => {
    const user = await fakeUser(users.models);
    const company = await fakeCompany(users.models);
    await fakeMembership(users.models, { user, company });
    const answer = await login({ email: user.email, password: fakePassword });
    expect(answer.user).toMatchObject({
      id: hex(user),
      email: user.email,
      role: "CUSTOMER",
      memberships: [{ role: "BUYER", company: { name: company.name } }],
    });
  });

  it("acts for the first company, and for another when asked", async () => {
    const user = await fakeUser(users.models);
    const [first, second] = [await fakeCompany(users.models), await fakeCompany(users.models)];
    await fakeMembership(users.models, { user, company: first });
    await fakeMembership(users.models, { user, company: second, role: "company_admin" });
    const input = { email: user.email, password: fakePassword };
    const { payload } = await claimsOf((await login(input)).accessToken);
    expect(payload).toMatchObject({ cid: hex(first), scope: "orders:place" });
    const other = await claimsOf((await login({ ...input, companyId: hex(second) })).accessToken);
    expect(other.payload).toMatchObject({
      cid: hex(second),
      scope: "orders:place orders:read-all orders:approve members:manage company:manage",
    });
  });

  it.each([
    ["of others", async () => hex(await fakeCompany(users.models))],
    ["that do not exist", () => Promise.resolve(hex({ _id: newId() }))],
    ["that are no ids", () => Promise.resolve("nonsense")],
  ])("refuses to act for companies %s", async (_, companyId) => {
    const user = await fakeUser(users.models);
    const answer = await login({ email: user.email, password: fakePassword, companyId: await companyId() });
    expect(answer).toMatchObject({
      ...nothing,
      userErrors: [{ __typename: "InvalidInputError", field: ["input", "companyId"] }],
    });
  });

  it("lets nobody order for a company that is not active", async () => {
    const user = await fakeUser(users.models);
    const company = await fakeCompany(users.models, { status: "suspended" });
    await fakeMembership(users.models, { user, company, role: "company_admin" });
    const { payload } = await claimsOf((await login({ email: user.email, password: fakePassword })).accessToken);
    expect(payload).toMatchObject({ cid: hex(company), scope: "orders:read-all members:manage company:manage" });
  });

  it("gives staff the scope admin and no company", async () => {
    const user = await fakeUser(users.models, { role: "admin" });
    const { payload } = await claimsOf((await login({ email: user.email, password: fakePassword })).accessToken);
    expect(payload).toMatchObject({ role: "admin", scope: "admin" });
    expect(payload).not.toHaveProperty("cid");
  });

  it("leaves a trace of a right password for a company of others, and counts it as a try", async () => {
    const user = await fakeUser(users.models);
    const kinds = [];
    for (let n = 0; n < 6; n += 1) {
      const answer = await login({ email: user.email, password: fakePassword, companyId: "f".repeat(24) });
      kinds.push(answer.userErrors[0]?.__typename);
    }
    expect(kinds).toEqual([...Array.from({ length: 5 }, () => "InvalidInputError"), "TooManyAttemptsError"]);
    const entries = await users.models.AuditEntry.collection.find({ "subject.id": hex(user) }).toArray();
    expect(entries).toMatchObject([{ action: "login.refused", outcome: "refused", code: "NOT_A_MEMBER" }]);
  });

  it("gives one answer for a wrong password, an unknown address, a closed account and another shop's account", async () => {
    const user = await fakeUser(users.models);
    const closed = await fakeUser(users.models, { isActive: false });
    const elsewhere = await fakeUser(users.models, {}, "other");
    const password = fakePassword;
    await expect(login({ email: user.email, password: "wrong horse battery" })).resolves.toEqual(wrongCredentials);
    await expect(login({ email: "nobody@example.com", password })).resolves.toEqual(wrongCredentials);
    await expect(login({ email: closed.email, password })).resolves.toEqual(wrongCredentials);
    await expect(login({ email: closed.email, password, companyId: "nonsense" })).resolves.toEqual(wrongCredentials);
    await expect(login({ email: elsewhere.email, password })).resolves.toEqual(wrongCredentials);
    await expect(login({ email: elsewhere.email, password }, "other")).resolves.toMatchObject({ userErrors: [] });
    const stored = await runForTenant(testTenant, async () => users.models.User.findById(user._id).lean());
    expect(stored?.lastLogin).toEqual(user.lastLogin);
  });

  it("does not hash what is longer than a password can be", async () => {
    const user = await fakeUser(users.models);
    await expect(login({ email: user.email, password: "x".repeat(50_000) })).resolves.toEqual(wrongCredentials);
  });

  it("checks the password of an unknown address too, so that it takes as long", async () => {
    const checked: (string | undefined)[] = [];
    const passwords: Passwords = {
      hash: () => Promise.reject(new Error("not here")),
      verify: (passwordHash) => Promise.resolve(checked.push(passwordHash) < 0),
    };
    const tools = { models: users.models, passwords, tokens: {} as TokenIssuer, sessionTags: noSessionTags, ...visit };
    const input = { email: "nobody@example.com", password: fakePassword };
    const answer = await runForTenant(testTenant, () => loginCommand(tools, input));
    expect(answer.userErrors).toHaveLength(1);
    expect(checked).toEqual([undefined]);
  });

  it("lets in nobody whose account was closed or password changed while the password was checked", async () => {
    const user = await fakeUser(users.models);
    for (const change of [{ isActive: false }, { passwordHash: "$argon2id$other" }]) {
      const passwords: Passwords = {
        hash: () => Promise.reject(new Error("not here")),
        verify: async () => (await users.models.User.updateOne({ _id: user._id }, change)).modifiedCount === 1,
      };
      const tools = {
        models: users.models,
        passwords,
        tokens: {} as TokenIssuer,
        sessionTags: noSessionTags,
        ...visit,
      };
      const input = { email: user.email, password: fakePassword };
      const answer = await runForTenant(testTenant, () => loginCommand(tools, input));
      expect(answer.userErrors).toMatchObject([{ __typename: "InvalidCredentialsError" }]);
      await runForTenant(testTenant, async () => users.models.User.updateOne({ _id: user._id }, { isActive: true }));
    }
  });

  it("makes the hash anew when its costs are of old, and keeps it otherwise", async () => {
    const old = await argon2(fakePassword, { memoryCost: 4_096, timeCost: 1, parallelism: 1 });
    const user = await fakeUser(users.models, { passwordHash: old });
    const hashNow = async () =>
      (await runForTenant(testTenant, async () => users.models.User.findById(user._id).select("+passwordHash").lean()))
        ?.passwordHash ?? "";
    const input = { email: user.email, password: fakePassword };
    await expect(login(input)).resolves.toMatchObject({ userErrors: [] });
    const renewed = await hashNow();
    expect(renewed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await expect(login(input)).resolves.toMatchObject({ userErrors: [] });
    expect(await hashNow()).toBe(renewed);
  });

  it("signs in nobody else's session: a signed-in viewer becomes the person of the password", async () => {
    const [before, after] = [await fakeUser(users.models), await fakeUser(users.models)];
    const input = { email: after.email, password: fakePassword };
    const data = await users.subgraph.expectData<{ login: Payload }>({
      query,
      variables: { input },
      viewer: viewerOf(before),
    });
    expect(data.login.user?.id).toBe(hex(after));
  });

  it("keeps the password out of answers to failures", async () => {
    const lines: string[] = [];
    const logger = createLogger({ service: "test", level: "info", destination: { write: (line) => lines.push(line) } });
    const formatted = maskErrors(logger)(
      { message: "x" },
      Object.assign(new Error("boom"), { passwordHash: "$argon2id$secret", password: "secret" }),
    );
    expect(JSON.stringify([formatted, lines])).not.toContain("secret");
  });
});
