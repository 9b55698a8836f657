import { type IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { createAddressOf, type TrustedProxies } from "./client-address.ts";

const addressOf = (trusted: TrustedProxies, remoteAddress: string | undefined, forwarded?: string) =>
  createAddressOf(trusted)({
    socket: { remoteAddress },
    headers: { ...(forwarded !== undefined && { "x-forwarded-for": forwarded }) },
  } as IncomingMessage);

describe("without proxies", () => {
  it("is the peer, whatever it claims", () => {
    expect(addressOf(0, "203.0.113.9", "10.0.0.1")).toBe("203.0.113.9");
    expect(addressOf([], "203.0.113.9", "10.0.0.1, 127.0.0.1")).toBe("203.0.113.9");
  });

  it("writes IPv4 inside IPv6 as IPv4", () => {
    expect(addressOf(0, "::ffff:203.0.113.9")).toBe("203.0.113.9");
  });

  it("is nothing when the connection is gone", () => {
    expect(addressOf(1, undefined, "203.0.113.9")).toBeUndefined();
  });
});

describe("behind a number of proxies", () => {
  it.each([
    [1, "203.0.113.9", "203.0.113.9"],
    [1, "6.6.6.6, 203.0.113.9", "203.0.113.9"],
    [2, "6.6.6.6, 203.0.113.9, 10.0.0.2", "203.0.113.9"],
    [2, "203.0.113.9", "203.0.113.9"],
    [1, "::ffff:203.0.113.9", "203.0.113.9"],
    [1, "2001:DB8::1", "2001:db8::1"],
    [1, "unknown", "10.0.0.1"],
    [2, "not an address, 203.0.113.9", "203.0.113.9"],
    [1, "", "10.0.0.1"],
  ])("%i: %j is %s", (hops, forwarded, expected) => {
    expect(addressOf(hops, "10.0.0.1", forwarded)).toBe(expected);
  });
});

describe("behind proxies of known networks", () => {
  const proxies = ["10.0.0.0/8", "2001:db8::/32"];

  it("believes them as far as the chain is theirs", () => {
    expect(addressOf(proxies, "10.0.0.1", "6.6.6.6, 203.0.113.9, 10.1.1.1")).toBe("203.0.113.9");
    expect(addressOf(proxies, "::ffff:10.0.0.1", "203.0.113.9")).toBe("203.0.113.9");
    expect(addressOf(proxies, "2001:db8::5", "203.0.113.9")).toBe("203.0.113.9");
  });

  it("ignores the header of everybody else", () => {
    expect(addressOf(proxies, "203.0.113.9", "10.9.9.9")).toBe("203.0.113.9");
  });

  it("ends at the farthest proxy when all are ours", () => {
    expect(addressOf(proxies, "10.0.0.1", "10.0.0.3, 10.0.0.2")).toBe("10.0.0.3");
  });

  it("does not walk a header without end", () => {
    const endless = Array.from({ length: 2_000 }, () => "10.0.0.2").join(", ");
    expect(addressOf(proxies, "10.0.0.1", `203.0.113.9, ${endless}`)).toBe("10.0.0.2");
  });
});
