// What the subgraph says of its answers to whoever caches without our manifest: Apollo Server's own `Cache-Control`.
import { randomUUID } from "node:crypto";
import { signRequest } from "@tradegraph/kit/internal-assertion";
import { anonymousViewer } from "@tradegraph/kit/viewer";
import { testKeys } from "@tradegraph/testkit/test-database";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startProducts, type StartedProducts } from "./start-products.ts";

let products: StartedProducts;
beforeAll(async () => {
  products = await startProducts();
});
afterAll(() => products.stop());

async function cacheControl(query: string, variables: object = {}): Promise<string | null> {
  const body = JSON.stringify({ query, variables });
  const signed = signRequest(testKeys, anonymousViewer(testTenant), {
    ...{ audience: "products", method: "POST", path: "/graphql", body, requestId: randomUUID() },
  });
  const headers = { "content-type": "application/json", ...signed };
  const response = await fetch(products.url, { method: "POST", headers, body });
  return response.headers.get("cache-control");
}

describe("Cache-Control of the subgraph", () => {
  it.each([
    ["{ products(first: 1) { nodes { id } } }", "max-age=300, public"],
    ["{ categories { nodes { id } } }", "max-age=3600, public"],
    ["{ storesNear(latitude: 1, longitude: 1) { id } }", "max-age=3600, public"],
    ['{ product(by: { sku: "none" }) { stock { available } } }', "max-age=3600, public"],
    ["{ priceLists { nodes { id } } }", "no-store"],
    ["{ products(first: 1000) { nodes { id } } }", "no-store"],
  ])("%s has %s", async (query, expected) => {
    expect(await cacheControl(query)).toBe(expected);
  });

  it("is that of the entity types asked for", async () => {
    const query =
      "query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { suppliedProducts { nodes { id } } } } }";
    const r = [{ __typename: "User", id: "0".repeat(24) }];
    expect(await cacheControl(query, { r })).toBe("max-age=300, public");
  });
});
