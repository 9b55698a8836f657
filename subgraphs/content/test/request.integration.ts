import { expect, it } from "vitest";
import { startContent } from "./start-content.ts";

const content = startContent();

it("refuses a request without an assertion", async () => {
  const response = await fetch(content.subgraph.url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: "{ heroSlides { id } }" }),
  });
  expect(response.status).toBe(401);
  await expect(response.json()).resolves.toMatchObject({ errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
});

it("is alive and ready", async () => {
  for (const path of ["/health", "/ready"]) {
    const response = await fetch(new URL(path, content.subgraph.url));
    expect(response.status).toBe(200);
  }
});
