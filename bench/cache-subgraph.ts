// A subgraph of versions, which answers at once: `page` is as large as it is told, and `change` makes a new version of it.
const head = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key"])
  enum CacheControlScope { PUBLIC PRIVATE }
  directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT
`;

export const typeDefs = `${head}
  type Query { page(id: ID!, rows: Int!): Page @cacheControl(maxAge: 600) }
  type Mutation { change(id: ID!): Int }
  type Page @cacheControl(inheritMaxAge: true) { version: Int rows: [Row!] }
  type Row @cacheControl(inheritMaxAge: true) { id: ID! title: String description: String }
`;

interface Asked {
  query: string;
  variables: { id: string; rows: number };
}

/** Milliseconds that a page takes, for the stampede. */
const pageMs = 20;

export function createAnswer() {
  const versions = new Map<string, number>();
  const versionOf = (id: string) => versions.get(id) ?? 1;
  const row = (_: unknown, index: number) => ({
    ...{ id: String(index), title: `Hex bolt M${index}` },
    description: `Steel, zinc plated, ${index}0 mm, box of one hundred.`,
  });
  let calls = 0;
  return {
    calls: () => calls,
    async answer({ query, variables: { id, rows } }: Asked): Promise<object> {
      if (query.includes("change(")) {
        versions.set(id, versionOf(id) + 1);
        return { data: { change: versionOf(id) }, extensions: { cacheInvalidate: { tags: [`Page:${id}`] } } };
      }
      calls += 1;
      const page = { version: versionOf(id), rows: Array.from({ length: rows }, row) };
      if (id.startsWith("slow")) await new Promise((resolve) => setTimeout(resolve, pageMs));
      return { data: { page }, extensions: { cacheTagsByField: { page: [`Page:${id}`] } } };
    },
  };
}
