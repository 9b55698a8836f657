import { commandsOf } from "@tradegraph/testkit/command-counter";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Models } from "../src/models.ts";
import { fakeCategory, fakeInventory, fakeProduct, inventoryDocument, productDocument, store } from "./fakes.ts";
import { startProducts, type StartedProducts } from "./start-products.ts";

let subgraph: StartedProducts;
let models: Models;

beforeAll(async () => {
  subgraph = await startProducts();
  ({ models } = subgraph);
});

afterAll(() => subgraph.stop());

const absent = "5f5f5f5f5f5f5f5f5f5f5f5f";

const entitiesQuery = (selection: string) =>
  `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`;

interface Entities<T = Record<string, unknown>> {
  _entities: (T | null)[];
}

/** Asks for entities, with the database commands that took. */
async function entities<T>(selection: string, representations: object[]) {
  const { result, commands } = await commandsOf(subgraph.resources.mongo, () =>
    subgraph.execute<Entities<T>>({ query: entitiesQuery(selection), variables: { representations } }),
  );
  return { ...result, commands };
}

describe("_entities", () => {
  it("resolves 100 references with one database command", async () => {
    const products = await store(
      models.Product,
      Array.from({ length: 100 }, () => productDocument()),
    );
    const representations = products.map(({ _id }) => ({ __typename: "Product", id: _id.toHexString() }));
    const { data, commands } = await entities<{ sku: string }>("... on Product { sku }", representations);
    expect(data?._entities.map((one) => one?.sku)).toEqual(products.map(({ sku }) => sku));
    expect(commands).toEqual([{ name: "find", collection: "products" }]);
  });

  it.each([
    ["Category", "categories", () => fakeCategory(models)],
    ["Product", "products", () => fakeProduct(models)],
  ] as const)(
    "sends one command for each key of %s, and no third for what it has by then",
    async (typename, collection, make) => {
      const [a, b] = [await make(), await make()];
      const other = "sku" in b ? { sku: b.sku } : { slug: b.slug };
      const representations = [{ id: a._id.toHexString() }, other].map((key) => ({ __typename: typename, ...key }));
      const { data, commands } = await entities<{ id: string }>(`... on ${typename} { id }`, representations);
      expect(data?._entities.map((one) => one?.id)).toEqual([a, b].map(({ _id }) => _id.toHexString()));
      expect(commands).toEqual([
        { name: "find", collection },
        { name: "find", collection },
      ]);
    },
  );

  it("does not load by id again what it has by another key", async () => {
    const top = await fakeCategory(models);
    const below = await fakeCategory(models, { parentId: top._id, ancestors: [top._id] });
    const keys = [{ slug: below.slug }, { slug: top.slug }].map((key) => ({ __typename: "Category", ...key }));
    // The parent is asked for by id, when it is there by its slug.
    const { data, commands } = await entities("... on Category { parent { slug } }", keys);
    expect(data?._entities).toEqual([{ parent: { slug: top.slug } }, { parent: null }]);
    expect(commands).toEqual([{ name: "find", collection: "categories" }]);
  });

  it("resolves the same product many times, as often as it is asked", async () => {
    const product = await fakeProduct(models, { name: "Twin" });
    const representations = Array.from({ length: 10 }, () => ({
      __typename: "Product",
      id: product._id.toHexString(),
    }));
    const { data, commands } = await entities<{ name: string }>("__typename ... on Product { name }", representations);
    expect(data?._entities).toEqual(Array.from({ length: 10 }, () => ({ __typename: "Product", name: "Twin" })));
    expect(commands).toHaveLength(1);
  });

  it.each(["nonsense", "twelve chars", absent, "", "5F5F5F5F5F5F5F5F5F5F5F5F", { $gt: "" }, null, 7])(
    "gives null for the id %j alone",
    async (id) => {
      const product = await fakeProduct(models);
      const good = { __typename: "Product", id: product._id.toHexString() };
      const { data, errors } = await entities("... on Product { sku }", [good, { __typename: "Product", id }, good]);
      expect(errors).toBeUndefined();
      expect(data?._entities).toEqual([{ sku: product.sku }, null, { sku: product.sku }]);
    },
  );

  it("gives null for a sku that does not exist, and for one of another shop", async () => {
    const foreign = await fakeProduct(models, { tenantId: "other" });
    const keys = [{ sku: "no-such-sku" }, { sku: foreign.sku }, { id: foreign._id.toHexString() }];
    const { data } = await entities(
      "... on Product { sku }",
      keys.map((key) => ({ __typename: "Product", ...key })),
    );
    expect(data?._entities).toEqual([null, null, null]);
  });

  it("says where a broken document is, and gives the others", async () => {
    const [good, broken] = [await fakeProduct(models), await fakeProduct(models)];
    await models.Product.collection.updateOne(
      { _id: broken._id },
      { $unset: { name: 1 } },
      { bypassDocumentValidation: true },
    );
    const representations = [broken, good].map(({ _id }) => ({ __typename: "Product", id: _id.toHexString() }));
    const { data, errors } = await entities("... on Product { name }", representations);
    expect(data?._entities).toEqual([null, { name: good.name }]);
    expect(errors).toHaveLength(1);
    expect(errors?.[0]).toMatchObject({
      path: ["_entities", 0, "name"],
      message: "Something went wrong on our side.",
      extensions: { code: "INTERNAL_SERVER_ERROR" },
    });
  });

  it("loads everything below 100 references in a constant number of commands", async () => {
    const shelf = await fakeCategory(models);
    const products = await store(
      models.Product,
      Array.from({ length: 100 }, () => productDocument({ categoryId: shelf._id })),
    );
    const selection =
      "... on Product { price { amount } stock { available } category { name parent { name } children { name } } supplier { id } }";
    const count = async (length: number) =>
      (
        await entities(
          selection,
          products.slice(0, length).map(({ _id }) => ({ __typename: "Product", id: _id.toHexString() })),
        )
      ).commands.length;
    expect(await count(100)).toBe(await count(2));
  });
});

