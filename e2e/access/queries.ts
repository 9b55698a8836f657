// How each query of the matrix is asked for a thing, and how the answer tells whether it was shown.
import { toNodeId } from "@tradegraph/kit/node-id";
import { type SubgraphName } from "./in-process-graph.ts";
import { type Thing } from "./thing.ts";

export interface QueryCase {
  subgraph: SubgraphName;
  /** The field with its arguments and selection. */
  call: (thing: Thing) => string;
  shows: (value: unknown, thing: Thing) => boolean;
  /** The same list, asked only how long it is. */
  count?: (thing: Thing) => string;
  /** Only through the gateway, which asks two subgraphs for it. */
  needsGateway?: boolean;
}

interface Identified {
  id: string;
}

const quoted = (text: string | undefined) => JSON.stringify(text ?? "");

/** A field that gives one thing. */
const one = (subgraph: SubgraphName, call: (thing: Thing) => string): QueryCase => ({
  subgraph,
  call: (thing) => `${call(thing)} { id }`,
  shows: (value, { id }) => (value as Identified | null)?.id === id,
});

/** A field that gives a page, or a plain list. */
const list = (subgraph: SubgraphName, call: (thing: Thing) => string, selection = "nodes { id }"): QueryCase => ({
  subgraph,
  call: (thing) => `${call(thing)} { ${selection} }`,
  ...(selection.startsWith("nodes") && { count: (thing: Thing) => `${call(thing)} { totalCount }` }),
  shows: (value, { id }) => {
    const nodes = Array.isArray(value) ? value : ((value as { nodes: unknown } | null)?.nodes ?? []);
    return (nodes as Identified[]).some((node) => node.id === id);
  },
});

/** Anything with a node id, by a field that the owner has to be asked for. */
const node = (typeName: string, field = "nodeId"): QueryCase => ({
  subgraph: "content",
  needsGateway: true,
  call: ({ id }) => `node(id: "${toNodeId(typeName, id)}") { __typename ... on ${typeName} { shown: ${field} } }`,
  shows: (value) => (value as { shown?: unknown } | null)?.shown != null,
});

/** The orders of that moment. */
const orderFilter = ({ at }: Thing) => {
  const from = at ?? new Date(0);
  return `{ from: "${from.toISOString()}", to: "${new Date(from.getTime() + 1).toISOString()}" }`;
};

const queries: Readonly<Record<string, QueryCase>> = {
  "Query.product(id)": one("products", ({ id }) => `product(by: { id: "${id}" })`),
  "Query.product(sku)": one("products", ({ name }) => `product(by: { sku: ${quoted(name)} })`),
  "Query.products": list("products", ({ ownerId }) => `products(first: 100, filter: { supplierId: "${ownerId}" })`),
  "Query.category(id)": one("products", ({ id }) => `category(by: { id: "${id}" })`),
  "Query.category(slug)": one("products", ({ name }) => `category(by: { slug: ${quoted(name)} })`),
  "Query.categories": list("products", ({ ownerId }) => `categories(first: 100, parentId: "${ownerId}")`),
  "Query.storesNear": list("products", () => "storesNear(latitude: 53.5, longitude: 10, first: 100)", "id"),
  "Query.priceLists": list("products", () => "priceLists(first: 100)"),
  "Query.productOffers": {
    subgraph: "products",
    call: ({ id }) => `productOffers(lines: [{ productId: "${id}", quantity: 1 }]) { isAvailable name }`,
    shows: (value) => (value as { isAvailable: boolean }[] | null)?.[0]?.isAvailable === true,
  },

  "Query.cart(id)": one("orders", ({ id }) => `cart(id: "${id}")`),
  "Query.order(id)": one("orders", ({ id }) => `order(by: { id: "${id}" })`),
  "Query.order(number)": one("orders", ({ name }) => `order(by: { number: ${quoted(name)} })`),
  "Query.orders": list("orders", (thing) => `orders(first: 100, filter: ${orderFilter(thing)})`),
  "Query.quote": one("orders", ({ id }) => `quote(id: "${id}")`),
  "Query.quotes": list("orders", () => "quotes(first: 100)"),

  "Query.me": one("users", () => "me"),
  "Query.user": one("users", ({ id }) => `user(id: "${id}")`),
  "Query.users": list("users", ({ email }) => `users(first: 100, filter: { email: ${quoted(email)} })`),
  "Query.company": one("users", ({ id }) => `company(id: "${id}")`),
  "Query.companies": list("users", ({ name }) => `companies(first: 100, filter: { namePrefix: ${quoted(name)} })`),
  "Query.sessions": list("users", () => "sessions", "id"),
  "Query.auditEntries": list("users", ({ name }) => `auditEntries(first: 100, filter: { subjectId: ${quoted(name)} })`),
  "Query.partner": one("users", ({ id }) => `partner(id: "${id}")`),
  "Query.partners": list("users", () => "partners(first: 100)"),
  "Query.sessionStates": {
    subgraph: "users",
    call: ({ id }) => `sessionStates(ids: ["${id}"]) { id isActive }`,
    shows: (value) => (value as { isActive: boolean }[] | null)?.[0]?.isActive === true,
  },
  "Query.apiKeyIdentity": {
    subgraph: "users",
    call: ({ name }) => `apiKeyIdentity(keyHash: ${quoted(name)}) { keyId }`,
    shows: (value, { id }) => (value as { keyId: string } | null)?.keyId === id,
  },
  "Query.operationList": one("users", ({ id }) => `operationList(id: "${id}")`),
  "Query.partnerOperations": {
    subgraph: "users",
    call: ({ ownerId }) => `partnerOperations(partnerId: "${ownerId}") { lists { id } }`,
    shows: (value, { id }) => (value as { lists: Identified[] } | null)?.lists[0]?.id === id,
  },
  "Query.partnerProfile": {
    subgraph: "users",
    call: ({ id }) => `partnerProfile(partnerId: "${id}") { name }`,
    shows: (value) => value !== null,
  },
  "Query.partnersInUse": {
    subgraph: "users",
    call: () => "partnersInUse { partnerId }",
    shows: (value, { ownerId }) =>
      ((value as { partnerId: string }[] | null) ?? []).some(({ partnerId }) => partnerId === ownerId),
  },
  "Query.spendingRule": {
    subgraph: "users",
    call: ({ ownerId, companyId }) => `spendingRule(userId: "${ownerId}", companyId: "${companyId}") { role }`,
    shows: (value) => value !== null,
  },

  "Query.heroSlides": list("content", () => "heroSlides", "id"),
  "Query.heroSlides(activeOnly: false)": list("content", () => "heroSlides(activeOnly: false)", "id"),
  "Query.page": one("content", ({ name }) => `page(slug: ${quoted(name)})`),
  "Query.reviews": list("content", ({ productId }) => `reviews(productId: "${productId}", first: 100)`),
  "Query.reviews(pending)": list("content", ({ productId }) => `reviews(productId: "${productId}", first: 100)`),
};

/** How an operation of the matrix is asked. @throws Error for one that nobody has written down */
export function queryOf(operation: string): QueryCase {
  const [, typeName] = /^Query\.node\((\w+)/.exec(operation) ?? [];
  const asked = typeName === undefined ? queries[operation] : node(typeName);
  if (!asked) throw new Error("Nobody knows how to ask this.");
  return asked;
}
