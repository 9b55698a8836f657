// Answers the parts of one fetch for one caller: from what is kept, from a question that somebody else is asking just now,
// or from a question of its own. Root fields and entities differ only in how they are asked for.
import { PublicError } from "@tradegraph/kit/errors";
import { type ClientFetch, scopeOf } from "../../data-source.ts";
import { takesAll } from "./assembled-answer.ts";
import { cacheKey } from "../store/cache-key.ts";
import { type CachePolicy } from "../policy/cache-policy.ts";
import { type CallerPart } from "../policy/caller.ts";
import { type CachingOptions } from "./caching-options.ts";
import { type Found } from "../store/entry.ts";
import { shouldRefreshEarly } from "../store/freshness.ts";
import { coordinateOf, createAskPart, isForEverybody, type AskPart, type KeptPart } from "./part-questions.ts";
import { staticTags } from "./part-reading.ts";
import { refreshParts } from "./part-refresh.ts";
import { createPartReport, type PartReport } from "./part-report.ts";
import { type Part, type PartAnswer, type PartOutcome, type PartsOfFetch } from "./part.ts";
import { askPartsAsCaller } from "./parts-as-caller.ts";

/**
 * Parts that are kept for this caller; undefined in place of others. Without the log nothing is kept, and it is those that
 * are asked for everybody.
 */
function planParts<P extends Part>(options: CachingOptions, fetch: ClientFetch, request: PartsOfFetch<P>) {
  const { subgraph, schemaHash } = options.policy;
  const { viewer } = scopeOf(fetch);
  const epoch = options.log.epoch();
  const level = request.level === "root" ? "R" : "E";
  // Entities of one type have one policy, and a private variant takes an HMAC.
  const callers = new Map<CachePolicy, CallerPart>();
  const callerFor = (policy: CachePolicy) => {
    const known = callers.get(policy) ?? options.callerOf(viewer, policy);
    callers.set(policy, known);
    return known;
  };
  return request.parts.map((part): KeptPart<P> | undefined => {
    const { policy, typeName } = part;
    if (!policy || policy.maxAge <= 0) return undefined;
    if (options.quarantine.has(coordinateOf(request, part))) return undefined;
    const caller = callerFor(policy);
    if (!caller.isKept) return undefined;
    const { tenantId } = caller.viewer;
    const parts = [schemaHash, tenantId, caller.variant, ...part.identity];
    const place = { namespace: options.namespace, level, subgraph, typeName, parts } as const;
    const key = epoch === undefined ? "" : cacheKey({ ...place, epoch });
    const plan = { part, policy, key, ...caller, tags: () => staticTags(part, subgraph, tenantId) };
    return epoch === undefined && !isForEverybody(plan) ? undefined : plan;
  });
}

const isUnavailable = (extensions: Readonly<Record<string, unknown>> | undefined) =>
  extensions?.code === "SERVICE_UNAVAILABLE";

/** Whether the subgraph could not answer, rather than would not. */
const hasFailed = (answer: PartAnswer | Error): boolean =>
  answer instanceof Error
    ? answer instanceof PublicError && isUnavailable(answer.extensions)
    : answer.errors.some(({ error }) => isUnavailable(error.extensions));

/** @returns undefined when only a question of the caller's own can bring an answer */
async function fetchPart<P extends Part>(
  { store }: CachingOptions,
  { ask, report }: { ask: AskPart<P>; report: PartReport<P> },
  kept: KeptPart<P>,
  found: Found | undefined,
): Promise<PartOutcome | undefined> {
  const answer = await ask(kept).catch((error: unknown) => error as Error);
  if (found && hasFailed(answer)) {
    // It may have been invalidated while the subgraph was silent.
    const [still] = await store.find([kept.key]);
    if (still) return report.found(kept, still);
  }
  if (answer instanceof Error) return report.failed(kept, answer);
  if (!answer.unfit || report.isFinal(kept, answer)) return report.fetched(kept, answer);
  report.unfit(kept, answer);
  return undefined;
}

/**
 * @returns undefined when none of the parts may be kept for this caller, or, without the log, when one of them may not be
 *   asked for everybody: then the fetch is best passed on as it is
 */
export async function answerParts<P extends Part>(
  options: CachingOptions,
  fetch: ClientFetch,
  request: PartsOfFetch<P>,
): Promise<Map<P, PartOutcome> | undefined> {
  const plans = planParts(options, fetch, request);
  const kept = plans.filter((plan) => plan !== undefined);
  const unkept = request.parts.filter((_, index) => !plans[index]);
  const isLogged = kept.every(({ key }) => key !== "");
  if (!isLogged && unkept.length > 0) return undefined;
  const report = createPartReport(options, fetch, request);
  for (const part of unkept) report.unkept(part);
  if (kept.length === 0) return undefined;

  const outcomes = new Map<P, PartOutcome>();
  const askDirectly = async (parts: readonly P[]) => {
    if (parts.length === 0) return;
    for (const [part, outcome] of await askPartsAsCaller(options, fetch, request, parts)) outcomes.set(part, outcome);
  };
  const direct = askDirectly(unkept);
  const isLookedUp = isLogged && !scopeOf(fetch).cacheDirectives?.noCache;
  const found = isLookedUp ? await options.store.find(kept.map(({ key }) => key)) : [];
  const run = { report, ask: createAskPart(options, request) };
  const expiring: KeptPart<P>[] = [];
  const askAgain: P[] = [];
  const answerOne = async (one: KeptPart<P>, hit: Found | undefined) => {
    report.looked(one, hit);
    if (hit && hit.state !== "onError") {
      if (shouldRefreshEarly(hit, Number(hit.entry.meta?.tookMs ?? 0), options.random())) expiring.push(one);
      outcomes.set(one.part, report.found(one, hit));
      return;
    }
    const outcome = await fetchPart(options, run, one, hit);
    if (outcome) outcomes.set(one.part, outcome);
    else askAgain.push(one.part);
  };
  const answering = kept.map((one, index) => answerOne(one, found[index]));
  refreshParts(options, request, expiring);
  await Promise.all([direct, ...answering]);
  if ([...outcomes.values()].some(takesAll)) return outcomes;
  await askDirectly(askAgain);
  return outcomes;
}
