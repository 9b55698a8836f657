/** One call of a CDN. */
export interface PurgeCall {
  /** Outdated answers may be shown while they are fetched again; CDNs that cannot do that forget them. */
  isSoft?: boolean;
  signal: AbortSignal;
}

/** A CDN that is told what to forget. All of it may be told twice. */
export interface CdnProvider {
  /** For logs. */
  name: string;
  /** Tags that one call takes. */
  maxTags: number;
  /** Whether it knows soft purges. */
  hasSoft: boolean;
  /** @param tags as the CDN knows them, see `cdnTag`. @throws CdnError unless it was accepted */
  purgeTags: (tags: readonly string[], call: PurgeCall) => Promise<void>;
  /** @throws CdnError unless it was accepted */
  purgeAll: (call: PurgeCall) => Promise<void>;
}

/**
 * Why a purge was not accepted: `limited`, there were too many; `refused`, it will be again unless somebody changes a
 * setting; `invalid`, something is wrong with what was asked; `failed`, anything that ends by itself.
 */
export type CdnFailure = "limited" | "refused" | "invalid" | "failed";

/** The message is for the log; it holds nothing that came from the CDN but codes. */
export class CdnError extends Error {
  readonly failure: CdnFailure;
  /** The CDN wants to be left alone for so long. */
  readonly retryAfterMs: number;

  constructor(failure: CdnFailure, message: string, retryAfterMs = 0) {
    super(message);
    this.name = "CdnError";
    this.failure = failure;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Why a call failed, and how long the CDN wants to be left alone; whatever else was thrown ends by itself. */
export const failureIn = (error: unknown): Pick<CdnError, "failure" | "retryAfterMs"> =>
  error instanceof CdnError ? error : { failure: "failed", retryAfterMs: 0 };

/** What a status of HTTP means for a purge. */
export function failureOf(status: number): CdnFailure {
  if (status === 429) return "limited";
  if (status === 401 || status === 403 || status === 404) return "refused";
  return status >= 400 && status < 500 && status !== 408 ? "invalid" : "failed";
}
