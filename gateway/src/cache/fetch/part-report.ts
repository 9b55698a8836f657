// What becomes known about the parts of a fetch is told to all who want it: to whoever keeps the whole answer, to Apollo's
// policy of it, to figures, and to a caller who debugs.
import { type ClientFetch, overallPolicyOf, scopeOf } from "../../data-source.ts";
import { debugPart } from "./cache-debug.ts";
import { type CacheResult } from "../operate/cache-metrics.ts";
import { newCacheUse } from "./cache-use.ts";
import { type CachingOptions } from "./caching-options.ts";
import { type DebuggedPart } from "./debugged-part.ts";
import { type CacheEntry, type Found } from "../store/entry.ts";
import { type KeptPart } from "./part-questions.ts";
import { type Part, type PartAnswer, type PartOutcome, type PartsOfFetch } from "./part.ts";

type Text = Pick<PartAnswer, "text" | "unfit"> & { entry: CacheEntry | undefined };

export type PartReport<P extends Part> = ReturnType<typeof createPartReport<P>>;

export function createPartReport<P extends Part>(
  { metrics, policy: { subgraph } }: CachingOptions,
  fetch: ClientFetch,
  request: PartsOfFetch<P>,
) {
  const scope = scopeOf(fetch);
  const use = (scope.cacheUse ??= newCacheUse());
  const overall = overallPolicyOf(fetch);

  const look = ({ label }: Part, result: CacheResult) => {
    const { operationName: operation } = scope;
    metrics.looked({ level: request.level, result, operation, subgraph, type: label });
  };
  const debug = (part: P, kept: KeptPart<P> | undefined, source: DebuggedPart["source"], text: Text) => {
    if (!scope.cacheDebug) return;
    const asked = { kind: request.kindOf(part), subgraph, request: request.question([part]) };
    scope.cacheDebug.push(debugPart({ part, kept, ...asked }, source, text));
  };
  /** @param age seconds */
  const uses = ({ policy }: KeptPart<P>, entry: CacheEntry, age: number) => {
    const { tags, sources, position, storedAt, maxAge } = entry;
    use.parts.push({ policy, tags, sources, position, storedAt, maxAge });
    const isPrivate = policy.scope === "PRIVATE" || policy.vary.length > 0;
    const left = Math.max(0, Math.floor(maxAge - age));
    overall?.restrict({ maxAge: left, scope: isPrivate ? "PRIVATE" : "PUBLIC" });
  };
  const mayNotKeep = () => {
    use.isUncacheable = true;
    overall?.restrict({ maxAge: 0 });
  };

  return {
    /** It is asked as the caller, so nobody else may be shown it, whatever the subgraph's header says. */
    unkept(part: P) {
      mayNotKeep();
      look(part, "bypass");
      debug(part, undefined, "subgraph", { text: undefined, entry: undefined, unfit: undefined });
    },
    looked({ part, key }: KeptPart<P>, found: Found | undefined) {
      if (key === "") {
        look(part, "bypass");
        return;
      }
      if (!found || found.state === "onError") {
        use.misses += 1;
        look(part, "miss");
        return;
      }
      use.hits += 1;
      look(part, found.state === "fresh" ? found.level : "stale");
    },
    /** It is shown as it was kept. */
    found(kept: KeptPart<P>, { entry, state, age }: Found): PartOutcome {
      const text = entry.bytes.toString();
      uses(kept, entry, age);
      // A whole answer made of it could not be kept beyond this moment.
      if (state !== "fresh") {
        use.isStale = true;
        mayNotKeep();
      }
      debug(kept.part, kept, "cache", { text, entry, unfit: undefined });
      return { text, errors: [] };
    },
    /** A subgraph has answered. */
    fetched(kept: KeptPart<P>, answer: PartAnswer): PartOutcome {
      if (answer.entry) uses(kept, answer.entry, 0);
      else mayNotKeep();
      debug(kept.part, kept, "subgraph", answer);
      return answer;
    },
    failed(kept: KeptPart<P>, failure: Error): PartOutcome {
      mayNotKeep();
      debug(kept.part, kept, "subgraph", { text: undefined, entry: undefined, unfit: undefined });
      return { failure };
    },
    /** Whether an answer that others may not share is what this caller would get himself. */
    isFinal: (_kept: KeptPart<P>, { unfit }: PartAnswer) => unfit === "refused" && scope.viewer.role === "anonymous",
    /** The answer is not for this caller, who will ask himself. */
    unfit(kept: KeptPart<P>, answer: PartAnswer) {
      mayNotKeep();
      debug(kept.part, kept, "subgraph", answer);
    },
  };
}
