import { expect, it } from "vitest";
import { permissionsOfRole, tokenScopes } from "./company-permissions.ts";
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

it("takes trade away while the company may not trade", () => {
  for (const status of ["pending", "suspended"] as const) {
    expect(tokenScopes("customer", { role: "buyer", status })).toEqual([]);
    expect(tokenScopes("customer", { role: "approver", status })).toEqual(["orders:read-all"]);
  }
  expect(tokenScopes("customer", { role: "buyer", status: "active" })).toEqual(["orders:place"]);
});
