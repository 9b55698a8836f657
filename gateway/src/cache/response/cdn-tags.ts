// The tags of an answer in a header, so that a CDN can forget it by the same names.

export interface TagHeaderOptions {
  /** Such as `Cache-Tag` (Cloudflare, CloudFront) or `Surrogate-Key` (Fastly). */
  name: string;
  /** Between tags: "," or, for Fastly, " ". */
  delimiter?: string;
  maxBytes?: number;
  maxTags?: number;
}

/** A tag as a CDN knows it: printable, without spaces and commas. Purge by this text. */
export const cdnTag = (tag: string): string =>
  tag
    .replace(/^(subgraph|type):/, "$1-")
    .replace(/^(type-[^:]*):/, "$1-")
    .replace(/[^\x21-\x2b\x2d-\x7e]/gu, (letter) => encodeURIComponent(letter.toWellFormed()));

/** Coarse tags first: whatever does not fit can be forgotten by them. */
const tiers = [/^subgraph:/, /^tenant:/, /^type:/, /^any:/, /^list:/];
const tierOf = (tag: string) => {
  const tier = tiers.findIndex((pattern) => pattern.test(tag));
  return tier < 0 ? tiers.length : tier;
};

/**
 * As many tags as the CDN takes; finer ones are left out first.
 *
 * @returns undefined when none fits
 */
export function tagHeader(tags: readonly string[], options: TagHeaderOptions): string | undefined {
  const { delimiter = ",", maxBytes = 16_384, maxTags = 1_000 } = options;
  const ordered = tags.toSorted((a, b) => tierOf(a) - tierOf(b) || (a < b ? -1 : 1));
  const taken: string[] = [];
  let bytes = 0;
  for (const tag of ordered) {
    const text = cdnTag(tag);
    bytes += text.length + (taken.length > 0 ? delimiter.length : 0);
    if (bytes > maxBytes || taken.length >= maxTags) break;
    taken.push(text);
  }
  return taken.length > 0 ? taken.join(delimiter) : undefined;
}
