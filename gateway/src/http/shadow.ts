// Lets a share of whole answers out of the cache be asked again, after they were given.
import { type Shadow } from "../cache/operate/shadow.ts";
import { observeOperations, type OperationStep } from "./steps.ts";

/** In front of the response cache, and behind whatever counts, records or limits requests. */
export function shadowHits({ share, check }: Shadow, random: () => number = Math.random): OperationStep {
  return observeOperations({
    answered(request) {
      const { cacheHit, operationType } = request.scope;
      // Nothing else than a query is ever kept; if it were, it would not be run twice.
      if (cacheHit && operationType === "query" && random() < share) check(request, cacheHit);
    },
  });
}
