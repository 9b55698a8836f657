// A fresh thing of each kind, standing to who asks as the cell says, inserted through the models and complete: a field
// that is empty in an answer is one that was not shown.
import { runForTenant } from "@tradegraph/kit/tenancy";
import { type CartDocument } from "@tradegraph/orders/models/cart";
import { type QuoteDocument } from "@tradegraph/orders/models/quote";
import { type PartnerDocument } from "@tradegraph/users/models/partner";
import { Types } from "mongoose";
import * as content from "../../subgraphs/content/test/fakes.ts";
import * as orders from "../../subgraphs/orders/test/fakes.ts";
import * as products from "../../subgraphs/products/test/fakes.ts";
import { fakeCompany, newId } from "../../subgraphs/users/test/fakes.ts";
import {
  makeAuditEntry,
  makeInvitation,
  makeLink,
  makeOperationList,
  makePartner,
  makeSession,
  newEmail,
} from "./account-things.ts";
import { buyerIn, makeCart, makeOrder, orderThing } from "./bought-things.ts";
import { createOwner, homeTenant, idOf, type Owner } from "./people.ts";
import { type KindName } from "./roles.ts";
import { euro, hexOf, later, type Place, tenantOf, type Thing } from "./thing.ts";

type Make = (place: Place, owner: Owner) => Promise<Thing>;

async function makeProduct(place: Place): Promise<Thing> {
  const { graph, actor, relation } = place;
  const models = graph.models.products;
  const tenantId = tenantOf(place);
  const supplier = relation === "own" && actor.user ? actor.user._id : newId();
  const parent = await products.fakeCategory(models, { tenantId });
  const category = await products.fakeCategory(models, { tenantId, parentId: parent._id, ancestors: [parent._id] });
  const product = await products.fakeProduct(models, {
    ...{ tenantId, supplierId: supplier, categoryId: category._id, category: category.slug },
    ...{ categoryPath: [parent._id, category._id], description: "A bolt.", brand: "Bolt Bros", leadTime: 3 },
    ...{ originalPrice: euro(1_200), tiers: [{ minimumQuantity: 10, amount: 900 }], maxQuantity: 900, stock: 50 },
    ...{ images: ["/bolt.jpg"], certifications: ["ISO"], qualityGrade: "A", tags: ["steel"], inStock: true },
    attributes: [{ key: "colour", value: "grey" }],
    origin: { marketplace: "amazon", externalId: String(newId()), url: "/origin", ingestedAt: new Date() },
    hasOrigin: true,
  });
  const store = await products.fakeStore(models, { tenantId });
  await products.fakeInventory(models, product._id, 50, { tenantId, storeId: store._id });
  const { models: all } = graph;
  const bought = orders.fakeItem({ productId: product._id, supplierId: supplier });
  await orders.fakeOrder(all.orders, { items: [bought] }, tenantId);
  await content.fakeReview(all.content, { productId: product._id }, tenantId);
  await content.fakeSummary(all.content, { productId: product._id }, tenantId);
  return { id: idOf(product), tenantId, name: product.sku, ownerId: hexOf(supplier) };
}

async function makeSlide(place: Place, isActive: boolean): Promise<Thing> {
  const texts = {
    subtitle: "New",
    linkUrl: "/new",
    buttonText: "Look",
    backgroundColor: "#ffffff",
    textColor: "#000000",
  };
  const slide = await content.fakeSlide(place.graph.models.content, { ...texts, isActive }, tenantOf(place));
  return { id: idOf(slide), tenantId: slide.tenantId };
}

const userThing = ({ user, tenantId }: Owner): Thing => ({ id: idOf(user), tenantId, email: user.email });

/** Accounts of staff without limits. */
async function makeStaff({ graph }: Place, owner: Owner, isActive: boolean): Promise<Thing> {
  const { User } = graph.models.users;
  const update = { $set: { role: "admin", isActive }, $unset: { staffScopes: 1 } };
  await User.collection.updateOne({ _id: owner.user._id }, update as object);
  return userThing(owner);
}

