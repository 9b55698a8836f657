import { describe, expect, it } from "vitest";
import { createPasswords, hashDemoPassword, isPasswordLength, needsRehash } from "./password.ts";

const password = "correct horse battery";

describe("hash", () => {
  it("is argon2id with the agreed costs, and another one each time", async () => {
    const { hash } = createPasswords();
    const [first, second, demo] = await Promise.all([hash(password), hash(password), hashDemoPassword(password)]);
    for (const each of [first, second, demo]) expect(each).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first).not.toBe(second);
  });
});

describe("verify", () => {
  it("tells the right password from a wrong one", async () => {
    const { hash, verify } = createPasswords();
    const stored = await hash(password);
    await expect(verify(stored, password)).resolves.toBe(true);
    await expect(verify(stored, `${password}.`)).resolves.toBe(false);
  });

  it("takes a password however its letters were composed", async () => {
    const { hash, verify } = createPasswords();
    await expect(verify(await hash("caf\u00e9 caf\u00e9 caf\u00e9"), "cafe\u0301 cafe\u0301 cafe\u0301")).resolves.toBe(
      true,
    );
  });

  it("says no without an account, after work like that with one", async () => {
    const { hash, verify } = createPasswords();
    const stored = await hash(password);
    await expect(verify(undefined, password)).resolves.toBe(false);
    const times = { known: Infinity, unknown: Infinity };
    // The quickest of some rounds, in turns: what is left is the work itself.
    for (let round = 0; round < 7; round += 1) {
      for (const [name, hashed] of [["known", stored] as const, ["unknown", undefined] as const]) {
        const began = performance.now();
        await verify(hashed, password);
        times[name] = Math.min(times[name], performance.now() - began);
      }
    }
    // Without hashing the ratio is below a hundredth.
    expect(times.unknown / times.known).toBeGreaterThan(0.3);
  });

  it("does not hash a password longer than any can be", async () => {
    const { verify } = createPasswords({ concurrency: 1, waiting: 0 });
    const others = Array.from({ length: 5 }, () => verify(undefined, "x".repeat(129)));
    await expect(Promise.all(others)).resolves.toEqual([false, false, false, false, false]);
  });
});

describe("createPasswords", () => {
  it("lets a few work and some wait, refuses the rest, and takes new ones afterwards", async () => {
    const { hash } = createPasswords({ concurrency: 1, waiting: 1 });
    const outcomes = await Promise.allSettled([hash(password), hash(password), hash(password)]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
    expect(outcomes[2]).toMatchObject({ reason: { extensions: { code: "SERVICE_UNAVAILABLE", retryable: true } } });
    await expect(hash(password)).resolves.toMatch(/^\$argon2id/);
  });
});

describe("isPasswordLength", () => {
  it.each([
    ["x".repeat(11), false],
    ["x".repeat(12), true],
    ["x".repeat(128), true],
    ["x".repeat(129), false],
    ["😀".repeat(12), true],
    ["😀".repeat(11), false],
  ])("of %s is %s", (text, expected) => {
    expect(isPasswordLength(text)).toBe(expected);
  });
});

describe("needsRehash", () => {
  it("is false for a hash of today and true for one with other costs", async () => {
    const today = await hashDemoPassword(password);
    expect(needsRehash(today)).toBe(false);
    for (const costs of ["m=4096,t=2,p=1", "m=19456,t=1,p=1", "m=65536,t=3,p=4", "m=19456,t=2,p=10"])
      expect(needsRehash(today.replace("m=19456,t=2,p=1", costs))).toBe(true);
  });
});
