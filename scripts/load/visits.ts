// What visitors of a shop ask for: committed operations of the storefront, none of which changes anything.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

/** One request of a visitor. */
export interface Visit {
  name: string;
  /** JSON, as it is sent. */
  body: string;
}

/** Answers of GraphQL as far as this command looks at them. */
export interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { message?: string }[];
}

/** @throws Error when the request fails or has errors */
export type Ask = (visit: Visit) => Promise<Answer>;

/** How many of a hundred requests are of which operation: people look at products more often than they search. */
const shares = { HomePage: 15, CategoryPage: 20, ProductPage: 40, Search: 15, ProductList: 10 };
type Operation = keyof typeof shares;

const folder = resolve(import.meta.dirname, "../../schema/operations/storefront");

/** The request for an operation. */
export async function visitOf(name: string, variables: object = {}): Promise<Visit> {
  const query = await readFile(resolve(folder, `${name}.graphql`), "utf8");
  return { name, body: JSON.stringify({ query, operationName: name, variables }) };
}

interface Listed {
  products: { nodes: { sku: string; name: string }[] };
}
interface Home {
  categories: { nodes: { id: string; slug: string }[] };
}

/**
 * A hundred visits in the shares above, by things that the shop really has.
 * @throws Error when the shop has no products or categories
 */
export async function findVisits(ask: Ask): Promise<Visit[]> {
  const { products } = (await ask(await visitOf("ProductList", { first: 50 }))).data as unknown as Listed;
  const { categories } = (await ask(await visitOf("HomePage"))).data as unknown as Home;
  const skus = products.nodes.map(({ sku }) => sku);
  const words = products.nodes.flatMap(({ name }) => name.split(/\W+/).filter((word) => word.length > 3));
  if (skus.length === 0 || categories.nodes.length === 0 || words.length === 0)
    throw new Error("The shop has no products or categories: there is nothing to ask for.");
  const variables: Record<Operation, (turn: number) => object> = {
    HomePage: () => ({}),
    CategoryPage: (turn) => categoryVariables(categories.nodes, turn),
    ProductPage: (turn) => ({ sku: skus[turn % skus.length] }),
    Search: (turn) => ({ text: words[turn % words.length] }),
    ProductList: () => ({ first: 50 }),
  };
  const names = Object.keys(shares) as Operation[];
  const lists = names.map((name) =>
    Promise.all(Array.from({ length: shares[name] }, (_, turn) => visitOf(name, variables[name](turn)))),
  );
  return interleave(await Promise.all(lists));
}

function categoryVariables(categories: Home["categories"]["nodes"], turn: number): object {
  const category = categories[turn % categories.length];
  return { slug: category?.slug, categoryId: category?.id };
}

/** Spreads each list evenly over the whole, so that a short run has all kinds too. */
function interleave(lists: Visit[][]): Visit[] {
  const placed = lists.flatMap((list) => list.map((visit, index) => ({ visit, at: (index + 0.5) / list.length })));
  return placed.sort((one, other) => one.at - other.at).map(({ visit }) => visit);
}
