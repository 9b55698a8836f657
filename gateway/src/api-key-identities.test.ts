import { serviceUnavailable } from "@tradegraph/kit/errors";
import { type InternalCall } from "@tradegraph/kit/internal-client";
import { createLogger } from "@tradegraph/kit/logger";
import { describe, expect, it } from "vitest";
import { type ApiKeyTimes, createApiKeyIdentities } from "./api-key-identities.ts";

const answer = (overrides: object = {}) => ({
  keyId: "k",
  partnerId: "p",
  tenantId: "acme",
  companyId: null,
  scopes: ["catalogue:read"],
  allowedAddresses: [],
  expiresAt: "2999-01-01T00:00:00Z",
  ...overrides,
});

/** users as a function of the key's hash; what it was asked is in `asked`. */
function start(users: (keyHash: string) => unknown, times: Partial<ApiKeyTimes> = {}) {
  const asked: string[] = [];
  const call = async ({ variables }: InternalCall) => {
    asked.push(String(variables.keyHash));
    return { apiKeyIdentity: await users(String(variables.keyHash)) };
  };
  const logger = createLogger({ service: "test", level: "silent" });
  const identities = createApiKeyIdentities({ users: { call: call as never }, logger, times });
  return { ...identities, asked };
}

/** An answer that comes when the test says so. */
function later<T>() {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  return { promise, resolve, reject };
}

const away = () => Promise.reject(serviceUnavailable("users does not answer."));

describe("a key that counts", () => {
  it("is asked for once while the answer is fresh", async () => {
    const { find, asked } = start(() => answer());
    for (let n = 0; n < 3; n += 1) expect(await find("a")).toMatchObject({ partnerId: "p", tenantId: "acme" });
    expect(asked).toEqual(["a"]);
  });

  it("is asked for again when it is not", async () => {
    const { find, asked } = start(() => answer(), { freshMs: 0 });
    await find("a");
    await find("a");
    expect(asked).toEqual(["a", "a"]);
  });

  it("is asked for once by all who want it at one moment", async () => {
    const { find, asked } = start(() => answer());
    const found = await Promise.all(Array.from({ length: 50 }, () => find("a")));
    expect(found.every((identity) => identity?.partnerId === "p")).toBe(true);
    expect(asked).toEqual(["a"]);
  });

  it("counts no more when users says so", async () => {
    let counts = true;
    const { find } = start(() => (counts ? answer() : null), { freshMs: 0 });
    expect(await find("a")).toBeDefined();
    counts = false;
    expect(await find("a")).toBeUndefined();
  });
});

describe("while users is away", () => {
  it("what it said last goes on, and users is not asked with every request", async () => {
    let isAway = false;
    const { find, asked } = start(() => (isAway ? away() : answer()), { freshMs: 0, restMs: 60_000 });
    await find("a");
    isAway = true;
    for (let n = 0; n < 5; n += 1) expect(await find("a")).toBeDefined();
    expect(asked).toEqual(["a", "a"]);
  });

  it("not longer than it may", async () => {
    let isAway = false;
    const { find } = start(() => (isAway ? away() : answer()), { freshMs: 0, restMs: 0, lastKnownMs: 20 });
    await find("a");
    isAway = true;
    await expect.poll(() => find("a").catch((error: Error) => error.message)).toBe("users does not answer.");
  });

  it("a key that nobody knows cannot be told", async () => {
    const { find, asked } = start(away);
    await expect(find("a")).rejects.toMatchObject({ extensions: { code: "SERVICE_UNAVAILABLE" } });
    await expect(find("a")).rejects.toThrow();
    expect(asked).toHaveLength(2);
  });

  it("a key that was said to have changed does not go on", async () => {
    let isAway = false;
    const { find, forget } = start(() => (isAway ? away() : answer()));
    await find("a");
    isAway = true;
    forget("a");
    await expect(find("a")).rejects.toThrow();
  });
});

describe("a key that does not count", () => {
  it("is not asked for again at once", async () => {
    const { find, asked } = start(() => null);
    for (let n = 0; n < 5; n += 1) expect(await find("a")).toBeUndefined();
    expect(asked).toEqual(["a"]);
  });

  it("is asked for again after a while, and after a signal", async () => {
    let counts = false;
    const { find, forget } = start(() => (counts ? answer() : null), { refusedMs: 60_000 });
    expect(await find("a")).toBeUndefined();
    counts = true;
    expect(await find("a")).toBeUndefined();
    forget("a");
    expect(await find("a")).toBeDefined();
    const short = start(() => null, { refusedMs: 1 });
    await short.find("a");
    await expect.poll(async () => (await short.find("a"), short.asked.length)).toBeGreaterThan(1);
  });
});

describe("a flood of keys that somebody made up", () => {
  it("asks users a few at a time, lets a bounded number wait, and never holds up keys in use", async () => {
    const gate = later<null>();
    let running = 0;
    let most = 0;
    const users = async (keyHash: string) => {
      if (keyHash === "in use") return answer();
      most = Math.max(most, (running += 1));
      await gate.promise;
      running -= 1;
      return null;
    };
    const { find } = start(users, { freshMs: 0 });
    await find("in use");
    const flood = Array.from({ length: 500 }, (_, n) =>
      find(`random ${n}`, `192.0.2.${n % 100}`).then(
        () => "refused",
        () => "unavailable",
      ),
    );
    expect(await find("in use")).toBeDefined();
    gate.resolve(null);
    const outcomes = await Promise.all(flood);
    expect(most).toBe(4);
    expect(outcomes.filter((outcome) => outcome === "refused")).toHaveLength(104);
    expect(outcomes.filter((outcome) => outcome === "unavailable")).toHaveLength(396);
  });
});

describe("a flood from one network", () => {
  it("leaves room for keys of others that nobody knows yet", async () => {
    const gate = later<null>();
    const { find } = start((keyHash) => (keyHash === "good" ? answer() : gate.promise));
    const flood = Array.from({ length: 200 }, (_, n) =>
      find(`random ${n}`, `2001:db8::${n.toString(16)}`).catch(() => "unavailable"),
    );
    const good = find("good", "2001:db8:0:1::1");
    gate.resolve(null);
    expect(await good).toBeDefined();
    expect((await Promise.all(flood)).filter((outcome) => outcome === "unavailable")).toHaveLength(192);
  });
});

describe("a change while users is being asked", () => {
  it("makes the answer that is under way count once and not be remembered", async () => {
    const first = later<unknown>();
    let revoked = false;
    const { find, forget, asked } = start(() => (asked.length === 1 ? first.promise : revoked ? null : answer()));
    const early = find("a");
    revoked = true;
    forget("a");
    const afterwards = find("a");
    first.resolve(answer());
    expect(await early).toBeDefined();
    expect(await afterwards).toBeUndefined();
    expect(await find("a")).toBeUndefined();
    expect(asked).toHaveLength(2);
  });

  it("is assumed for all keys after signals may have been missed", async () => {
    let revoked = false;
    const { find, doubtAll } = start(() => (revoked ? null : answer()));
    await find("a");
    revoked = true;
    expect(await find("a")).toBeDefined();
    doubtAll();
    expect(await find("a")).toBeUndefined();
  });
});

describe("allowed addresses", () => {
  it("are compiled into a test", async () => {
    const { find } = start((hash) => answer({ allowedAddresses: hash === "a" ? ["192.0.2.0/24"] : [] }));
    const identity = await find("a");
    expect([identity?.allows?.("192.0.2.9"), identity?.allows?.("192.0.3.9")]).toEqual([true, false]);
    expect((await find("b"))?.allows).toBeUndefined();
  });
});
