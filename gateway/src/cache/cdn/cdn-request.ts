// One call of a CDN's HTTP interface.
import { type IncomingHttpHeaders } from "node:http";
import { request } from "undici";
import { CdnError, failureOf } from "./cdn-provider.ts";

export interface CdnRequest {
  url: string;
  headers: Record<string, string>;
  body?: object;
  timeoutMs: number;
  signal: AbortSignal;
}

/** Longest that a CDN may ask us to wait. */
const maxRetryAfterMs = 300_000;

/** `Retry-After` (RFC 9110, 10.2.3) in seconds or as a date; Fastly names the end in a header of its own. */
function retryAfterMs(headers: IncomingHttpHeaders, now: number): number {
  const after = headers["retry-after"];
  const reset = Number(headers["fastly-ratelimit-reset"]) * 1_000 - now;
  const named = after === undefined ? reset : /^\d+$/.test(after) ? Number(after) * 1_000 : Date.parse(after) - now;
  return Number.isNaN(named) ? 0 : Math.min(Math.max(0, named), maxRetryAfterMs);
}

/** What a network error may tell: neither headers nor addresses. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}

/**
 * @returns the JSON of a 2xx answer; undefined when it has none
 * @throws CdnError for everything else; it tells nothing of headers and bodies
 */
export async function callCdn({ url, headers, body, timeoutMs, signal }: CdnRequest): Promise<unknown> {
  let answer;
  let text;
  try {
    answer = await request(url, {
      method: "POST",
      headers: { accept: "application/json", ...(body && { "content-type": "application/json" }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    text = await answer.body.text();
  } catch (error) {
    throw new CdnError("failed", `no answer (${reasonOf(error)})`);
  }
  const { statusCode: status } = answer;
  if (status < 200 || status > 299) {
    throw new CdnError(failureOf(status), `answered ${status}`, retryAfterMs(answer.headers, Date.now()));
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
