import { randomUUID } from "node:crypto";
import { type DemoShop } from "../demo.ts";
import { type OperationRun, type Stage } from "./operation-run.ts";

const hex = (shop: DemoShop, kind: Parameters<DemoShop["plan"]["id"]>[0], n: number | string) =>
  shop.plan.id(kind, n).toHexString();

/** A supplier sees neither payments nor billing address of its buyers; only those fields are refused. */
const hiddenFromSuppliers = ["payments", "billingAddress"];

export const address = { street: "Kai 1", city: "Hamburg", state: "HH", zip: "20457", country: "DE" };

/** Looking at things, signing up and in, ordering. */
export function shopRuns({ shop, found }: Stage): OperationRun[] {
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
    { operation: "storefront/MyOrders", as: "supplier", variables: { first: 2 }, refused: hiddenFromSuppliers },
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
