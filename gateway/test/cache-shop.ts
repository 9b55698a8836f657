// A small shop for tests of the response cache: whatever it shows is a version that only grows, so an old answer tells
// itself; and whom it was asked by, so a wrong one does too.
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { type CacheAnswer } from "@tradegraph/kit/cache-answer";
import { entityTag, listTag } from "@tradegraph/kit/cache-tags";
import { verifyRequest } from "@tradegraph/kit/internal-assertion";
import { type Viewer } from "@tradegraph/kit/viewer";
import { graphql, type GraphQLResolveInfo, parse } from "graphql";
import { keys } from "./fake-graph.ts";

const directives = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key", "@shareable"])
  enum CacheControlScope { PUBLIC PRIVATE }
  enum CacheDimension { COMPANY }
  enum CacheAudience { SIGNED_IN STAFF SUPPLIER PARTNER }
  directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
  directive @cachePolicy(swr: Int, sie: Int, negative: Int, vary: [CacheDimension!], bypass: [CacheAudience!]) on FIELD_DEFINITION | OBJECT | INTERFACE
`;

const stockTypeDefs = `${directives}
  type Query {
    item(id: ID!): Item @cacheControl(maxAge: 60)
    items(of: ID!): [Item!] @cacheControl(maxAge: 60)
    offer(id: ID!): Offer @cacheControl(maxAge: 60) @cachePolicy(vary: [COMPANY])
    mine(id: ID!): Offer @cacheControl(maxAge: 60, scope: PRIVATE)
    plain(id: ID!): Offer
    staffSeesMore(id: ID!): Offer @cacheControl(maxAge: 60) @cachePolicy(bypass: [STAFF])
    note(id: ID!): Offer @cacheControl(maxAge: 60) @cachePolicy(swr: 60)
  }
  type Mutation { changeStock(id: ID!): Int addItem(of: ID!): Int }
  type Item @key(fields: "id") @cacheControl(maxAge: 60) { id: ID! stock: Int! seen: String! }
  type Offer @cacheControl(inheritMaxAge: true) { version: Int! seen: String! }
`;

const labelTypeDefs = `${directives}
  type Query { labels: Int }
  type Mutation { changeLabel(id: ID!): Int }
  type Item @key(fields: "id") @cacheControl(maxAge: 60) { id: ID! label: Int! labelSeen: String! }
