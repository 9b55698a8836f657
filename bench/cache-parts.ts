// What answers cost that are put together from kept parts, and what each answer costs Redis.
import { setTimeout as sleep } from "node:timers/promises";
import { askPage, load, postOf, send, type Spread, type Target } from "./cache-load.ts";
import { type CacheStage } from "./cache-stage.ts";

const measureMs = 4_000;
const spread = ({ perSecond, p50, p99 }: Spread) => [perSecond.toFixed(0), p50.toFixed(1), p99.toFixed(1)];

const mine =
  "query Mine($id: ID!, $rows: Int!) { page(id: $id, rows: $rows) { version rows { title } } cart { version } }";
const list = "query List($ids: [ID!]!) { items(ids: $ids) { id available } }";

/** Pages with something that only their reader may see, and lists of which nine of ten parts are kept. */
export async function parts({ ours: [ours], asked, token }: CacheStage): Promise<string[][]> {
  const signedIn = { authorization: `Bearer ${token}` };
  let fresh = 100;
  const cases: Record<string, (n: number) => Promise<unknown>> = {
    "personalised page, kept whole for its reader": () =>
      send(ours, postOf({ query: mine, variables: { id: "mine", rows: 11 } }, signedIn)),
    // A new number of rows is a new page; only the cart is kept.
    "personalised page, its shared part new": () =>
      send(ours, postOf({ query: mine, variables: { id: `mine-${(fresh += 1)}`, rows: 11 } }, signedIn)),
    "list of 100 entities, 90 of them kept": () => {
      const ids = Array.from({ length: 100 }, (_, n) => String(n < 90 ? n : (fresh += 1)));
      return send(ours, postOf({ query: list, variables: { ids } }));
    },
  };
  const rows: string[][] = [];
  for (const [name, ask] of Object.entries(cases)) {
    await load(1_000, 32, ask);
    const before = await asked();
    const measured = await load(measureMs, 32, ask);
    const after = await asked();
    const each = (of: "calls" | "entities") => ((after[of] - before[of]) / measured.count).toFixed(2);
    rows.push([name, ...spread(measured), each("calls"), each("entities")]);
  }
  return rows;
}

/** Commands, and bytes in both directions, since Redis started. */
async function traffic({ redisInfo }: CacheStage): Promise<[commands: number, bytes: number]> {
  const stats = await redisInfo("stats");
  const figure = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, "m").exec(stats)?.[1]);
  return [figure("total_commands_processed"), figure("total_net_input_bytes") + figure("total_net_output_bytes")];
}

/** What each answer costs Redis, less what gateways ask it in the same time when nobody comes. */
export async function redisTraffic(stage: CacheStage): Promise<string[][]> {
  const { ours } = stage;
  const pages = Array.from({ length: 1_000 }, (_, n) => `traffic-${n}`);
  const during = async (work: () => Promise<unknown>) => {
    const [begun, before] = [performance.now(), await traffic(stage)];
    await work();
    // What is kept is written after the answer.
    await sleep(1_000);
    const after = await traffic(stage);
    return { ms: performance.now() - begun, commands: after[0] - before[0], bytes: after[1] - before[1] };
  };
  const idle = await during(() => sleep(2_000));
  const rows: string[][] = [];
  const measure = async (name: string, target: Target) => {
    const all = async () => {
      for (let n = 0; n < pages.length; n += 20)
        await Promise.all(pages.slice(n, n + 20).map((id) => askPage(target, { method: "POST", rows: 11 }, id)));
    };
    const { ms, commands, bytes } = await during(all);
    const less = (count: number, still: number) => ((count - (still / idle.ms) * ms) / pages.length).toFixed(1);
    rows.push([name, less(commands, idle.commands), less(bytes, idle.bytes)]);
  };
  await measure("miss", ours[0]);
  await measure("hit in Redis", ours[1]);
  await measure("hit in memory", ours[1]);
  return rows;
}

/** Memory of each server after all of this, MiB. */
export async function memory({ ours, apollo, uncached }: CacheStage): Promise<string[][]> {
  const servers = { "ours, first instance": ours[0], "ours, second instance": ours[1], "ours without cache": uncached };
  const all = Object.entries({ ...servers, "Apollo, in memory": apollo });
  const mib = async ({ child }: Target) => ((await child.rssBytes()) / 2 ** 20).toFixed(0);
  return Promise.all(all.map(async ([name, target]) => [name, await mib(target)]));
}
