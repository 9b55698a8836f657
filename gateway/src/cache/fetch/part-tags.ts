// What one kept part depends on, as tags.
import { type CacheAnswer } from "@tradegraph/kit/cache-answer";
import { anyTag, declaredTag, someTag } from "@tradegraph/kit/cache-tags";

/** Each is looked at whenever the answer is shown. */
export const maxTags = 512;

const areTags = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((tag) => typeof tag === "string");

/**
 * Tags that a subgraph reports for a part. Those of a subgraph that is not ours are put under its name, so that it
 * cannot take part in the names of others.
 *
 * @param own what it reports for this part alone
 * @param isOurs whether it reports for each part what it has read; without such a report the part may not be kept
 */
export function reportedTags(
  answer: CacheAnswer | undefined,
  own: unknown,
  { subgraph, isOurs }: { subgraph: string; isOurs: boolean },
): string[] | undefined {
  if (isOurs && !areTags(own)) return undefined;
  const named = [
    ...(areTags(answer?.apolloCacheTags) ? answer.apolloCacheTags : []),
    ...(!isOurs && areTags(own) ? own : []),
  ].map((tag) => declaredTag(subgraph, tag));
  return isOurs && areTags(own) ? [...own, ...named] : named;
}

/** Prefixes of tags that are no documents, see kit/cache-tags.ts. */
const general = new Set(["subgraph", "type", "tenant", "list", "any", "model", "key", "session"]);

const typeOf = (tag: string) => {
  const type = tag.slice(0, Math.max(0, tag.indexOf(":")));
  return type === "" || general.has(type) ? undefined : type;
};

/**
 * At most {@link maxTags}: documents of the types that have most of them become "any of that type". That is coarser and
 * still right: whoever tells of one document names `any:` of its type as well, or `someTag` where the tenant is not known.
 *
 * @returns undefined when there are too many that do not become fewer
 */
export function collapseTags(tags: Iterable<string>, tenantId: string): string[] | undefined {
  const all = new Set(tags);
  if (all.size <= maxTags) return [...all];
  const byType = Map.groupBy([...all], typeOf);
  const largest = [...byType].filter(([type]) => type !== undefined).sort(([, a], [, b]) => b.length - a.length);
  for (const [type = "", documents] of largest) {
    for (const tag of documents) all.delete(tag);
    all.add(anyTag(tenantId, type)).add(someTag(type));
    if (all.size <= maxTags) return [...all];
  }
  return undefined;
}
