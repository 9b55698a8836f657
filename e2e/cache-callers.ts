// Who asks the cache, and about what: everybody whose answers could differ.
import { readOperation, signIn } from "@tradegraph/testkit/graph-client";
import { type TestGraph } from "@tradegraph/testkit/start-graph";
import { type mongo } from "mongoose";
import { demoShop, type DemoShop, emailOf, leaver } from "./demo.ts";

export interface Place {
  graph: TestGraph;
  shop: DemoShop;
}

/** The first document of the shop that is like this. @throws Error when there is none */
export const firstOf = async (
  { graph, shop }: Place,
  service: "products" | "users" | "orders" | "content",
  name: string,
  filter: object,
) => {
  const found = await graph.mongo
    .db(graph.databaseOf(service))
    .collection<{ _id: mongo.ObjectId; sku?: string; slug?: string }>(name)
    .findOne({ tenantId: shop.plan.tenantId, ...filter }, { sort: { _id: 1 } });
  if (!found) throw new Error(`There is nothing like that among ${name}.`);
  return found;
};

/** What questions are about, by name; one product is taken off sale. */
export async function findThings(place: Place): Promise<Record<string, string>> {
  const { graph, shop } = place;
  const things: Record<string, string> = {};
  const supplierId = shop.plan.id("user", shop.plan.counts.admins);
  const [companyId, buyer] = [
    shop.plan.id("company", 0),
    await firstOf(place, "users", "users", { email: emailOf(shop.plan, "buyer") }),
  ];
  const list = await firstOf(place, "products", "priceLists", { companyIds: companyId });
  const entry = (await firstOf(place, "products", "priceListEntries", { priceListId: list._id })) as unknown as {
    productId: mongo.ObjectId;
  };
  const ids: Record<string, { _id: mongo.ObjectId }> = {
    agreed: { _id: entry.productId },
    buyer,
    list,
    onSale: await firstOf(place, "products", "products", { isActive: true, supplierId }),
    foreign: await firstOf(place, "products", "products", { isActive: false, supplierId: { $ne: supplierId } }),
    shelf: await firstOf(place, "products", "inventory", {}),
    store: await firstOf(place, "products", "stores", {}),
    review: await firstOf(place, "content", "reviews", { status: "pending" }),
    approved: await firstOf(place, "content", "reviews", { status: "approved" }),
    slide: await firstOf(place, "content", "heroSlides", { isActive: false }),
    order: await firstOf(place, "orders", "orders", { customerId: buyer._id }),
    cart: await firstOf(place, "orders", "carts", {}),
    supplier: { _id: supplierId },
    company: { _id: companyId },
  };
  const offSale = await firstOf(place, "products", "products", {
    isActive: true,
    supplierId,
    _id: { $ne: ids.onSale?._id },
  });
  await graph.mongo
    .db(graph.databaseOf("products"))
    .collection("products")
    .updateOne({ _id: offSale._id }, { $set: { isActive: false } });
  for (const [name, { _id }] of Object.entries({ ...ids, offSale })) things[name] = _id.toHexString();
  things.offSaleSku = String(offSale.sku);
  const { slug } = await firstOf(place, "products", "categories", { isActive: true });
  things.slug = String(slug);
  return things;
}

/** Headers by who asks. */
export async function letPeopleIn(place: Place): Promise<Record<string, Record<string, string>>> {
  const { graph, shop } = place;
  const { plan } = shop;
  const tenant = { "x-tenant-id": plan.tenantId };
  const signedIn = ({ token }: { token: string }) => ({ authorization: `Bearer ${token}` });
  const admin = await shop.as("admin");
  const login = async (email: string, tenantId = plan.tenantId) =>
    signedIn(await signIn(graph.url, { email, password: graph.graph.secrets.demoPassword, tenant: tenantId }));
  const staff = async (email: string, staffScopes: string[]) => {
    const { _id } = await firstOf(place, "users", "users", { email });
    await admin.expectData(await readOperation("UserRoleSet", "backoffice"), {
      input: { id: _id.toHexString(), role: "ADMIN", staffScopes },
    });
    return login(email);
  };
  const customer = (n: number) => `customer${n}@${plan.tenantId}.example`;
  const key = async (scopes: string[]) => {
    const { apiKeyCreate } = await admin.expectData<{ apiKeyCreate: { secret: string } }>(
      await readOperation("ApiKeyCreate", "backoffice"),
      { input: { partnerId: plan.id("partner", 0).toHexString(), name: scopes.join(), scopes } },
    );
    return { "x-api-key": apiKeyCreate.secret };
  };
  const other = demoShop(graph, "umbra");
  return {
    visitor: tenant,
    buyer: await login(emailOf(plan, "buyer")),
    approver: await login(emailOf(plan, "approver")),
    "company admin": await login(emailOf(plan, "company admin")),
    "other company": await login(emailOf(plan, leaver)),
    supplier: await login(emailOf(plan, "supplier")),
    "other supplier": await login(`supplier2@${plan.tenantId}.example`),
    admin: signedIn(admin),
    "staff of content": await staff(customer(20), ["CONTENT"]),
    "staff of catalogue": await staff(customer(21), ["CATALOGUE"]),
    "partner with catalogue": await key(["CATALOGUE_READ"]),
    "partner without": await key(["ORDERS_READ"]),
    "other shop": { "x-tenant-id": other.plan.tenantId },
  };
}
