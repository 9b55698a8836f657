// Random hints and random operations: what this compiler makes of `@cacheControl` is what Apollo Server's own plugin finds
// while it executes the same operation.
import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginInlineTraceDisabled } from "@apollo/server/plugin/disabled";
import { buildSubgraphSchema } from "@apollo/subgraph";
import fc from "fast-check";
import {
  getNamedType,
  getNullableType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isListType,
  isObjectType,
  parse,
} from "graphql";
import { expect, it } from "vitest";
import { compileCacheManifest } from "./compile-cache-policy.ts";
import { createSubgraphCachePolicies } from "./subgraph-cache-policies.ts";

const control = fc
  .tuple(
    fc.option(fc.constantFrom(0, 1, 5, 60, 3600)),
    fc.option(fc.constantFrom("PUBLIC", "PRIVATE")),
    fc.option(fc.boolean()),
  )
  .map(([maxAge, scope, inherit]) => {
    const args = [
      ...(maxAge === null ? [] : [`maxAge: ${maxAge}`]),
      ...(scope === null ? [] : [`scope: ${scope}`]),
      ...(inherit === null ? [] : [`inheritMaxAge: ${inherit}`]),
    ];
    return args.length > 0 ? `@cacheControl(${args.join(" ")})` : "";
  });

// Types with enough hints that a fair part of the operations is kept.
const places = 24;
const hints = fc.array(fc.oneof({ weight: 2, arbitrary: fc.constant("@cacheControl(maxAge: 30)") }, control), {
  ...{ minLength: places, maxLength: places },
});

function sdlOf(given: readonly string[]): string {
  let next = 0;
  const h = () => given[next++ % places] ?? "";
  return `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key"])
    enum CacheControlScope { PUBLIC PRIVATE }
    directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean)
      on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
    type Query { a: A ${h()} as: [A!]! ${h()} b: B ${h()} s: String ${h()} n: [N] ${h()} u: [U] ${h()} }
    type A @key(fields: "id") ${h()} { id: ID! s: String ${h()} t: String b: B ${h()} as: [A!] ${h()} n: [N!] ${h()} }
    type B implements N ${h()} { s: String ${h()} a: A ${h()} d: D }
    type C implements N @key(fields: "id") ${h()} { id: ID! s: String b: B ${h()} }
    type D ${h()} { s: String d: D ${h()} }
    interface N ${h()} { s: String ${h()} }
    union U ${h()} = A | C
  `;
}

const leaf = fc.constantFrom("__typename", "s", "x: s");
const nested = (name: string, depth: number, type: string): fc.Arbitrary<string> =>
  selection(type, depth - 1).map((inside) => `${name} { ${inside} }`);

function selection(type: string, depth: number): fc.Arbitrary<string> {
  const own: Record<string, fc.Arbitrary<string>[]> = {
    A: [leaf, fc.constant("t"), fc.constant("id")],
    ...{ B: [leaf], C: [leaf, fc.constant("id")], D: [leaf], N: [leaf], U: [fc.constant("__typename")] },
  };
  const deeper: Record<string, fc.Arbitrary<string>[]> =
    depth === 0
      ? {}
      : {
          A: [
            nested("b", depth, "B"),
            nested("as", depth, "A"),
            nested("n", depth, "N"),
            nested("... on A", depth, "A"),
          ],
          B: [nested("a", depth, "A"), nested("d", depth, "D"), nested("... @include(if: true)", depth, "B")],
          C: [nested("b", depth, "B")],
          D: [nested("d", depth, "D")],
          N: [nested("... on B", depth, "B"), nested("... on C", depth, "C")],
          U: [nested("... on A", depth, "A"), nested("... on C", depth, "C"), nested("... on N", depth, "N")],
        };
  const choices = [...(own[type] ?? []), ...(deeper[type] ?? [])];
  return fc.array(fc.oneof(...choices), { minLength: 1, maxLength: 3 }).map((all) => all.join(" "));
}

