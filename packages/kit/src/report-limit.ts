// How many errors are reported: a fault in a busy place happens thousands of times a second and is understood by a few.

export interface ReportLimit {
  /** Whether one more of this kind may be reported now; counts it either way. */
  take: (kind: string) => boolean;
}

const windowMs = 60_000;

/**
 * @param perMinute of all kinds
 * @param perKind of one kind in a minute, so that a flood leaves room for what else is wrong
 */
export function createReportLimit({
  perMinute,
  perKind,
  now = () => performance.now(),
}: {
  perMinute: number;
  perKind: number;
  now?: () => number;
}): ReportLimit {
  let began = -Infinity;
  let taken = 0;
  /** Kinds that were reported in this minute, so no more than reports. */
  const kinds = new Map<string, number>();
  return {
    take(kind) {
      if (now() - began >= windowMs) {
        began = now();
        taken = 0;
        kinds.clear();
      }
      const ofKind = kinds.get(kind) ?? 0;
      if (taken >= perMinute || ofKind >= perKind) return false;
      taken += 1;
      kinds.set(kind, ofKind + 1);
      return true;
    },
  };
}
