import { buildSchema } from "graphql";
import { expect, test } from "vitest";
import { defaultLimits, mutationFieldsOnly } from "../limits/limit-rules.ts";
import { createDescribeAll } from "./describe-all.ts";
import { keyForm } from "./key-form.ts";
import { limitRows } from "./limit-rows.ts";
import { pagePolicy } from "./page-policy.ts";
import { type PartnerFacts, type ShownOperation, shownOperations } from "./partner-facts.ts";
import { partnerPage } from "./partner-page.ts";

const hostile = `<img src=x onerror="alert('1')">&`;
const shown: ShownOperation = {
  ...{ id: "ab12", name: "Orders", type: "query", text: `{ a(b: "${hostile}") }`, versions: ["2026-11", hostile] },
  variables: [{ name: "first", type: "Int", isRequired: false, defaultValue: "10" }],
  inputTypes: `"${hostile}" enum Colour { RED }`,
  exampleVariables: { first: 10 },
  exampleAnswer: { data: { a: hostile } },
  ...{ cost: 1_200, faults: [], deprecations: [hostile] },
};
const facts: PartnerFacts = {
  partner: hostile,
  url: "https://shop.example/graphql",
  operations: [shown],
  limits: [["Bytes of a request", "102,400"]],
  quota: { currentlyAvailable: 7_300, maximumAvailable: 10_000, restoreRate: 100 },
  changes: [
    {
      ...{ name: hostile, event: "activated", at: "2026-11-20T01:02:03Z" },
      ...{ added: ["Orders"], changed: [], removed: [hostile] },
    },
  ],
  isListedOnly: true,
  at: new Date("2026-11-22T05:00:00Z"),
};

test("nothing that somebody wrote is HTML", () => {
  const page = partnerPage({
    ...facts,
    operations: [shown, { ...shown, id: hostile, name: hostile, faults: [hostile] }],
  });
  expect(page).not.toContain("<img");
  expect(page.match(/&lt;img src=x onerror=/g)?.length).toBeGreaterThanOrEqual(12);
  expect(page.match(/"[^"<>]*<img|='/g)).toBeNull();
  expect(keyForm(hostile)).not.toContain("<img");
});

test("the page says what is asked, what it costs, what is left and what has changed", () => {
  const page = partnerPage(facts);
  expect(page).toContain("<strong>7,300 of 10,000 points are left</strong>");
  expect(page).toContain("100 points come back each second.");
  expect(page).toContain("costs up to 1,200 points");
  expect(page).toContain("<td><code>10</code> unless sent</td>");
  expect(page).toContain(
    "&quot;documentId&quot;: &quot;ab12&quot;,\n  &quot;variables&quot;: {\n    &quot;first&quot;: 10",
  );
  expect(page).toContain('<time datetime="2026-11-20T01:02:03Z">2026-11-20</time>');
  expect(page).toContain("As of <time datetime=");
});

test("a page for handing out has no quota, and says nothing of refusals where there are none", () => {
  const page = partnerPage({ ...facts, quota: undefined, isListedOnly: false });
  expect(page).not.toMatch(/points are left|come back each second|Other operations than those below/);
  expect(partnerPage({ ...facts, quota: "unlimited" })).toContain("as often as you like");
});

test("anchors are unique although two versions have an operation of one name", () => {
  const page = partnerPage({ ...facts, operations: [shown, { ...shown, id: "cd34" }] });
  const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => decodeURIComponent(String(id)));
  expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
});

test("an operation that does not fit any more has its reason instead of a call", () => {
  const page = partnerPage({ ...facts, operations: [{ ...shown, faults: ['No "x".'] }] });
  expect(page).toContain("<li>No &quot;x&quot;.</li>");
  expect(page).not.toContain("<h4>Call</h4>");
});

test("nothing runs on it and nothing is loaded", () => {
  for (const page of [partnerPage(facts), keyForm()]) {
    expect(page).not.toMatch(/<script|<link rel="stylesheet"|src="http|\sstyle=|\son\w+="/);
  }
  expect(pagePolicy).toContain("default-src 'none'");
  expect(pagePolicy).toContain("form-action 'self'");
});

test("limits are those of partners, where they are enforced", () => {
  expect(limitRows(defaultLimits, 102_400)).toContainEqual(["Points that one operation may cost", "10,000"]);
  expect(limitRows({ ...defaultLimits, mode: "measure" }, 102_400).map(([, value]) => value)).toEqual([
    "102,400",
    "10",
  ]);
  expect(limitRows(mutationFieldsOnly, Infinity)).toEqual([["Fields at the top of a mutation", "10"]]);
  expect(limitRows(undefined, Infinity)).toEqual([]);
});

test("an operation of several versions stands there once, as the first has it", async () => {
  const one = (id: string, listId: string, body: string) => ({
    ...{ id, listId, body, name: "A", type: "query" as const, tenantId: "acme" },
  });
  const versions = [
    { id: "new", name: "2026-12" },
    { id: "old", name: "2026-11" },
  ];
  const operations = [one("a", "new", "{ new }"), one("a", "old", "{ old }"), one("b", "unknown", "{ b }")];
  const graph = { schema: buildSchema("type Query { new: Int old: Int b: Int }"), costs: undefined };
  const all = await shownOperations({ operations, versions, graph, describeAll: createDescribeAll() });
  expect(all).toMatchObject([
    { id: "a", text: "{\n  new\n}", versions: ["2026-12", "2026-11"] },
    { id: "b", text: "{\n  b\n}", versions: [] },
  ]);
});
