import { expect, test } from "vitest";
import { keyForm, partnerPage, type PartnerFacts, partnerPagePolicy } from "./partner-page.ts";

const hostile = `<img src=x onerror="alert('1')">&`;
const facts: PartnerFacts = {
  partner: hostile,
  url: "https://shop.example/graphql",
  operations: [
    {
      ...{ id: "ab12", name: "Orders", type: "query", text: `{ a(b: "${hostile}") }` },
      variables: [{ name: "first", type: "Int", isRequired: false, defaultValue: "10" }],
      exampleVariables: { first: 10 },
      exampleAnswer: { data: { a: hostile } },
    },
  ],
  limits: [["longest request", "100 KB"]],
  quota: { available: 7_300, maximum: 10_000, restoreRate: 100 },
  changes: [{ name: hostile, activatedAt: "2026-11-20T01:02:03Z", added: ["Orders"], changed: [], removed: [hostile] }],
};

test("nothing that somebody wrote is HTML", () => {
  const page = partnerPage(facts);
  expect(page).not.toContain("<img");
  expect(page.match(/&lt;img src=x onerror=/g)?.length).toBeGreaterThanOrEqual(6);
  expect(keyForm(hostile)).not.toContain("<img");
});

test("the page says what is asked, what is left and what has changed", () => {
  const page = partnerPage(facts);
  expect(page).toContain("7,300 of 10,000 points left, 100 come back each second.");
  expect(page).toContain("<td>10 unless sent</td>");
  expect(page).toContain("&quot;documentId&quot;:&quot;ab12&quot;,&quot;variables&quot;:{&quot;first&quot;:10}");
  expect(page).toContain("<td>2026-11-20</td><td></td><td>Orders</td>");
});

test("nothing runs on it and nothing is loaded", () => {
  expect(partnerPage(facts)).not.toMatch(/<script|<link rel="stylesheet"|src="http/);
  expect(partnerPagePolicy).toContain("default-src 'none'");
  expect(partnerPagePolicy).toContain("form-action 'self'");
});
