// Load on one gateway: as many requests as it answers over a fixed number of connections.
import { Pool } from "undici";
import { type Case } from "./cases.ts";
import { type Child } from "./start-child.ts";

export const connections = 32;

export interface Target {
  child: Child;
  pool: Pool;
  /** Requests sent so far: both gateways get the same sequence of documents. */
  sent: number;
}

export interface Burst {
  perSecond: number;
  /** Processor time of the gateway for one request. */
  cpuMicroseconds: number;
}

export function createTarget(child: Child): Target {
  return { child, pool: new Pool(`http://127.0.0.1:${child.ports[0]}`, { connections, pipelining: 1 }), sent: 0 };
}

/** One request. @throws Error for anything but a success */
export async function ask(target: Target, { name, query }: Case): Promise<string> {
  const { statusCode, body } = await target.pool.request({
    method: "POST",
    path: "/graphql",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ query: query(target.sent++) }),
  });
  const text = await body.text();
  if (statusCode !== 200 || text.includes('"errors"')) throw new Error(`${name}: ${statusCode} ${text.slice(0, 500)}`);
  return text;
}

export async function burst(target: Target, load: Case, milliseconds: number): Promise<Burst> {
  const cpuBefore = await target.child.cpuMicroseconds();
  const begun = performance.now();
  let answered = 0;
  const client = async () => {
    while (performance.now() - begun < milliseconds) {
      await ask(target, load);
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  const seconds = (performance.now() - begun) / 1_000;
  const cpu = (await target.child.cpuMicroseconds()) - cpuBefore;
  return { perSecond: answered / seconds, cpuMicroseconds: cpu / answered };
}
