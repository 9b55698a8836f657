// What a subgraph says by HTTP about keeping its answer (RFC 9111). It can only forbid or shorten what the schema allows.
import { type IncomingHttpHeaders } from "node:http";
import { parse } from "@tusbar/cache-control";

export interface AnswerLimits {
  /** It may be kept for one caller at most. */
  isPrivate: boolean;
  noStore: boolean;
  /** Seconds that are left of it; undefined when the subgraph does not say. */
  maxAge: number | undefined;
}

const one = (header: string | string[] | undefined) => (Array.isArray(header) ? header.join(", ") : header);

/** Reads `Cache-Control` and `Age`; directives that nobody knows are left out. */
export function readAnswerLimits(headers: IncomingHttpHeaders): AnswerLimits {
  const control = parse(one(headers["cache-control"]));
  const isPrivate = control.private === true || (control.privateFields?.length ?? 0) > 0;
  // What must be asked for each time is not worth keeping here.
  const isFresh = control.noCache !== true && (control.noCacheFields?.length ?? 0) === 0;
  const maxAge = isFresh ? (control.sharedMaxAge ?? control.maxAge ?? undefined) : 0;
  const age = /^\d+$/.test(headers.age ?? "") ? Number(headers.age) : 0;
  return {
    ...{ isPrivate, noStore: control.noStore === true },
    maxAge: maxAge === undefined ? undefined : Math.max(0, maxAge - age),
  };
}

/** Reads one item of `extensions.cachePolicies`, `[maxAge, scope]`; undefined when it is none. */
export function readEntityLimits(item: unknown): AnswerLimits | undefined {
  if (!Array.isArray(item) || typeof item[0] !== "number" || !(item[0] >= 0)) return undefined;
  return { isPrivate: item[1] === "PRIVATE", noStore: false, maxAge: item[0] };
}
