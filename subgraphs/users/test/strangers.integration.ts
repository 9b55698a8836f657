// Nobody is kept out of an account by what others try elsewhere.
import { runForTenant } from "@tradegraph/kit/tenancy";
import { anonymousViewer } from "@tradegraph/kit/viewer";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { beforeEach, describe, expect, it } from "vitest";
import { reserveAttempt } from "../src/commands/reserve-attempt.ts";
import { attemptLimits } from "../src/lockout.ts";
import { fakePassword, fakeUser, newAddress, viewerOf } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();

interface Answer {
  accessToken: string | null;
  userErrors: { __typename: string }[];
}

const inTenant = <T>(work: () => Promise<T>) => runForTenant(testTenant, work);
const wrong = "InvalidCredentialsError";
const tooMany = "TooManyAttemptsError";

/** Where the person is at home. */
let here: string;
beforeEach(() => {
  here = newAddress();
});

/** @returns "in", or the kind of what is wrong */
async function login(email: string, password: string, address = here): Promise<string | undefined> {
  const query = "mutation ($input: LoginInput!) { login(input: $input) { accessToken userErrors { __typename } } }";
  const viewer = { ...anonymousViewer(testTenant), address };
  const variables = { input: { email, password } };
  const data = await users.subgraph.expectData<{ login: Answer }>({ query, variables, viewer });
  return data.login.accessToken ? "in" : data.login.userErrors[0]?.__typename;
}

async function fail(email: string, times: number, address: string): Promise<(string | undefined)[]> {
  const kinds: (string | undefined)[] = [];
  for (let n = 0; n < times; n += 1) kinds.push(await login(email, `wrong horse ${n}`, address));
  return kinds;
}

describe("strangers", () => {
  const locked = (outcome: { retryAt?: Date | undefined }) => outcome.retryAt !== undefined;
  const reserve = (account: string, address: string) =>
    inTenant(() => reserveAttempt(users.models, "sign-in", { account, address }));

  /** Wrong passwords from as many networks. */
  async function spray(account: string, times: number) {
    for (let n = 0; n < times; n += 1) {
      const attempt = await reserve(account, newAddress());
      if (!attempt.retryAt) await inTenant(attempt.fail);
    }
  }

  it("lock nobody out: not from signing in, nor from changing the password, nor from asking for a link", async () => {
    const user = await fakeUser(users.models);
    for (let n = 0; n < 10; n += 1) expect(await fail(user.email, 1, newAddress())).toEqual([wrong]);
    const change = `mutation ($input: PasswordChangeInput!) { passwordChange(input: $input) { userErrors { __typename } } }`;
    const input = { currentPassword: fakePassword, newPassword: "seven quiet moss lamps" };
    await spray(user.emailLower, 60);
    const viewer = { ...viewerOf(user), address: here };
    const changed = await users.subgraph.expectData({ query: change, variables: { input }, viewer });
    expect(changed).toEqual({ passwordChange: { userErrors: [] } });
    expect(await login(user.email, input.newPassword)).toBe("in");

    const ask = async (address: string) => {
      const send = `mutation ($email: String!) { passwordResetSend(email: $email) { userErrors { __typename } } }`;
      const viewer = { ...anonymousViewer(testTenant), address };
      return users.subgraph.expectData({ query: send, variables: { email: user.email }, viewer });
    };
    for (let n = 0; n < 15; n += 1) await ask(newAddress());
    expect(await ask(newAddress())).toMatchObject({ passwordResetSend: { userErrors: [{ __typename: tooMany }] } });
    expect(await ask(here)).toEqual({ passwordResetSend: { userErrors: [] } });
  });

  it("are locked out of one account from all networks together, except from where it has signed in", async () => {
    const user = await fakeUser(users.models);
    expect(await login(user.email, fakePassword, "2001:db8:7:7::1")).toBe("in");
    await spray(user.emailLower, attemptLimits["sign-in"].account.free);
    expect(await login(user.email, fakePassword, newAddress())).toBe(tooMany);
    // A phone has another network of the site each time.
    expect(await login(user.email, fakePassword, "2001:db8:7:8::2")).toBe("in");
    expect(await login(user.email, fakePassword, "2001:db8:8:7::1")).toBe(tooMany);
    // At home the narrow limit holds.
    expect(await fail(user.email, 6, "2001:db8:7:7::1")).toEqual([wrong, wrong, wrong, wrong, wrong, tooMany]);
  });

  it("are locked out alike of an address that has no account", async () => {
    const account = "nobody.sprayed@example.com";
    await spray(account, attemptLimits["sign-in"].account.free);
    expect(locked(await reserve(account, newAddress()))).toBe(true);
  });

  it("from all networks of one site of IPv6 are counted together", async () => {
    const tries = Array.from({ length: 300 }, (_, n) =>
      reserve(`sprayed.${n}@example.com`, `2001:db8:15:${n.toString(16)}::1`),
    );
    const outcomes = await Promise.all(tries);
    expect(outcomes.filter((outcome) => !locked(outcome))).toHaveLength(attemptLimits["sign-in"].address.free * 3);
    expect(locked(await reserve("sprayed@example.com", "2001:db8:16::1"))).toBe(false);
  });

  it("whose addresses are not known share one small network", async () => {
    const inOther = (n: number) =>
      runForTenant("unknown-addresses", () =>
        reserveAttempt(users.models, "registration", { account: `unknown.${n}@example.com` }),
      );
    const outcomes = await Promise.all(Array.from({ length: 300 }, (_, n) => inOther(n)));
    expect(outcomes.filter((outcome) => !locked(outcome))).toHaveLength(20);
  });
});
