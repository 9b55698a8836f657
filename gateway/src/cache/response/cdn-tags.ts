// The tags of an answer in a header, so that a CDN can forget it by the same names.
import { createHash } from "node:crypto";

export interface TagHeaderOptions {
  /** Such as `Cache-Tag` (Cloudflare, CloudFront) or `Surrogate-Key` (Fastly). */
  name: string;
  /** Between tags: "," or, for Fastly, " ". */
  delimiter?: string;
  maxBytes?: number;
  maxTags?: number;
  /** Somebody purges by {@link purgedTags}: answers with too many tags have markers that those name. */
  isPurged?: boolean;
}

/** CloudFront takes no more. */
const maxLength = 256;

/** A tag as a CDN knows it: printable, without spaces, commas and wildcards, the end of a long one as a hash. Purge by this text. */
export function cdnTag(tag: string): string {
  const text = tag
    .replace(/^(subgraph|type):/, "$1-")
    .replace(/^(type-[^:]*):/, "$1-")
    .replace(/[^\x21-\x29\x2b\x2d-\x7e]/gu, (letter) =>
      letter === "*" ? "%2A" : encodeURIComponent(letter.toWellFormed()),
    );
  if (text.length <= maxLength) return text;
  const hash = createHash("sha256").update(text).digest("base64url");
  return `${text.slice(0, maxLength - hash.length - 1)}~${hash}`;
}

/** What stands for tags that an answer has no room for: their type, or the model that a list is of. */
function markerOf(tag: string): string {
  const [ofMarketplace] = /^(?:list|any|model):[^:]*:[^:.]*/.exec(tag) ?? [];
  const [declared] = /^key:[^:]*/.exec(tag) ?? [];
  return cdnTag(`more-${ofMarketplace ?? declared ?? tag.split(":", 1)[0] ?? ""}`);
}

/** By what a CDN forgets answers with these tags, those included that had no room for them. */
export const purgedTags = (tags: readonly string[]): string[] => [
  ...new Set([...tags.map(cdnTag), ...tags.map(markerOf)]),
];

/** Coarse tags first: whatever does not fit can be forgotten by them. */
const tiers = [/^subgraph:/, /^tenant:/, /^type:/, /^any:/, /^list:/];
const tierOf = (tag: string) => {
  const tier = tiers.findIndex((pattern) => pattern.test(tag));
  return tier < 0 ? tiers.length : tier;
};

/** As many as the CDN takes. */
function fitting(texts: readonly string[], { delimiter = ",", maxBytes = 16_384, maxTags = 1_000 }: TagHeaderOptions) {
  const taken: string[] = [];
  let bytes = 0;
  for (const text of texts) {
    bytes += text.length + (taken.length > 0 ? delimiter.length : 0);
    if (bytes > maxBytes || taken.length >= maxTags) break;
    taken.push(text);
  }
  return taken;
}

/**
 * As many tags as the CDN takes; finer ones are left out first.
 *
 * @returns undefined when none fits, or the answer could not be found by what was left out
 */
export function tagHeader(tags: readonly string[], options: TagHeaderOptions): string | undefined {
  const { delimiter = ",", isPurged = false } = options;
  const ordered = tags.toSorted((a, b) => tierOf(a) - tierOf(b) || (a < b ? -1 : 1)).map(cdnTag);
  let taken = fitting(ordered, options);
  if (isPurged && taken.length < ordered.length) {
    const markers = [...new Set(tags.map(markerOf))];
    taken = fitting([...markers, ...ordered], options);
    if (taken.length < markers.length) return undefined;
  }
  return taken.length > 0 ? taken.join(delimiter) : undefined;
}
