// Two subgraphs in one, which answer at once: `page` is as large as it is told, and `change` makes a new version of it. The
// other one says how many there are of each item.
const head = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key"])
  enum CacheControlScope { PUBLIC PRIVATE }
  directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT
  directive @cachePolicy(swr: Int) on FIELD_DEFINITION
`;

/** Seconds, for pages that expire while the benchmark waits. */
export const shortAge = 2;

export const schemas = {
  products: `${head}
    type Query {
      page(id: ID!, rows: Int!): Page @cacheControl(maxAge: 600)
      shortPage(id: ID!, rows: Int!): Page @cacheControl(maxAge: ${shortAge})
      stalePage(id: ID!, rows: Int!): Page @cacheControl(maxAge: ${shortAge}) @cachePolicy(swr: 600)
      cart: Page @cacheControl(maxAge: 600, scope: PRIVATE)
      items(ids: [ID!]!): [Item!]
    }
    type Mutation { change(id: ID!): Int }
    type Page @cacheControl(inheritMaxAge: true) { version: Int rows: [Row!] }
    type Row @cacheControl(inheritMaxAge: true) { id: ID! title: String description: String }
    type Item @key(fields: "id") { id: ID! }
  `,
  stock: `${head}
    type Item @key(fields: "id") @cacheControl(maxAge: 600) { id: ID! available: Int }
  `,
};

interface Asked {
  query: string;
  variables: { id?: string; rows?: number; ids?: string[]; representations?: { id: string }[] };
}

/** Milliseconds that a page takes, for the stampede. */
export const pageMs = 20;

const row = (_: unknown, index: number) => ({
  ...{ id: String(index), title: `Hex bolt M${index}` },
  description: `Steel, zinc plated, ${index}0 mm, box of one hundred.`,
});

export function createAnswer() {
  const versions = new Map<string, number>();
  const versionOf = (id: string) => versions.get(id) ?? 1;
  let calls = 0;
  let entities = 0;
  const pageOf = (id: string, rows: number) => ({ version: versionOf(id), rows: Array.from({ length: rows }, row) });
  return {
    /** Pages and lists that were asked for, and single items. */
    asked: () => ({ calls, entities }),
    async answer({ query, variables: { id = "", rows = 0, ids = [], representations } }: Asked): Promise<object> {
      if (query.includes("change(")) {
        versions.set(id, versionOf(id) + 1);
        return { data: { change: versionOf(id) }, extensions: { cacheInvalidate: { tags: [`Page:${id}`] } } };
      }
      if (representations) {
        entities += representations.length;
        return { data: { _entities: representations.map((item) => ({ available: Number(item.id) % 100 })) } };
      }
      calls += 1;
      if (query.includes("items(")) return { data: { items: ids.map((one) => ({ __typename: "Item", id: one })) } };
      if (id.startsWith("slow")) await new Promise((resolve) => setTimeout(resolve, pageMs));
      // Each part of a personalised page may be asked for by itself.
      const data = {
        ...(/\bpage\b/.test(query) && { page: pageOf(id, rows) }),
        ...(query.includes("cart") && { cart: pageOf("cart", 3) }),
      };
      return { data, extensions: { cacheTagsByField: { page: [`Page:${id}`], cart: ["Page:cart"] } } };
    },
  };
}
