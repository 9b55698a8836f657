import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { createGraphClient } from "@tradegraph/testkit/graph-client";
import { startGraph, type TestGraph } from "@tradegraph/testkit/start-graph";
import { buildSchema } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApiCoverage } from "./api-coverage.ts";
import { demoShop, type DemoShop } from "./demo.ts";
import { type Findings, findThings } from "./findings.ts";
import { operationRuns } from "./operation-runs.ts";
import { type Stage } from "./runs/operation-run.ts";
import { runOperations } from "./runs/run-operations.ts";

const schemaFolder = resolve(import.meta.dirname, "../schema");
let graph: TestGraph;
let shop: DemoShop;
let found: Findings;
let stage: Stage;

beforeAll(async () => {
  graph = await startGraph({ seed: true });
  shop = demoShop(graph);
  found = await findThings(shop);
  stage = { graph, shop, found, notes: new Map() };
});

afterAll(() => graph.stop());

describe("schema/operations", () => {
  it("are all in the list that the tests run", () => {
    const committed = readdirSync(resolve(schemaFolder, "operations"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".graphql"))
      .map((file) => file.replace(".graphql", ""));
    const listed = new Set(operationRuns(stage).map(({ operation }) => operation));
    expect(committed.filter((operation) => !listed.has(operation))).toEqual([]);
  });

  it("answer without errors, and give every field of the API at least once", async () => {
    const coverage = createApiCoverage(
      buildSchema(readFileSync(resolve(schemaFolder, "generated/api.graphql"), "utf8")),
    );
    const failures = await runOperations(stage, operationRuns(stage), {
      prepare: coverage.prepare,
      onAnswer: (query, answer) => {
        if (answer.data) coverage.record(query, answer.data);
      },
    });
    expect(failures).toEqual([]);
    expect(coverage.missing()).toEqual([]);
  });
});

describe("ProductPage", () => {
  it("joins fields of all four subgraphs in one request", async () => {
    const { product } = await shop.visitor.operation<{ product: Record<string, unknown> }>("ProductPage", {
      sku: found.product.sku,
    });
    expect(product).toMatchObject({
      sku: found.product.sku,
      supplier: { sellerProfile: { shopName: expect.any(String) as string } },
      lastOrderedAt: expect.any(String) as string,
      reviewSummary: { averageRating: expect.any(Number) as number },
    });
  });
});

describe("two shops", () => {
  it("never show each other's things", async () => {
    const other = demoShop(graph, "harborline");
    const query =
      "query ($sku: String!, $id: ID!) { product(by: { sku: $sku }) { id } order: node(id: $id) { ... on Order { number } } }";
    const [orderNode] = found.nodeIds.filter((id) => Buffer.from(id, "base64url").toString().startsWith("Order:"));
    const otherAdmin = await other.as("admin");
    const foreign = await otherAdmin.execute<{ product: { id: string } | null; order: object | null }>(query, {
      sku: found.product.sku,
      id: orderNode,
    });
    expect(foreign.data?.product?.id).not.toBe(found.product.id);
    expect(foreign.data?.order ?? null).toBeNull();
  });

  it("refuse a token of one in the other", async () => {
    const { token } = await shop.as("buyer");
    const answer = await createGraphClient(graph.url, { token, tenant: "harborline" }).execute("{ me { id } }");
    expect(answer.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });
});
