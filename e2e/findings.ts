// What the seeded shop has, found by asking it.
import { type DemoShop } from "./demo.ts";

/** A product on sale with stock, reviews, orders and an origin, so that its page is full. */
export interface FullProduct {
  id: string;
  sku: string;
  name: string;
  categoryId: string;
  categorySlug: string;
  quantityRule: { maximum: number | null };
}

/** What the shop has, found by asking it. */
export interface Findings {
  product: FullProduct;
  companyId: string;
  userId: string;
  orderNumber: string;
  quoteId: string;
  nodeIds: string[];
}

const findQuery = `query Find {
  orders(first: 20) { nodes { number nodeId payments { nodeId } } }
  quotes(first: 1) { nodes { id nodeId } }
  priceLists(first: 1) { nodes { nodeId } }
  users(first: 1) { nodes { id nodeId } }
  heroSlides { nodeId }
  page(slug: "imprint") { nodeId }
}`;

interface Found {
  orders: { nodes: { number: string; nodeId: string; payments: { nodeId: string }[] | null }[] };
  quotes: { nodes: { id: string; nodeId: string }[] };
  priceLists: { nodes: { nodeId: string }[] };
  users: { nodes: { id: string; nodeId: string }[] };
  heroSlides: { nodeId: string }[];
  page: { nodeId: string };
}

interface FoundProduct {
  id: string;
  nodeId: string;
  sku: string;
  name: string;
  originalPrice: object | null;
  origin: object | null;
  certifications: string[];
  quantityRule: { maximum: number | null };
  lastOrderedAt: string | null;
  reviews: { nodes: { nodeId: string }[] };
  category: { id: string; slug: string; nodeId: string };
  inventory: { nodeId: string; store: { nodeId: string } }[];
}

const isFull = ({ originalPrice, origin, certifications, quantityRule, lastOrderedAt, reviews }: FoundProduct) =>
  originalPrice &&
  origin &&
  certifications.length > 0 &&
  quantityRule.maximum &&
  lastOrderedAt &&
  reviews.nodes.length > 0;

/** Asks the running shop, as its admin, for things that the operations can show. */
export async function findThings(shop: DemoShop): Promise<Findings> {
  const admin = await shop.as("admin");
  const found = await admin.expectData<Found>(findQuery);
  const product = await firstFullProduct(admin);
  const buyer = await shop.as("buyer");
  const own = await buyer.expectData<{
    me: { nodeId: string; memberships: { nodeId: string; company: { nodeId: string } }[] };
    cart: { nodeId: string };
  }>("{ me { nodeId memberships { nodeId company { nodeId } } } cart { nodeId } }");
  const companyAdmin = await shop.as("company admin");
  const company = await companyAdmin.expectData<{ me: { memberships: { company: { id: string } }[] } }>(
    "{ me { memberships { company { id } } } }",
  );
  const [membership] = own.me.memberships;
  const nodeIds = [
    product.nodeId,
    product.category.nodeId,
    product.inventory[0]?.nodeId,
    product.inventory[0]?.store.nodeId,
    product.reviews.nodes[0]?.nodeId,
    found.orders.nodes[0]?.nodeId,
    found.orders.nodes.find(({ payments }) => payments?.length)?.payments?.[0]?.nodeId,
    found.quotes.nodes[0]?.nodeId,
    found.priceLists.nodes[0]?.nodeId,
    found.heroSlides[0]?.nodeId,
    found.page.nodeId,
    own.me.nodeId,
    own.cart.nodeId,
    membership?.nodeId,
    membership?.company.nodeId,
  ].filter((id) => id !== undefined);
  return {
    product: { ...product, categoryId: product.category.id, categorySlug: product.category.slug },
    companyId: company.me.memberships[0]?.company.id ?? "",
    userId: found.users.nodes[0]?.id ?? "",
    orderNumber: found.orders.nodes[0]?.number ?? "",
    quoteId: found.quotes.nodes[0]?.id ?? "",
    nodeIds,
  };
}

const productsQuery = `query FullProducts($after: String) {
  products(first: 100, after: $after, filter: { inStock: true }) {
    pageInfo { hasNextPage endCursor }
    nodes {
      id nodeId sku name originalPrice { amount } origin { url } certifications quantityRule { maximum }
      lastOrderedAt reviews(first: 1) { nodes { nodeId } } category { id slug nodeId } inventory { nodeId store { nodeId } }
    }
  }
}`;

async function firstFullProduct(client: Awaited<ReturnType<DemoShop["as"]>>): Promise<FoundProduct> {
  let after: string | null = null;
  for (;;) {
    const page: { products: { nodes: FoundProduct[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } } =
      await client.expectData(productsQuery, { after });
    const product = page.products.nodes.find(isFull);
    if (product) return product;
    if (!page.products.pageInfo.hasNextPage) throw new Error("No seeded product has everything its page shows.");
    after = page.products.pageInfo.endCursor;
  }
}
