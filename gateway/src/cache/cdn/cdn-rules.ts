// Which CDN stands in front, and what each of them has to be told in headers.
import { type TagHeaderOptions } from "../response/cdn-tags.ts";

export const cdnNames = ["fastly", "cloudflare", "cloudfront"] as const;
export type CdnName = (typeof cdnNames)[number];

/** Whose answers are purged, and by whom. */
export interface CdnAccount {
  /** Of the service, zone or distribution. */
  id: string;
  /** CloudFront has its credentials from elsewhere. */
  token?: string | undefined;
  /** Origin of the CDN's interface, without a slash at the end; the public one unless given. */
  url?: string | undefined;
  /** Longest call. */
  timeoutMs?: number;
}

export interface CdnRules extends CdnAccount {
  name: CdnName;
  /** An answer that was on its way when it was purged is at the edge after so long. */
  repeatAfterMs?: number;
}

interface CdnHeaders {
  tagHeader: TagHeaderOptions;
  /** Of how long the CDN may keep an answer; without it `Cache-Control` says so. */
  cdnHeader?: string;
}

const isPurged = true;

/** What a CDN reads in answers: limits are those of its documentation. */
export const cdnHeaders: Record<CdnName, CdnHeaders> = {
  fastly: {
    tagHeader: { name: "Surrogate-Key", delimiter: " ", maxBytes: 16_384, isPurged },
    cdnHeader: "surrogate-control",
  },
  cloudflare: {
    tagHeader: { name: "Cache-Tag", delimiter: ",", maxBytes: 16_384, isPurged },
    cdnHeader: "cdn-cache-control",
  },
  // It reads no header of this kind.
  cloudfront: { tagHeader: { name: "Cache-Tag", delimiter: ",", maxTags: 50, isPurged } },
};
