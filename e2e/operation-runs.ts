// Every committed operation with somebody who may run it, and variables for which it has something to show.
import { randomUUID } from "node:crypto";
import { type DemoShop } from "./demo.ts";

export interface OperationRun {
  /** `<client>/<name>` under schema/operations. */
  operation: string;
  /** Demo account, a visitor when absent. */
  as?: string;
  variables?: Record<string, unknown>;
}

const hex = (shop: DemoShop, kind: Parameters<DemoShop["plan"]["id"]>[0], n: number | string) =>
  shop.plan.id(kind, n).toHexString();

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

export const address = { street: "Kai 1", city: "Hamburg", state: "HH", zip: "20457", country: "DE" };

export function operationRuns(shop: DemoShop, found: Findings): OperationRun[] {
  const { product } = found;
  const order = (productId: string, quantity: number) => ({
    key: randomUUID(),
    input: { lines: [{ productId, quantity }], shippingAddress: address, paymentMethod: "INVOICE" },
  });
  const firstOnSale = (from: number, moq: (value: number) => boolean): number => {
    for (let n = from; ; n += 1) {
      const candidate = shop.plan.product(n);
      if (candidate.isActive && candidate.postAs === "seller" && moq(candidate.moq)) return n;
    }
  };
  const single = firstOnSale(1, (moq) => moq === 1);
  const bulk = firstOnSale(1, (moq) => moq > 1);
  const newEmail = `new-${randomUUID().slice(0, 8)}@alpenmarkt.example`;
  const registration = { email: newEmail, password: "a long new password", firstName: "Ada", lastName: "New" };
  return [
    { operation: "storefront/HomePage" },
    { operation: "storefront/ProductPage", variables: { sku: product.sku, quantity: 10 } },
    {
      operation: "storefront/CategoryPage",
      variables: {
        slug: product.categorySlug,
        categoryId: hex(shop, "category", 0),
        sort: { key: "PRICE" },
        filter: { inStock: true },
      },
    },
    { operation: "storefront/CategoryPage", variables: { slug: "fasteners-0", categoryId: hex(shop, "category", 0) } },
    { operation: "storefront/Search", variables: { text: "steel valve" } },
    { operation: "storefront/ProductList", variables: { first: 50 } },
    { operation: "storefront/StoresNear", variables: { latitude: 53.5, longitude: 10, radiusKm: 600 } },
    { operation: "storefront/TextPage", variables: { slug: "imprint" } },
    { operation: "storefront/ProductReviews", as: "buyer", variables: { productId: product.id } },
    { operation: "storefront/UserRegister", variables: { input: registration } },
    { operation: "storefront/UserRegister", variables: { input: registration } },
    { operation: "storefront/UserRegister", variables: { input: { ...registration, password: "short" } } },
    { operation: "storefront/Login", variables: { input: { email: newEmail, password: registration.password } } },
    { operation: "storefront/Login", variables: { input: { email: newEmail, password: "wrong, sorry" } } },
    { operation: "storefront/MyAccount", as: "buyer" },
    { operation: "storefront/MyOrders", as: "company admin" },
    { operation: "storefront/MyOrders", as: "supplier", variables: { first: 2 } },
    { operation: "storefront/MyOrders", as: "admin", variables: { first: 20 } },
    { operation: "storefront/OrderPage", as: "admin", variables: { number: found.orderNumber } },
    { operation: "storefront/CompanyDashboard", as: "company admin", variables: { id: found.companyId } },
    { operation: "storefront/CompanyDashboard", as: "admin", variables: { id: hex(shop, "company", 0) } },
    { operation: "storefront/CartPage", as: "buyer" },
    { operation: "storefront/MyQuotes", as: "admin" },
    { operation: "storefront/QuotePage", as: "admin", variables: { id: found.quoteId } },
    { operation: "storefront/OrderPlace", as: "buyer", variables: order(hex(shop, "product", single), 1) },
    { operation: "storefront/OrderPlace", as: "buyer", variables: order(hex(shop, "product", single), 900_000) },
    { operation: "storefront/OrderPlace", as: "buyer", variables: order(hex(shop, "product", bulk), 1) },
    {
      operation: "storefront/OrderPlace",
      as: "buyer",
      variables: order(product.id, (product.quantityRule.maximum ?? 0) * 2),
    },
    { operation: "storefront/OrderPlace", as: "buyer", variables: order("5f5f5f5f5f5f5f5f5f5f5f5f", 1) },
    { operation: "storefront/OrderPlace", as: "buyer", variables: { ...order(hex(shop, "product", single), 0) } },
    ...found.nodeIds.map((id): OperationRun => ({ operation: "storefront/Node", as: "admin", variables: { id } })),
    { operation: "backoffice/Users", as: "admin", variables: { first: 10, filter: { role: "SUPPLIER" } } },
    { operation: "backoffice/Users", as: "admin", variables: { first: 10, filter: { role: "CUSTOMER" } } },
    { operation: "backoffice/UserPage", as: "admin", variables: { id: found.userId } },
    { operation: "backoffice/Companies", as: "admin" },
    { operation: "backoffice/PriceLists", as: "admin" },
    { operation: "backoffice/Stock", as: "admin" },
    { operation: "backoffice/AllHeroSlides", as: "admin" },
  ];
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
