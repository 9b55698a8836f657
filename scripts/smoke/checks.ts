// What a release must answer before it counts as one. Only reads.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

export interface Check {
  name: string;
  ok: boolean;
  /** What was seen. */
  detail: string;
}

export interface SmokeOptions {
  /** Slowest of the answers that still passes, in milliseconds; the best of three counts. */
  slowestMs: number;
  /** How often a check is tried until it passes: names and caches need a moment after a release. */
  tries: number;
  pauseMs: number;
  fetch?: typeof fetch;
}

const TIMEOUT_MS = 10_000;
/** What visitors of a shop see first: the gateway and three of four subgraphs must answer for it. */
const firstPage = resolve(import.meta.dirname, "../../schema/operations/storefront/HomePage.graphql");

/**
 * Health, the first page of a shop, a refusal of what is no query, and the time it takes.
 * @param endpoint such as https://api.example.com/graphql
 */
export async function smoke(endpoint: string, options: SmokeOptions): Promise<Check[]> {
  const call = options.fetch ?? fetch;
  const get = (url: URL, init: RequestInit = {}) => call(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
  const graphql = new URL(endpoint);
  const health = new URL("/health", graphql);
  const post = (body: string) =>
    get(graphql, { method: "POST", body, headers: { "content-type": "application/json", accept: "application/json" } });
  const home = JSON.stringify({ query: await readFile(firstPage, "utf8"), operationName: "HomePage" });
  const checks: [string, () => Promise<string>][] = [
    ["health", async () => expectStatus(await get(health), 200)],
    ["GraphQL answers", async () => answered(await post(home))],
    ["GraphQL refuses nonsense", async () => refused(await post(JSON.stringify({ query: "{ thisFieldIsNotThere }" })))],
    ["latency", () => quick(async () => (await post(home)).arrayBuffer(), options.slowestMs)],
  ];
  const results: Check[] = [];
  for (const [name, check] of checks) results.push(await tried(name, check, options));
  return results;
}

async function tried(name: string, check: () => Promise<string>, { tries, pauseMs }: SmokeOptions): Promise<Check> {
  let detail = "";
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    try {
      return { name, ok: true, detail: await check() };
    } catch (error) {
      detail = reason(error);
    }
    if (attempt < tries) await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return { name, ok: false, detail };
}

/** `fetch failed` says nothing; its cause does. */
function reason(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}: ${(cause as NodeJS.ErrnoException).code ?? cause.message}` : message;
}

async function expectStatus(response: Response, wanted: number): Promise<string> {
  await response.arrayBuffer();
  if (response.status === wanted) return String(wanted);
  throw new Error(`answered ${response.status}, not ${wanted}`);
}

interface Answer {
  data?: { products?: { nodes: unknown[] } | null } | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

async function bodyOf(response: Response): Promise<Answer> {
  const text = await response.text();
  try {
    return JSON.parse(text) as Answer;
  } catch {
    throw new Error(`answered ${response.status} with something that is no JSON`);
  }
}

async function answered(response: Response): Promise<string> {
  const { data, errors: [error] = [] } = await bodyOf(response);
  if (!error && data?.products) return `first page with ${data.products.nodes.length} products`;
  // The host of a platform is nobody's shop: the gateway says so, which proves the gateway at least.
  if (error?.extensions?.code === "BAD_USER_INPUT" && /marketplace is named/.test(error.message)) {
    return "the gateway answers; this host has no shop, so say one of a shop to test more";
  }
  throw new Error(`answered ${response.status}: ${error?.message ?? "no products"}`);
}

/** By a list of known operations or by the schema: a gateway that answers this has lost its guards. */
async function refused(response: Response): Promise<string> {
  const { data, errors = [] } = await bodyOf(response);
  if (errors.length > 0 && response.status < 500) return `${response.status}`;
  throw new Error(`answered ${response.status}, ${data ? "with data" : "without an error"}`);
}

async function quick(request: () => Promise<unknown>, slowestMs: number): Promise<string> {
  let best = Infinity;
  for (let round = 0; round < 3; round += 1) {
    const begin = performance.now();
    await request();
    best = Math.min(best, performance.now() - begin);
  }
  if (best <= slowestMs) return `${Math.round(best)} ms`;
  throw new Error(`${Math.round(best)} ms, at most ${slowestMs} ms`);
}
