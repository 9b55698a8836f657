// Whether this gateway can purge. One that cannot leaves it to others, and tries now and then whether it can again.
import { failureIn } from "./cdn-provider.ts";

/** Milliseconds. */
export interface PurgeBackoff {
  first: number;
  most: number;
}

export const defaultBackoff: PurgeBackoff = { first: 500, most: 30_000 };

/** Milliseconds until another attempt. @param failures that went before it in a row, this one left out */
export const pauseAfter = (failures: number, { first, most }: PurgeBackoff): number =>
  Math.min(most, first * 2 ** Math.min(failures, 20));

export interface CdnHealth {
  /** It has failed too often in a row, or for too long. */
  isOut: () => boolean;
  /** Whether it is in, or may try now whether it is again. */
  mayTry: () => boolean;
  failed: (error: unknown) => void;
  accepted: () => void;
}

export interface CdnHealthOptions {
  /** It is out when it has failed for so long. */
  deadMs: number;
  backoff?: PurgeBackoff | undefined;
  now: () => number;
}

/** So many failures in a row are no accident. */
const failuresAllowed = 3;

/** A CDN that has too many calls is reached, and has too many of other gateways too: that does not count. */
export function createCdnHealth({ deadMs, backoff = defaultBackoff, now }: CdnHealthOptions): CdnHealth {
  let failures = 0;
  let failingSince = 0;
  let isOut = false;
  let tryAt = -Infinity;
  return {
    isOut: () => isOut,
    mayTry: () => !isOut || now() >= tryAt,
    failed(error) {
      const { failure, retryAfterMs } = failureIn(error);
      tryAt = now() + Math.max(retryAfterMs, pauseAfter(failures, backoff));
      if (failure === "limited") return;
      if (failures === 0) failingSince = now();
      failures += 1;
      if (failures >= failuresAllowed || now() - failingSince >= deadMs) isOut = true;
    },
    accepted() {
      failures = 0;
      isOut = false;
    },
  };
}
