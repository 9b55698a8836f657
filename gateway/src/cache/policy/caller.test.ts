import { anonymousViewer, type Viewer, type ViewerRole } from "@tradegraph/kit/viewer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cacheAudiences, type CachePolicy } from "./cache-policy.ts";
import { createCallerOf } from "./caller.ts";

const callerOf = createCallerOf("secret of the cache");
const policy = (given: Partial<CachePolicy> = {}): CachePolicy => ({
  ...{ maxAge: 60, scope: "PUBLIC", vary: [], bypass: [], swr: 0, sie: 0, negative: 0 },
  ...given,
});
const [user, company, session, key] = ["1", "2", "3", "4"].map((digit) => digit.repeat(24));
const viewer = (role: ViewerRole, more: Partial<Viewer> = {}): Viewer => ({
  ...{ tenantId: "acme", role, scopes: [], address: "192.0.2.1" },
  ...more,
});
const buyer = viewer("customer", { userId: user, companyId: company, sessionId: session, scopes: ["b", "a"] });
const visitor = viewer("anonymous");
const partner = viewer("partner", { partnerId: key, companyId: company });
const signedIn = (role: ViewerRole) => viewer(role, { userId: user });

const privately = policy({ scope: "PRIVATE" });
const byCompany = policy({ vary: ["COMPANY"] });

describe("a fetch for everybody", () => {
  it("is made for a visitor of the shop, whoever asks", () => {
    for (const who of [buyer, visitor, partner, signedIn("admin"), signedIn("supplier")])
      expect(callerOf(who, policy())).toEqual({ isKept: true, variant: "public", viewer: anonymousViewer("acme") });
  });

  it("carries the company whose prices the caller gets, and nothing else, where it varies by that", () => {
    const expected = { ...anonymousViewer("acme"), companyId: company };
    const found = callerOf(buyer, byCompany);
    expect(found).toMatchObject({ isKept: true, viewer: expected });
    expect(found.isKept && Object.keys(found.viewer).sort()).toEqual(["companyId", "role", "scopes", "tenantId"]);
    expect(callerOf({ ...partner, scopes: ["catalogue:read"] }, byCompany)).toEqual(found);
    // A key without the scope sees what visitors see.
    expect(callerOf(partner, byCompany)).toEqual(callerOf(visitor, byCompany));
    expect(callerOf({ ...buyer, companyId: "5".repeat(24) }, byCompany)).not.toEqual(found);
  });

  it("is the same as for a colleague, in another session and with other rights", () => {
    const colleague = viewer("customer", {
      userId: key,
      companyId: company,
      sessionId: key,
      scopes: ["orders:approve"],
    });
    expect(callerOf(colleague, byCompany)).toEqual(callerOf(buyer, byCompany));
  });
});

describe("callers who see more than everybody", () => {
  const kinds = { SIGNED_IN: buyer, STAFF: signedIn("admin"), SUPPLIER: signedIn("supplier"), PARTNER: partner };

  it.each(cacheAudiences)("%s ask as themselves, and the others do not", (audience) => {
    const bypassing = Object.entries(kinds).filter(([, who]) => !callerOf(who, policy({ bypass: [audience] })).isKept);
    const expected = audience === "SIGNED_IN" ? ["SIGNED_IN", "STAFF", "SUPPLIER"] : [audience];
    expect(bypassing.map(([name]) => name)).toEqual(expected);
    expect(callerOf(visitor, policy({ bypass: [audience] })).isKept).toBe(true);
    expect(callerOf(kinds[audience], { ...privately, bypass: [audience] }).isKept).toBe(false);
  });

  it("are our own programs as well, whatever the policy", () => {
    expect(callerOf(viewer("service"), policy()).isKept).toBe(false);
    expect(callerOf(viewer("service", { userId: user }), privately).isKept).toBe(false);
  });
});

describe("a private fetch", () => {
  it("is made for the caller without its address, in a variant that tells no id", () => {
    const found = callerOf(buyer, privately);
    const { address: _address, ...rest } = { ...buyer, scopes: ["a", "b"] };
    expect(found).toMatchObject({ isKept: true, viewer: rest });
    expect(found.isKept && "address" in found.viewer).toBe(false);
    for (const id of [user, company, session]) expect(found.isKept && found.variant).not.toContain(id);
  });

  it("is one variant from any address and whatever the order of scopes", () => {
    const again = callerOf({ ...buyer, address: "198.51.100.7", scopes: ["a", "b"] }, privately);
    expect(again).toEqual(callerOf(buyer, privately));
  });

  it("is another variant with another secret", () => {
    expect(createCallerOf("another")(buyer, privately)).not.toEqual(callerOf(buyer, privately));
  });

  it("is kept for accounts and keys only", () => {
    expect(callerOf(visitor, privately)).toEqual({ isKept: false });
    expect(callerOf(viewer("anonymous", { companyId: company }), privately)).toEqual({ isKept: false });
    expect(callerOf(partner, privately).isKept).toBe(true);
  });

  const id = fc.option(fc.constantFrom(user, company, session, key), { nil: undefined });
  const anyViewer: fc.Arbitrary<Viewer> = fc.record({
    tenantId: fc.constantFrom("acme", "globex"),
    role: fc.constantFrom<ViewerRole>("customer", "supplier", "admin", "partner"),
    ...{ userId: id, companyId: id, sessionId: id, partnerId: id },
    scopes: fc.uniqueArray(fc.constantFrom("a", "b", "a,b", "ab")),
  });

  it("shares a variant only between callers whom a subgraph cannot tell apart", () => {
    fc.assert(
      fc.property(anyViewer, anyViewer, (one, other) => {
        const [a, b] = [callerOf(one, privately), callerOf(other, privately)];
        if (!a.isKept || !b.isKept) return;
        if (a.variant === b.variant) expect(a.viewer).toEqual(b.viewer);
        else expect(a.viewer).not.toEqual(b.viewer);
      }),
      { numRuns: 2_000 },
    );
  });
});

it("keeps nothing without a maxAge", () => {
  expect(callerOf(visitor, policy({ maxAge: 0 }))).toEqual({ isKept: false });
});
