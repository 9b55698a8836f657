import { describe, expect, it } from "vitest";
import { attemptLimits, countedAttempts, type LimitedAction, pauseAfter } from "./lockout.ts";

const { pair } = attemptLimits["sign-in"];

describe("pauseAfter", () => {
  it("is none for the first tries, then half a minute, doubling to a quarter of an hour", () => {
    const seconds = Array.from({ length: 12 }, (_, index) => pauseAfter(pair, index + 1) / 1_000);
    expect(seconds).toEqual([0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]);
    expect(pauseAfter(pair, 1_000_000)).toBe(900_000);
  });

  it("does not grow for what many people share", () => {
    for (const { kind, limit } of countedAttempts("sign-in", { account: "anna@example.com", address: "2001:db8::1" }))
      if (kind === "address" || kind === "site") expect(pauseAfter(limit, limit.free + 10)).toBe(30_000);
    expect.assertions(2);
  });
});

describe("countedAttempts", () => {
  const counted = (address?: string, email = "anna@example.com", action: LimitedAction = "sign-in") =>
    countedAttempts(action, { account: email, address });
  const keys = (...args: Parameters<typeof counted>) => counted(...args).map(({ key }) => key);
  const keyOf = (kind: string, address?: string) => counted(address).find((each) => each.kind === kind)?.key;

  it("counts the account from there, the account, the address, and of IPv6 the site", () => {
    expect(counted("192.0.2.1").map(({ kind }) => kind)).toEqual(["pair", "account", "address"]);
    expect(counted("2001:db8::1").map(({ kind }) => kind)).toEqual(["pair", "account", "address", "site"]);
  });

  it("counts all whose address is not known as one small network", () => {
    const [, , network] = counted();
    expect(network).toMatchObject({ kind: "address", key: keyOf("address"), limit: { free: 20 } });
    expect(counted(undefined, "ben@example.com")[2]?.key).toBe(network?.key);
    expect(keys("192.0.2.1")).not.toContain(network?.key);
  });

  it("counts the receiver of an invitation, whoever sends it", () => {
    const to = (account: string) => countedAttempts("invitation", { account, recipient: "r@example.com" });
    const [one, other] = [to("anna"), to("ben")];
    expect(one[0]).toMatchObject({ kind: "recipient", key: other[0]?.key });
    expect(one[1]?.key).not.toBe(other[1]?.key);
  });

  it("tells accounts, addresses and actions apart, and holds none of them in clear", () => {
    const all = [
      ...keys("192.0.2.1"),
      ...keys("192.0.2.2", "ben@example.com"),
      ...keys("192.0.2.1", "anna@example.com", "registration"),
    ];
    expect(new Set(all).size).toBe(9);
    expect(all.join()).not.toMatch(/anna|192/);
  });

  it.each([
    ["2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"],
    ["2001:db8::1", "2001:0db8:0000:0000:1::"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
  ])("counts %s and %s as one client", (one, other) => {
    expect(keys(one)).toEqual(keys(other));
  });

  it.each([
    ["2001:db8:1:2::1", "2001:db8:1:3::1"],
    ["192.0.2.1", "192.0.2.2"],
    ["::1", "1::"],
  ])("counts %s and %s as two", (one, other) => {
    expect(keyOf("address", one)).not.toBe(keyOf("address", other));
  });

  it("counts an account from one site of IPv6, or one address, as from one place", () => {
    expect(keyOf("pair", "2001:db8:1:2::1")).toBe(keyOf("pair", "2001:db8:1:3::1"));
    expect(keyOf("pair", "2001:db8:1:2::1")).not.toBe(keyOf("pair", "2001:db8:2:2::1"));
    expect(keyOf("pair", "192.0.2.1")).not.toBe(keyOf("pair", "192.0.2.2"));
  });

  it("counts two networks of one /48 as one site", () => {
    expect(keyOf("site", "2001:db8:1:2::1")).toBe(keyOf("site", "2001:db8:1:3::1"));
    expect(keyOf("site", "2001:db8:1:2::1")).not.toBe(keyOf("site", "2001:db8:2:2::1"));
  });
});
