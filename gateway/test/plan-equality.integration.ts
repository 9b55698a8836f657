import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { operationFromDocument, type Schema } from "@apollo/federation-internals";
import { ApolloGateway } from "@apollo/gateway";
import { type QueryPlanner } from "@apollo/query-planner";
import { createLogger } from "@tradegraph/kit/logger";
import { createMetrics } from "@tradegraph/kit/metrics";
import { parse } from "graphql";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type GraphPlanning, openPlanning } from "../src/planning/open-planning.ts";
import { loadableSupergraph, securityFeatures } from "../src/supergraph.ts";

const schema = join(import.meta.dirname, "../../schema");
const sdl = loadableSupergraph(
  readFileSync(join(schema, "generated/supergraph.graphql"), "utf8"),
  new Set(securityFeatures),
);
const operations = readdirSync(join(schema, "operations"), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".graphql"))
  .map((path) => ({ path, body: readFileSync(join(schema, "operations", path), "utf8") }));

const gateway = new ApolloGateway({
  supergraphSdl: sdl,
  buildService: () => ({ process: () => Promise.resolve({ data: {} }) }),
});
/** What it plans with, which its types hide: its executor would want values for every variable. */
const inside = gateway as unknown as { queryPlanner: QueryPlanner; apiSchema: Schema };
let planning: GraphPlanning;
beforeAll(async () => {
  planning = openPlanning({
    rules: { timeoutMs: 20_000 },
    operations: () => operations,
    development: false,
    registry: createMetrics("gateway"),
    logger: createLogger({ service: "gateway", level: "silent" }),
  }).forGraph(sdl);
  await Promise.all([gateway.load(), planning.warmUp(undefined)]);
});
afterAll(() => Promise.all([gateway.stop(), planning.close()]));

it("has operations to compare", () => {
  expect(operations.length).toBeGreaterThan(50);
});

it.each(operations)("plans $path as ApolloGateway does", async ({ body }) => {
  const planned = await planning.apolloStore.get(createHash("sha256").update(body).digest("hex"));
  expect(planned).toHaveProperty("node");
  expect(planned).toEqual(inside.queryPlanner.buildQueryPlan(operationFromDocument(inside.apiSchema, parse(body))));
});
