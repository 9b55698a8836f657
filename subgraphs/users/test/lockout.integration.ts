import { runForTenant } from "@tradegraph/kit/tenancy";
import { noSessionTags } from "@tradegraph/kit/session-tag";
import { serviceUnavailable } from "@tradegraph/kit/errors";
import { anonymousViewer } from "@tradegraph/kit/viewer";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { beforeEach, describe, expect, it } from "vitest";
import { login as loginCommand } from "../src/commands/login.ts";
import { reserveAttempt } from "../src/commands/reserve-attempt.ts";
import { attemptLimits, countedAttempts } from "../src/lockout.ts";
import { type Passwords } from "../src/password.ts";
import { type TokenIssuer } from "../src/token-issuer.ts";
import { fakePassword, fakeUser, newAddress } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers({ refusalPeriodMs: 100 });

interface Answer {
  accessToken: string | null;
  userErrors: { __typename: string; message: string; retryAt?: string }[];
}

/** Where a test comes from that does not say so. */
let here: string;
beforeEach(() => {
  here = newAddress();
});

const query = `mutation ($input: LoginInput!) { login(input: $input) {
  accessToken userErrors { __typename message ... on TooManyAttemptsError { retryAt } } } }`;

async function login(email: string, password: string, address = here, tenantId = testTenant): Promise<Answer> {
  const viewer = { ...anonymousViewer(tenantId), address };
  const data = await users.subgraph.expectData<{ login: Answer }>({
    query,
    variables: { input: { email, password } },
    viewer,
  });
  return data.login;
}

const kindOf = ({ accessToken, userErrors }: Answer) => (accessToken ? "in" : userErrors[0]?.__typename);
const inTenant = <T>(work: () => Promise<T>, tenantId = testTenant) => runForTenant(tenantId, work);
const attempts = () => inTenant(async () => users.models.SignInAttempt.find().lean());

/** As if the time had passed. */
const letPausesEnd = () =>
  inTenant(async () => users.models.SignInAttempt.updateMany({}, { $set: { lockedUntil: new Date(0) } }));

async function fail(email: string, times: number, address?: string): Promise<(string | undefined)[]> {
  const kinds: (string | undefined)[] = [];
  for (let n = 0; n < times; n += 1) kinds.push(kindOf(await login(email, `wrong horse ${n}`, address)));
  return kinds;
}

const wrong = "InvalidCredentialsError";
const tooMany = "TooManyAttemptsError";

/** The command with a counting stand-in for the expensive part. */
function countingLogin(verify: Passwords["verify"]) {
  let checked = 0;
  const passwords: Passwords = {
    hash: () => Promise.reject(new Error("not here")),
    verify: (...args) => {
      checked += 1;
      return verify(...args);
    },
  };
  const visit = { viewer: anonymousViewer(testTenant), requestId: "r1" };
  const tools = { models: users.models, passwords, tokens: {} as TokenIssuer, sessionTags: noSessionTags, ...visit };
  return {
    checked: () => checked,
    login: (email: string) => inTenant(() => loginCommand(tools, { email, password: "x" })),
  };
}

