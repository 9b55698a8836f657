import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { createGraphClient, type GraphClient, readOperation } from "@tradegraph/testkit/graph-client";
import { startGraph, type TestGraph } from "@tradegraph/testkit/start-graph";
import { buildSchema } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApiCoverage } from "./api-coverage.ts";
import { demoShop, type DemoShop } from "./demo.ts";
import { type Findings, findThings, operationRuns } from "./operation-runs.ts";

const schemaFolder = resolve(import.meta.dirname, "../schema");
let graph: TestGraph;
let shop: DemoShop;
let found: Findings;

beforeAll(async () => {
  graph = await startGraph({ seed: true });
  shop = demoShop(graph);
  found = await findThings(shop);
});

afterAll(() => graph.stop());

describe("schema/operations", () => {
  it("are all in the list that the tests run", () => {
    const committed = readdirSync(resolve(schemaFolder, "operations"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".graphql"))
      .map((file) => file.replace(".graphql", ""));
    const listed = new Set(operationRuns(shop, found).map(({ operation }) => operation));
    expect(committed.filter((operation) => !listed.has(operation))).toEqual([]);
  });

  it("answer without errors, and give every field of the API at least once", async () => {
    const coverage = createApiCoverage(
      buildSchema(readFileSync(resolve(schemaFolder, "generated/api.graphql"), "utf8")),
    );
    const callers = new Map<string | undefined, GraphClient>([[undefined, shop.visitor]]);
    const failures: string[] = [];
    for (const { operation, as, variables } of operationRuns(shop, found)) {
      const [client = "", name = ""] = operation.split("/");
      const caller = callers.get(as) ?? (await shop.as(as ?? ""));
      callers.set(as, caller);
      const query = coverage.prepare(await readOperation(name, client));
      const answer = await caller.execute(query, variables);
      // A supplier sees neither payments nor billing address of its buyers; only those fields are refused.
      const expected = (path: unknown[] | undefined) =>
        as === "supplier" && ["payments", "billingAddress"].includes(String(path?.at(-1)));
      failures.push(
        ...(answer.errors ?? [])
          .filter(({ path }) => !expected(path))
          .map((error) => `${operation} as ${as}: ${JSON.stringify(error)}`),
      );
      if (answer.data) coverage.record(query, answer.data);
    }
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
