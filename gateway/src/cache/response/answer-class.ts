// Under which conditions a whole answer may be kept: the strictest of all its parts.
import { type CacheAudience, type CacheDimension, type CachePolicy } from "../policy/cache-policy.ts";
import { type CacheUse, type UsedPart } from "../fetch/cache-use.ts";
import { type CacheEntry } from "../store/entry.ts";
import { type InvalidationLog } from "../log/invalidation-log.ts";
import { collapseTags } from "../fetch/part-tags.ts";

/** Whom an answer is for. */
export interface AnswerClass {
  scope: CachePolicy["scope"];
  vary: readonly CacheDimension[];
  bypass: readonly CacheAudience[];
}

const union = <T extends string>(lists: readonly (readonly T[])[]): T[] => [...new Set(lists.flat())].sort();

/**
 * @param isPersonal whether the caller's rights counted: somebody with other rights would get another answer
 */
function classOf(parts: readonly UsedPart[], isPersonal: boolean): AnswerClass {
  const policies = parts.map(({ policy }) => policy);
  return {
    scope: isPersonal || policies.some(({ scope }) => scope === "PRIVATE") ? "PRIVATE" : "PUBLIC",
    vary: union(policies.map(({ vary }) => vary)),
    bypass: union(policies.map(({ bypass }) => bypass)),
  };
}

/** A class as a policy, for {@link CallerOf}, which looks at nothing else of it. */
export const policyOf = (one: AnswerClass): CachePolicy => ({ ...one, maxAge: 1, swr: 0, sie: 0, negative: 0 });

export type AnswerConditions = Pick<CacheEntry, "tags" | "sources" | "position" | "storedAt" | "maxAge"> & {
  answerClass: AnswerClass;
};

export interface Moment {
  /** Milliseconds since 1970. */
  now: number;
  tenantId: string;
  log: Pick<InvalidationLog, "position" | "verdict">;
}

/**
 * What the parts of an answer allow together: it is as old as its oldest part, and ends with the first that ends. Its
 * place in the log is this moment's, as every part counts at this moment: those of its parts would make it old as soon as
 * a part is fetched again that others outlive.
 *
 * @returns undefined when it may not be kept: a part may not, is stale, or nothing is known about any
 */
export function conditionsOf(use: CacheUse, { now, tenantId, log }: Moment): AnswerConditions | undefined {
  const { parts, isUncacheable, isPersonal = false } = use;
  const position = log.position();
  if (isUncacheable || parts.length === 0 || position === undefined) return undefined;
  if (parts.some((part) => log.verdict(part.tags, part.position) !== "valid")) return undefined;
  const storedAt = Math.min(now, ...parts.map((part) => part.storedAt));
  const endsAt = Math.min(...parts.map((part) => part.storedAt + part.maxAge * 1_000));
  const tags = collapseTags(union(parts.map((part) => part.tags)), tenantId);
  // The log tells of these tags only; without any, no change would ever be noticed.
  if (endsAt <= now || !tags || tags.length === 0) return undefined;
  return {
    answerClass: classOf(parts, isPersonal),
    ...{ tags, sources: union(parts.map((part) => part.sources)) },
    ...{ position, storedAt, maxAge: Math.floor((endsAt - storedAt) / 1_000) },
  };
}
