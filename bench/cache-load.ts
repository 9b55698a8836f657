// Load for the cache's benchmark: pages by POST or GET, alone or beside changes of them.
import { Pool, request } from "undici";
import { connections } from "./burst.ts";
import { type Child } from "./start-child.ts";
import { type HttpRequest } from "./wrk.ts";

export interface Target {
  child: Child;
  pool: Pool;
}

export interface PageLoad {
  name: string;
  method: "GET" | "POST";
  rows: number;
  /** Of the query; `page` unless given. */
  field?: "page" | "shortPage" | "stalePage";
  /** As browsers and `fetch` do; uncompressed unless given. */
  encoding?: "br" | undefined;
}

const queryOf = (field: NonNullable<PageLoad["field"]>) =>
  `query Page($id: ID!, $rows: Int!) { page: ${field}(id: $id, rows: $rows) { version rows { id title description } } }`;
const changeQuery = "mutation Change($id: ID!) { change(id: $id) }";

export const openTarget = (child: Child, most = connections): Target => ({
  ...{ child, pool: new Pool(`http://127.0.0.1:${child.ports[0]}`, { connections: most, pipelining: 1 }) },
});

/** @throws Error for anything but a success */
export async function send({ pool }: Target, asked: HttpRequest): Promise<string> {
  const { statusCode, body } = await pool.request(asked);
  const text = await body.text();
  if (statusCode !== 200 || text.includes('"errors"')) throw new Error(`${statusCode} ${text.slice(0, 300)}`);
  return text;
}

const accept = { accept: "application/json" };

export const postOf = (body: object, more: Record<string, string> = {}): HttpRequest => ({
  ...{ method: "POST", path: "/graphql", body: JSON.stringify(body) },
  headers: { ...accept, ...more, "content-type": "application/json" },
});

export function pageRequest(page: Omit<PageLoad, "name">, id = "1"): HttpRequest {
  const { method, rows, field = "page", encoding } = page;
  const [query, variables] = [queryOf(field), { id, rows }];
  const more: Record<string, string> = encoding ? { "accept-encoding": encoding } : {};
  if (method === "POST") return postOf({ query, variables }, more);
  const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  return { method, path: `/graphql?${search}`, headers: { ...accept, ...more, "apollo-require-preflight": "1" } };
}

export const askPage = (target: Target, page: Omit<PageLoad, "name">, id?: string): Promise<string> =>
  send(target, pageRequest(page, id));

/** @returns the version that the page has now */
export async function changePage(target: Target, id: string): Promise<number> {
  const asked = postOf({ query: changeQuery, variables: { id, rows: 0 } });
  const { data } = JSON.parse(await send(target, asked)) as { data: { change: number } };
  return data.change;
}

/**
 * A change past the gateway, and a purge by its operators that waits until nobody shows the page as it was.
 *
 * @returns the version that the page has now
 */
export async function importPage(
  { child }: Target,
  id: string,
  { subgraphUrl, operatorKey }: { subgraphUrl: string; operatorKey: string },
): Promise<number> {
  const change = JSON.stringify({ query: changeQuery, variables: { id, rows: 0 } });
  const changed = await request(subgraphUrl, { method: "POST", body: change });
  const { data } = (await changed.body.json()) as { data: { change: number } };
  const purge = await request(`http://127.0.0.1:${child.ports[1]}/invalidation?v=ours`, {
    ...{ method: "POST", headers: { authorization: operatorKey, "content-type": "application/json" } },
    body: JSON.stringify([{ kind: "entity", type: "Page", key: { id }, wait: "strict" }]),
  });
  const text = await purge.body.text();
  if (purge.statusCode !== 202) throw new Error(`${purge.statusCode} ${text}`);
  return data.change;
}

export interface Spread {
  count: number;
  perSecond: number;
  p50: number;
  p99: number;
}

/** As many requests as are answered one after the other over each connection. Milliseconds. */
export async function load(ms: number, clients: number, ask: (n: number) => Promise<unknown>): Promise<Spread> {
  const begun = performance.now();
  const times: number[] = [];
  let n = 0;
  const client = async () => {
    while (performance.now() - begun < ms) {
      const from = performance.now();
      await ask(n++);
      times.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? NaN;
  const count = times.length;
  return { count, perSecond: (times.length / (performance.now() - begun)) * 1e3, p50: at(0.5), p99: at(0.99) };
}
