// Asks again, in the background and without the cache, what the cache has answered: an answer that differs although nobody
// told of a change shows wrong tags or a wrong policy before customers see it (the shadow mode of WunderGraph's Cosmo).
import { setImmediate as afterAnswer, setTimeout as sleep } from "node:timers/promises";
import { type Logger } from "@tradegraph/kit/logger";
import { shadowRequest } from "../../http/shadow-request.ts";
import { type OperationAnswer, type OperationRequest } from "../../http/steps.ts";
import { type PromiseOrValue } from "../../promise-or-value.ts";
import { cancelScope, type RequestScope } from "../../request-scope.ts";
import { type InvalidationLog } from "../log/invalidation-log.ts";
import { bodyHash } from "../response/etag.ts";
import { metaOf } from "../response/kept-answer.ts";
import { type Found } from "../store/entry.ts";
import { type CacheMetrics } from "./cache-metrics.ts";
import { differingPaths } from "./differing-paths.ts";

/**
 * `outdated`: the kept answer does not count any more, so a difference says nothing. `aged`: a difference that the policy
 * allows until the answer's time is over, because a subgraph does not tell of changes. `failed`: no answer to compare with.
 * `skipped`: not asked, or not decided, because too many were or the gateway stops.
 */
export type ShadowOutcome = "same" | "outdated" | "aged" | "different" | "failed" | "skipped";

export interface ShadowRules {
  /** Of hits, 0 to 1. */
  share: number;
  /** Asked at once. */
  concurrency?: number;
  perSecond?: number;
  /** How long a difference may still be told of by somebody: relays have five seconds, or their answers are not used. */
  settleMs?: number;
  /** How long a gateway that stops waits for those under way. */
  stopWithinMs?: number;
}

/** What only the graph's owner knows. */
export interface ShadowedGraph {
  /** Answers without the cache. */
  execute: (request: OperationRequest) => PromiseOrValue<OperationAnswer>;
  /** Of the graph that answers now. */
  fingerprint: () => string;
  /** See ResponseCache. */
  operationKeyOf: (request: OperationRequest) => string | undefined;
}

export interface ShadowOptions extends ShadowRules, ShadowedGraph {
  log: Pick<InvalidationLog, "epoch" | "verdict" | "isWatched">;
  /** Subgraphs that do not tell what their answers depend on; none unless given. */
  foreignSubgraphs?: ReadonlySet<string> | undefined;
  metrics: Pick<CacheMetrics, "shadowed">;
  logger: Logger;
}

export interface Shadow {
  share: number;
  /** Asks a request again that was answered by a hit. Returns at once and never throws. */
  check: (request: OperationRequest, hit: Found) => void;
  /** Asks nothing more; resolves when what runs has ended, which is soon. Never rejects. */
  stop: () => Promise<void>;
}

/** As in the log lines of purges. */
const shownTags = 20;
const shownPaths = 10;
const lookAgainMs = 200;
/** With those whose difference waits to be told: an operation that always differs must not keep others from being asked. */
const maxRunning = 20;
/** Errors that say something of the caller: the hit has shown what they refuse. Others say that somebody is not well. */
const refusals = new Set(["UNAUTHENTICATED", "FORBIDDEN", "NOT_FOUND", "UNAUTHORIZED_FIELD_OR_TYPE"]);

export function createShadow(options: ShadowOptions): Shadow {
  const { share, concurrency = 2, perSecond = 10, settleMs = 6_000, stopWithinMs = 3_000 } = options;
  const { execute, fingerprint, operationKeyOf, log, foreignSubgraphs, metrics, logger } = options;
  const running = new Map<RequestScope, Promise<void>>();
  const stopping = new AbortController();
  const { signal } = stopping;
  let asking = 0;
  let second = -Infinity;
  let begun = 0;

  const mayBegin = (): boolean => {
    if (signal.aborted || asking >= concurrency || running.size >= maxRunning) return false;
    const now = performance.now();
    if (now - second >= 1_000) [second, begun] = [now, 0];
    return begun < perSecond;
  };

  const tell = (request: OperationRequest, { entry, age }: Found, { status, body }: OperationAnswer) => {
    const { operationName, requestId, viewer } = request.scope;
    const tags = { tags: entry.tags.slice(0, shownTags), tagCount: entry.tags.length };
    // Paths only: what stands there may be nobody's business.
    const paths = differingPaths(JSON.parse(entry.bytes.toString()), JSON.parse(String(body)), shownPaths);
    const about = {
      operation: operationName,
      operationKey: operationKeyOf(request),
      tenant: viewer.tenantId,
      requestId,
    };
    logger.warn({ ...about, status, age: Math.round(age), ...tags, paths }, "A kept answer differs from a fresh one");
  };

  const ask = async (again: OperationRequest): Promise<OperationAnswer | undefined> => {
    try {
      await afterAnswer();
      return signal.aborted ? undefined : await execute(again);
    } finally {
      asking -= 1;
    }
  };
  const compare = async (request: OperationRequest, again: OperationRequest, hit: Found): Promise<ShadowOutcome> => {
    const { tags, position, sources } = hit.entry;
    const [epoch, graph] = [log.epoch(), fingerprint()];
    const isCurrent = () =>
      log.epoch() === epoch &&
      fingerprint() === graph &&
      log.verdict(tags, position) === "valid" &&
      sources.every(log.isWatched);
    const answer = await ask(again);
    if (!answer || again.scope.cancelled) return "skipped";
    if (hasFailed(answer, again.scope)) return "failed";
    if (bodyHash(answer.body) === metaOf(hit.entry).bodyHash) return "same";
    if (!isCurrent()) return "outdated";
    if (sources.some((subgraph) => foreignSubgraphs?.has(subgraph))) return "aged";
    // Who changed it may be about to say so.
    const end = performance.now() + settleMs;
    while (isCurrent() && performance.now() < end) {
      if (signal.aborted) return "skipped";
      await sleep(Math.min(settleMs, lookAgainMs), undefined, { signal, ref: false }).catch(() => undefined);
    }
    if (!isCurrent()) return "outdated";
    tell(request, hit, answer);
    return "different";
  };

  const count = (request: OperationRequest, outcome: ShadowOutcome) => {
    metrics.shadowed(request.scope.operationName, outcome);
  };

  return {
    share,
    check(request, hit) {
      if (!mayBegin()) return count(request, "skipped");
      const again = shadowRequest(request);
      begun += 1;
      asking += 1;
      const { scope } = again;
      const done = compare(request, again, hit)
        .catch((error: unknown): ShadowOutcome => {
          if (scope.cancelled) return "skipped";
          logger.debug({ error, requestId: scope.requestId }, "A kept answer could not be compared");
          return "failed";
        })
        .then((outcome) => {
          count(request, outcome);
        })
        .finally(() => running.delete(scope));
      running.set(scope, done);
    },
    async stop() {
      stopping.abort();
      const waiting = new AbortController();
      const late = sleep(stopWithinMs, undefined, { signal: waiting.signal }).catch(() => undefined);
      await Promise.race([Promise.all(running.values()), late]);
      waiting.abort();
      for (const scope of running.keys()) cancelScope(scope);
      await Promise.all(running.values());
    },
  };
}

const hasFailed = ({ status }: OperationAnswer, { errorCodes }: RequestScope): boolean =>
  errorCodes.length > 0 ? !errorCodes.every((code) => refusals.has(code)) : status !== 200;
