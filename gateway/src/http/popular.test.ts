import { anonymousViewer, type Viewer } from "@tradegraph/kit/viewer";
import { describe, expect, it } from "vitest";
import { createAskedQueries } from "../cache/response/asked-queries.ts";
import { type PopularOperation } from "../cache/operate/popular-operations.ts";
import { countPopular } from "./popular.ts";
import { type OperationRequest } from "./steps.ts";
import { visitorRequest } from "./visitor-request.ts";

const search: PopularOperation = {
  tenantId: "acme",
  query: "query Search($text: String) { search(text: $text) { id } }",
  operationName: "Search",
  variables: { text: "Bohrer für Ölwannen" },
};

/** Sends a request through the step. @returns what was counted */
async function counted(
  request: OperationRequest,
  { outcome = "hit", status = 200 }: { outcome?: "hit" | "miss" | "bypass" | "stored"; status?: number } = {},
) {
  const counts = new Map<string, PopularOperation>();
  const step = countPopular({ record: (tenantId, id, operation) => void counts.set(`${tenantId} ${id}`, operation()) });
  await step(request, () => {
    request.scope.cacheOutcome = outcome;
    return Promise.resolve({ status, headers: new Map<string, string>(), body: "{}" });
  });
  return [...counts.values()];
}
const as = (viewer: Viewer) => {
  const request = visitorRequest(search);
  return { ...request, scope: { ...request.scope, viewer } };
};

describe("counting what is popular", () => {
  it("counts a visitor's question whose answer is kept", async () => {
    expect(await counted(visitorRequest(search))).toEqual([search]);
    expect(await counted(visitorRequest(search), { outcome: "stored" })).toEqual([search]);
    expect(await counted(visitorRequest(search), { status: 304 })).toEqual([search]);
  });

  it("counts a GET like a POST", async () => {
    const { query, operationName, variables } = search;
    const parameters = { query, operationName: String(operationName), variables: JSON.stringify(variables) };
    const request = { ...visitorRequest(search), method: "GET", body: undefined, bodyText: undefined };
    expect(await counted({ ...request, search: `?${String(new URLSearchParams(parameters))}` })).toEqual([search]);
  });

  it.each([
    ["signed in", { ...anonymousViewer("acme"), role: "customer", userId: "a".repeat(24) }],
    ["a partner", { ...anonymousViewer("acme"), role: "partner", partnerId: "a".repeat(24) }],
    ["of a company", { ...anonymousViewer("acme"), companyId: "a".repeat(24) }],
    ["staff", { ...anonymousViewer("acme"), role: "admin" }],
  ] satisfies [string, Viewer][])("never writes down what somebody asks who is %s", async (_who, viewer) => {
    expect(await counted(as(viewer))).toEqual([]);
  });

  it("counts nothing that is not kept, refused, or long", async () => {
    expect(await counted(visitorRequest(search), { outcome: "miss" })).toEqual([]);
    expect(await counted(visitorRequest(search), { outcome: "bypass" })).toEqual([]);
    expect(await counted(visitorRequest(search), { status: 400 })).toEqual([]);
    expect(await counted(visitorRequest({ ...search, variables: { text: "x".repeat(9_000) } }))).toEqual([]);
  });
});

describe("a visitor's request", () => {
  it("asks what the visitor asked: it finds the same answer", () => {
    const asked = createAskedQueries();
    const own = { method: "POST", search: "", body: { query: search.query, variables: search.variables } };
    const key = asked.read({ ...own, bodyText: JSON.stringify(own.body) })?.query.key;
    expect(key).toBeTypeOf("string");
    expect(asked.read(visitorRequest(search))?.query.key).toBe(key);
    expect(visitorRequest(search).scope.viewer).toEqual(anonymousViewer("acme"));
  });
});