const makers: Record<KindName, Make> = {
  nothing: () => Promise.resolve({ id: "", tenantId: homeTenant }),
  self: ({ actor }) =>
    Promise.resolve({
      id: actor.viewer.userId ?? "",
      tenantId: homeTenant,
      ...(actor.user && { email: actor.user.email }),
    }),
  async cart(place, owner) {
    const cart = await makeCart(place, owner);
    return { id: idOf(cart), tenantId: cart.tenantId };
  },
  async cartLine(place, owner) {
    const { lines, tenantId } = await makeCart(place, owner);
    const [line] = lines as [CartDocument["lines"][number]];
    return { id: idOf(line), tenantId, productId: hexOf(line.productId) };
  },
  async quote({ graph }, owner) {
    const price = euro(450);
    const fields: Partial<QuoteDocument> = {
      ...buyerIn(owner),
      ...{ status: "offered", total: price, validUntil: later() },
      lines: [{ _id: newId(), productId: newId(), quantity: 10, offeredPrice: price }],
      messages: [{ authorId: owner.user._id, body: "How much?", at: new Date() }],
    };
    const quote = await orders.fakeQuote(graph.models.orders, fields, owner.tenantId);
    return { id: idOf(quote), tenantId: owner.tenantId, name: quote.number };
  },
  async order(place, owner) {
    const order = await makeOrder(place, owner);
    await orders.fakePayment(place.graph.models.orders, order);
    return orderThing(order);
  },
  waitingOrder: async (place, owner) => orderThing(await makeOrder(place, owner, { approvalStatus: "pending" })),
  async payment(place, owner) {
    const payment = await orders.fakePayment(place.graph.models.orders, await makeOrder(place, owner));
    return { id: idOf(payment), tenantId: payment.tenantId };
  },
  product: makeProduct,
  async inventory(place) {
    const product = await makeProduct(place);
    const { Inventory } = place.graph.models.products;
    const shelf = await runForTenant(product.tenantId, () =>
      Inventory.findOne({ productId: new Types.ObjectId(product.id) })
        .lean<{ _id: Types.ObjectId }>()
        .exec(),
    );
    if (!shelf) throw new Error("The product lies nowhere.");
    return { ...product, id: idOf(shelf) };
  },
  async category(place) {
    const models = place.graph.models.products;
    const tenantId = tenantOf(place);
    const parent = await products.fakeCategory(models, { tenantId });
    const category = await products.fakeCategory(models, {
      ...{ tenantId, description: "Bolts.", image: "/bolts.jpg", metaTitle: "Bolts", metaDescription: "Bolts." },
    });
    const parentId = category._id;
    await products.fakeCategory(models, { tenantId, parentId, ancestors: [parentId] });
    await models.Category.collection.updateOne(
      { _id: category._id },
      { $set: { parentId: parent._id, ancestors: [parent._id] } },
    );
    await products.fakeProduct(models, { tenantId, categoryId: parentId, categoryPath: [parentId] });
    return { id: idOf(category), tenantId, name: category.slug, ownerId: idOf(parent) };
  },
  async store(place) {
    const tenantId = tenantOf(place);
    return { id: idOf(await products.fakeStore(place.graph.models.products, { tenantId })), tenantId };
  },
  async priceList(place) {
    const models = place.graph.models.products;
    const tenantId = tenantOf(place);
    const list = await products.fakePriceList(models, { tenantId, companyIds: [newId()] });
    await products.fakePriceListEntry(models, { tenantId, priceListId: list._id });
    return { id: idOf(list), tenantId };
  },
  async reservation(place) {
    const models = place.graph.models.products;
    const tenantId = tenantOf(place);
    const key = `access-${idOf({ _id: newId() })}`;
    const units = { reserved: 2, available: 8, reservations: [{ key, quantity: 2, expiresAt: later() }] };
    const product = await products.fakeProduct(models, { tenantId });
    await products.fakeInventory(models, product._id, 10, { tenantId, ...units });
    return { id: idOf(product), tenantId, name: key };
  },
  slide: (place) => makeSlide(place, true),
  hiddenSlide: (place) => makeSlide(place, false),
  async page(place) {
    const texts = { metaTitle: "Terms", metaDescription: "All of them." };
    const page = await content.fakePage(place.graph.models.content, texts, tenantOf(place));
    return { id: idOf(page), tenantId: page.tenantId, name: page.slug };
  },
  async review(place) {
    const review = await content.fakeReview(place.graph.models.content, {}, tenantOf(place));
    return { id: idOf(review), tenantId: review.tenantId, productId: hexOf(review.productId) };
  },
  async pendingReview({ graph }, { user, tenantId }) {
    const fields = { status: "pending", authorId: user._id } as const;
    const review = await content.fakeReview(graph.models.content, fields, tenantId);
    return { id: idOf(review), tenantId, productId: hexOf(review.productId) };
  },
  async user({ graph }, owner) {
    const { user, tenantId } = owner;
    await products.fakeProduct(graph.models.products, { tenantId, supplierId: user._id });
    await orders.fakeOrder(graph.models.orders, { customerId: user._id }, tenantId);
    return userThing(owner);
  },
  async closedUser({ graph }, owner) {
    const { User } = graph.models.users;
    await User.collection.updateOne({ _id: owner.user._id }, { $set: { isActive: false } });
    return userThing(owner);
  },
  staffAccount: (place, owner) => makeStaff(place, owner, true),
  closedStaffAccount: (place, owner) => makeStaff(place, owner, false),
  account: (_, owner) => Promise.resolve(userThing(owner)),
  session: (place, owner) => makeSession(place, owner),
  link: (place, owner) => makeLink(place, owner, "email-verification"),
  resetLink: (place, owner) => makeLink(place, owner, "password-reset"),
  async company(place, owner) {
    const { graph } = place;
    const { company, user, tenantId } = owner;
    if (!company) throw new Error("There is no such company.");
    const { Invitation } = graph.models.users;
    const isInvited = () => Invitation.exists({ companyId: company._id, isOpen: true }).exec();
    if (!(await runForTenant(tenantId, isInvited))) await makeInvitation(place, owner, newEmail());
    await orders.fakeOrder(graph.models.orders, { customerId: user._id, companyId: company._id }, tenantId);
    return { id: idOf(company), tenantId, name: company.name };
  },
  async membership(_, { membership, tenantId, user }) {
    if (!membership) throw new Error("Nobody acts for a company here.");
    return Promise.resolve({
      id: idOf(membership),
      tenantId,
      ownerId: idOf(user),
      companyId: hexOf(membership.companyId),
    });
  },
  async inheritedMembership({ companies, relation, actor, graph }, { membership, tenantId, user }) {
    if (!membership) throw new Error("Nobody acts for a company here.");
    const below = actor.role === "parentAdmin" && relation === "own" ? companies.company : undefined;
    const company =
      below ??
      (await runForTenant(tenantId, () =>
        graph.models.users.Company.findOne({ parentId: membership.companyId }).lean<{ _id: Types.ObjectId }>().exec(),
      ));
    if (!company) throw new Error("There is no company below.");
    return { id: `${idOf(membership)}-${idOf(company)}`, tenantId, ownerId: idOf(user), companyId: idOf(company) };
  },
  invitation: (place, owner) => makeInvitation(place, owner, newEmail()),
  async ownInvitation(place, owner) {
    const company = await fakeCompany(place.graph.models.users, {}, owner.tenantId);
    return makeInvitation(place, { ...owner, company }, owner.user.email);
  },
  async partner(place) {
    const { partner } = await makePartner(place);
    return { id: idOf(partner), tenantId: partner.tenantId };
  },
  async apiKey(place) {
    const { partner, keyHash } = await makePartner(place);
    const [key] = partner.apiKeys as [PartnerDocument["apiKeys"][number]];
    return { id: idOf(key), tenantId: partner.tenantId, name: keyHash, ownerId: idOf(partner) };
  },
  operationList: (place) => makeOperationList(place, "active"),
  pendingOperationList: (place) => makeOperationList(place, "pending"),
  auditEntry: makeAuditEntry,
};

/** A fresh thing for a cell. */
export async function createThing(kind: KindName, place: Place): Promise<Thing> {
  const { graph, companies, relation, actor } = place;
  const owner = await createOwner(graph.models.users, companies, relation, actor);
  return makers[kind](place, owner);
}
