// Of a supplier there is an id in products, and no more: it is exported, and stays.
import { createPersonCalls, type PersonCalls, unsignedStatus } from "@tradegraph/testkit/person-calls";
import { Types } from "mongoose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { productDocument } from "./fakes.ts";
import { type StartedProducts, startProducts } from "./start-products.ts";

let products: StartedProducts;
let calls: PersonCalls;

beforeAll(async () => {
  products = await startProducts();
  calls = createPersonCalls({ service: "products", url: products.url });
});
afterAll(async () => {
  await calls.close();
  await products.stop();
});

const insert = (count: number, fields: Parameters<typeof productDocument>[0]) =>
  products.models.Product.collection.insertMany(Array.from({ length: count }, () => productDocument(fields)));
const all = (supplierId: Types.ObjectId) => products.models.Product.collection.find({ supplierId }).toArray();

describe("a supplier in products", () => {
  it("gets a list of what they sell and sold, over all pages, in their shop alone", async () => {
    const supplierId = new Types.ObjectId();
    await insert(105, { supplierId });
    await insert(2, { supplierId, isActive: false });
    await insert(1, { supplierId, tenantId: "other-shop" });
    const { productsOnSale = [], productsOffSale } = await calls.exported(supplierId.toHexString());
    expect(new Set(productsOnSale.map(({ sku }) => sku)).size).toBe(105);
    expect(Object.keys(productsOnSale[0] ?? {})).toEqual(["id", "sku", "name"]);
    expect(productsOffSale).toHaveLength(2);
  });

  it("leaves the shop its products", async () => {
    const supplierId = new Types.ObjectId();
    await insert(2, { supplierId });
    const before = await all(supplierId);
    await expect(calls.erase(supplierId.toHexString())).resolves.toEqual({});
    await expect(calls.erase(supplierId.toHexString())).resolves.toEqual({});
    expect(await all(supplierId)).toEqual(before);
  });

  it("is nobody for an unknown id, and nonsense and unsigned calls are refused", async () => {
    const nobody = new Types.ObjectId().toHexString();
    await expect(calls.exported(nobody)).resolves.toEqual({ productsOnSale: [], productsOffSale: [] });
    for (const body of ["text", { userId: "short" }, { userId: nobody, next: "productsOnSale" }])
      await expect(calls.page(body)).rejects.toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
    for (const route of ["person-export", "person-erase"]) expect(await unsignedStatus(products.url, route)).toBe(401);
  });
});
