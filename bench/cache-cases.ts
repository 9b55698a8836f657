// What the cache's benchmark measures; each gives rows of a table.
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import {
  askPage,
  changePage,
  importPage,
  load,
  type PageLoad,
  pageRequest,
  type Spread,
  type Target,
} from "./cache-load.ts";
import { type CacheStage } from "./cache-stage.ts";
import { pageMs as slowMs, shortAge } from "./cache-subgraph.ts";
import { type Pair, row } from "./results.ts";
import { wrk } from "./wrk.ts";

/** To see whether all works; the figures are worth nothing. */
export const isShort = process.argv.includes("--short");
export const pairCount = isShort ? 1 : 11;
export const burstSeconds = 1;
const warmSeconds = isShort ? 1 : 3;

const small = 11;
const large = 220;
const plain: PageLoad[] = [
  { name: "POST, 1 KB", method: "POST", rows: small },
  { name: "GET, 1 KB", method: "GET", rows: small },
  { name: "POST, 20 KB", method: "POST", rows: large },
  { name: "GET, 20 KB", method: "GET", rows: large },
];
const compressed: PageLoad[] = plain
  .filter(({ rows }) => rows === large)
  .map((page) => ({ ...page, name: `${page.name}, br`, encoding: "br" }));
const posts = plain.filter(({ method }) => method === "POST");

/** @param instances of the same program, which take turns: V8 makes faster code of it in one process than in the next */
async function pairs(page: PageLoad, instances: readonly Target[], vanilla: Target): Promise<Pair[]> {
  const request = pageRequest(page);
  for (const target of [...instances, vanilla]) await wrk(target.child, request, warmSeconds);
  const measured: Pair[] = [];
  while (measured.length < pairCount) {
    const ours = instances[Math.floor(measured.length / 2) % instances.length] as Target;
    // Each goes first in turn, so that a machine that becomes slower favours neither.
    const oursFirst = measured.length % 2 === 0;
    const first = await wrk((oursFirst ? ours : vanilla).child, request, burstSeconds);
    const second = await wrk((oursFirst ? vanilla : ours).child, request, burstSeconds);
    measured.push(oursFirst ? { ours: first, vanilla: second } : { ours: second, vanilla: first });
  }
  return measured;
}

/** Without the one behind the proxy. */
const sideBySide = ({ ours: [first, second] }: CacheStage): Target[] => [first, second];

/** Those that Node's server makes itself. */
const ownHeaders = new Set(["connection", "content-length", "date", "keep-alive"]);

/** What is sent for a hit, as it goes over the wire. @throws Error when it is not compressed as it was asked for */
async function wireAnswer({ pool }: Target, page: PageLoad): Promise<{ bytes: Buffer; headers: object }> {
  // It is compressed in the background when it was asked for.
  for (let tries = 0; tries < 200; tries += 1) {
    const { headers, body } = await pool.request(pageRequest(page));
    const bytes = Buffer.from(await body.arrayBuffer());
    if (headers["content-encoding"] === page.encoding && String(headers["cache-status"]).includes("hit")) {
      return { bytes, headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !ownHeaders.has(name))) };
    }
    await sleep(25);
  }
  throw new Error(`${page.name} is no hit.`);
}

async function bareFor(page: PageLoad, { ours: [ours], start }: CacheStage): Promise<Target> {
  await askPage(ours, { ...page, encoding: undefined });
  const { bytes, headers } = await wireAnswer(ours, page);
  return start("serve-bare.ts", [bytes.toString("base64"), JSON.stringify(headers)]);
}

/** A hit beside Node's bare server, which sends the bytes of that hit. */
export async function besideBare(stage: CacheStage): Promise<string[][]> {
  const { unaudited } = stage;
  const rows: string[][] = [];
  for (const page of [...plain, ...compressed]) {
    const bare = await bareFor(page, stage);
    rows.push(row(page.name, await pairs(page, sideBySide(stage), bare)));
    if (posts.includes(page)) rows.push(row(`${page.name}, no audit log`, await pairs(page, [unaudited], bare)));
  }
  return rows;
}

export async function besideApollo(stage: CacheStage): Promise<string[][]> {
  const { ours, unaudited, apollo, apolloWithRedis } = stage;
  const rows: string[][] = [];
  for (const page of posts) {
    const text = (await askPage(ours[0], page)).trim();
    for (const [where, theirs] of Object.entries({ "in memory": apollo, "in Redis": apolloWithRedis })) {
      if ((await askPage(theirs, page)).trim() !== text) throw new Error("Answers differ.");
      rows.push(row(`${page.name}, theirs ${where}`, await pairs(page, sideBySide(stage), theirs)));
    }
    rows.push(row(`${page.name}, no audit log, theirs in memory`, await pairs(page, [unaudited], apollo)));
  }
  return rows;
}

/** How much faster than Apollo's plugin a server can be that does nothing at all. */
export async function bareBesideApollo(stage: CacheStage): Promise<string[][]> {
  const [page] = posts as [PageLoad];
  const name = "bare Node http beside Apollo's plugin in memory, 1 KB";
  return [row(name, await pairs(page, [await bareFor(page, stage)], stage.apollo))];
}

