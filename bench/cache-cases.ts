// What the cache's benchmark measures; each gives rows of a table.
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
import { type Pair, row } from "./results.ts";
import { wrk } from "./wrk.ts";

export const pairCount = 11;
export const burstSeconds = 1;
const warmSeconds = 3;

const small = 11;
const large = 220;
export const pages: PageLoad[] = [
  { name: "POST, 1 KB", method: "POST", rows: small },
  { name: "GET, 1 KB", method: "GET", rows: small },
  { name: "POST, 20 KB", method: "POST", rows: large },
  { name: "GET, 20 KB", method: "GET", rows: large },
];

async function pairs(page: PageLoad, ours: Target, vanilla: Target): Promise<Pair[]> {
  const request = pageRequest(page);
  for (const target of [ours, vanilla]) await wrk(target.child, request, warmSeconds);
  const measured: Pair[] = [];
  while (measured.length < pairCount) {
    // Each goes first in turn, so that a machine that becomes slower favours neither.
    const oursFirst = measured.length % 2 === 0;
    const first = await wrk((oursFirst ? ours : vanilla).child, request, burstSeconds);
    const second = await wrk((oursFirst ? vanilla : ours).child, request, burstSeconds);
    measured.push(oursFirst ? { ours: first, vanilla: second } : { ours: second, vanilla: first });
  }
  return measured;
}

/** Those that Node's server makes itself. */
const ownHeaders = new Set(["connection", "content-length", "date", "keep-alive"]);

/** A hit beside Node's bare server, which sends the bytes of that hit. */
export async function besideBare({ ours: [ours], start }: CacheStage): Promise<string[][]> {
  const rows: string[][] = [];
  for (const page of pages) {
    const text = await askPage(ours, page);
    const { headers, body } = await ours.pool.request(pageRequest(page));
    await body.dump();
    const sent = Object.fromEntries(Object.entries(headers).filter(([name]) => !ownHeaders.has(name)));
    rows.push(row(page.name, await pairs(page, ours, await start("serve-bare.ts", [text, JSON.stringify(sent)]))));
  }
  return rows;
}

export async function besideApollo({ ours: [ours], apollo, apolloWithRedis }: CacheStage): Promise<string[][]> {
  const rows: string[][] = [];
  for (const page of pages.filter(({ method }) => method === "POST")) {
    const text = (await askPage(ours, page)).trim();
    for (const [where, theirs] of Object.entries({ "in memory": apollo, "in Redis": apolloWithRedis })) {
      if ((await askPage(theirs, page)).trim() !== text) throw new Error("Answers differ.");
      rows.push(row(`${page.name}, theirs ${where}`, await pairs(page, ours, theirs)));
    }
  }
  return rows;
}

/** A thousand clients ask two instances for a page that nobody has. */
export async function stampede({ ours, calls }: CacheStage): Promise<string[][]> {
  const rows: string[][] = [];
  for (const [name, change] of [
    ["a page that was never asked for", false],
    ["a page that has just changed", true],
  ] as const) {
    const id = `slow-${name}`;
    if (change) {
      for (const target of ours.slice(0, 2)) await askPage(target, { method: "POST", rows: small }, id);
      await changePage(ours[0], id);
    }
    const before = await calls();
    const clients = Array.from({ length: 1_000 }, (_, n) =>
      askPage(ours[n % 2] as Target, { method: "POST", rows: small }, id),
    );
    const answers = new Set(await Promise.all(clients));
    rows.push([name, String((await calls()) - before), String(answers.size)]);
  }
  return rows;
}

/** Pages are changed all the time while others read them: nobody may get a version from before an acknowledged change. */
export async function storm(stage: CacheStage, seconds: number, perSecond: number): Promise<string[]> {
  const { ours } = stage;
  const ids = Array.from({ length: 50 }, (_, n) => `storm-${n}`);
  const acknowledged = new Map(ids.map((id) => [id, 1]));
  const idAt = (n: number) => ids[n % ids.length] as string;
  const begun = performance.now();
  let sent = 0;
  let done = 0;
  let stale = 0;
  const write = async (n: number, instance: Target) => {
    const id = idAt(n);
    const version = await importPage(instance, id, stage);
    acknowledged.set(id, Math.max(acknowledged.get(id) ?? 1, version));
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
    const expected = acknowledged.get(id) ?? 1;
    const text = await askPage(ours[(n >> 1) % 2] as Target, { method: "POST", rows: small }, id);
    const { data } = JSON.parse(text) as { data: { page: { version: number } } };
    if (data.page.version < expected) stale += 1;
  });
  await writing;
  return [(done / ((performance.now() - begun) / 1e3)).toFixed(0), ...spread(reads), String(stale)];
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
