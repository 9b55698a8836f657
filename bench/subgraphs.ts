// Three subgraphs that compute nothing: what a burst costs is the gateway's.
const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key"])`;

const ids = Array.from({ length: 10 }, (_, index) => String(index + 1));

const product = (id: string) => ({
  __typename: "Product",
  id,
  title: `Hex bolt M${id}`,
  description: `Steel, zinc plated, ${id}0 mm, box of one hundred.`,
});

export interface StaticSubgraph {
  name: string;
  typeDefs: string;
  /** What it says to an operation of the benchmark. */
  answer: (query: string) => object;
}

export const subgraphs: StaticSubgraph[] = [
  {
    name: "products",
    typeDefs: `${link}
      type Query { product(id: ID!): Product products(after: String): [Product!] }
      type Product @key(fields: "id") { id: ID! title: String description: String }`,
    // With the bracket: the gateway puts the subgraph's name into the operation's.
    answer: (query) => (query.includes("products(") ? { products: ids.map(product) } : { product: product("1") }),
  },
  {
    name: "reviews",
    typeDefs: `${link}
      type Product @key(fields: "id") { id: ID! rating: Float reviews: [Review!] }
      type Review { text: String }`,
    answer: () => ({
      _entities: ids.map((id) => ({ rating: 4.5, reviews: [{ text: `Fits well, ordered ${id} boxes.` }] })),
    }),
  },
  {
    name: "stock",
    typeDefs: `${link}
      type Product @key(fields: "id") { id: ID! available: Int warehouse: String }`,
    answer: () => ({ _entities: ids.map((id) => ({ available: Number(id) * 100, warehouse: "Hamburg" })) }),
  },
];