/** The same gateway with the cache and without. */
export async function besideUncached({ ours: [ours], uncached }: CacheStage): Promise<string[][]> {
  const rows: string[][] = [];
  for (const page of posts) {
    const [with_, without] = [await askPage(ours, page), await askPage(uncached, page)];
    if (with_ !== without) throw new Error("Answers differ.");
    rows.push(row(page.name, await pairs(page, [ours], uncached)));
  }
  return rows;
}

const floods = [
  { name: "a page that was never asked for", field: "page" },
  { name: "a page that has just changed", field: "page", make: "change" },
  { name: "a page that has just expired", field: "shortPage", make: "expire" },
  { name: "a page that has just expired, with stale-while-revalidate", field: "stalePage", make: "expire" },
] as const;

/** A thousand clients ask two instances for a page that nobody has, or may show, any more. */
export async function stampede({ ours, asked }: CacheStage): Promise<string[][]> {
  const rows: string[][] = [];
  for (const { name, field, ...flood } of floods) {
    const id = `slow-${name}`;
    const page = { method: "POST", rows: small, field } as const;
    // The operation is known, and planned; it is the page that is new.
    for (const target of ours.slice(0, 2)) await askPage(target, page, `other-${name}`);
    if ("make" in flood) for (const target of ours.slice(0, 2)) await askPage(target, page, id);
    if ("make" in flood && flood.make === "change") await changePage(ours[0], id);
    // Times to live are up to a twentieth longer.
    if ("make" in flood && flood.make === "expire") await sleep(shortAge * 1.1e3 + 100);
    const before = (await asked()).calls;
    const clients = Array.from({ length: 1_000 }, (_, n) => askPage(ours[n % 2] as Target, page, id));
    const answers = new Set(await Promise.all(clients));
    // Who was shown the old one does not wait for the new one.
    await sleep(10 * slowMs);
    rows.push([name, String((await asked()).calls - before), String(answers.size)]);
  }
  return rows;
}

/** Pages are changed all the time while others read them: nobody may get a version from before an acknowledged change. */
export async function storm(
  stage: CacheStage,
  seconds: number,
  perSecond: number,
): Promise<{ rates: string[]; staleness: string[] }> {
  const { ours } = stage;
  const ids = Array.from({ length: 50 }, (_, n) => `storm-${n}`);
  const acknowledged = new Map(ids.map((id) => [id, 1]));
  /** When each version was acknowledged, or a later one. */
  const acknowledgedAt = new Map<string, number>();
  const idAt = (n: number) => ids[n % ids.length] as string;
  const begun = performance.now();
  let sent = 0;
  let done = 0;
  const staleMs: number[] = [];
  const write = async (n: number, instance: Target) => {
    const id = idAt(n);
    const version = await importPage(instance, id, stage);
    acknowledged.set(id, Math.max(acknowledged.get(id) ?? 1, version));
    acknowledgedAt.set(`${id} ${version}`, performance.now());
    done += 1;
  };
  /** As many at once as an operator's listener takes. */
  const writer = async (_: unknown, writerNumber: number) => {
    for (let n = sent++; n < seconds * perSecond; n = sent++) {
      const dueIn = (n / perSecond) * 1e3 - (performance.now() - begun);
      if (dueIn > 0) await sleep(dueIn);
      await write(n, ours[writerNumber % 2] as Target);
    }
  };
  const writing = Promise.all(Array.from({ length: 24 }, writer));
  const reads = await load(seconds * 1e3, 32, async (n) => {
    const id = idAt(n * 7);
    const [expected, from] = [acknowledged.get(id) ?? 1, performance.now()];
    const text = await askPage(ours[(n >> 1) % 2] as Target, { method: "POST", rows: small }, id);
    const { data } = JSON.parse(text) as { data: { page: { version: number } } };
    if (data.page.version >= expected) return;
    const { version } = data.page;
    const replacedAt = Math.min(
      ...Array.from({ length: expected - version }, (_, n) => acknowledgedAt.get(`${id} ${version + n + 1}`) ?? from),
    );
    staleMs.push(from - replacedAt);
  });
  await writing;
  const rates = [(done / ((performance.now() - begun) / 1e3)).toFixed(0), ...spread(reads)];
  const between = (least: number, most: number) => staleMs.filter((ms) => ms >= least && ms < most).length;
  const edges = [-Infinity, 10, 100, 1_000, Infinity];
  const late = edges.slice(1).map((most, n) => String(between(edges[n] as number, most)));
  return { rates, staleness: [String(reads.count - staleMs.length), ...late] };
}

const spread = ({ perSecond, p50, p99 }: Spread) => [perSecond.toFixed(0), p50.toFixed(1), p99.toFixed(1)];

/** Nine of ten requests are for 100 pages in memory, one for a page that nobody has asked for. */
export async function faults({ ours: [, , ours], proxy }: CacheStage): Promise<string[][]> {
  const rows: string[][] = [];
  let fresh = 0;
  const measure = async (name: string) => {
    const ask = (n: number) => {
      const id = n % 10 === 0 ? `new-${(fresh += 1)}` : `old-${n % 100}`;
      return askPage(ours, { method: "POST", rows: small }, id);
    };
    await load(2_000, 32, ask);
    rows.push([name, ...spread(await load(4_000, 32, ask))]);
  };
  await measure("Redis as it is");
  proxy.setDelay(20);
  await measure("Redis 20 ms slower");
  proxy.setDelay(undefined);
  await measure("Redis away");
  proxy.setDelay(0);
  return rows;
}
