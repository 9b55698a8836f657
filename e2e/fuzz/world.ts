// Who asks, and what there is to ask about: ids, codes and cursors of the seeded shop, so that answers are not all null.
import { type Viewer, viewerRoles } from "@tradegraph/kit/viewer";
import { z } from "zod";
import { demoShop } from "../demo.ts";
import { type FuzzedShop } from "./start-shop.ts";

export interface FuzzCaller {
  name: string;
  headers: Record<string, string>;
  /** Whom subgraphs see when the gateway asks for this caller. */
  viewer: Viewer;
}

export const callerLabels = ["buyer", "approver", "company admin", "supplier", "admin"] as const;

/** The middle of an access token, as gateway/src/viewer.ts reads it. */
const claims = z.object({
  ...{ sub: z.string(), tid: z.string(), sid: z.string() },
  ...{ role: z.enum(viewerRoles), scope: z.string().default(""), cid: z.string().optional() },
});

function viewerOf(token: string): Viewer {
  const [, payload = ""] = token.split(".");
  const read = claims.parse(JSON.parse(Buffer.from(payload, "base64url").toString()));
  return {
    ...{ tenantId: read.tid, role: read.role, userId: read.sub, companyId: read.cid, sessionId: read.sid },
    scopes: read.scope.split(" ").filter(Boolean),
  };
}

/** Signs everybody in; the first is a visitor. */
export async function letCallersIn({ url, graph }: FuzzedShop): Promise<FuzzCaller[]> {
  const shop = demoShop({ url, graph });
  const visitor: FuzzCaller = {
    ...{ name: "visitor", headers: {} },
    viewer: { tenantId: shop.plan.tenantId, role: "anonymous", scopes: [] },
  };
  const callers = [visitor];
  for (const name of callerLabels) {
    const { token } = await shop.as(name);
    callers.push({ name, headers: { authorization: `Bearer ${token}` }, viewer: viewerOf(token) });
  }
  return callers;
}

/** Values by what they are: the name of a type for its ids, `Type.field` for other ways to name it, cursors by field. */
export type World = Readonly<Record<string, readonly string[]>>;

interface Harvest {
  query: string;
  caller?: string;
}

const harvests: Harvest[] = [
  {
    query: `{ products(first: 12) { pageInfo { endCursor } nodes { id sku nodeId brand tags
      category { id slug nodeId } supplier { id } reviews(first: 3) { pageInfo { endCursor } nodes { id nodeId } } } }
      heroSlides { id nodeId } page(slug: "imprint") { id nodeId slug }
      categories(first: 5) { pageInfo { endCursor } nodes { id slug } } }`,
  },
  {
    caller: "admin",
    query: `{ orders(first: 8) { pageInfo { endCursor } nodes { id number nodeId payments { id nodeId } customer { id } } }
      quotes(first: 3) { pageInfo { endCursor } nodes { id nodeId } } users(first: 8) { pageInfo { endCursor } nodes { id nodeId email } }
      priceLists(first: 3) { pageInfo { endCursor } nodes { id nodeId } } companies(first: 5) { nodes { id nodeId } }
      partners(first: 3) { nodes { id } } products(first: 2) { nodes { inventory { id nodeId store { id nodeId } } } } }`,
  },
  ...["buyer", "company admin"].map((caller) => ({
    caller,
    query: `{ me { id nodeId memberships { nodeId company { id nodeId } } } cart { id nodeId }
      orders(first: 6) { pageInfo { endCursor } nodes { id number nodeId } } quotes(first: 2) { nodes { id nodeId } } }`,
  })),
];

/** Names of what stands in an answer; the types by the fields that give them. */
const typeOfField: Record<string, string> = {
  ...{ products: "Product", category: "Category", supplier: "User", reviews: "Review", heroSlides: "HeroSlide" },
  ...{ page: "Page", categories: "Category", orders: "Order", payments: "Payment", customer: "User", quotes: "Quote" },
  ...{ users: "User", priceLists: "PriceList", companies: "Company", partners: "Partner", inventory: "Inventory" },
  ...{ store: "Store", me: "User", company: "Company", cart: "Cart", memberships: "CompanyMembership" },
};

function gather(found: Map<string, Set<string>>, value: unknown, field: string): void {
  if (typeof value !== "object" || value === null) return;
  const add = (name: string, text: unknown) => {
    if (typeof text === "string") found.set(name, (found.get(name) ?? new Set()).add(text));
  };
  if (Array.isArray(value)) {
    for (const item of value) gather(found, item, field);
    return;
  }
  for (const [name, inner] of Object.entries(value)) {
    if (name === "id") add(typeOfField[field] ?? field, inner);
    else if (name === "nodeId") add("node", inner);
    else if (name === "tags" && Array.isArray(inner)) for (const tag of inner) add("tags", tag);
    else if (typeof inner === "string") add(name === "endCursor" ? `${field}.after` : name, inner);
    else gather(found, inner, name === "nodes" || name === "pageInfo" ? field : name);
  }
}

/** Looks at the shop as some of the callers. @throws Error when the shop has not what it is seeded with */
export async function exploreShop(url: string, callers: readonly FuzzCaller[]): Promise<World> {
  const found = new Map<string, Set<string>>();
  for (const { query, caller = "visitor" } of harvests) {
    const headers = { "content-type": "application/json", ...callers.find(({ name }) => name === caller)?.headers };
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify({ query }) });
    const { data, errors } = (await response.json()) as { data?: object; errors?: object[] };
    if (!data || errors) throw new Error(`The shop cannot be explored as ${caller}: ${JSON.stringify(errors)}`);
    gather(found, data, "");
  }
  return Object.fromEntries([...found].map(([name, values]) => [name, [...values]]));
}