const roots = fc.oneof(
  fc.constant("s"),
  ...Object.entries({ a: "A", as: "A", b: "B", n: "N", u: "U" }).map(([name, type]) => nested(name, 4, type)),
);
const entities = fc
  .constantFrom("A", "C")
  .chain((type) =>
    selection(type, 3).map((inside) => [
      type,
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${inside} } } }`,
    ]),
  );

/** Every composite field has a value, and abstract ones one of each type, so that every selected field is executed. */
function executable(sdl: string): GraphQLSchema {
  const schema = buildSubgraphSchema({ typeDefs: parse(sdl) });
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type)) type.resolveType = (value) => (value as { __typename: string }).__typename;
    if (!isObjectType(type) || type.name.startsWith("_")) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.name.startsWith("_")) continue;
      const given = getNamedType(field.type);
      const values = isAbstractType(given)
        ? schema.getPossibleTypes(given).map(({ name }) => ({ __typename: name }))
        : [{}];
      field.resolve = () =>
        !isCompositeType(given) ? "x" : isListType(getNullableType(field.type)) ? values : values[0];
    }
  }
  return schema;
}

type Found = { maxAge: number; scope: string } | undefined;

/** What Apollo Server says of operations while it executes them. */
async function withApollo<T>(
  sdl: string,
  use: (policyOf: (query: string, variables?: Record<string, unknown>) => Promise<Found>) => Promise<T>,
): Promise<T> {
  const server = new ApolloServer({ schema: executable(sdl), plugins: [ApolloServerPluginInlineTraceDisabled()] });
  const result = await use(async (query, variables = {}) => {
    const { http, body } = await server.executeOperation({ query, variables });
    if (body.kind !== "single" || body.singleResult.errors) throw new Error(JSON.stringify(body));
    const [, maxAge, scope = ""] = /^max-age=(\d+), (\w+)$/.exec(http.headers.get("cache-control") ?? "") ?? [];
    return maxAge === undefined ? undefined : { maxAge: Number(maxAge), scope: scope.toUpperCase() };
  });
  await server.stop();
  return result;
}

function ours(sdl: string): (query: string, type?: string) => Found {
  const policies = createSubgraphCachePolicies(compileCacheManifest(new Map([["s", parse(sdl)]])));
  return (query, type = "") => {
    const found = policies.get("s")?.policyOf(query);
    if (!found || found.kind === "none") return undefined;
    const policy = found.kind === "roots" ? found.parts[0]?.policy : found.byType.get(type)?.policy;
    return policy && { maxAge: policy.maxAge, scope: policy.scope };
  };
}

/** Equal, but for abstract types: Apollo Server sees one type at a time, a plan has to hold for all of them. */
function expectAlike(query: string, found: Found, theirs: Found): void {
  const hasAbstract = /\b[nu] \{/.test(query);
  if (!hasAbstract) expect([query, found]).toEqual([query, theirs]);
  if (!hasAbstract || !found) return;
  expect(found.maxAge).toBeLessThanOrEqual(theirs?.maxAge ?? -1);
  if (theirs?.scope === "PRIVATE") expect(found.scope).toBe("PRIVATE");
}

const runs = { numRuns: 40 };
const many = { minLength: 12, maxLength: 12 };

it("finds for root fields what Apollo Server does, and no less strict where types are abstract", async () => {
  let kept = 0;
  await fc.assert(
    fc.asyncProperty(hints, fc.array(roots, many), async (given, texts) => {
      const sdl = sdlOf(given);
      const policyOf = ours(sdl);
      await withApollo(sdl, async (theirs) => {
        for (const text of texts) {
          const query = `{ ${text} }`;
          const found = policyOf(query);
          if (found) kept += 1;
          expectAlike(query, found, await theirs(query));
        }
      });
    }),
    runs,
  );
  expect(kept).toBeGreaterThan(50);
}, 60_000);

it("finds for entities what Apollo Server does", async () => {
  let kept = 0;
  await fc.assert(
    fc.asyncProperty(hints, fc.array(entities, many), async (given, questions) => {
      const sdl = sdlOf(given);
      const policyOf = ours(sdl);
      await withApollo(sdl, async (theirs) => {
        for (const [type, query = ""] of questions) {
          const found = policyOf(query, type);
          if (found) kept += 1;
          expectAlike(query, found, await theirs(query, { r: [{ __typename: type, id: "1" }] }));
        }
      });
    }),
    runs,
  );
  expect(kept).toBeGreaterThan(50);
}, 60_000);
