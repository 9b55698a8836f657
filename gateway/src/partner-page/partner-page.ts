// What a partner's programmers need, on one page.
import { escaped } from "../http/html.ts";
import { commandBlock, day, grouped, table } from "./html-parts.ts";
import { type ListChange } from "./list-changes.ts";
import { operationSection } from "./operation-section.ts";
import { pageFrame } from "./page-frame.ts";
import { type PartnerFacts, type ShownOperation } from "./partner-facts.ts";

interface Anchored {
  operation: ShownOperation;
  anchor: string;
}

/** The page of one partner. */
export function partnerPage(facts: PartnerFacts): string {
  const { partner, url, changes, at } = facts;
  const operations = anchoredOperations(facts.operations);
  const moment = at.toISOString();
  return pageFrame(
    partner,
    `<a class="skip" href="#content">Skip to content</a>
<header class="top"><p class="brand">Tradegraph · partner page</p><h1>${escaped(partner)}</h1></header>
<div class="columns">
${contents(operations)}
<main id="content">
${calling(facts)}
<section id="limits"><h2>Quota and limits</h2>
${quotaText(facts.quota)}
${limitsTable(facts.limits)}</section>
<section id="operations"><h2>Operations</h2>
${operations.length === 0 ? "<p>None yet: send us the operations that your programs need.</p>" : operations.map(({ operation, anchor }) => operationSection(operation, anchor, url)).join("\n")}</section>
<section id="errors"><h2>Errors</h2>
<p>Errors stand in <code>errors</code> of the answer, each with a code in <code>extensions.code</code>. Go by the code and
not by the message, and keep <code>extensions.requestId</code>: with it we find the request.</p>
<dl>
${errorRows}
</dl></section>
<section id="changes"><h2>Changes</h2>
${changes.length === 0 ? '<p class="quiet">None yet.</p>' : `<ol class="changes">${changes.map(changeItem).join("\n")}</ol>`}</section>
</main></div>
<footer>As of <time datetime="${moment}">${moment.slice(0, 16).replace("T", " ")} UTC</time>. Examples are made up.</footer>`,
  );
}

/** Versions may have operations of one name; ids are unique. */
function anchoredOperations(operations: readonly ShownOperation[]): Anchored[] {
  const taken = new Set<string>();
  return operations.map((operation) => {
    const plain = `operation-${operation.name}`;
    const anchor = taken.has(plain) ? `${plain}-${operation.id}` : plain;
    taken.add(anchor);
    return { operation, anchor };
  });
}

const contents = (operations: readonly Anchored[]): string => `<nav aria-label="On this page">
<ul><li><a href="#calling">Calling</a></li><li><a href="#limits">Quota and limits</a></li><li><a href="#errors">Errors</a></li><li><a href="#changes">Changes</a></li></ul>
<h2>Operations</h2>
<ul>${operations.map(({ operation, anchor }) => `<li><a href="#${encodeURIComponent(anchor)}">${escaped(operation.name)}</a></li>`).join("")}</ul>
</nav>`;

const calling = ({ url, isListedOnly }: PartnerFacts): string => `<section id="calling"><h2>Calling</h2>
<p>Send the id of an operation and its variables as JSON, and your key in a header:</p>
${commandBlock(`POST ${url}\ncontent-type: application/json\nx-api-key: tgk_…\n\n{"documentId": "…", "variables": {…}}`, "Request")}
<p>${isListedOnly ? "Other operations than those below are refused: send us new ones before your programs need them. " : ""}The
commands on this page take the key from the environment, where no history keeps it. This reads it from what you type:</p>
${commandBlock("read -rs TRADEGRAPH_KEY && export TRADEGRAPH_KEY", "Command that reads the key")}
</section>`;

function quotaText(quota: PartnerFacts["quota"]): string {
  if (quota === undefined) return "";
  if (quota === "unlimited") return "<p>You may call as often as you like.</p>";
  const { currentlyAvailable, maximumAvailable, restoreRate } = quota;
  const share = Math.min(1, Math.max(0, currentlyAvailable / maximumAvailable));
  const words = `${grouped.format(currentlyAvailable)} of ${grouped.format(maximumAvailable)} points are left`;
  return `<p class="quota"><svg viewBox="0 0 100 5" preserveAspectRatio="none" aria-hidden="true"><rect${share < 0.2 ? ' class="low"' : ""} width="${(share * 100).toFixed(1)}" height="5"/></svg>
<strong>${words}</strong></p>
<p>${grouped.format(restoreRate)} points come back each second. An operation takes what it may cost; what it did not need comes
back at once, and an answer that is at hand takes 1. Answers tell in <code>extensions.cost</code> what they took, and in <code>RateLimit-Remaining</code> what is left.</p>`;
}

const limitsTable = (limits: PartnerFacts["limits"]): string =>
  limits.length === 0
    ? ""
    : `<div class="narrow">${table(
        "Limits",
        [{ head: "Limit of a request" }, { head: "At most", kind: "n" }],
        limits.map(([name, value]) => [escaped(name), escaped(value)]),
      )}</div>`;

const errors = [
  ["UNAUTHENTICATED", "401", "The key does not count: use the other one, or ask us for a new one."],
  ["PERSISTED_QUERY_NOT_IN_LIST", "404", "None of your active versions has the id: compare it with this page."],
  ["BAD_USER_INPUT", "200 or 400", "A variable is wrong; the message says which, and what to send instead."],
  ["COST_ESTIMATED_TOO_EXPENSIVE", "400", "Ask for less at a time, such as shorter pages."],
  ["RATE_LIMITED", "429", "Wait as many seconds as the header <code>Retry-After</code> says."],
  ["SERVICE_UNAVAILABLE", "200 or 503", "Repeat it a little later, with growing pauses."],
];
const errorRows = errors
  .map(([code, status, todo]) => `<dt><code>${code}</code> <span class="quiet">${status}</span></dt><dd>${todo}</dd>`)
  .join("\n");

function timesOf({ event, at }: ListChange): string {
  if (at === null) return '<span class="tag">not active yet</span>';
  return `<span class="tag${event === "activated" ? " now" : ""}">${event}</span> <span class="quiet">${day(at)}</span>`;
}

const namesRow = (what: string, names: readonly string[]) =>
  names.length === 0 ? "" : `<dt>${what}</dt><dd>${names.map(escaped).join(", ")}</dd>`;

const changeItem = (change: ListChange): string => {
  const rows = [
    namesRow("New", change.added),
    namesRow("Changed", change.changed),
    namesRow("Not to be sent any more", change.removed),
  ].join("");
  return `<li><div class="head"><h3>${escaped(change.name)}</h3> ${timesOf(change)}</div>
${rows === "" ? '<p class="quiet">The same operations as before.</p>' : `<dl>${rows}</dl>`}</li>`;
};
