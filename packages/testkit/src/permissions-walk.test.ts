import { allow, hasRole, type PermissionMap } from "@tradegraph/kit/permissions";
import { defineSchema } from "@tradegraph/kit/model";
import { buildSchema } from "graphql";
import { Schema } from "mongoose";
import { describe, expect, it } from "vitest";
import { permissionProblems, tenancyProblems } from "./permissions-walk.ts";

const schema = buildSchema("type Query { open: Int  secret: Int!  thing: Thing } type Thing { a: Int! b: Int! }");
const staff = hasRole("admin");

describe("permissionProblems", () => {
  it("is content with a rule for each field", () => {
    expect(permissionProblems(schema, { Query: allow, Thing: staff })).toEqual([]);
    expect(permissionProblems(schema, { Query: { "*": allow, thing: staff }, Thing: allow })).toEqual([]);
  });

  it.each<[string, PermissionMap, RegExp]>([
    ["a field without a rule", { Query: { open: allow, thing: allow }, Thing: allow }, /Query\.secret has no rule/],
    ["a type without a rule", { Query: allow }, /Thing\.a has no rule; Thing\.b has no rule/],
    ["a rule without a field", { Query: allow, Thing: { "*": allow, c: staff } }, /Thing\.c does not exist/],
    ["a rule without a type", { Query: allow, Thing: allow, Other: allow }, /Other is no object type/],
    [
      "a narrow rule on a field that cannot be null",
      { Query: { "*": allow, secret: staff }, Thing: allow },
      /Query\.secret .* must be nullable/,
    ],
    [
      "a rule for the rest of a type that is open in part",
      { Query: allow, Thing: { a: allow, "*": staff } },
      /Thing\.b .* must be nullable/,
    ],
    [
      "a rule narrower than the type's own",
      { Query: allow, Thing: { "*": staff, b: hasRole("service") } },
      /Thing\.b .* must be nullable/,
    ],
  ])("finds %s", (_, permissions, message) => {
    expect(permissionProblems(schema, permissions).join("\n")).toMatch(message);
  });
});

describe("tenancyProblems", () => {
  it("is content with a schema of the kit, and with a reason", () => {
    const good = defineSchema({ name: { type: String } });
    good.index({ tenantId: 1, name: 1 }, { unique: true });
    expect(tenancyProblems({ good })).toEqual([]);
    expect(tenancyProblems({ shared: new Schema({}) }, { shared: "one list for all shops" })).toEqual([]);
  });

  it("finds a collection of nobody", () => {
    expect(tenancyProblems({ bare: new Schema({}) })).toEqual([
      "bare lacks the tenancy plugin",
      "bare.tenantId is not required",
      "bare.tenantId can be changed",
    ]);
  });

  it("finds a unique index over all tenants", () => {
    const things = defineSchema({ name: { type: String } });
    things.index({ name: 1, tenantId: 1 }, { unique: true });
    things.index({ name: 1 });
    expect(tenancyProblems({ things })).toEqual([
      'things has a unique index that does not begin with tenantId: {"name":1,"tenantId":1}',
    ]);
  });
});
