// How hints of a field and of its type go together: as Apollo Server has it for `@cacheControl`,
// https://www.apollographql.com/docs/apollo-server/performance/caching, and alike for ours.
import { type CacheHint } from "./cache-manifest.ts";
import { type CacheAudience, type CacheDimension, type CachePolicy } from "./cache-policy.ts";

/** What one selected field says about the answer it is in; undefined where it is as its object. */
export interface EffectiveHint {
  maxAge: number | undefined;
  scope: CacheHint["scope"];
  swr: number | undefined;
  sie: number | undefined;
  negative: number | undefined;
  vary: readonly CacheDimension[];
  bypass: readonly CacheAudience[];
}

/** Of a field that is not known here: nothing is kept. */
export const notKept: EffectiveHint = {
  ...{ maxAge: 0, scope: undefined, swr: undefined, sie: undefined, negative: undefined, vary: [], bypass: [] },
};

/**
 * The field beats its type. Without a word about it, root fields and fields of composite type are not kept.
 *
 * @param type of the value, for composite types
 */
export function effectiveHint(field: CacheHint, type: CacheHint | undefined, isRoot: boolean): EffectiveHint {
  const inherits = field.inheritMaxAge === true || type?.inheritMaxAge === true;
  const given = (field.inheritMaxAge ? undefined : field.maxAge) ?? (type?.inheritMaxAge ? undefined : type?.maxAge);
  return {
    maxAge: given ?? (isRoot || (type !== undefined && !inherits) ? 0 : undefined),
    scope: field.scope ?? type?.scope,
    swr: field.swr ?? type?.swr,
    sie: field.sie ?? type?.sie,
    negative: field.negative ?? type?.negative,
    vary: [...(field.vary ?? []), ...(type?.vary ?? [])],
    // Of a type it is about `_entities`, where nothing has yet decided that the caller may see the thing.
    bypass: field.bypass ?? [],
  };
}

/** What `_entities` says of a type. */
export const entityHint = (type: CacheHint): EffectiveHint => ({
  ...effectiveHint({}, type, true),
  bypass: type.bypass ?? [],
});

/** The strictest of all that is in one answer. */
export function createStrictest(root: EffectiveHint): {
  add: (hint: EffectiveHint) => void;
  policy: () => CachePolicy;
} {
  let [maxAge, swr, sie] = [Infinity, Infinity, Infinity];
  let scope: CachePolicy["scope"] = "PUBLIC";
  const vary = new Set<CacheDimension>();
  const bypass = new Set<CacheAudience>();
  const add = (hint: EffectiveHint) => {
    // Whoever says how long says also that there is no grace, unless it says otherwise.
    const grace = hint.maxAge === undefined ? Infinity : 0;
    maxAge = Math.min(maxAge, hint.maxAge ?? Infinity);
    swr = Math.min(swr, hint.swr ?? grace);
    sie = Math.min(sie, hint.sie ?? grace);
    if (hint.scope === "PRIVATE") scope = "PRIVATE";
    for (const dimension of hint.vary) vary.add(dimension);
    for (const audience of hint.bypass) bypass.add(audience);
  };
  add(root);
  return {
    add,
    policy: () => ({
      ...{ maxAge, scope, swr, sie, negative: Math.min(root.negative ?? 0, maxAge) },
      vary: [...vary].sort(),
      bypass: [...bypass].sort(),
    }),
  };
}
