import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { freePort } from "@tradegraph/devservices/ports";
import { resolveMongod } from "@tradegraph/devservices/resolve-mongo";
import { type StartedMongo, startMongo } from "@tradegraph/devservices/start-mongo";
import { createMetrics } from "@tradegraph/kit/metrics";
import { migrateUp } from "@tradegraph/kit/migrations";
import { connectMongo, type Mongo } from "@tradegraph/kit/mongo";
import { serviceViewer } from "@tradegraph/kit/viewer";
import { silentLogger, testKeys } from "@tradegraph/testkit/test-database";
import { serveTestSubgraph, testTenant, type TestSubgraph } from "@tradegraph/testkit/test-subgraph";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createModels } from "../src/models.ts";
import { createProducts } from "../src/server.ts";
import { fakeProduct } from "./fakes.ts";

let server: { binary: string; version: string };
let mongod: StartedMongo;
let mongo: Mongo;
let subgraph: TestSubgraph;
let port: number;
let dataDir: string;

const get = async (path: string) => {
  const began = performance.now();
  const response = await fetch(new URL(path, subgraph.url));
  return { status: response.status, body: (await response.json()) as unknown, ms: performance.now() - began };
};

beforeAll(async () => {
  server = await resolveMongod();
  // Data must outlive the server here, so it is not an ephemeral one.
  dataDir = await mkdtemp(join(tmpdir(), "products-health-"));
  port = await freePort();
  mongod = await startMongo({ server, dataDir, port });
  const metrics = createMetrics("products");
  mongo = await connectMongo({
    uri: mongod.uri,
    database: "products",
    flavor: "mongodb",
    poolMin: 0,
    poolMax: 5,
    applicationName: "health test",
    logger: silentLogger,
    metrics,
  });
  const { db } = mongo.connection;
  if (!db) throw new Error("The test database is not connected.");
  await migrateUp({
    db,
    client: mongo.connection.getClient(),
    directory: resolve(import.meta.dirname, "../migrations"),
  });
  const resources = {
    name: "products",
    mongo,
    logger: silentLogger,
    metrics,
    keys: testKeys,
    redisNamespace: "test",
    relay: false,
  };
  subgraph = await serveTestSubgraph(createProducts(resources), resources);
});

afterAll(async () => {
  await subgraph.stop();
  await mongo.close();
  await mongod.stop();
  await rm(dataDir, { recursive: true, force: true });
});

describe("health of the subgraph", () => {
  const query = "query ($sku: String!) { product(by: { sku: $sku }) { name } }";
  let sku: string;

  it("is alive and ready while MongoDB answers", async () => {
    ({ sku } = await fakeProduct(createModels(mongo.connection), { name: "Anchor" }));
    expect(await get("/health")).toMatchObject({ status: 200, body: { status: "ok" } });
    const ready = { status: 200, body: { status: "ok", dependencies: { mongodb: "ok" } } };
    expect(await get("/ready")).toMatchObject(ready);
    expect(await get("/ready?all=1")).toMatchObject(ready);
  });

  it(
    "is alive but not ready without MongoDB, says so quickly, and comes back by itself",
    { timeout: 90_000 },
    async () => {
      await mongod.stop();
      const stopped = performance.now();
      const down = await get("/ready");
      expect(down).toMatchObject({
        status: 503,
        body: { status: "unavailable", dependencies: { mongodb: "unavailable" } },
      });
      expect(performance.now() - stopped).toBeLessThan(3_000);
      expect((await get("/ready?all=1")).status).toBe(503);
      expect((await get("/health")).status).toBe(200);

      const began = performance.now();
      const [reading, ...others] = await Promise.all([
        ...Array.from({ length: 10 }, () => subgraph.execute({ query, variables: { sku } })),
        subgraph.execute({
          query: 'mutation { stockRelease(key: "order-12345678") { units } }',
          viewer: serviceViewer(testTenant, ["stock"]),
        }),
      ]);
      expect(performance.now() - began).toBeLessThan(6_000);
      expect(reading.data).toEqual({ product: null });
      expect(reading.errors?.[0]?.path).toEqual(["product"]);
      for (const { errors } of [reading, ...others]) {
        expect(errors?.[0]?.extensions).toMatchObject({ code: "SERVICE_UNAVAILABLE", retryable: true });
      }

      mongod = await startMongo({ server, dataDir, port });
      await expect.poll(async () => (await get("/ready")).status, { timeout: 15_000 }).toBe(200);
      await expect(subgraph.expectData({ query, variables: { sku } })).resolves.toEqual({
        product: { name: "Anchor" },
      });
    },
  );
});
