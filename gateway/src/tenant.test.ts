import { describe, expect, it } from "vitest";
import { tenantOf } from "./tenant.ts";

const hosts = { "acme.example": "acme", "beta.example": "beta" };
const open = { hosts, trustHeader: true, fallback: "main" };
const closed = { hosts, trustHeader: false };

describe("tenantOf", () => {
  it("takes token, host name, header and default in this order", () => {
    expect(tenantOf(open, { host: "other:4000" })).toBe("main");
    expect(tenantOf(open, { host: "other:4000", "x-tenant-id": "beta" })).toBe("beta");
    expect(tenantOf(open, { host: "Acme.example:443" })).toBe("acme");
    expect(tenantOf(open, { host: "other" }, "zeta")).toBe("zeta");
  });

  it("accepts sources that agree", () => {
    expect(tenantOf(closed, { host: "acme.example", "x-tenant-id": "acme" }, "acme")).toBe("acme");
  });

  it.each([
    ["token and host name", open, { host: "beta.example" }, "acme"],
    ["token and header", open, { host: "other", "x-tenant-id": "beta" }, "acme"],
    ["host name and header", open, { host: "acme.example", "x-tenant-id": "beta" }, undefined],
    ["an untrusted header and the default", { ...closed, fallback: "main" }, { "x-tenant-id": "beta" }, undefined],
    ["an untrusted header and nothing", closed, { "x-tenant-id": "beta" }, undefined],
    ["a malformed header", open, { "x-tenant-id": "../beta" }, undefined],
    ["the name under which the platform keeps its own", open, { "x-tenant-id": "platform" }, undefined],
    ["nothing at all", closed, { host: "unknown.example" }, undefined],
    ["a host name that every object has", closed, { host: "constructor" }, undefined],
  ])("refuses %s", (_name, rules, headers, token) => {
    expect(() => tenantOf(rules, headers, token)).toThrow(
      expect.objectContaining({ extensions: { code: "BAD_USER_INPUT" } }) as Error,
    );
  });

  it("says what to send, and names the header only where it counts", () => {
    expect(() => tenantOf({ hosts, trustHeader: true }, {})).toThrow("x-tenant-id");
    expect(() => tenantOf(closed, {})).not.toThrow("x-tenant-id");
  });
});
