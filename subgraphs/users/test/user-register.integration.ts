import { runForTenant } from "@tradegraph/kit/tenancy";
import { anonymousViewer } from "@tradegraph/kit/viewer";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { decodeJwt } from "jose";
import { describe, expect, it } from "vitest";
import { reserveAttempt } from "../src/commands/reserve-attempt.ts";
import { attemptLimits, type LimitedAction } from "../src/lockout.ts";
import { fakePassword, fakeUser, newAddress } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();

interface Payload {
  accessToken: string | null;
  expiresAt: string | null;
  user: Record<string, unknown> | null;
  userErrors: { __typename: string; field: string[] }[];
}

const query = `mutation ($input: UserRegisterInput!) { userRegister(input: $input) {
  accessToken expiresAt user { id email role firstName lastName isActive lastLogin memberships { id } }
  userErrors { __typename message field } } }`;

let serial = 0;
const person = (overrides: Record<string, string> = {}) => {
  serial += 1;
  return {
    email: `new.${serial}@example.com`,
    password: fakePassword,
    firstName: "Ben",
    lastName: "Costa",
    ...overrides,
  };
};

async function register(input: Record<string, string>, tenantId = testTenant): Promise<Payload> {
  const viewer = { ...anonymousViewer(tenantId), address: newAddress() };
  const data = await users.subgraph.expectData<{ userRegister: Payload }>({ query, variables: { input }, viewer });
  return data.userRegister;
}

const reserve = (account: string, address: string, action: LimitedAction) =>
  runForTenant(testTenant, () => reserveAttempt(users.models, action, { account, address }));

const accounts = (emailLower: string, tenantId = testTenant) =>
  runForTenant(tenantId, async () => users.models.User.find({ emailLower }).select("+passwordHash").lean());

