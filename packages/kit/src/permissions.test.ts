import { graphql, type GraphQLSchema } from "graphql";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";
import { describe, expect, it } from "vitest";
import { badUserInput, forbidden } from "./errors.ts";
import {
  allow,
  and,
  applyPermissions,
  completeRules,
  describeRule,
  deny,
  hasRole,
  isService,
  or,
  type PermissionMap,
  signedIn,
  staff,
  viewerRule,
} from "./permissions.ts";
import { serviceViewer, type Viewer } from "./viewer.ts";

const typeDefs = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key"])
  type Query { things: [Thing] open: String broken: String wrong: String }
  type Thing @key(fields: "id") { id: ID! owner: ID! secret: String note: String }
`);

const things = [
  { id: "1", owner: "ann", secret: "one", note: "n1" },
  { id: "2", owner: "bob", secret: "two", note: "n2" },
];

const build = (): GraphQLSchema =>
  buildSubgraphSchema({
    typeDefs,
    resolvers: {
      Query: {
        things: () => things,
        open: () => "open",
        broken: () => Promise.reject(new Error("database password is hunter2")),
        wrong: () => Promise.reject(badUserInput("Too long.")),
      },
      Thing: { __resolveReference: ({ id }: { id: string }) => things.find((thing) => thing.id === id) },
    },
  });

const viewer = (role: Viewer["role"], userId?: string): Viewer => ({ tenantId: "acme", role, userId, scopes: [] });
const anonymous = viewer("anonymous");

const ask = async (permissions: PermissionMap, who: Viewer, source = "{ things { secret } }") => {
  const schema = applyPermissions(build(), permissions);
  const { data, errors = [] } = await graphql({ schema, source, contextValue: { viewer: who } });
  return { data: JSON.parse(JSON.stringify(data)) as unknown, codes: errors.map(({ extensions }) => extensions.code) };
};

const secretBy = (rule: PermissionMap[string] & object): PermissionMap => ({
  Query: allow,
  Thing: { "*": allow, secret: rule as typeof allow },
});

const both = { data: { things: [{ secret: "one" }, { secret: "two" }] }, codes: [] };
const neither = (code: string) => ({ data: { things: [{ secret: null }, { secret: null }] }, codes: [code, code] });

describe("rules", () => {
  it("signedIn lets accounts in", async () => {
    await expect(ask(secretBy(signedIn), viewer("customer", "ann"))).resolves.toEqual(both);
    await expect(ask(secretBy(signedIn), anonymous)).resolves.toEqual(neither("UNAUTHENTICATED"));
    await expect(ask(secretBy(signedIn), serviceViewer("acme", []))).resolves.toEqual(neither("FORBIDDEN"));
  });

  it("hasRole lets these roles in", async () => {
    const rule = secretBy(hasRole("admin", "supplier"));
    await expect(ask(rule, viewer("admin", "x"))).resolves.toEqual(both);
    await expect(ask(rule, viewer("supplier", "x"))).resolves.toEqual(both);
    await expect(ask(rule, viewer("customer", "x"))).resolves.toEqual(neither("FORBIDDEN"));
    await expect(ask(rule, anonymous)).resolves.toEqual(neither("UNAUTHENTICATED"));
  });

  it("isService wants a service with the scope, not an admin", async () => {
    const rule = secretBy(isService("stock"));
    await expect(ask(rule, serviceViewer("acme", ["stock"]))).resolves.toEqual(both);
    await expect(ask(rule, serviceViewer("acme", ["mail"]))).resolves.toEqual(neither("FORBIDDEN"));
    await expect(ask(rule, { ...viewer("admin", "x"), scopes: ["stock"] })).resolves.toEqual(neither("FORBIDDEN"));
  });

  it("staff lets in who has the area, and who has all", async () => {
    const rule = secretBy(staff("orders"));
    const admin = (...scopes: string[]) => ({ ...viewer("admin", "x"), scopes });
    await expect(ask(rule, admin("admin"))).resolves.toEqual(both);
    await expect(ask(rule, admin("staff:users", "staff:orders"))).resolves.toEqual(both);
    for (const who of [admin(), admin("staff:users"), { ...viewer("customer", "x"), scopes: ["admin"] }]) {
      await expect(ask(rule, who)).resolves.toEqual(neither("FORBIDDEN"));
    }
    await expect(ask(rule, anonymous)).resolves.toEqual(neither("UNAUTHENTICATED"));
  });

  it("say whom they let in", () => {
    expect(describeRule(allow)).toBe("everybody");
    expect(describeRule(or(staff("orders"), isService("stock")))).toBe(
      "staff of orders, or our own programs with the scope `stock`",
    );
    expect(describeRule(and(signedIn, hasRole("customer")))).toBe("everybody with an account, and role customer");
  });

  it("or takes one, and takes both", async () => {
    const isAnn = viewerRule("isAnn", ({ userId }) => userId === "ann" || forbidden());
    const some = secretBy(or(hasRole("admin"), isAnn));
    const every = secretBy(and(hasRole("customer"), isAnn));
    await expect(ask(some, viewer("customer", "ann"))).resolves.toEqual(both);
    await expect(ask(some, viewer("admin", "bob"))).resolves.toEqual(both);
    await expect(ask(some, viewer("customer", "bob"))).resolves.toEqual(neither("FORBIDDEN"));
    await expect(ask(every, viewer("customer", "ann"))).resolves.toEqual(both);
    await expect(ask(every, viewer("customer", "bob"))).resolves.toEqual(neither("FORBIDDEN"));
    await expect(ask(every, viewer("admin", "ann"))).resolves.toEqual(neither("FORBIDDEN"));
  });

  it("two rules of one name are two rules", async () => {
    const yes = viewerRule("same", () => true);
    const no = viewerRule("same", () => forbidden());
    const permissions = { Query: allow, Thing: { "*": allow, secret: yes, note: no } };
    await expect(ask(permissions, anonymous, "{ things { secret note } }")).resolves.toMatchObject({
      data: {
        things: [
          { secret: "one", note: null },
          { secret: "two", note: null },
        ],
      },
    });
  });

  it("decide about each object by itself", async () => {
    const owns = viewerRule<{ owner: string }>("owns", ({ userId }, { owner }) => userId === owner || forbidden());
    await expect(ask(secretBy(owns), viewer("customer", "ann"))).resolves.toEqual({
      data: { things: [{ secret: "one" }, { secret: null }] },
      codes: ["FORBIDDEN"],
    });
  });

  it("deny refuses everybody", async () => {
    await expect(ask(secretBy(deny), viewer("admin", "x"))).resolves.toEqual(neither("FORBIDDEN"));
  });
});

describe("applyPermissions", () => {
  const closed: PermissionMap = { Query: { "*": allow, things: deny }, Thing: hasRole("admin") };

  it("guards what is reached by _entities, which no rule on a query does", async () => {
    const source = '{ _entities(representations: [{ __typename: "Thing", id: "1" }]) { ... on Thing { secret } } }';
    await expect(ask(closed, anonymous, source)).resolves.toEqual({
      data: { _entities: [{ secret: null }] },
      codes: ["UNAUTHENTICATED"],
    });
    await expect(ask(closed, viewer("admin", "x"), source)).resolves.toEqual({
      data: { _entities: [{ secret: "one" }] },
      codes: [],
    });
  });

  it("guards types that are reached through their interface, and refuses rules on the interface itself, which shield ignores", async () => {
    const schema = () =>
      buildSubgraphSchema({
        typeDefs: parse(
          "type Query { named: [Named] } interface Named { name: String } type Toy implements Named { name: String }",
        ),
        resolvers: { Query: { named: () => [{ name: "one" }] }, Named: { __resolveType: () => "Toy" } },
      });
    const ruled = applyPermissions(schema(), { Query: allow, Toy: deny });
    const source = "{ named { name ... on Named { again: name } } }";
    const { data, errors = [] } = await graphql({ schema: ruled, source, contextValue: { viewer: anonymous } });
    expect(JSON.parse(JSON.stringify(data))).toEqual({ named: [{ name: null, again: null }] });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN", "FORBIDDEN"]);
    const onInterface = { Query: allow, Toy: allow, Named: deny };
    expect(() => applyPermissions(schema(), onInterface)).toThrow("Named is no object type");
  });

  it("leaves federation's own fields open", async () => {
    const { data, codes } = await ask(closed, anonymous, "{ _service { sdl } }");
    expect(codes).toEqual([]);
    expect(JSON.stringify(data)).toContain("type Thing");
  });

  it("leaves fields that everybody may read as they were", () => {
    const [plain, guarded] = [build(), applyPermissions(build(), closed)];
    const resolverOf = (schema: GraphQLSchema, field: string) => schema.getQueryType()?.getFields()[field]?.resolve;
    expect(String(resolverOf(guarded, "open"))).toBe(String(resolverOf(plain, "open")));
    expect(String(resolverOf(guarded, "things"))).not.toBe(String(resolverOf(plain, "things")));
  });

  it("lets errors of resolvers through as they are", async () => {
    const guarded: PermissionMap = { Query: signedIn, Thing: allow };
    await expect(ask(guarded, viewer("customer", "x"), "{ wrong }")).resolves.toMatchObject({
      codes: ["BAD_USER_INPUT"],
    });
    // Not FORBIDDEN: it is a fault, and masking gives it its code.
    await expect(ask(guarded, viewer("customer", "x"), "{ broken }")).resolves.toMatchObject({ codes: [undefined] });
  });

  it("does not call the resolver of a refused field", async () => {
    let calls = 0;
    const schema = build();
    const field = schema.getQueryType()?.getFields().open;
    if (field) field.resolve = () => `${(calls += 1)}`;
    applyPermissions(schema, { Query: deny, Thing: allow });
    await graphql({ schema, source: "{ open }", contextValue: { viewer: anonymous } });
    expect(calls).toBe(0);
  });

  it("refuses when a rule itself fails", async () => {
    const failing = viewerRule("failing", () => {
      throw new Error("no such user");
    });
    const { data } = await ask(secretBy(failing), viewer("admin", "x"));
    expect(data).toEqual({ things: [{ secret: null }, { secret: null }] });
  });
});

describe("completeRules", () => {
  it("spells out every field", () => {
    const rules = completeRules(build(), { Query: allow, Thing: { "*": allow, secret: deny } });
    expect(rules.Thing).toEqual({ id: allow, owner: allow, secret: deny, note: allow });
    expect(rules.Query?._entities).toBe(allow);
  });

  it("complains about all gaps at once", () => {
    const map: PermissionMap = { Query: { things: allow }, Thing: { "*": allow, colour: deny }, Other: allow };
    expect(() => completeRules(build(), map)).toThrow(
      /Query\.open has no rule; .*Thing\.colour does not exist; Other is no object type/,
    );
    expect(() => applyPermissions(build(), map)).toThrow("permissions.ts does not fit the schema");
  });
});
