// What a caller asks of the cache itself. Anybody could make each request reach the subgraphs by it, so only those are
// listened to whom the options trust.

/** RFC 9111, sections 5.2.1.4 and 5.2.1.5. */
export interface RequestDirectives {
  /** Answer from the subgraphs. */
  noCache: boolean;
  /** Keep nothing of the answer. */
  noStore: boolean;
}

const directive = /(?:^|,)\s*(no-cache|no-store)\s*(?=,|$)/gi;

/** @param header Cache-Control of a request. @returns undefined when it asks for nothing that counts here */
export function requestDirectives(header: string | undefined): RequestDirectives | undefined {
  if (header === undefined) return undefined;
  const given = new Set(Array.from(header.matchAll(directive), ([, name]) => name?.toLowerCase()));
  if (given.size === 0) return undefined;
  return { noCache: given.has("no-cache"), noStore: given.has("no-store") };
}
