// Small SDLs with cache directives.
import { type DocumentNode, parse } from "graphql";
import { type CacheManifest } from "../src/cache/policy/cache-manifest.ts";
import { compileCacheManifest } from "../src/cache/policy/compile-cache-policy.ts";

const head = `
  extend schema @link(
    url: "https://specs.apollo.dev/federation/v2.12"
    import: ["@key", "@external", "@requires", "@cacheTag", "@authenticated", "@requiresScopes", "@policy"]
  )
  enum CacheControlScope { PUBLIC PRIVATE }
  directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean)
    on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
  enum CacheDimension { COMPANY }
  enum CacheAudience { SIGNED_IN STAFF SUPPLIER PARTNER }
  directive @cachePolicy(swr: Int, sie: Int, negative: Int, vary: [CacheDimension!], bypass: [CacheAudience!])
    on OBJECT | FIELD_DEFINITION | INTERFACE
  enum CacheWait { NONE STRICT }
  directive @cacheInvalidate(tags: [String!]!, wait: CacheWait, soft: Boolean) repeatable on FIELD_DEFINITION
`;

/** SDL of a subgraph called `shop` with all directives defined. */
export const shopDocuments = (sdl: string): ReadonlyMap<string, DocumentNode> => new Map([["shop", parse(head + sdl)]]);

/** The manifest of a subgraph called `shop`. */
export const shopManifest = (sdl: string): CacheManifest => compileCacheManifest(shopDocuments(sdl));

/** With a case of everything that policies are made of. */
export const itemSdl = `
  type Query {
    item(id: ID!, size: Int = 3): Item @cacheTag(format: "item-{$args.id}-{$args.size}")
    items(first: Int): [Item!] @cacheControl(maxAge: 300) @cachePolicy(swr: 30) @cacheTag(format: "items")
    mine: [Item!] @cacheControl(maxAge: 20, scope: PRIVATE)
    short: String @cacheControl(maxAge: 5)
    secret: Item @cacheControl(maxAge: 0)
    hello: String
    thing: Thing @cacheControl(maxAge: 50)
    any: Any @cacheControl(maxAge: 50)
    owned: Owned @cacheControl(maxAge: 50)
    staffSees: Item @cachePolicy(bypass: [STAFF, PARTNER])
  }
  type Mutation { itemSet(id: ID!): Item }
  interface Thing { name: String }
  union Any = Item | Shelf
  union Owned = Owner | Shelf
  type Item implements Thing @key(fields: "id") @key(fields: "code")
    @cacheControl(maxAge: 600) @cachePolicy(swr: 60, sie: 900, negative: 30, bypass: [SUPPLIER]) @cacheTag(format: "fixed") {
    id: ID! code: ID! name: String
    price(for: Int): Int @cachePolicy(sie: 0, vary: [COMPANY])
    stock: Int @cacheControl(maxAge: 10)
    note: String @cacheControl(scope: PRIVATE)
    open: String @cacheControl(scope: PUBLIC)
    owner: Owner
    shelf: Shelf @cachePolicy(bypass: [STAFF])
    stranger: Stranger
    foreign: String @external
    derived: String @requires(fields: "foreign")
  }
  type Owner @key(fields: "org { id }") @cacheControl(maxAge: 100) @cachePolicy(vary: [COMPANY]) @cacheTag(format: "owner-{$key.org.id}") {
    org: Org name: String
  }
  type Org @cacheControl(inheritMaxAge: true) { id: ID! }
  type Shelf implements Thing @key(fields: "id") @cacheControl(inheritMaxAge: true) { id: ID! name: String }
  type Stranger @key(fields: "id") { id: ID! name: String }
`;
