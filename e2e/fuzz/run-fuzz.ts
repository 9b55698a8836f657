// Runs the fuzz against a running shop for a while, and tells what it found.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { Pool } from "undici";
import { type Finding, type FuzzCounts, type FuzzStage, runCase } from "./fuzz-case.ts";
import { promisedCodes } from "./judge.ts";
import { createMonolith } from "./monolith.ts";
import { readOwnership } from "./ownership.ts";
import { type FuzzedShop } from "./start-shop.ts";
import { exploreShop, letCallersIn } from "./world.ts";
import { createMayRead } from "./may-read.ts";

const root = resolve(import.meta.dirname, "../..");
const read = (file: string) => readFile(resolve(root, file), "utf8");
const run = promisify(execFile);

export interface FuzzOptions {
  seed: number;
  /** How long, in milliseconds. */
  forMs: number;
  concurrency?: number;
  /** Number of the first case. */
  from?: number;
  /** Runs so many cases at most. */
  count?: number;
  /** Told after each case. */
  onCase?: (counts: FuzzCounts, findings: readonly Finding[]) => void;
}

export interface FuzzReport {
  seed: number;
  counts: FuzzCounts;
  findings: Finding[];
  /** Memory of the gateway in MiB, after its first hundred cases and at the end. */
  memory: { early: number; end: number };
}

/** Findings after which a run ends: what is broken that often needs no more cases. */
const maxFindings = 25;
/**
 * MiB of the gateway's whole memory (RSS) at the end, above which it lost some: 768 of heap (services.ts), of which full
 * caches take 400, 192 of young objects, and the planning thread, buffers and code for the rest.
 */
export const mostMemory = 1_300;
/** No answer after this is a finding, in milliseconds. */
const slowestMs = 20_000;
/** Access tokens live for fifteen minutes. */
const signInAgainMs = 8 * 60_000;

/** @param end MiB of the gateway at the end. @param number of the last case */
export const memoryFindings = (end: number, number: number): Finding[] =>
  end > mostMemory
    ? [{ case: number, what: `the gateway took ${end} MiB`, how: `${mostMemory} MiB at most`, caller: "" }]
    : [];

async function memoryOf(pid: number): Promise<number> {
  const { stdout } = await run("ps", ["-o", "rss=", "-p", String(pid)]).catch(() => ({ stdout: "0" }));
  return Math.round(Number(stdout.trim()) / 1_024);
}

/** Errors that the gateway has logged for a fault of its own, and the case they belong to. */
async function loggedFaults(logFile: string, cases: ReadonlyMap<string, number>): Promise<Finding[]> {
  const lines = (await readFile(logFile, "utf8")).split("\n").filter((line) => line.includes("An operation failed"));
  return lines.slice(0, maxFindings).map((line) => {
    const { requestId = "" } = JSON.parse(line) as { requestId?: string };
    return { case: cases.get(requestId) ?? -1, what: "the log says so", how: line.slice(0, 2_000), caller: "" };
  });
}

async function openStage(shop: FuzzedShop, seed: number): Promise<FuzzStage & { close: () => Promise<void> }> {
  const [supergraph, apiSdl, policy, errorsPage] = await Promise.all(
    [
      "schema/generated/supergraph.graphql",
      "schema/generated/api.graphql",
      "schema/generated/policy.json",
      "docs/ERRORS.md",
    ].map(read),
  );
  const [kid = "", secret = ""] = shop.graph.secrets.signingKeys.split(":");
  const monolith = createMonolith({
    ...{ apiSdl: apiSdl ?? "", ownership: readOwnership(supergraph ?? ""), urls: shop.subgraphUrls },
    ...{ keys: [{ kid, secret }], mayRead: createMayRead(apiSdl ?? "", policy ?? "") },
  });
  const url = new URL(shop.url);
  const pool = new Pool(url.origin, { connections: 32, headersTimeout: slowestMs, bodyTimeout: slowestMs });
  let callers = await letCallersIn(shop);
  const world = { ...(await exploreShop(shop.url, callers)), "audit.to": [new Date(Date.now() - 5_000).toISOString()] };
  const renew = setInterval(() => {
    void letCallersIn(shop).then((renewed) => (callers = renewed));
  }, signInAgainMs);
  return {
    ...{ seed, pool, path: url.pathname, monolith, world, callers: () => callers, cases: new Map() },
    codes: promisedCodes(errorsPage ?? ""),
    counts: { valid: 0, broken: 0, wrong: 0, requests: 0, compared: 0, limited: 0, full: 0 },
    async close() {
      clearInterval(renew);
      await Promise.all([pool.close(), monolith.close()]);
    },
  };
}

/** @throws Error when the gateway ends, which is the worst finding */
export async function runFuzz(shop: FuzzedShop, options: FuzzOptions): Promise<FuzzReport> {
  const { seed, forMs, concurrency = 8, from = 0, count = Infinity, onCase } = options;
  const stage = await openStage(shop, seed);
  const deadline = performance.now() + forMs;
  const findings: Finding[] = [];
  let next = from;
  let early = 0;
  let isAlive = true;
  void shop.gateway.exited.then(() => (isAlive = false));
  const work = async () => {
    while (isAlive && performance.now() < deadline && findings.length < maxFindings && next < from + count) {
      const number = next;
      next += 1;
      const finding = await runCase(stage, number).catch((error: unknown): Finding => {
        return {
          case: number,
          what: `no answer: ${String(error)}`,
          how: error instanceof Error ? (error.stack ?? "") : "",
          caller: "",
        };
      });
      if (finding) findings.push(finding);
      if (number === from + 100) early = await memoryOf(shop.gateway.pid);
      onCase?.(stage.counts, findings);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  const end = await memoryOf(shop.gateway.pid);
  if (!isAlive) findings.push({ case: next - 1, what: "the gateway ended", how: shop.gateway.logFile, caller: "" });
  findings.push(...memoryFindings(end, next - 1));
  findings.push(...(await loggedFaults(shop.gateway.logFile, stage.cases)));
  await stage.close();
  return { seed, counts: stage.counts, findings, memory: { early: early || end, end } };
}
