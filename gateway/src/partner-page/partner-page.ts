// What a partner's programmers need, on one page without scripts and without anything from elsewhere.
import { createHash } from "node:crypto";
import { escaped } from "../http/html.ts";
import { contentPolicy } from "../http/pages.ts";
import { curlOf } from "./curl.ts";
import { type DescribedOperation, type DescribedVariable } from "./described-operation.ts";
import { style } from "./style.ts";

/** A version of the partner's operations. */
export interface ListChange {
  name: string;
  /** ISO 8601; absent while it does not count yet. */
  activatedAt?: string | undefined;
  retiredAt?: string | undefined;
  /** Names of operations, beside the version before. */
  added: readonly string[];
  changed: readonly string[];
  removed: readonly string[];
}

export interface PartnerFacts {
  partner: string;
  /** GraphQL endpoint. */
  url: string;
  operations: readonly DescribedOperation[];
  /** Name and value, such as "longest request" and "100 KB". */
  limits: readonly (readonly [name: string, value: string])[];
  /** Points; undefined where nobody counts. */
  quota: { available: number; maximum: number; restoreRate: number } | undefined;
  /** The newest first. */
  changes: readonly ListChange[];
}

/** For the page's header; nothing runs and nothing is loaded; the form that asks for a key goes to us. */
export const partnerPagePolicy = contentPolicy({
  "style-src": `'sha256-${createHash("sha256").update(style).digest("base64")}'`,
  "img-src": "data:",
  "form-action": "'self'",
});

const page = (title: string, body: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>${escaped(title)} · Tradegraph</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;

/** Asks for a key. @param problem with the key that was sent before */
export const keyForm = (problem?: string): string =>
  page(
    "Partner",
    `<h1>Partner</h1>
<p>Your operations, with examples, limits and what is left of your quota. The key is sent to this server alone and is not kept.</p>
${problem === undefined ? "" : `<p class="problem" role="alert">${escaped(problem)}</p>`}
<form method="post" action="/partner">
<label for="key">API key</label>
<input id="key" name="key" type="password" autocomplete="off" spellcheck="false" required autofocus>
<button>Show</button>
</form>`,
  );

const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const code = (text: string) => `<pre tabindex="0"><code>${escaped(text)}</code></pre>`;
const json = (value: unknown) => code(JSON.stringify(value, null, 2));

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (tag: string, row: readonly string[]) => row.map((cell) => `<${tag}>${cell}</${tag}>`).join("");
  return `<div class="scroll"><table><thead><tr>${cells("th", head)}</tr></thead><tbody>${rows
    .map((row) => `<tr>${cells("td", row)}</tr>`)
    .join("")}</tbody></table></div>`;
}

const variableRow = ({ name, type, isRequired, defaultValue }: DescribedVariable) => [
  `<code>${escaped(name)}</code>`,
  `<code>${escaped(type)}</code>`,
  isRequired ? "must be sent" : defaultValue === undefined ? "may be left out" : `${escaped(defaultValue)} unless sent`,
];

const operationSection = (url: string, operation: DescribedOperation) => `<section id="${escaped(operation.name)}">
<h3>${escaped(operation.name)} <small>${operation.type}</small></h3>
<p class="id"><code>${escaped(operation.id)}</code></p>
${operation.variables.length === 0 ? "<p>No variables.</p>" : table(["Variable", "Type", ""], operation.variables.map(variableRow))}
<h4>Call</h4>
${code(curlOf(url, operation.id, operation.exampleVariables))}
<h4>Answer, as an example</h4>
${json(operation.exampleAnswer)}
<details><summary>What it asks for</summary>${code(operation.text)}</details>
</section>`;

const day = (time: string | undefined) => (time === undefined ? "" : escaped(time.slice(0, 10)));
const names = (all: readonly string[]) => (all.length === 0 ? "–" : all.map(escaped).join(", "));
const changeRow = ({ name, activatedAt, retiredAt, added, changed, removed }: ListChange) => [
  ...[escaped(name), day(activatedAt), day(retiredAt)],
  ...[names(added), names(changed), names(removed)],
];

function quotaText(quota: PartnerFacts["quota"]): string {
  if (!quota) return "<p>Nobody counts here what you use.</p>";
  const { available, maximum, restoreRate } = quota;
  return `<p><meter min="0" max="${maximum}" value="${available}"></meter> ${grouped.format(available)} of ${grouped.format(maximum)} points left, ${grouped.format(restoreRate)} come back each second.</p>`;
}

/** The page of one partner. */
export const partnerPage = ({ partner, url, operations, limits, quota, changes }: PartnerFacts): string =>
  page(
    partner,
    `<h1>${escaped(partner)}</h1>
<p>Send operations to <code>${escaped(url)}</code> by their id, with your key in the header <code>x-api-key</code>. Nothing else is open to the key.</p>
<nav>${operations.map(({ name }) => `<a href="#${escaped(name)}">${escaped(name)}</a>`).join(" ")}</nav>
<h2>Quota and limits</h2>
${quotaText(quota)}
${table(
  ["Limit", ""],
  limits.map((limit) => limit.map(escaped)),
)}
<h2>Operations</h2>
${operations.length === 0 ? "<p>None yet: send us the operations that your programs need.</p>" : operations.map((operation) => operationSection(url, operation)).join("\n")}
<h2>Changes</h2>
${table(["Version", "From", "Until", "New", "Changed", "Gone"], changes.map(changeRow))}`,
  );
