import { createTestResources } from "@tradegraph/testkit/test-database";
import { commandsOf } from "@tradegraph/testkit/command-counter";
import { serveTestSubgraph } from "@tradegraph/testkit/test-subgraph";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createModels } from "../src/models.ts";
import { createProducts } from "../src/server.ts";
import { fakeProduct } from "./fakes.ts";

let resources: Awaited<ReturnType<typeof createTestResources>>;
let subgraph: Awaited<ReturnType<typeof serveTestSubgraph>>;
let models: ReturnType<typeof createModels>;

beforeAll(async () => {
  resources = await createTestResources("products");
  subgraph = await serveTestSubgraph(createProducts(resources), resources);
  models = createModels(resources.mongo.connection);
});

afterAll(async () => {
  await subgraph.stop();
  await resources[Symbol.asyncDispose]();
});

describe("product", () => {
  it("finds by id and by sku", async () => {
    const product = await fakeProduct(models, { name: "Steel Valve" });
    const query = "query ($by: ProductBy!) { product(by: $by) { id sku name title price { amount currencyCode } } }";
    const expected = {
      id: product._id.toHexString(),
      sku: product.sku,
      name: "Steel Valve",
      title: "Steel Valve",
      price: { amount: "10.00", currencyCode: "EUR" },
    };
    await expect(subgraph.expectData({ query, variables: { by: { id: expected.id } } })).resolves.toEqual({
      product: expected,
    });
    await expect(subgraph.expectData({ query, variables: { by: { sku: product.sku } } })).resolves.toEqual({
      product: expected,
    });
  });

  it.each([{}, { id: "5f5f5f5f5f5f5f5f5f5f5f5f", sku: "A" }, { id: "nonsense" }])("refuses %j", async (by) => {
    const answer = await subgraph.execute({
      query: "query ($by: ProductBy!) { product(by: $by) { id } }",
      variables: { by },
    });
    expect(answer.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });

  it("resolves 100 references with one database command", async () => {
    const products = await Promise.all(Array.from({ length: 100 }, () => fakeProduct(models)));
    const representations = products.map(({ _id }) => ({ __typename: "Product", id: _id.toHexString() }));
    const query =
      "query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Product { sku } } }";
    const { result, commands } = await commandsOf(resources.mongo, () =>
      subgraph.expectData<{ _entities: { sku: string }[] }>({ query, variables: { representations } }),
    );
    expect(result._entities.map(({ sku }) => sku)).toEqual(products.map(({ sku }) => sku));
    expect(commands).toEqual([{ name: "find", collection: "products" }]);
  });
});