describe("userRegister", () => {
  it("opens a customer's account and signs it in", async () => {
    const answer = await register(person({ email: " Ben@Example.com ", firstName: " Ben " }));
    expect(answer).toMatchObject({
      userErrors: [],
      user: { email: "Ben@Example.com", firstName: "Ben", role: "CUSTOMER", isActive: true, memberships: [] },
    });
    expect(decodeJwt(answer.accessToken ?? "")).toMatchObject({
      sub: answer.user?.id,
      tid: testTenant,
      role: "customer",
      scope: "",
    });
    expect(answer.user?.lastLogin).not.toBeNull();
    const [stored] = await accounts("ben@example.com");
    expect(stored?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it("opens an account that can sign in", async () => {
    const input = person();
    await register(input);
    const data = await users.subgraph.expectData({
      query: "mutation ($input: LoginInput!) { login(input: $input) { userErrors { message } user { id } } }",
      variables: { input: { email: input.email, password: input.password } },
    });
    expect(data).toMatchObject({ login: { userErrors: [], user: { id: expect.any(String) as string } } });
  });

  it.each([
    ["email", { email: "" }],
    ["email", { email: "anna" }],
    ["email", { email: "anna@example" }],
    ["email", { email: "an na@example.com" }],
    ["email", { email: `${"a".repeat(250)}@example.com` }],
    ["password", { password: "elevenchars" }],
    ["password", { password: "x".repeat(129) }],
    ["password", { password: "password1234" }],
    ["password", { password: "my costa shore 41" }],
    ["firstName", { firstName: "  " }],
    ["firstName", { firstName: "Ben\nBcc: x@example.com" }],
    ["firstName", { firstName: "x".repeat(101) }],
    ["lastName", { lastName: "" }],
  ])("refuses a wrong %s and opens nothing: %j", async (field, overrides) => {
    const input = person(overrides as Record<string, string>);
    const answer = await register(input);
    expect(answer).toMatchObject({ accessToken: null, expiresAt: null, user: null });
    expect(answer.userErrors).toEqual([
      { __typename: "InvalidInputError", field: ["input", field], message: expect.any(String) as string },
    ]);
    await expect(accounts(input.email.toLowerCase())).resolves.toEqual([]);
  });

  it("names everything that is wrong at once", async () => {
    const { userErrors } = await register({ email: "x", password: "x", firstName: "", lastName: "" });
    expect(userErrors.map(({ field }) => field[1])).toEqual(["email", "password", "firstName", "lastName"]);
  });

  it("does not look for patterns in the password of what is refused anyway, nor often for one client", async () => {
    const weak = "password1234";
    const { userErrors } = await register(person({ email: "no address", password: weak }));
    expect(userErrors.map(({ field }) => field[1])).toEqual(["email"]);
    const viewer = { ...anonymousViewer(testTenant), address: newAddress() };
    const kinds = [];
    for (let n = 0; n < 12; n += 1) {
      const aliases = Array.from(
        { length: 10 },
        (_, at) => `a${at}: userRegister(input: { email: "p${at}.${n}@example.com", password: "${weak}", firstName: "A",
          lastName: "B" }) { userErrors { __typename } }`,
      );
      const data = await users.subgraph.expectData<Record<string, Payload>>({
        query: `mutation { ${aliases.join("\n")} }`,
        viewer,
      });
      kinds.push(...Object.values(data).map((payload) => payload.userErrors[0]?.__typename));
    }
    const looked = attemptLimits["password-strength"].address.free;
    expect(kinds.filter((kind) => kind === "InvalidInputError")).toHaveLength(looked);
    expect(kinds.slice(looked)).toEqual(Array.from({ length: 120 - looked }, () => "TooManyAttemptsError"));
  });

  it("leaves an address to its owner: nobody takes it in letters that only look the same", async () => {
    await expect(register(person({ email: "mar\u212a.owner@example.com" }))).resolves.toMatchObject({
      userErrors: [{ __typename: "InvalidInputError", field: ["input", "email"] }],
    });
    await expect(register(person({ email: "mark.owner@example.com" }))).resolves.toMatchObject({ userErrors: [] });
  });

  it("takes the longest and the shortest that are allowed", async () => {
    const phrase = "quiet moss under 9 lamps, ";
    const long = {
      email: `${"a".repeat(242)}@example.com`,
      password: phrase.repeat(5).slice(0, 128).padEnd(128, "q"),
      firstName: "x".repeat(100),
    };
    await expect(register(person(long))).resolves.toMatchObject({ userErrors: [] });
    await expect(register(person({ password: "moss-41-tide", lastName: "X" }))).resolves.toMatchObject({
      userErrors: [],
    });
  });

  it("refuses an address that has an account, in any case", async () => {
    const user = await fakeUser(users.models);
    const answer = await register(person({ email: user.email.toUpperCase() }));
    expect(answer).toMatchObject({
      accessToken: null,
      user: null,
      userErrors: [{ __typename: "EmailTakenError", field: ["input", "email"] }],
    });
  });

  it("lets the same address register in another shop", async () => {
    const user = await fakeUser(users.models);
    await expect(register(person({ email: user.email }), "other")).resolves.toMatchObject({ userErrors: [] });
  });

  it("sends a message that proves the address, and tells the audit log", async () => {
    const input = person();
    const { user } = await register(input);
    await expect.poll(() => users.mails.find(({ to }) => to === input.email)?.text).toContain("/verify-email#token=");
    const [stored] = await accounts(input.email);
    expect(stored?.emailVerifiedAt).toBeUndefined();
    expect(stored?.outbox).toMatchObject([
      {
        type: "user.registered",
        actor: { role: "customer", userId: user?.id, requestId: expect.any(String) as string },
      },
    ]);
  });

  it("lets one address of the network open only so many accounts at a time", async () => {
    const viewer = { ...anonymousViewer(testTenant), address: "192.0.2.77" };
    const input = person();
    const { free } = attemptLimits.registration.address;
    const tries = Array.from({ length: free }, (_, n) =>
      reserve(`someone.${n}@example.com`, viewer.address, "registration"),
    );
    await runForTenant(testTenant, async () =>
      Promise.all((await Promise.all(tries)).map((outcome) => "fail" in outcome && outcome.fail())),
    );
    const blocked = { query, variables: { input }, viewer };
    const { userRegister } = await users.subgraph.expectData<{ userRegister: Payload }>(blocked);
    expect(userRegister.userErrors).toMatchObject([{ __typename: "TooManyAttemptsError" }]);
    await expect(accounts(input.email)).resolves.toEqual([]);
    await expect(register(input)).resolves.toMatchObject({ userErrors: [] });
  });

  it("opens exactly one account when one address registers several times at once", async () => {
    const input = person();
    const answers = await Promise.all(Array.from({ length: 4 }, () => register(input)));
    const failures = answers.flatMap(({ userErrors }) => userErrors.map(({ __typename }) => __typename));
    expect(failures).toEqual(Array.from({ length: 3 }, () => "EmailTakenError"));
    expect(answers.filter(({ accessToken }) => accessToken !== null)).toHaveLength(1);
    await expect(accounts(input.email)).resolves.toHaveLength(1);
  });
});
