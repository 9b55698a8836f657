// node bench/cache.bench.ts [--write]: what the response cache is worth, and what it does when things go wrong. Needs a
// redis-server, wrk and taskset. Never fails by time. `--only=flood,parts` runs cases by name and writes nothing;
// `--short` shows whether they work.
import process from "node:process";
import {
  bareBesideApollo,
  besideApollo,
  besideBare,
  besideUncached,
  faults,
  isShort,
  stampede,
  storm,
} from "./cache-cases.ts";
import { memory, parts, redisTraffic } from "./cache-parts.ts";
import { startCacheStage } from "./cache-stage.ts";
import { type CacheFigures, cacheText } from "./cache-text.ts";
import { writeSection } from "./results.ts";

const [stormSeconds, stormPerSecond] = [isShort ? 3 : 20, 500];
const only = process.argv.find((argument) => argument.startsWith("--only="))?.slice("--only=".length);

const stage = await startCacheStage();
/** In this order: the first ones find empty caches. */
const cases = {
  flood: () => stampede(stage),
  traffic: () => redisTraffic(stage),
  bare: () => besideBare(stage),
  apollo: () => besideApollo(stage),
  bareBesideApollo: () => bareBesideApollo(stage),
  uncached: () => besideUncached(stage),
  parts: () => parts(stage),
  writes: () => storm(stage, stormSeconds, stormPerSecond),
  trouble: () => faults(stage),
  memory: () => memory(stage),
};
try {
  const figures: Record<string, unknown> = { seconds: stormSeconds, perSecond: stormPerSecond };
  for (const [name, measure] of Object.entries(cases)) {
    if (only !== undefined && !only.split(",").includes(name)) continue;
    figures[name] = await measure();
    console.log(name, figures[name]);
  }
  if (only === undefined) {
    const text = await cacheText(figures as unknown as CacheFigures);
    console.log(`\n${text}`);
    if (process.argv.includes("--write") && !isShort) await writeSection(text, "cache.bench.ts");
  }
} finally {
  await stage.stop();
}
