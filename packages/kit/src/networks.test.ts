import { describe, expect, it } from "vitest";
import { isNetwork, networkMatcher, normaliseAddress } from "./networks.ts";

describe("normaliseAddress", () => {
  it.each([
    ["192.0.2.1", "192.0.2.1"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["::FFFF:c000:0201", "192.0.2.1"],
    ["0:0:0:0:0:ffff:192.0.2.1", "192.0.2.1"],
    ["2001:DB8:0:0::1", "2001:db8::1"],
    ["fe80::1%eth0", "fe80::1"],
    ["::1", "::1"],
  ])("writes %s as %s", (given, expected) => {
    expect(normaliseAddress(given)).toBe(expected);
  });

  it.each(["", "unknown", "192.0.2", "192.0.2.256", "192.0.2.1:80", "[::1]", "1.2.3.4, 5.6.7.8", "0x7f.1", "::1]/x@["])(
    "knows that %j is no address",
    (given) => {
      expect(normaliseAddress(given)).toBeUndefined();
    },
  );
});

describe("isNetwork", () => {
  it.each(["192.0.2.0/24", "192.0.2.7", "0.0.0.0/0", "2001:db8::/32", "::1", "2001:db8::1/128"])("takes %s", (text) => {
    expect(isNetwork(text)).toBe(true);
  });

  it.each([
    ...["192.0.2.0/33", "192.0.2.0/", "192.0.2.0/a", "192.0.2.0/-1", "2001:db8::/129", "192.0.2.0/24/8", "example.com"],
    ...["fe80::1%eth0", "::ffff:192.0.2.0/120", "192.0.2.0/1e1", "", "/8", "*"],
  ])("refuses %j", (text) => {
    expect(isNetwork(text)).toBe(false);
  });
});

describe("networkMatcher", () => {
  const matches = networkMatcher(["192.0.2.0/24", "198.51.100.7", "2001:db8::/32"]);

  it.each(["192.0.2.0", "192.0.2.255", "198.51.100.7", "2001:db8:ffff::1"])("finds %s inside", (address) => {
    expect(matches(address)).toBe(true);
  });

  it.each(["192.0.3.0", "198.51.100.8", "2001:db9::1", "::1", "nonsense", ""])("finds %j outside", (address) => {
    expect(matches(address)).toBe(false);
  });

  it("finds everything outside of no network", () => {
    expect(networkMatcher([])("192.0.2.1")).toBe(false);
  });
});
