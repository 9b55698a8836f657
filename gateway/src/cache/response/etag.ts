// Names of exact answers (RFC 9110, section 8.8.3): strong ones, so each encoding and media type has its own.
import { hash } from "node:crypto";

/** What else than its JSON an answer differs by. */
export interface Representation {
  /** "j" for application/json, "r" for application/graphql-response+json. */
  media: string;
  /** Content coding, or "identity". */
  encoding: string;
}

/** Of the JSON; the same for all its representations. */
export const bodyHash = (body: Buffer | string): string => hash("sha256", body, "base64url");

export const etagOf = (bodyHash: string, { media, encoding }: Representation): string =>
  encoding === "identity" ? `"${bodyHash}.${media}"` : `"${bodyHash}.${media}-${encoding}"`;

/** A list of entity tags; weak ones compare as strong ones here (RFC 9110, section 13.1.2). */
const entityTag = /(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g;

/**
 * The tag of a representation that the client has and would still take.
 *
 * @param header If-None-Match
 * @param encodings that the client accepts
 * @returns undefined when it has none of them
 */
export function matchingEtag(
  header: string,
  { bodyHash, media, encodings }: { bodyHash: string; media: string; encodings: readonly string[] },
): string | undefined {
  const own = encodings.map((encoding) => etagOf(bodyHash, { media, encoding }));
  if (header.trim() === "*") return own[0];
  const given = new Set(Array.from(header.matchAll(entityTag), ([, tag]) => tag));
  return own.find((tag) => given.has(tag));
}
