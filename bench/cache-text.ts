// The section of results.md about the response cache, all of it made from the figures.
import { format } from "prettier";
import { connections } from "./burst.ts";
import { burstSeconds, pairCount } from "./cache-cases.ts";
import { atMost, machine, verdict } from "./results.ts";

export interface CacheFigures {
  seconds: number;
  perSecond: number;
  bare: string[][];
  apollo: string[][];
  bareBesideApollo: string[][];
  uncached: string[][];
  flood: string[][];
  writes: { rates: string[]; staleness: string[] };
  trouble: string[][];
  parts: string[][];
  traffic: string[][];
  memory: string[][];
}

const table = (head: string[], rows: string[][]) =>
  [head, head.map((_, column) => (column === 0 ? "---" : "--:")), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
const beside = (other: string, ours = "ours") => [
  "Hit",
  `${ours} req/s`,
  `${other} req/s`,
  "ratio",
  `${ours} CPU ms`,
  `${other} CPU ms`,
  "CPU ratio",
];

function targets({ bare, apollo, flood, writes, perSecond, bareBesideApollo: [ceiling = []] }: CacheFigures): string {
  const late = writes.staleness.slice(1).reduce((sum, count) => sum + Number(count), 0);
  return `- ${verdict("A hit is 0.8 of a bare Node server or more", bare, 0.8)}
- ${verdict("A hit is 3 times Apollo's plugin or more", apollo, 3)} A bare server that only sends the bytes of the
  answer of 1 KB reaches ${ceiling[3]} times Apollo's requests per second: that is the ceiling of anything in Node there.
- ${atMost("A stampede asks the subgraph once per instance, of which there are two", Math.max(...flood.map(([, calls]) => Number(calls))), 2)}
- **${perSecond} invalidations/s: ${Number(writes.rates[0]) >= 0.98 * perSecond ? "met" : "missed"}.** There were ${writes.rates[0]}.
- ${atMost("No stale read after an acknowledged invalidation", late, 0)}`;
}

export function cacheText(figures: CacheFigures): Promise<string> {
  const { seconds, perSecond } = figures;
  return format(
    `## Response cache

What issue 6 asks for, and this run:

${targets(figures)}

A whole answer from memory beside Node's bare \`http\` server, which reads the same request and sends the same bytes and
headers; "br" are compressed answers, as browsers and \`fetch\` get them:

${table(beside("bare"), figures.bare)}

The same beside Apollo Server with \`@apollo/server-plugin-response-cache\` over the same subgraph, in the memory of one
instance and in the Redis that several share, which ours always has:

${table(beside("Apollo"), figures.apollo)}

What is left to win there, by a bare server in place of ours:

${table(beside("Apollo", "bare"), figures.bareBesideApollo)}

The cache is worth, beside the same gateway without Redis, whose subgraph answers at once:

${table(beside("without"), figures.uncached)}

Ratios are median (range) of ${pairCount} pairs of bursts of ${burstSeconds} s by wrk over ${connections} connections; two instances of ours take turns. Ours has the settings of
production (\`NODE_ENV=production\`): it identifies the caller, counts against rate limits, takes persisted operations,
estimates costs, plans in a thread, counts popular operations, measures each of these answers, holds it against the invalidation
log, and writes a record for the audit log to disk before it answers; its own log begins at warnings, as in prod. Rows
"no audit log" show what the record is worth. Neither the bare server nor Apollo's does any of this. Other than in production: the limit of visitors is so high that
nobody is refused, no relay runs, and users is a program that takes audit records and knows one session, so sessions of many,
API keys and lists of partners are not measured. Load and server share one core, so read the CPU ratio: it is that of the server
alone.

1,000 clients at once, half at each of two instances, which share Redis:

${table(["Ask for", "questions to the subgraph", "different answers"], figures.flood)}

${perSecond} changes/s for ${seconds} s in the subgraph, each purged at one of two instances (\`strict\`), while 32 clients read the 50
pages that change:

${table(["Changes/s", "reads/s", "p50 ms", "p99 ms"], [figures.writes.rates])}

Reads by how long before they began the version that they got had been replaced, and that had been acknowledged:

${table(["not at all", "below 10 ms", "10 to 100 ms", "100 ms to 1 s", "longer"], [figures.writes.staleness])}

Answers that are put together from kept parts, 32 clients:

${table(["Answer", "req/s", "p50 ms", "p99 ms", "pages asked for each", "entities asked for each"], figures.parts)}

What a page of 1 KB costs Redis, bytes in both directions, less what gateways ask it when nobody comes:

${table(["Page", "commands", "bytes"], figures.traffic)}

Nine of ten requests for 100 pages in memory, one for a page that nobody has asked for, 32 clients:

${table(["Case", "req/s", "p50 ms", "p99 ms"], figures.trouble)}

Memory after all of this:

${table(["Server", "RSS MiB"], figures.memory)}

Not measured: Hive Gateway and Yoga, which are other products with other planners, so that a ratio would say little about their
cache; and a store with sets of keys by tag as Apollo Router has it, which would have to be built first, for this table alone.
The router's own needs a connection to GraphOS.

${new Date().toISOString().slice(0, 10)}; ${machine()}. Again: \`node bench/cache.bench.ts\`, with \`--write\` to replace this section.
`,
    { parser: "markdown", printWidth: 120 },
  );
}
