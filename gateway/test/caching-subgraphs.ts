// What the subgraphs of caching-stage.ts are: a shop whose answers show version and viewer.
import { entityTag } from "@tradegraph/kit/cache-tags";
import { type Viewer } from "@tradegraph/kit/viewer";
import { GraphQLError, type GraphQLResolveInfo } from "graphql";

const directives = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key", "@cacheTag"])
  enum CacheControlScope { PUBLIC PRIVATE }
  enum CacheDimension { COMPANY }
  enum CacheAudience { SIGNED_IN STAFF SUPPLIER PARTNER }
  directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
  directive @cachePolicy(swr: Int, sie: Int, negative: Int, vary: [CacheDimension!], bypass: [CacheAudience!]) on FIELD_DEFINITION | OBJECT | INTERFACE
  directive @cacheInvalidate(tags: [String!]!, soft: Boolean, wait: CacheWait) repeatable on FIELD_DEFINITION
  enum CacheWait { NONE STRICT }
`;

export const typeDefs = {
  stock: `${directives}
    type Query {
      item(id: ID!): Item @cacheControl(maxAge: 60) @cachePolicy(negative: 30, swr: 30, sie: 60) @cacheTag(format: "item-{$args.id}")
      items(ids: [ID!]!): [Item] @cacheControl(maxAge: 60)
      things(ids: [ID!]!): [Thing] @cacheControl(maxAge: 60)
      forCompany: Note @cacheControl(maxAge: 60) @cachePolicy(vary: [COMPANY])
      mine: Note @cacheControl(maxAge: 60, scope: PRIVATE)
      plain: Note
      needed(id: ID!): Note! @cacheControl(maxAge: 60)
      signedIn: Note @cacheControl(maxAge: 60)
    }
    type Mutation { change(id: ID!): Int declared(id: ID!): Int @cacheInvalidate(tags: ["item-{$args.id}"]) }
    union Thing = Item | Plain
    type Item @key(fields: "id") @cacheControl(inheritMaxAge: true) { id: ID! stock: Int seen: String }
    type Plain @key(fields: "id") @cacheControl(inheritMaxAge: true) { id: ID! stock: Int }
    type Note @cacheControl(inheritMaxAge: true) { version: Int seen: String }
  `,
  labels: `${directives}
    type Query { labels: Int }
    type Item @key(fields: "id") @cacheControl(maxAge: 60) @cachePolicy(negative: 30, swr: 30, sie: 60) {
      id: ID! label: String labelSeen: String picky: String!
    }
    type Plain @key(fields: "id") { id: ID! label: String labelSeen: String }
  `,
};

export interface Context {
  viewer: Viewer;
  read: Map<string, Set<string>>;
}

/** Seen by a subgraph, as far as an answer could depend on it. */
export const seenBy = ({ tenantId, role, userId, companyId, address }: Viewer): string =>
  JSON.stringify({ tenantId, role, userId, companyId, address });

const partOf = ({ path }: GraphQLResolveInfo): string => {
  const names: (string | number)[] = [];
  for (let at: GraphQLResolveInfo["path"] | undefined = path; at; at = at.prev) names.unshift(at.key);
  return String(names[0] === "_entities" ? names[1] : names[0]);
};

/** Ids that begin with `n` are not there, with `e` fail, with `x` fail where nothing may be null. */
export function createResolvers(versions: Map<string, number>) {
  const read = (context: Context, info: GraphQLResolveInfo, id: string) => {
    const part = partOf(info);
    const tags = context.read.get(part) ?? new Set();
    context.read.set(part, tags.add(entityTag("Thing", id)));
    return versions.get(id) ?? 1;
  };
  const failing = (id: string) => {
    if (id.startsWith("e")) throw new GraphQLError(`No label for ${id}`, { extensions: { code: "NOT_FOUND" } });
  };
  const thing = (_: unknown, { id }: { id: string }, context: Context, info: GraphQLResolveInfo) => {
    read(context, info, id);
    return id.startsWith("n") ? null : { id };
  };
  const things = (_: unknown, { ids }: { ids: string[] }, context: Context, info: GraphQLResolveInfo) =>
    ids.map((id) => thing(_, { id }, context, info));
  const note = (_: unknown, _args: unknown, context: Context, info: GraphQLResolveInfo) => ({
    version: read(context, info, "note"),
    seen: seenBy(context.viewer),
  });
  const stock = ({ id }: { id: string }, _: unknown, context: Context, info: GraphQLResolveInfo) =>
    read(context, info, id);
  const label = ({ id }: { id: string }, _: unknown, context: Context, info: GraphQLResolveInfo) => {
    failing(id);
    return `label ${id} ${read(context, info, id)}`;
  };
  const entity = ({ id }: { id: string }, context: Context, info: GraphQLResolveInfo) => {
    read(context, info, id);
    // @apollo/subgraph calls it for each representation while it resolves `_entities`.
    return id.startsWith("n") ? null : { id };
  };
  const labelSeen = (_: unknown, _args: unknown, { viewer }: Context) => seenBy(viewer);
  return {
    stock: {
      Query: {
        ...{ item: thing, items: things, things, forCompany: note, mine: note, plain: note },
        needed: (_: unknown, { id }: { id: string }, context: Context, info: GraphQLResolveInfo) => {
          failing(id);
          return note(_, {}, context, info);
        },
        signedIn: (_: unknown, _args: unknown, context: Context, info: GraphQLResolveInfo) => {
          if (!context.viewer.userId) throw new GraphQLError("Sign in.", { extensions: { code: "UNAUTHENTICATED" } });
          return note(_, {}, context, info);
        },
      },
      Mutation: { change: () => 1, declared: () => 1 },
      Thing: { __resolveType: ({ id }: { id: string }) => (id.startsWith("p") ? "Plain" : "Item") },
      Item: { __resolveReference: entity, stock, seen: labelSeen },
      Plain: { __resolveReference: entity, stock },
    },
    labels: {
      Query: { labels: () => 1 },
      Item: {
        ...{ __resolveReference: entity, label, labelSeen },
        picky: ({ id }: { id: string }) => {
          if (id.startsWith("x")) throw new GraphQLError(`${id} is picky`, { extensions: { code: "CONFLICT" } });
          return "fine";
        },
      },
      Plain: { __resolveReference: entity, label, labelSeen },
    },
  };
}
