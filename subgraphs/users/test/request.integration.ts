import { jwksPath } from "@tradegraph/kit/access-token";
import { expect, it } from "vitest";
import { startUsers } from "./start-users.ts";

const users = startUsers();

it("refuses a request without an assertion", async () => {
  const response = await fetch(users.subgraph.url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: "{ me { id } }" }),
  });
  expect(response.status).toBe(401);
  await expect(response.json()).resolves.toMatchObject({ errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
});

it("is alive and ready", async () => {
  for (const path of ["/health", "/ready"]) {
    const response = await fetch(new URL(path, users.subgraph.url));
    expect(response.status).toBe(200);
  }
});

it("publishes the public part of its keys to anybody", async () => {
  const response = await fetch(new URL(jwksPath, users.subgraph.url));
  expect(response.status).toBe(200);
  expect(response.headers.get("cache-control")).toBe("public, max-age=600");
  const { keys } = (await response.json()) as { keys: Record<string, unknown>[] };
  expect(keys).toHaveLength(1);
  expect(Object.keys(keys[0] ?? {}).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
  expect(keys[0]).toMatchObject({ alg: "RS256", kty: "RSA", use: "sig" });
});
