// Products that are not on sale: their supplier and staff of the catalogue see them, nobody else.
import { Types } from "mongoose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ProductDocument } from "../src/models/product.ts";
import { fakeProduct, fakeViewer, stockService } from "./fakes.ts";
import { startProducts, type StartedProducts } from "./start-products.ts";

let subgraph: StartedProducts;
let onSale: ProductDocument;
let offSale: ProductDocument;
const supplierId = new Types.ObjectId();
const supplier = fakeViewer("supplier", { userId: supplierId.toHexString() });

const seers = [supplier, fakeViewer("admin"), fakeViewer("admin", { scopes: ["staff:catalogue"] })];
const others = [
  fakeViewer("anonymous", { userId: undefined }),
  fakeViewer("customer", { userId: supplierId.toHexString() }),
  fakeViewer("supplier"),
  fakeViewer("admin", { scopes: ["staff:orders"] }),
  fakeViewer("admin", { scopes: [] }),
  fakeViewer("partner", { userId: undefined, scopes: ["catalogue:read"] }),
  stockService,
];

beforeAll(async () => {
  subgraph = await startProducts();
  onSale = await fakeProduct(subgraph.models, { supplierId });
  offSale = await fakeProduct(subgraph.models, { supplierId, isActive: false });
});
afterAll(() => subgraph.stop());

describe("products that are not on sale", () => {
  it("are found by their supplier and by staff of the catalogue alone", async () => {
    const query = "query ($id: ID!) { product(by: { id: $id }) { isActive } }";
    const variables = { id: offSale._id.toHexString() };
    for (const viewer of seers)
      await expect(subgraph.expectData({ query, variables, viewer })).resolves.toEqual({
        product: { isActive: false },
      });
    for (const viewer of others)
      await expect(subgraph.expectData({ query, variables, viewer })).resolves.toEqual({ product: null });
  });

  it("are in the supplier's own list, and no other list", async () => {
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on User { suppliedProducts(first: 10) { totalCount nodes { id } } } } products { nodes { id } } }`;
    const variables = { representations: [{ __typename: "User", id: supplierId.toHexString() }] };
    interface Lists {
      _entities: [{ suppliedProducts: { totalCount: number; nodes: { id: string }[] } }];
      products: { nodes: { id: string }[] };
    }
    const lists = async (viewer: (typeof seers)[number]) => {
      const { _entities, products } = await subgraph.expectData<Lists>({ query, variables, viewer });
      const [{ suppliedProducts }] = _entities;
      expect(suppliedProducts.totalCount).toBe(suppliedProducts.nodes.length);
      return [suppliedProducts.nodes, products.nodes].map((nodes) => nodes.map(({ id }) => id).sort());
    };
    const [on, off] = [onSale, offSale].map(({ _id }) => _id.toHexString());
    for (const viewer of seers) expect(await lists(viewer)).toEqual([[on, off].sort(), [on]]);
    for (const viewer of others) expect(await lists(viewer)).toEqual([[on], [on]]);
  });
});
