// What a subgraph tells about the parts of an answer, so that a gateway may keep them: the documents it read for each.

/** Header by which a gateway asks for {@link CacheAnswer}. */
export const cacheTagsHeader = "tg-cache-tags";

/** In `extensions` of an answer. Null for a part that may not be kept, because it cannot be told what it depends on. */
export interface CacheAnswer {
  /** By response name of a root field; of answers to operations without `_entities`. */
  cacheTagsByField?: Record<string, string[] | null>;
  /** In the order of the representations; Apollo's name. */
  apolloEntityCacheTags?: (string[] | null)[];
  /** For the whole answer; Apollo's name, for subgraphs that are not ours. */
  apolloCacheTags?: string[];
}