describe("CartLine", () => {
  const line = (fields: object) => ({ __typename: "CartLine", id: "5f5f5f5f5f5f5f5f5f5f5f5f", ...fields });
  const selection = "... on CartLine { currentUnitPrice { amountMinor } availability { isAvailable available } }";

  it("prices and checks 100 lines with one command per collection", async () => {
    const products = await store(
      models.Product,
      Array.from({ length: 100 }, () => productDocument({ tiers: [{ minimumQuantity: 10, amount: 800 }] })),
    );
    await store(
      models.Inventory,
      products.map(({ _id }) => inventoryDocument(_id, 12)),
    );
    const { data, commands } = await entities(
      selection,
      products.map(({ _id }, n) => line({ quantity: n < 50 ? 1 : 20, product: { id: _id.toHexString() } })),
    );
    expect(data?._entities[0]).toEqual({
      currentUnitPrice: { amountMinor: 1_000 },
      availability: { isAvailable: true, available: 12 },
    });
    expect(data?._entities[99]).toEqual({
      currentUnitPrice: { amountMinor: 800 },
      availability: { isAvailable: false, available: 12 },
    });
    expect(commands.map(({ collection }) => collection).sort()).toEqual(["inventory", "products"]);
  });

  it("has no units of what is not on sale", async () => {
    const gone = [await fakeProduct(models, { isActive: false }), await fakeProduct(models, { postAs: "buyer" })];
    for (const { _id } of gone) await fakeInventory(models, _id, 50);
    const { data } = await entities(
      selection,
      gone.map(({ _id }) => line({ quantity: 1, product: { id: _id.toHexString() } })),
    );
    const nothing = { currentUnitPrice: null, availability: { isAvailable: false, available: 0 } };
    expect(data?._entities).toEqual([nothing, nothing]);
  });

  it("has nothing to say of forged fields, and does not fail", async () => {
    const { _id } = await fakeProduct(models);
    const product = { id: _id.toHexString() };
    const forged = [
      { quantity: -5, product },
      { quantity: 0, product },
      { quantity: "3", product },
      { quantity: { $gt: 0 }, product },
      { quantity: 1.5, product },
      { quantity: 1e9, product },
      { quantity: null, product },
      { quantity: 1, product: null },
      { quantity: 1, product: "text" },
      { quantity: 1, product: { id: { $ne: null } } },
      { product },
      {},
    ];
    const { data, errors } = await entities(selection, forged.map(line));
    expect(errors).toBeUndefined();
    expect(data?._entities).toEqual(forged.map(() => ({ currentUnitPrice: null, availability: null })));
    const unknown = await entities(selection, [line({ quantity: 1, product: { id: "nonsense" } })]);
    expect(unknown.data?._entities).toEqual([
      { currentUnitPrice: null, availability: { isAvailable: false, available: 0 } },
    ]);
  });
});
