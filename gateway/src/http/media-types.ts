// The media types of answers and refusals, chosen as Apollo chooses that of what it executes.
import { LRUCache } from "lru-cache";
import Negotiator from "negotiator";

export interface MediaType {
  /** For entity tags, see cache/response/etag.ts. */
  name: string;
  header: string;
}

/** The types that Apollo chooses from, in its order. */
const mediaTypes = new Map<string, MediaType>(
  [
    { name: "j", header: "application/json; charset=utf-8" },
    { name: "r", header: "application/graphql-response+json; charset=utf-8" },
    { name: "c", header: "application/json; callbackSpec=1.0; charset=utf-8" },
  ].map((type) => [type.header, type]),
);
const json = mediaTypes.values().next().value as MediaType;

/** The media type that Apollo would send. @returns a function that gives undefined where Apollo refuses to answer */
export function createMediaTypes(): (accept: string | undefined) => MediaType | undefined {
  const known = new LRUCache<string, { type: MediaType | undefined }>({ max: 500 });
  return (accept) => {
    if (!accept) return json;
    const remembered = known.get(accept);
    if (remembered) return remembered.type;
    const preferred = new Negotiator({ headers: { accept } }).mediaType([...mediaTypes.keys()]);
    const type = preferred === undefined ? undefined : mediaTypes.get(preferred);
    // Long headers are made up, and would fill memory.
    if (accept.length <= 200) known.set(accept, { type });
    return type;
  };
}
