// Load for the cache's benchmark: pages by POST or GET, alone or beside changes of them.
import { Pool } from "undici";
import { type Burst, connections } from "./burst.ts";
import { type Child } from "./start-child.ts";

export interface Target {
  child: Child;
  pool: Pool;
}

export interface PageLoad {
  name: string;
  method: "GET" | "POST";
  rows: number;
}

export const query =
  "query Page($id: ID!, $rows: Int!) { page(id: $id, rows: $rows) { version rows { id title description } } }";
const changeQuery = "mutation Change($id: ID!) { change(id: $id) }";

export const openTarget = (child: Child, most = connections): Target => ({
  ...{ child, pool: new Pool(`http://127.0.0.1:${child.ports[0]}`, { connections: most, pipelining: 1 }) },
});

/** @throws Error for anything but a success */
async function send(
  { pool }: Target,
  request: { method: "GET" | "POST"; path: string; body?: string },
): Promise<string> {
  const headers =
    request.body === undefined ? { "apollo-require-preflight": "1" } : { "content-type": "application/json" };
  const { statusCode, body } = await pool.request({ ...request, headers: { ...headers, accept: "application/json" } });
  const text = await body.text();
  if (statusCode !== 200 || text.includes('"errors"')) throw new Error(`${statusCode} ${text.slice(0, 300)}`);
  return text;
}

export function askPage(target: Target, { method, rows }: Omit<PageLoad, "name">, id = "1"): Promise<string> {
  const variables = { id, rows };
  if (method === "POST") return send(target, { method, path: "/graphql", body: JSON.stringify({ query, variables }) });
  const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  return send(target, { method, path: `/graphql?${search}` });
}

/** @returns the version that the page has now */
export async function changePage(target: Target, id: string): Promise<number> {
  const body = JSON.stringify({ query: changeQuery, variables: { id, rows: 0 } });
  const { data } = JSON.parse(await send(target, { method: "POST", path: "/graphql", body })) as {
    data: { change: number };
  };
  return data.change;
}

export interface Spread {
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
  return { perSecond: (times.length / (performance.now() - begun)) * 1e3, p50: at(0.5), p99: at(0.99) };
}

export async function burst(target: Target, page: PageLoad, ms: number): Promise<Burst> {
  const cpuBefore = await target.child.cpuMicroseconds();
  const begun = performance.now();
  const { perSecond } = await load(ms, connections, () => askPage(target, page));
  const answered = (perSecond * (performance.now() - begun)) / 1e3;
  return { perSecond, cpuMicroseconds: ((await target.child.cpuMicroseconds()) - cpuBefore) / answered };
}
