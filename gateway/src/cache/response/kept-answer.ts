// A kept answer on its way to a client: headers, media type, encoding, and 304 for whoever has it already.
import { LRUCache } from "lru-cache";
import { type MediaType } from "../../http/media-types.ts";
import { type OperationAnswer, type OperationRequest } from "../../http/steps.ts";
import { type AnswerClass } from "./answer-class.ts";
import { cacheControl, cacheStatus, notForCaches, type Outcome } from "./cache-headers.ts";
import { type TagHeaderOptions, tagHeader } from "./cdn-tags.ts";
import { compressFromBytes, createEncodings, isContentCoding } from "./encodings.ts";
import { type CacheEntry } from "../store/entry.ts";
import { etagOf, matchingEtag } from "./etag.ts";

/** What is kept beside the JSON of an answer. */
export interface KeptMeta {
  /** Of the JSON, see etag.ts. */
  bodyHash: string;
  answerClass: AnswerClass;
  /** For the audit record. */
  entityTypes: readonly string[];
}

export const metaOf = ({ meta }: CacheEntry): KeptMeta => meta as unknown as KeptMeta;

export interface PresenterOptions {
  /** Of this cache in `Cache-Status`; "tradegraph" unless given. */
  name?: string | undefined;
  /** Tells a CDN the tags of public answers; none unless given. */
  tagHeader?: TagHeaderOptions | undefined;
  /** `CDN-Cache-Control` (RFC 9213) or `Surrogate-Control`: how long a CDN that is purged may keep public answers. */
  cdnHeader?: string | undefined;
  /** Memory for compressed answers. */
  encodedBytes?: number | undefined;
}

export interface Shown {
  entry: CacheEntry;
  /** Seconds, with fractions. */
  age: number;
  /** Seconds for which it stays fresh here. */
  ttl: number;
  outcome: Outcome;
  media: MediaType;
  /** Nobody else may be shown it any more, caches on the way included. */
  isForOne?: boolean;
}

export type Presenter = (shown: Shown, request: OperationRequest) => OperationAnswer;

/** What of a request the answer depends on. */
interface Wanted {
  hasCredentials: boolean;
  /** Encodings, the best first; equal headers have the same array. */
  accepted: readonly string[];
  /** If-None-Match. */
  condition: string | undefined;
}

/** The last answer made of an entry: within a second most are the same. */
interface Made {
  answer: OperationAnswer;
  hasCredentials: boolean;
  accepted: readonly string[];
  media: MediaType;
  /** Whole seconds. */
  age: number;
  ttl: number;
}

/** Compressed when asked for this often: most answers never are. */
const compressFromHits = 2;

/** Of the answers that are made once for many hits. */
const madeBytes = 16 * 1_024 * 1_024;
/** Headers, as a map and as a list. */
const madeOverhead = 2_000;

export function createPresenter(options: PresenterOptions): Presenter {
  const { name = "tradegraph", cdnHeader } = options;
  const encodings = createEncodings(options.encodedBytes);
  const hits = new WeakMap<CacheEntry, number>();
  const tagTexts = new WeakMap<CacheEntry, string>();
  const lastMade = new LRUCache<CacheEntry, Made>({
    maxSize: madeBytes,
    sizeCalculation: ({ answer }, entry) => 2 * answer.body.length + entry.bytes.length + madeOverhead,
  });

  const tagsOf = (entry: CacheEntry, to: TagHeaderOptions): string => {
    const known = tagTexts.get(entry) ?? tagHeader(entry.tags, to) ?? "";
    tagTexts.set(entry, known);
    return known;
  };
  /** The body in the best encoding that is made by now. */
  const encoded = (entry: CacheEntry, accepted: readonly string[]): [encoding: string, body: Buffer] => {
    const [best] = accepted;
    if (entry.bytes.length < compressFromBytes || best === undefined) return ["identity", entry.bytes];
    const { bodyHash } = metaOf(entry);
    for (const encoding of accepted) {
      if (encoding === "identity") return [encoding, entry.bytes];
      const body = isContentCoding(encoding) ? encodings.peek(bodyHash, encoding) : undefined;
      if (body) return [encoding, body];
      if (encoding !== best || !isContentCoding(best)) continue;
      const count = (hits.get(entry) ?? 0) + 1;
      hits.set(entry, count);
      if (count >= compressFromHits) encodings.make(bodyHash, best, entry.bytes);
    }
    return ["identity", entry.bytes];
  };

  const make = (
    { entry, age, ttl, outcome, media, isForOne = false }: Shown,
    { hasCredentials, accepted, condition }: Wanted,
  ): OperationAnswer => {
    const { answerClass, bodyHash } = metaOf(entry);
    const tags = options.tagHeader && answerClass.scope === "PUBLIC" ? tagsOf(entry, options.tagHeader) : "";
    // What a CDN cannot be told to forget must not lie there.
    const isLost = options.tagHeader?.isPurged === true && tags === "";
    const control = isForOne
      ? notForCaches
      : cacheControl({ answerClass, maxAge: entry.maxAge }, hasCredentials || isLost);
    const headers = new Map<string, string>([
      ["cache-control", control],
      ["cache-status", cacheStatus(name, outcome, ttl)],
      ["age", String(Math.floor(age))],
    ]);
    if (control.endsWith("public")) {
      if (cdnHeader !== undefined) headers.set(cdnHeader, `max-age=${entry.maxAge}`);
      if (options.tagHeader && tags) headers.set(options.tagHeader.name, tags);
    }
    const same =
      condition === undefined
        ? undefined
        : matchingEtag(condition, { bodyHash, media: media.name, encodings: accepted });
    if (same !== undefined) return { status: 304, headers: headers.set("etag", same), body: "" };
    const [encoding, body] = encoded(entry, accepted);
    headers.set("content-type", media.header).set("etag", etagOf(bodyHash, { media: media.name, encoding }));
    if (encoding !== "identity") headers.set("content-encoding", encoding);
    return { status: 200, headers, body };
  };
  /** A hit that may be the same as the one before. */
  const again = (shown: Shown, wanted: Wanted): OperationAnswer => {
    const { entry, media } = shown;
    const { hasCredentials, accepted } = wanted;
    const age = Math.floor(shown.age);
    const ttl = Math.floor(shown.ttl);
    const last = lastMade.get(entry);
    const isSame =
      last?.age === age &&
      last.ttl === ttl &&
      last.media === media &&
      last.hasCredentials === hasCredentials &&
      last.accepted === accepted;
    if (isSame) return last.answer;
    const answer = make(shown, wanted);
    const isBest =
      entry.bytes.length < compressFromBytes || (answer.headers.get("content-encoding") ?? "identity") === accepted[0];
    // Until it is compressed, each hit counts.
    if (isBest) lastMade.set(entry, { answer, hasCredentials, accepted, media, age, ttl });
    return answer;
  };

  return (shown, { method, httpHeaders, scope }) => {
    const wanted = {
      hasCredentials: scope.viewer.role !== "anonymous",
      accepted: encodings.accepted(httpHeaders["accept-encoding"] as string | undefined),
      condition: method === "GET" ? httpHeaders["if-none-match"] : undefined,
    };
    return shown.outcome === "hit" && wanted.condition === undefined ? again(shown, wanted) : make(shown, wanted);
  };
}
