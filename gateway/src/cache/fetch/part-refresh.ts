// Fetches what is stale, or soon will be, while callers are shown what is kept.
import { type CachingOptions } from "./caching-options.ts";
import { createAskPart, type KeptPart } from "./part-questions.ts";
import { type Part, type PartsOfFetch } from "./part.ts";

/** For so long one gateway leads, and no other asks the same: milliseconds. */
const leadMs = 5_000;

/** Asks in the background, one gateway for all. */
export function refreshParts<P extends Part>(
  options: CachingOptions,
  request: PartsOfFetch<P>,
  expiring: readonly KeptPart<P>[],
): void {
  const { lead, logger, metrics, refreshing } = options;
  const { level } = request;
  const ask = createAskPart(options, request);
  const refresh = async (kept: KeptPart<P>) => {
    if (!(await lead.tryLead(kept.key, leadMs))) return "left";
    return (await ask(kept)).entry ? "stored" : "unkept";
  };
  for (const kept of expiring) {
    const { key } = kept;
    if (refreshing.has(key)) continue;
    refreshing.add(key);
    refresh(kept)
      .then(
        (outcome) => {
          metrics.refreshes.inc({ level, outcome });
        },
        (error: unknown) => {
          metrics.refreshes.inc({ level, outcome: "failed" });
          logger.debug({ error, typeName: kept.part.typeName }, "What is stale could not be fetched again");
        },
      )
      .finally(() => refreshing.delete(key));
  }
}
