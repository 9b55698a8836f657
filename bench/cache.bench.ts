// node bench/cache.bench.ts [--write]: what the response cache is worth, and what it does when things go wrong. Needs a
// redis-server. Never fails by time.
import process from "node:process";
import { format } from "prettier";
import { connections } from "./burst.ts";
import { besideApollo, besideBare, burstSeconds, faults, pairCount, stampede, storm } from "./cache-cases.ts";
import { startCacheStage } from "./cache-stage.ts";
import { machine, writeSection } from "./results.ts";

const stormSeconds = 20;
const stormPerSecond = 500;

const table = (head: string[], rows: string[][]) =>
  [head, head.map((_, column) => (column === 0 ? "---" : "--:")), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
const beside = (other: string) => [
  "Hit",
  "ours req/s",
  `${other} req/s`,
  "ratio",
  "ours CPU ms",
  `${other} CPU ms`,
  "CPU ratio",
];
const tell = <T>(name: string, rows: T): T => {
  console.log(name, rows);
  return rows;
};

const stage = await startCacheStage();
try {
  const flood = tell("stampede", await stampede(stage));
  const bare = tell("beside bare", await besideBare(stage));
  const apollo = tell("beside Apollo", await besideApollo(stage));
  const writes = tell("storm", [await storm(stage, stormSeconds, stormPerSecond)]);
  const trouble = tell("faults", await faults(stage));
  const text = await format(
    `## Response cache

A whole answer from memory beside Node's bare \`http\` server, which reads the same request and sends the same bytes:

${table(beside("bare"), bare)}

The same beside Apollo Server with \`@apollo/server-plugin-response-cache\` over the same subgraph, in the memory of one
instance and in the Redis that several share, which ours always has:

${table(beside("Apollo"), apollo)}

Ratios are median (range) of ${pairCount} pairs of bursts of ${burstSeconds} s by wrk over ${connections} connections. Ours identifies the caller, checks
the tenant, logs and measures each of these answers and holds it against the invalidation log; the others do not. The
audit log, which writes each access to disk, is off. Load and server share one core, so read the CPU ratio: it is that of
the server alone.

1,000 clients at once, half at each of two instances, which share Redis:

${table(["Ask for", "questions to the subgraph", "different answers"], flood)}

${stormPerSecond} changes/s for ${stormSeconds} s in the subgraph, each purged at one of two instances (\`strict\`), while 32 clients read the 50
pages that change:

${table(["Changes/s", "reads/s", "p50 ms", "p99 ms", "stale reads"], writes)}

Nine of ten requests for 100 pages in memory, one for a page that nobody has asked for, 32 clients:

${table(["Case", "req/s", "p50 ms", "p99 ms"], trouble)}

${new Date().toISOString().slice(0, 10)}; ${machine()}. Again: \`node bench/cache.bench.ts\`, with \`--write\` to replace this section.
`,
    { parser: "markdown", printWidth: 120 },
  );
  console.log(`\n${text}`);
  if (process.argv.includes("--write")) await writeSection(text, "cache.bench.ts");
} finally {
  await stage.stop();
}
