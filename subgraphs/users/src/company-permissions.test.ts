import { expect, it } from "vitest";
import { mayGiveRole, permissionsOfRole, tokenScopes } from "./company-permissions.ts";
import { enumResolvers } from "./enums.ts";

it("gives each higher company role all that the lower one has", () => {
  const { buyer, approver, company_admin: admin } = permissionsOfRole;
  expect(approver).toEqual(expect.arrayContaining([...buyer]));
  expect(admin).toEqual(expect.arrayContaining([...approver]));
  expect([...admin].sort()).toEqual(Object.values(enumResolvers.CompanyPermission).sort());
});

it("gives staff the scope admin, and nobody else", () => {
  expect(tokenScopes("admin")).toEqual(["admin"]);
  expect(tokenScopes("customer")).toEqual([]);
  expect(tokenScopes("supplier")).toEqual([]);
  expect(tokenScopes("customer", { role: "company_admin", status: "active" })).not.toContain("admin");
});

it("gives staff with areas these and nothing more, and others none", () => {
  expect(tokenScopes("admin", undefined, ["staff:orders"])).toEqual(["staff:orders"]);
  expect(tokenScopes("customer", undefined, ["staff:orders"])).toEqual([]);
});

it("lets nobody give a role above the own one", () => {
  expect(mayGiveRole("company_admin", "company_admin")).toBe(true);
  expect(mayGiveRole("approver", "buyer")).toBe(true);
  expect(mayGiveRole("approver", "company_admin")).toBe(false);
  expect(mayGiveRole("buyer", "approver")).toBe(false);
});

it("takes trade away while the company may not trade", () => {
  for (const status of ["pending", "suspended"] as const) {
    expect(tokenScopes("customer", { role: "buyer", status })).toEqual([]);
    expect(tokenScopes("customer", { role: "approver", status })).toEqual(["orders:read-all"]);
  }
  expect(tokenScopes("customer", { role: "buyer", status: "active" })).toEqual(["orders:place"]);
});
