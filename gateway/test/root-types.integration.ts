import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compose } from "./fake-graph.ts";
import { startTestGateway, type TestGateway } from "./start-gateway.ts";
import { writeGraph } from "./write-graph.ts";

let test: TestGateway;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "query-only-"));
  const supergraphPath = join(folder, "supergraph.graphql");
  const only = { name: "only", url: "http://127.0.0.1:9/graphql", typeDefs: "type Query { latest: String }" };
  await writeGraph(supergraphPath, compose([only]));
  test = await startTestGateway({ supergraphPath });
});
afterAll(async () => {
  await test.stop();
  await rm(folder, { recursive: true });
});

describe("an operation of a kind that the schema does not have", () => {
  it.each([
    ["subscription", "subscription{x}"],
    ["subscription", "subscription S { ...F } fragment F on Query { latest }"],
    ["mutation", "mutation { x }"],
    ["mutation", "mutation { __typename }"],
    ["mutation", "query Q { latest } mutation M { x }", "M"],
  ])("is an invalid document: %s in %s", async (kind, query, operationName?: string) => {
    const { status, body } = await test.post({ query, operationName });
    expect(status).toBe(400);
    expect(body.data).toBeUndefined();
    expect(body.errors?.map(({ extensions }) => extensions.code)).toContain("GRAPHQL_VALIDATION_FAILED");
    expect(body.errors?.map(({ message }) => message)).toContain(`The schema has no ${kind}s.`);
  });
});