`;

/** Whom a subgraph was asked by, as far as an answer could depend on it. */
export const seenBy = ({ tenantId, role, userId, companyId, address }: Viewer): string =>
  JSON.stringify({ tenantId, role, userId, companyId, address });

export interface ShopCall {
  subgraph: "stock" | "labels";
  viewer: Viewer;
  query: string;
  variables: Record<string, unknown>;
}

export interface CacheShop {
  subgraphs: { name: string; url: string; typeDefs: string }[];
  calls: ShopCall[];
  /** `stock:<id>`, `label:<id>`, and `items:<name>` of lists, which is how many items they have. */
  versions: Map<string, number>;
  /** Milliseconds that a subgraph waits before and after it reads, for each request. */
  delays: () => [before: number, after: number];
  /** Awaited by a subgraph before it reads; it gives no answer if this rejects. */
  hold: (call: ShopCall) => Promise<void>;
  /** The same, when it has read and has not answered. */
  holdAnswer: (call: ShopCall) => Promise<void>;
  /** A write past the gateway. @returns the tags of what changed */
  change: (key: string) => string[];
  stop: () => Promise<void>;
}

interface Context {
  viewer: Viewer;
  /** What each part has read, by response name or index. */
  read: Map<string, Set<string>>;
  told: string[];
}

/** The root field, or the place among the representations, under which something is read. */
const partOf = ({ path }: GraphQLResolveInfo): string => {
  const keys: (string | number)[] = [];
  for (let at: GraphQLResolveInfo["path"] | undefined = path; at; at = at.prev) keys.unshift(at.key);
  return String(keys[0] === "_entities" ? keys[1] : keys[0]);
};

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

export async function startCacheShop(): Promise<CacheShop> {
  const versions = new Map<string, number>();
  const versionOf = (key: string) => versions.get(key) ?? 1;
  const tagsOf = (key: string) => (key === "items" ? [listTag("acme", "Item")] : [entityTag("Shelf", key)]);
  const change = (key: string) => {
    versions.set(key, versionOf(key) + 1);
    return tagsOf(key);
  };
  const read = (context: Context, info: GraphQLResolveInfo, key: string) => {
    const part = partOf(info);
    const tags = context.read.get(part) ?? new Set();
    for (const tag of tagsOf(key)) tags.add(tag);
    context.read.set(part, tags);
    return versionOf(key);
  };
  const offer = (_: unknown, { id }: { id: string }, context: Context, info: GraphQLResolveInfo) => ({
    version: read(context, info, `stock:${id}`),
    seen: seenBy(context.viewer),
  });
  const resolvers = {
    stock: {
      Query: {
        item: (_: unknown, { id }: { id: string }) => ({ id }),
        items: (_: unknown, { of }: { of: string }, context: Context, info: GraphQLResolveInfo) =>
          Array.from({ length: read(context, info, `items:${of}`) }, (_item, index) => ({ id: `${of}-${index + 1}` })),
        ...{ offer, mine: offer, plain: offer, staffSeesMore: offer, note: offer },
      },
      Mutation: {
        changeStock: (_: unknown, { id }: { id: string }, context: Context) => {
          context.told.push(...change(`stock:${id}`));
          return versionOf(`stock:${id}`);
        },
        addItem: (_: unknown, { of }: { of: string }, context: Context) => {
          context.told.push(...change(`items:${of}`));
          return versionOf(`items:${of}`);
        },
      },
      Item: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        stock: ({ id }: { id: string }, _: unknown, context: Context, info: GraphQLResolveInfo) =>
          read(context, info, `stock:${id}`),
        seen: (_: unknown, _args: unknown, { viewer }: Context) => seenBy(viewer),
      },
    },
    labels: {
      Query: { labels: () => 1 },
      Mutation: {
        changeLabel: (_: unknown, { id }: { id: string }, context: Context) => {
          context.told.push(...change(`label:${id}`));
          return versionOf(`label:${id}`);
        },
      },
      Item: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        label: ({ id }: { id: string }, _: unknown, context: Context, info: GraphQLResolveInfo) =>
          read(context, info, `label:${id}`),
        labelSeen: (_: unknown, _args: unknown, { viewer }: Context) => seenBy(viewer),
      },
    },
  };
  const shop: Omit<CacheShop, "stop" | "subgraphs"> = {
    calls: [],
    versions,
    delays: () => [0, 0],
    hold: () => Promise.resolve(),
    holdAnswer: () => Promise.resolve(),
    change,
  };

  const serve = async (name: "stock" | "labels", typeDefs: string) => {
    const schema = buildSubgraphSchema({ typeDefs: parse(typeDefs), resolvers: resolvers[name] as never });
    const server = createServer((request, response) => {
      const answer = async () => {
        if (request.method === "GET") return "{}";
        const body = await bodyOf(request);
        const requestId = String(request.headers["x-request-id"]);
        const verified = verifyRequest(keys, request.headers, {
          ...{ audience: name, method: "POST", path: "/graphql", body, requestId },
        });
        if (!("viewer" in verified)) throw new Error("unsigned");
        const { query, variables = {} } = JSON.parse(body) as Pick<ShopCall, "query" | "variables">;
        const call = { subgraph: name, viewer: verified.viewer, query, variables };
        shop.calls.push(call);
        await shop.hold(call);
        const [before, after] = shop.delays();
        if (before > 0) await sleep(before);
        const context: Context = { viewer: verified.viewer, read: new Map(), told: [] };
        const result = await graphql({ schema, source: query, variableValues: variables, contextValue: context });
        if (after > 0) await sleep(after);
        await shop.holdAnswer(call);
        return JSON.stringify({ ...result, extensions: extensionsOf(context, result.data) });
      };
      answer().then(
        (text) => response.setHeader("content-type", "application/json").end(text),
        () => response.writeHead(401).end(),
      );
    });
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    return { server, name, typeDefs, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql` };
  };
  const served = await Promise.all([serve("stock", stockTypeDefs), serve("labels", labelTypeDefs)]);
  return Object.assign(shop, {
    subgraphs: served.map(({ name, url, typeDefs }) => ({ name, url, typeDefs })),
    async stop() {
      for (const { server } of served) {
        server.close();
        server.closeAllConnections();
      }
      await Promise.resolve();
    },
  });
}

function extensionsOf({ read, told }: Context, data: Record<string, unknown> | null | undefined): object {
  if (told.length > 0) return { cacheInvalidate: { tags: told } };
  const entities = data?._entities as unknown[] | undefined;
  const answer: CacheAnswer = entities
    ? { apolloEntityCacheTags: entities.map((_, index) => [...(read.get(String(index)) ?? [])]) }
    : { cacheTagsByField: Object.fromEntries(Object.keys(data ?? {}).map((key) => [key, [...(read.get(key) ?? [])]])) };
  return answer;
}
