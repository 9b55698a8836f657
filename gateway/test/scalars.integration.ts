import { afterAll, beforeAll, expect, it } from "vitest";
import { shelfTypeDefs } from "./fake-graph.ts";
import { startTestGateway, type TestGateway } from "./start-gateway.ts";

let test: TestGateway;
beforeAll(async () => {
  const shelf = `${shelfTypeDefs} scalar DateTime scalar Long extend type Query { since(time: DateTime, sold: Long): String }`;
  test = await startTestGateway({ typeDefs: { shelf } });
});
afterAll(() => test.stop());

it.each([
  ["{ since(time: { ne: 1 }) }", {}],
  ['{ since(time: "30 February") }', {}],
  ["{ since(sold: 9007199254740993) }", {}],
  ["query ($time: DateTime) { since(time: $time) }", { time: { $gt: "" } }],
])("refuses a wrong value of a scalar that all subgraphs share before any is asked: %s", async (query, variables) => {
  const { status, body } = await test.post({ query, variables });
  expect(status).toBe(400);
  expect(body.errors?.[0]?.extensions.code).toMatch(/^(BAD_USER_INPUT|GRAPHQL_VALIDATION_FAILED)$/);
  expect(test.shelf.received).toEqual([]);
});

it("hands on right values as they were written", async () => {
  const time = "2026-01-31T12:00:00+02:00";
  const query = "query ($time: DateTime) { since(time: $time, sold: 5) }";
  await test.post({ query, variables: { time } });
  expect(test.shelf.received).toHaveLength(1);
  expect(test.shelf.received[0]?.query).toContain("sold:5");
});
