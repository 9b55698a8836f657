// Sends visits at an even rate, whatever the answers take: a shop that gets slow still gets new visitors.
import { createHistogram, type RecordableHistogram } from "node:perf_hooks";
import { Pool } from "undici";
import { type Answer, type Visit } from "./visits.ts";

export interface Load {
  url: URL;
  headers: Record<string, string>;
  /** Requests a second. */
  rate: number;
  seconds: number;
  /** Before figures count: connections are made, and caches are filled. */
  warmUpSeconds: number;
  connections: number;
  /** A request without an answer is given up and counts as a failure. */
  timeoutMs: number;
}

export interface Measured {
  /** Microseconds from when a request was due to the end of its answer. */
  times: RecordableHistogram;
  /** By operation, of requests that succeeded. */
  timesOf: Map<string, RecordableHistogram>;
  succeeded: number;
  /** Why and how often: "503", "429", "GraphQL: …", "timeout". */
  failures: Map<string, number>;
  /** From the first counted request that was due to the end of the last answer. */
  seconds: number;
}

/** One request, to its end. @throws Error whose message is why it failed */
export async function sendVisit(pool: Pool, { url, headers, timeoutMs }: Load, visit: Visit): Promise<Answer> {
  const { statusCode, body } = await pool.request({
    method: "POST",
    path: url.pathname + url.search,
    headers: { "content-type": "application/json", accept: "application/json", ...headers },
    body: visit.body,
    signal: AbortSignal.timeout(timeoutMs),
  });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(String(statusCode));
  const answer = readAnswer(text);
  const [error] = answer.errors ?? [];
  if (error) throw new Error(`GraphQL: ${error.message ?? "an error without words"}`);
  return answer;
}

function readAnswer(text: string): Answer {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    throw new Error("no JSON");
  }
}

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return "timeout";
  return (error as { code?: string }).code ?? error.message;
};

const openPool = ({ url, connections }: Load): Pool => new Pool(url.origin, { connections, pipelining: 1 });

/** Asks once, outside any measurement. @throws Error */
export async function askOnce(load: Load, visit: Visit): Promise<Answer> {
  const pool = openPool(load);
  try {
    return await sendVisit(pool, load, visit);
  } finally {
    await pool.close();
  }
}

/** Runs to its end and waits for the last answer. `tick` hears of each second. */
export async function runLoad(load: Load, visits: Visit[], tick?: (second: number) => void): Promise<Measured> {
  const pool = openPool(load);
  const measured: Measured = {
    ...{ times: createHistogram(), timesOf: new Map(), succeeded: 0, failures: new Map(), seconds: 0 },
  };
  const interval = 1000 / load.rate;
  const warmUps = Math.round(load.warmUpSeconds * load.rate);
  const all = warmUps + Math.round(load.seconds * load.rate);
  const begun = performance.now();
  const pending = new Set<Promise<void>>();
  for (let sent = 0; sent < all;) {
    // Timers are late by milliseconds, so each round sends all that is due.
    const due = Math.min(all, Math.floor((performance.now() - begun) / interval) + 1);
    for (; sent < due; sent++) {
      const visit = visits[sent % visits.length] as Visit;
      const dueAt = begun + sent * interval;
      const counts = sent >= warmUps;
      const one: Promise<void> = measure(pool, load, visit, dueAt, counts ? measured : undefined).finally(() =>
        pending.delete(one),
      );
      pending.add(one);
      if (sent % Math.ceil(load.rate) === 0) tick?.(Math.round((sent * interval) / 1000));
    }
    await new Promise((resolve) => setTimeout(resolve, Math.max(1, begun + sent * interval - performance.now())));
  }
  await Promise.all(pending);
  measured.seconds = (performance.now() - begun) / 1000 - warmUps / load.rate;
  await pool.destroy();
  return measured;
}

async function measure(pool: Pool, load: Load, visit: Visit, dueAt: number, into: Measured | undefined): Promise<void> {
  const failure = await sendVisit(pool, load, visit).then(
    () => undefined,
    (error: unknown) => reasonOf(error),
  );
  if (!into) return;
  if (failure !== undefined) {
    into.failures.set(failure, (into.failures.get(failure) ?? 0) + 1);
    return;
  }
  const took = Math.max(1, Math.round((performance.now() - dueAt) * 1000));
  into.succeeded++;
  into.times.record(took);
  let own = into.timesOf.get(visit.name);
  if (!own) into.timesOf.set(visit.name, (own = createHistogram()));
  own.record(took);
}
