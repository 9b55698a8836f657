// What a mutation has changed is told to all gateways before its caller hears of it, so that he reads his own writes.
import { declaredTag, typeTag } from "@tradegraph/kit/cache-tags";
import { type Invalidation, type ToldInvalidation } from "@tradegraph/kit/invalidation";
import { type ClientFetch, type OriginAnswer, passOn, scopeOf } from "../../data-source.ts";
import { type CachingOptions } from "./caching-options.ts";
import { type Wait } from "../log/invalidation-log.ts";

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];

/** What any subgraph may say in `extensions.cacheInvalidate`, beside what ours do. */
interface Told extends ToldInvalidation {
  /** Of which everything has changed. */
  types: string[];
  soft: boolean;
}

/** Reads `extensions.cacheInvalidate`. A subgraph that is not ours can only name tags and types of its own. */
function readTold({ policy, reportsTags }: CachingOptions, { extensions }: Pick<OriginAnswer, "extensions">) {
  const told = extensions?.cacheInvalidate as Partial<Told> | undefined;
  const tags = texts(told?.tags);
  return {
    tags: [
      ...(reportsTags ? tags : tags.map((tag) => declaredTag(policy.subgraph, tag))),
      ...texts(told?.types).map((type) => typeTag(policy.subgraph, type)),
    ],
    events: reportsTags ? texts(told?.events) : [],
    isSoft: told?.soft === true,
  };
}

/** Codes by which a subgraph says that it has not done what it was asked. */
const refusals = new Set<unknown>(["UNAUTHENTICATED", "FORBIDDEN", "BAD_USER_INPUT", "NOT_FOUND"]);

/**
 * Root fields that a subgraph of ours has refused; whatever it wrote all the same it tells itself. What the schema declares
 * is not told of them: callers make up ids, and made-up tags would drive those of real changes out of memory.
 */
function refusedFields({ reportsTags }: CachingOptions, { errors = [] }: Partial<OriginAnswer>): ReadonlySet<string> {
  const refused = errors.filter(({ path, extensions }) => path?.length === 1 && refusals.has(extensions?.code));
  return new Set(reportsTags ? refused.map(({ path }) => String(path?.[0])) : []);
}

/** @returns false when only the relay can tell it */
async function append({ log, metrics }: CachingOptions, invalidation: Invalidation, wait: Wait): Promise<boolean> {
  const { tags, isSoft } = invalidation;
  if (tags.length === 0) return true;
  const end = metrics.invalidationSeconds.startTimer({ wait });
  const isTold = await log.append(invalidation, wait).catch(() => false);
  end();
  if (!isTold) {
    metrics.invalidationErrors.inc({ source: "mutation" });
    return false;
  }
  metrics.invalidations.inc({ source: "mutation", kind: isSoft ? "soft" : "hard" });
  metrics.invalidatedTags.inc({ source: "mutation" }, tags.length);
  return true;
}

/** Passes a mutation on and tells what it has changed, whether or not it was answered without errors. */
export async function answerMutation(options: CachingOptions, fetch: ClientFetch): Promise<OriginAnswer> {
  const { invalidationOf, policy } = options;
  const { query = "", variables = {} } = fetch.request;
  const tell = async (answer: Partial<OriginAnswer>) => {
    const told = readTold(options, answer);
    const declared = invalidationOf(policy.subgraph, query, variables, answer.data, refusedFields(options, answer));
    const wait = declared.wait === "strict" ? declared.wait : options.wait;
    const hard = new Set([...(told.isSoft ? [] : told.tags), ...declared.tags]);
    const soft = new Set([...(told.isSoft ? told.tags : []), ...declared.softTags].filter((tag) => !hard.has(tag)));
    // A relay repeats what was only marked as outdated.
    const events = told.isSoft ? [] : told.events;
    const isTold = await Promise.all([
      append(options, { tags: [...hard], ...(events.length > 0 && { events }) }, wait),
      append(options, { tags: [...soft], isSoft: true }, wait),
    ]);
    if (isTold.every(Boolean)) return;
    options.metrics.deferred.inc();
    scopeOf(fetch).invalidationDeferred = true;
  };
  let answer: OriginAnswer;
  try {
    answer = await passOn(options.origin, fetch);
  } catch (error) {
    // It may have happened all the same. What it wrote only the relay can tell, what the schema declares is known.
    await tell({});
    throw error;
  }
  await tell(answer);
  return answer;
}
