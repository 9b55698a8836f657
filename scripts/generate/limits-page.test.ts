import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { compileCost } from "@tradegraph/gateway/limits/compile-cost";
import { unsizedLists } from "@tradegraph/gateway/limits/cost-lint";
import { defaultLimits } from "@tradegraph/gateway/limits/limit-rules";
import { mostMutationFields, shapeLimits } from "@tradegraph/kit/shape-limits";
import { buildSchema } from "graphql";
import { describe, expect, it } from "vitest";
import { measureOperations } from "./limits-page.ts";

const root = join(import.meta.dirname, "../..");
const read = (name: string) => readFile(join(root, "schema/generated", name), "utf8");
const [api, supergraph] = await Promise.all([read("api.graphql"), read("supergraph.graphql")]);

describe("default limits", () => {
  it("let each of our own operations pass, with the longest pages", async () => {
    const measured = await measureOperations(root, api, supergraph);
    expect(measured.length).toBeGreaterThan(50);
    const limits = defaultLimits.classes.app;
    for (const one of measured) {
      expect(one.longCost, one.name).toBeLessThanOrEqual(limits.cost);
      expect(3 * one.cost, one.name).toBeLessThanOrEqual(limits.cost);
      for (const limit of shapeLimits)
        expect(3 * one[limit], `${one.name}, ${limit}`).toBeLessThanOrEqual(limits[limit]);
      if (one.isMutation) expect(one.rootFields).toBeLessThanOrEqual(mostMutationFields);
    }
  });
});

describe("the lint of lists", () => {
  const faultsOf = (lists: string) => {
    const schema = `type Query { page: ThingConnection ${lists} list: [Thing!] @listSize(assumedSize: 1) names: [String!] }
      type Thing { id: ID } type ThingConnection { nodes: [Thing] edges: [Edge] count: Int } type Edge { node: Thing }
      directive @listSize(assumedSize: Int, sizedFields: [String!]) on FIELD_DEFINITION
      directive @link(url: String!, import: [String!]) on SCHEMA
      schema @link(url: "https://specs.apollo.dev/cost/v0.1", import: ["@listSize"]) { query: Query }`;
    return unsizedLists(buildSchema(schema), compileCost(schema));
  };

  it("finds lists and connections without a size", () => {
    expect(faultsOf("things: [Thing]")).toEqual([
      'Query.page is a connection and needs @listSize with sizedFields that have "nodes"',
      'Query.page is a connection and needs @listSize with sizedFields that have "edges"',
      "Query.things is a list and needs @listSize",
    ]);
    expect(faultsOf('@listSize(sizedFields: ["nodes"])')).toEqual([
      'Query.page is a connection and needs @listSize with sizedFields that have "edges"',
    ]);
  });

  it("finds nothing in our schema", () => {
    expect(unsizedLists(buildSchema(api), compileCost(supergraph))).toEqual([]);
  });
});