describe("lock-out of an account", () => {
  it("begins with the fifth wrong password, for half a minute, and then the right one does not help either", async () => {
    const user = await fakeUser(users.models);
    const began = Date.now();
    expect(await fail(user.email, 6)).toEqual([wrong, wrong, wrong, wrong, wrong, tooMany]);
    const answer = await login(user.email, fakePassword);
    expect(kindOf(answer)).toBe(tooMany);
    const wait = Date.parse(answer.userErrors[0]?.retryAt ?? "") - began;
    expect(wait).toBeGreaterThan(29_000);
    expect(wait).toBeLessThan(60_000);
  });

  it("says the same of an address that has no account, after the same work", async () => {
    const user = await fakeUser(users.models);
    const kinds = [await fail(user.email, 7), await fail("nobody.at.all@example.com", 7)];
    expect(kinds[0]).toEqual(kinds[1]);
    const known = await login(user.email, "x");
    const unknown = await login("nobody.at.all@example.com", "x");
    expect(known.userErrors[0]?.message).toBe(unknown.userErrors[0]?.message);

    const counting = countingLogin(() => Promise.resolve(false));
    for (let n = 0; n < 7; n += 1) await counting.login("nobody.there@example.com");
    expect(counting.checked()).toBe(5);
  });

  it("grows with each further wrong password, and ends with the right one", async () => {
    const user = await fakeUser(users.models);
    await fail(user.email, 5);
    await letPausesEnd();
    const began = Date.now();
    expect(await fail(user.email, 2)).toEqual([wrong, tooMany]);
    const locked = await login(user.email, fakePassword);
    expect(Date.parse(locked.userErrors[0]?.retryAt ?? "") - began).toBeGreaterThan(59_000);
    await letPausesEnd();
    expect(kindOf(await login(user.email, fakePassword))).toBe("in");
    expect(await fail(user.email, 4)).toEqual([wrong, wrong, wrong, wrong]);
    expect(kindOf(await login(user.email, fakePassword))).toBe("in");
  });

  it("forgets tries that are long past", async () => {
    const user = await fakeUser(users.models);
    await fail(user.email, 4);
    await inTenant(async () => users.models.SignInAttempt.updateMany({}, { $set: { expiresAt: new Date(0) } }));
    expect(await fail(user.email, 4)).toEqual([wrong, wrong, wrong, wrong]);
  });

  it("counts the address in any case, and not the one of another shop", async () => {
    const user = await fakeUser(users.models);
    await fakeUser(users.models, { email: user.email }, "other");
    await fail(user.email.toUpperCase(), 5);
    expect(kindOf(await login(user.email, fakePassword))).toBe(tooMany);
    expect(kindOf(await login(user.email, fakePassword, undefined, "other"))).toBe("in");
  });

  it("lets of a hundred tries at once five be checked", async () => {
    const { email } = await fakeUser(users.models);
    const counting = countingLogin(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return false;
    });
    const answers = await Promise.all(Array.from({ length: 100 }, () => counting.login(email)));
    expect(counting.checked()).toBe(5);
    const kinds = answers.map(({ userErrors }) => userErrors[0]?.__typename);
    expect(kinds.filter((kind) => kind === tooMany)).toHaveLength(95);
  });

  it("does not count a try that was never made because too many waited", async () => {
    const { email } = await fakeUser(users.models);
    const busy = countingLogin(() => Promise.reject(serviceUnavailable("busy")));
    for (let n = 0; n < 8; n += 1) await expect(busy.login(email)).rejects.toThrow("busy");
    expect(kindOf(await login(email, fakePassword))).toBe("in");
  });

  it("is written down: wrong passwords with the account they were for, and tries while locked out", async () => {
    const user = await fakeUser(users.models);
    await fail(user.email, 6, "192.0.2.200");
    const find = () => inTenant(async () => users.models.AuditEntry.find({ category: "security" }).lean());
    const ownOf = (all: Awaited<ReturnType<typeof find>>) => all.filter(({ actor }) => actor.address === "192.0.2.200");
    const wrongOnes = async () =>
      ownOf(await find())
        .filter(({ action }) => action === "login.refused")
        .reduce((sum, { count = 1 }) => sum + count, 0);
    await expect.poll(wrongOnes).toBe(5);
    // Each kind is written down by itself, so one may be there before the other.
    const lockedOnes = async () => ownOf(await find()).filter(({ action }) => action === "login.locked");
    await expect.poll(lockedOnes).toHaveLength(1);
    const entries = await find();
    const own = ownOf(entries);
    expect(own[0]).toMatchObject({ outcome: "refused", subject: { type: "User", id: user._id.toHexString() } });
    expect(JSON.stringify(entries)).not.toContain("wrong horse");
    expect(JSON.stringify(entries).toLowerCase()).not.toContain(user.emailLower);
  });
});

