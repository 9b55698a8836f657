// The gateway's demands beside the rules of the subgraphs, which stay the authority: the gateway may refuse less, never
// more.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { createAccessRules } from "@tradegraph/gateway/authorization/access-rules";
import { readPolicyFile } from "@tradegraph/gateway/authorization/policy-file";
import { compileCost } from "@tradegraph/gateway/limits/compile-cost";
import { allow, type PermissionMap, type Rule } from "@tradegraph/kit/permissions";
import { staffAreas, type Viewer } from "@tradegraph/kit/viewer";
import { permissions as content } from "@tradegraph/content/permissions";
import { permissions as orders } from "@tradegraph/orders/permissions";
import { permissions as products } from "@tradegraph/products/permissions";
import { permissions as users } from "@tradegraph/users/permissions";
import { buildSchema, type GraphQLObjectType, isObjectType, parse } from "graphql";
import { describe, expect, it } from "vitest";
import { compilePolicy } from "@tradegraph/gateway/authorization/compile-policy";
import { checkedCacheManifest, generatePolicy } from "./policy.ts";

const root = resolve(import.meta.dirname, "../..");
const generated = (name: string) => readFileSync(resolve(root, "schema/generated", name), "utf8");
const sdl = generated("supergraph.graphql");
const documents = new Map(
  ["products", "orders", "users", "content"].map((name) => [
    name,
    parse(readFileSync(resolve(root, "schema/subgraphs", `${name}.graphql`), "utf8")),
  ]),
);
const policy = compilePolicy(sdl);
const schema = buildSchema(generated("api.graphql"));
const rules = createAccessRules(policy, schema);

const [userId, companyId] = ["0123456789abcdef01234567", "89abcdef0123456789abcdef"];
const kind = (role: Viewer["role"], more: Partial<Viewer> = {}): Viewer => ({
  tenantId: "acme",
  role,
  scopes: [],
  ...more,
});
const viewers: Record<string, Viewer> = {
  visitor: kind("anonymous"),
  customer: kind("customer", { userId }),
  buyer: kind("customer", { userId, companyId, scopes: ["orders:place"] }),
  approver: kind("customer", { userId, companyId, scopes: ["orders:approve", "orders:read-all"] }),
  supplier: kind("supplier", { userId }),
  partner: kind("partner", { partnerId: userId, companyId, scopes: ["catalogue:read", "orders:read-all"] }),
  admin: kind("admin", { userId, scopes: ["admin"] }),
  ...Object.fromEntries(
    staffAreas.map((area) => [`staff for ${area}`, kind("admin", { userId, scopes: [`staff:${area}`] })]),
  ),
};

const isRule = (given: Rule | Record<string, Rule>): given is Rule =>
  "resolve" in given || (given as unknown) === allow;

type Executable = Rule & { resolve: (...args: unknown[]) => Promise<unknown> };

const subgraphs = Object.entries({ content, orders, products, users }).map(([name, permissions]) => {
  const text = readFileSync(resolve(root, "schema/subgraphs", `${name}.graphql`), "utf8");
  return { permissions: permissions as PermissionMap, schema: buildSchema(text, { assumeValidSDL: true }) };
});

/** Whether the subgraph that has the field lets the viewer begin; what it says of single documents is not asked. */
async function allows(type: "Query" | "Mutation", field: string, viewer: Viewer): Promise<boolean> {
  const owner = subgraphs.find(
    (one) => (one.schema.getType(type) as GraphQLObjectType | undefined)?.getFields()[field],
  );
  const given = owner?.permissions[type];
  if (!given) throw new Error(`No subgraph has rules for ${type}.${field}.`);
  const rule = (isRule(given) ? given : (given[field] ?? given["*"])) as Executable;
  return rule === allow || (await rule.resolve({}, {}, { viewer }, {}, { debug: false, fallbackRule: allow })) === true;
}

const sees = (viewer: Viewer, type: GraphQLObjectType, field: string) =>
  rules.mayRead(rules.grantsOf(viewer), type, type.getFields()[field]!);

describe("the gateway's demands on our schema", () => {
  it.each(["Query", "Mutation"] as const)(
    "refuse no field of %s that its subgraph allows to somebody",
    async (name) => {
      const type = schema.getType(name) as GraphQLObjectType;
      const problems: string[] = [];
      let allowed = 0;
      for (const field of Object.keys(type.getFields())) {
        for (const [who, viewer] of Object.entries(viewers)) {
          if (!(await allows(name, field, viewer))) continue;
          allowed += 1;
          if (!sees(viewer, type, field)) problems.push(`${name}.${field} is refused to a ${who}`);
        }
      }
      expect(problems).toEqual([]);
      expect(allowed).toBeGreaterThan(50);
    },
  );

  it("close to visitors what every subgraph closes to them anyway, at the root", async () => {
    const open: string[] = [];
    for (const name of ["Query", "Mutation"] as const) {
      const type = schema.getType(name) as GraphQLObjectType;
      for (const field of Object.keys(type.getFields())) {
        if (sees(viewers.visitor!, type, field) && !(await allows(name, field, viewers.visitor!)))
          open.push(`${name}.${field}`);
      }
    }
    expect(open).toEqual([]);
  });

  it("close nothing that a sign-in gives: its caller is still a visitor for the gateway", () => {
    const untouched = ["AuthPayload", "User", "Company", "CompanyMembership", "Address", "SellerProfile"];
    for (const name of untouched) {
      const type = schema.getType(name) as GraphQLObjectType;
      const hidden = Object.keys(type.getFields()).filter((field) => !sees(viewers.visitor!, type, field));
      expect([name, hidden.filter((field) => field !== "invitations")]).toEqual([name, []]);
    }
    expect(
      ["login", "userRegister", "tokenRefresh", "passwordReset"].filter(
        (field) => !sees(viewers.visitor!, schema.getMutationType()!, field),
      ),
    ).toEqual([]);
  });

  it("leave `id` of all things that have a node id open, so that `node(id:) { id }` works for everybody", () => {
    const node = schema.getType("Node");
    const implementers = Object.values(schema.getTypeMap()).filter(
      (type) => isObjectType(type) && type.getInterfaces().some(({ name }) => name === "Node"),
    ) as GraphQLObjectType[];
    expect(implementers.length).toBeGreaterThan(10);
    expect(implementers.filter((type) => !sees(viewers.visitor!, type, "id")).map(({ name }) => name)).toEqual([]);
    expect(rules.mayReadAny(rules.grantsOf(viewers.visitor!), node as never)).toBe(true);
  });

  it("are the committed file, which reads back", () => {
    const [[, text] = ["", ""]] = generatePolicy(root, sdl, documents);
    expect(generated("policy.json")).toBe(text);
    expect(readPolicyFile(text, sdl)).toEqual({
      ...{ ...policy, cache: checkedCacheManifest(documents), cost: compileCost(sdl) },
    });
  });
});
