import { describe, expect, it } from "vitest";
import { attemptLimits, countedAttempts, pauseAfter } from "./lockout.ts";

const { account } = attemptLimits["sign-in"];

describe("pauseAfter", () => {
  it("is none for the first tries, then half a minute, doubling to a quarter of an hour", () => {
    const seconds = Array.from({ length: 12 }, (_, index) => pauseAfter(account, index + 1) / 1_000);
    expect(seconds).toEqual([0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]);
    expect(pauseAfter(account, 1_000_000)).toBe(900_000);
  });
});

describe("countedAttempts", () => {
  const keys = (address?: string, email = "anna@example.com", action: "sign-in" | "registration" = "sign-in") =>
    countedAttempts(action, { account: email, address }).map(({ key }) => key);

  it("counts the account and the address, the account alone where the address is not known", () => {
    expect(keys("192.0.2.1")).toHaveLength(2);
    expect(keys()).toEqual(keys("192.0.2.1").slice(0, 1));
  });

  it("tells accounts, addresses and actions apart, and holds none of them in clear", () => {
    const all = [
      ...keys("192.0.2.1"),
      ...keys("192.0.2.2", "ben@example.com"),
      ...keys("192.0.2.1", "anna@example.com", "registration"),
    ];
    expect(new Set(all).size).toBe(6);
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
    expect(keys(one)[1]).not.toBe(keys(other)[1]);
  });
});