describe("lock-out of a network address", () => {
  const { free } = attemptLimits["sign-in"].address;
  const address = "198.51.100.7";
  const reserveFrom = (from: string, n: number) =>
    inTenant(() => reserveAttempt(users.models, "sign-in", { account: `guess.${n}@example.com`, address: from }));

  it("begins with the fiftieth wrong password of any accounts, and leaves others in", async () => {
    const user = await fakeUser(users.models);
    const outcomes = await Promise.all(Array.from({ length: free + 20 }, (_, n) => reserveFrom(address, n)));
    expect(outcomes.filter(({ retryAt }) => retryAt === undefined)).toHaveLength(free);
    await inTenant(() => Promise.all(outcomes.map((outcome) => "fail" in outcome && outcome.fail())));
    expect(kindOf(await login(user.email, fakePassword, address))).toBe(tooMany);
    expect(kindOf(await login(user.email, fakePassword, "198.51.100.8"))).toBe("in");
    await letPausesEnd();
    expect(kindOf(await login(user.email, fakePassword, address))).toBe("in");
  });

  it("is no longer for one who errs after the others, who find it forgotten when the pause is over", async () => {
    const key = countedAttempts("sign-in", { account: "", address: here }).find(({ kind }) => kind === "address")?.key;
    const stored = async () => (await attempts()).find((each) => each.key === key);
    const first = await Promise.all(Array.from({ length: free }, (_, n) => reserveFrom(here, 5_000 + n)));
    await inTenant(() => Promise.all(first.map((outcome) => "fail" in outcome && outcome.fail())));
    // As if a quarter of an hour were over with this pause.
    const ends = { lockedUntil: new Date(0), expiresAt: new Date(Date.now() + 5_000) };
    await inTenant(async () => users.models.SignInAttempt.updateOne({ key }, { $set: ends }));
    const began = Date.now();
    const late = await reserveFrom(here, 6_000);
    await inTenant(async () => "fail" in late && late.fail());
    const { lockedUntil, expiresAt } = (await stored()) ?? {};
    expect((lockedUntil?.getTime() ?? 0) - began).toBeLessThan(45_000);
    expect(expiresAt).toEqual(lockedUntil);
  });

  it("forgets a quarter of an hour after the first wrong password, however many right ones there are", async () => {
    const user = await fakeUser(users.models);
    const ends = async () => {
      const { key } = countedAttempts("sign-in", { account: "", address: here }).find(
        ({ kind }) => kind === "address",
      ) as { key: string };
      return (await attempts()).find((each) => each.key === key)?.expiresAt.getTime();
    };
    const began = Date.now();
    await fail(user.email, 1);
    const end = await ends();
    expect((end ?? 0) - began).toBeGreaterThan(899_000);
    expect((end ?? 0) - began).toBeLessThan(960_000);
    for (let n = 0; n < 3; n += 1) expect(kindOf(await login(user.email, fakePassword))).toBe("in");
    await fail("nobody.here@example.com", 2);
    expect(await ends()).toBe(end);
  });

  it("does not pause the others while a right password is looked at, and lets few at once be looked at", async () => {
    const user = await fakeUser(users.models);
    const others = Array.from({ length: free }, (_, n) => reserveFrom(here, n));
    const failed = await Promise.all(others);
    await inTenant(() => Promise.all(failed.map((outcome) => "fail" in outcome && outcome.fail())));
    expect(kindOf(await login(user.email, fakePassword))).toBe(tooMany);
    await letPausesEnd();
    const looked = await reserveFrom(here, 1_000);
    expect(looked.retryAt).toBeUndefined();
    for (let n = 0; n < 3; n += 1) expect(kindOf(await login(user.email, fakePassword))).toBe("in");
    const { atOnce } = attemptLimits["sign-in"].address;
    const crowd = await Promise.all(Array.from({ length: 20 }, (_, n) => reserveFrom(here, 2_000 + n)));
    expect(crowd.filter(({ retryAt }) => retryAt === undefined)).toHaveLength(atOnce - 1);
    // A wrong one brings the pause.
    await inTenant(async () => "fail" in looked && looked.fail());
    expect(kindOf(await login(user.email, fakePassword))).toBe(tooMany);
  });

  it("does not wait for ever for tries of a program that died", async () => {
    const crowd = Array.from({ length: free + 5 }, (_, n) => reserveFrom(here, 3_000 + n));
    expect((await Promise.all(crowd)).filter(({ retryAt }) => retryAt === undefined)).toHaveLength(free);
    expect((await reserveFrom(here, 4_000)).retryAt).toBeDefined();
    await inTenant(async () => users.models.SignInAttempt.updateMany({}, { $set: { openUntil: new Date(0) } }));
    expect((await reserveFrom(here, 4_001)).retryAt).toBeUndefined();
  });

  it("does not count sign-ins that succeed", async () => {
    const user = await fakeUser(users.models);
    const from = "198.51.100.9";
    await fail(user.email, 1, from);
    const before = await attempts();
    for (let n = 0; n < 3; n += 1) expect(kindOf(await login(user.email, fakePassword, from))).toBe("in");
    const counts = (await attempts()).map(({ key, count }) => [key, count]);
    // The account's own is forgotten; what the address has is as it was.
    const kept = before.filter(({ key }) => counts.some(([other]) => other === key));
    expect(kept).toHaveLength(before.length - 1);
    expect(kept.map(({ key, count }) => [key, count])).toEqual(counts);
  });
});
