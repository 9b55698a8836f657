// A fault inside a subgraph reaches Sentry once, by itself; what clients did wrong does not.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import process from "node:process";
import { openErrorReporting } from "@tradegraph/kit/error-reporting";
import { createLogger } from "@tradegraph/kit/logger";
import { createMetrics } from "@tradegraph/kit/metrics";
import { startFakeSentry } from "@tradegraph/testkit/fake-sentry";
import { createTestResources } from "@tradegraph/testkit/test-database";
import { serveTestSubgraph } from "@tradegraph/testkit/test-subgraph";
import { expect, inject, it } from "vitest";
import { createProducts } from "../src/server.ts";

it("reports what nobody expected, with its request and without what was asked", async () => {
  const sentry = await startFakeSentry();
  const about = { service: "products", metrics: createMetrics("products") };
  const reporting = await openErrorReporting({ NODE_ENV: "production", SENTRY_DSN: sentry.dsn }, about);
  const destination = { write: () => undefined };
  const logger = createLogger({ service: "products", level: "info", destination, onFault: reporting?.onFault });
  await using resources = await createTestResources("products", { logger });
  const subgraph = await serveTestSubgraph(createProducts(resources), resources);

  const wrong = await subgraph.execute({ query: "query Wrong { products(first: 1000) { nodes { id } } }" });
  expect(wrong.errors).toBeDefined();
  // A search needs its index; somebody has taken it away.
  await resources.mongo.connection.collection("products").dropIndexes();
  const query = "query FindProducts($text: String!) { products(first: 1, query: $text) { nodes { id } } }";
  const variables = { text: "canary-person@example.com canary-word" };
  const answer = await subgraph.execute({ query, variables, headers: { cookie: "canary-cookie" } });
  expect(answer.errors).toMatchObject([{ extensions: { code: "INTERNAL_SERVER_ERROR" } }]);

  await subgraph.stop();
  await reporting?.close(1_000);
  await sentry.stop();
  expect(sentry.events).toMatchObject([
    {
      level: "error",
      environment: "production",
      tags: {
        ...{ service: "products", operation: "FindProducts", code: "INTERNAL_SERVER_ERROR" },
        request_id: expect.stringMatching(/^[\da-f-]{36}$/) as string,
      },
      exception: { values: [{ type: "MongoServerError" }] },
    },
  ]);
  expect(sentry.requests()).toBe(1);
  expect(sentry.text()).not.toMatch(/canary|FindProducts\(/);
});

it("reports as a program why it cannot start", async () => {
  const sentry = await startFakeSentry();
  const child = spawn(process.execPath, [join(import.meta.dirname, "../src/main.ts")], {
    env: {
      ...{ NODE_ENV: "test", HOST: "127.0.0.1", LOG_LEVEL: "silent", SENTRY_DSN: sentry.dsn },
      INTERNAL_SIGNING_KEYS: "test:0123456789abcdef0123456789abcdef",
      ...{ MONGODB_URI: inject("mongoUri"), MONGODB_DATABASE: `test_report_${randomBytes(6).toString("hex")}` },
      // Taken.
      PORT: new URL(sentry.dsn).port,
    },
    stdio: "ignore",
  });
  expect(await once(child, "exit")).toEqual([1, null]);
  await sentry.stop();
  expect(sentry.events).toMatchObject([{ level: "fatal", tags: { service: "products", code: "EADDRINUSE" } }]);
});
