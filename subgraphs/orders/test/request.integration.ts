import { expect, it } from "vitest";
import { startOrders } from "./start-orders.ts";

const orders = startOrders();

it("refuses a request without an assertion", async () => {
  const response = await fetch(orders.subgraph.url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: "{ orders { totalCount } }" }),
  });
  expect(response.status).toBe(401);
  await expect(response.json()).resolves.toMatchObject({ errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
});

it("is alive and ready", async () => {
  for (const path of ["/health", "/ready"]) {
    const response = await fetch(new URL(path, orders.subgraph.url));
    expect(response.status).toBe(200);
  }
});
