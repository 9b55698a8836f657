// The statistics for people: one page without scripts and without anything from elsewhere.
import { createHash } from "node:crypto";
import { escaped } from "../../http/html.ts";
import { contentPolicy } from "../../http/pages.ts";
import { type CacheResult, cacheResults } from "./cache-metrics.ts";
import { type CacheState } from "./cache-state.ts";
import { type CacheStatistics, type Figure, type HitRate } from "./statistics.ts";

const style = `
:root { color-scheme: light dark; --line: #8884; --soft: #8882; --good: #1a7f37; --bad: #cf222e }
@media (prefers-color-scheme: dark) { :root { --good: #3fb950; --bad: #f85149 } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1rem; max-width: 62rem }
h1 { font-size: 1.3rem; margin: 0 } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem }
header { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline }
nav a { margin-right: 1rem }
.state { border-left: .3rem solid var(--bad); background: var(--soft); padding: .6rem .9rem; margin: 1rem 0 }
.state.good { border-color: var(--good) }
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: middle }
td:first-child { overflow-wrap: anywhere; min-width: 8rem }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
svg { display: block; width: 100%; min-width: 6rem; height: .8rem; border-radius: .2rem }
.bar { width: 40% }
.memory { fill: #1a7f37 } .redis { fill: #57ab5a } .stale { fill: #c69026 } .miss { fill: #cf222e } .bypass { fill: #768390 }
.key { display: inline-block; width: .8rem; height: .8rem; min-width: 0; margin-right: .3rem; vertical-align: -.1rem }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; list-style: none; padding: 0; margin: .5rem 0 }
@media (max-width: 40rem) { .wide { display: none } }
`;

const meanings: Record<CacheResult, string> = {
  memory: "hit in memory",
  redis: "hit in Redis",
  stale: "hit, outdated and being renewed",
  miss: "miss",
  bypass: "not for the cache, or the cache was not usable",
};

/** For the page's header; nothing runs, and nothing is loaded. */
export const statisticsPolicy = contentPolicy({
  "style-src": `'sha256-${createHash("sha256").update(style).digest("base64")}'`,
  "img-src": "data:",
});

/** @param refreshSeconds after which a browser loads it again; undefined never */
export function statisticsPage(statistics: CacheStatistics, refreshSeconds?: number): string {
  const { takenAt, state, levels, operations, types, figures } = statistics;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refreshSeconds === undefined ? "" : `<meta http-equiv="refresh" content="${refreshSeconds}">`}
<link rel="icon" href="data:,">
<title>Response cache · Tradegraph</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>Response cache</h1>
<nav>${refreshSeconds === undefined ? '<a href="/cache">Refresh</a><a href="/cache?refresh=5">Every 5 seconds</a>' : '<a href="/cache">Stop refreshing</a>'}<a href="/cache.json">JSON</a></nav>
<span>This gateway alone, since it started; ${escaped(takenAt.slice(0, 19).replace("T", " "))} UTC</span>
</header>
${stateBox(state)}
<h2>By level</h2>
<ul class="legend">${cacheResults.map((result) => `<li><svg class="key" viewBox="0 0 1 1" aria-hidden="true"><rect class="${result}" width="1" height="1"/></svg>${meanings[result]}</li>`).join("")}</ul>
${rateTable("Level", levels)}
<h2>By operation</h2>
${rateTable("Operation", operations)}
<h2>By type</h2>
${rateTable("Subgraph and type", types)}
${state ? watermarkTable(state) : ""}
<h2>Counters</h2>
${figureTable(figures)}
</body>
</html>
`;
}

const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 3 });
const seconds = (ms: number | undefined) => (ms === undefined ? "never" : `${(ms / 1e3).toFixed(1)} s ago`);

function stateBox(state: CacheState | undefined): string {
  if (!state) return '<p class="state">There is no response cache here.</p>';
  const facts = `Redis: ${escaped(state.redis)} · log read ${seconds(state.lagMs)} · ${grouped.format(state.tags)} tags in memory`;
  const verdict = state.hasLease ? "In use." : "Not in use: Redis has not told in time what was invalidated.";
  return `<p class="state${state.hasLease ? " good" : ""}"><strong>${verdict}</strong> ${facts}</p>`;
}

const table = (head: string, rows: string) =>
  `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>`;

function rateTable(title: string, rates: readonly HitRate[]): string {
  if (rates.length === 0) return "<p>Nothing yet.</p>";
  const heads = cacheResults.map((result) => `<th class="n wide">${result}</th>`).join("");
  const head = `<th>${title}</th><th class="bar">Share</th><th class="n">Hits</th>${heads}<th class="n wide">Looks</th>`;
  return table(head, rates.map(rateRow).join("\n"));
}

function rateRow({ name, level, counts, rate }: HitRate): string {
  const all = cacheResults.reduce((sum, result) => sum + counts[result], 0);
  const cells = cacheResults.map((result) => `<td class="n wide">${grouped.format(counts[result])}</td>`).join("");
  const percent = rate === undefined ? "–" : `${(rate * 100).toFixed(1)} %`;
  const title = level === undefined ? escaped(name) : `${escaped(name)} <small>${escaped(level)}</small>`;
  return `<tr><td>${title}</td><td class="bar">${bar(counts, all)}</td><td class="n">${percent}</td>${cells}<td class="n wide">${grouped.format(all)}</td></tr>`;
}

function bar(counts: Record<CacheResult, number>, all: number): string {
  let at = 0;
  const parts = cacheResults.map((result) => {
    const width = all === 0 ? 0 : (counts[result] / all) * 100;
    const part = `<rect class="${result}" x="${at.toFixed(3)}" width="${width.toFixed(3)}" height="10"/>`;
    at += width;
    return width === 0 ? "" : part;
  });
  const words = cacheResults.map((result) => `${result} ${counts[result]}`).join(", ");
  return `<svg viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="${words}">${parts.join("")}</svg>`;
}

function watermarkTable({ watermarks }: CacheState): string {
  const rows = Object.entries(watermarks).map(
    ([subgraph, ms]) => `<tr><td>${escaped(subgraph)}</td><td class="n">${seconds(ms)}</td></tr>`,
  );
  if (rows.length === 0) return "";
  return `<h2>Watermarks</h2>${table('<th>Subgraph</th><th class="n">All told until</th>', rows.join("\n"))}`;
}

function figureTable(figures: readonly Figure[]): string {
  if (figures.length === 0) return "<p>Nothing yet.</p>";
  const rows = figures.map(({ name, labels, value }) => {
    const about = Object.values(labels).map(escaped).join(", ");
    return `<tr><td>${escaped(name.replaceAll("_", " "))}</td><td>${about}</td><td class="n">${grouped.format(value)}</td></tr>`;
  });
  return table('<th>Name</th><th>Of</th><th class="n">Value</th>', rows.join("\n"));
}
