// Compressed forms of kept answers. They are made beside the event loop for answers that are asked for again, and found by
// the hash of their content, so none can belong to another answer.
import { promisify } from "node:util";
import { brotliCompress, constants, gzip, zstdCompress } from "node:zlib";
import { LRUCache } from "lru-cache";
import Negotiator from "negotiator";

/** Content codings, the one that we would rather send first. */
export const contentCodings = ["br", "zstd", "gzip"] as const;
export type ContentCoding = (typeof contentCodings)[number];

/** Smaller answers fit into one packet as they are. */
export const compressFromBytes = 1_024;

const compressors: Record<ContentCoding, (body: Buffer) => Promise<Buffer>> = {
  // Level 4: above it brotli takes many times longer for a few per cent.
  br: (body) =>
    promisify(brotliCompress)(body, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 4,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      },
    }),
  zstd: (body) => promisify(zstdCompress)(body),
  gzip: (body) => promisify(gzip)(body, { level: 6 }),
};

export interface Encodings {
  /** What the client takes, the best first, always with `identity` unless it forbids that. @param header Accept-Encoding */
  accepted: (header: string | undefined) => readonly string[];
  /** The compressed form, if it is made by now. */
  peek: (bodyHash: string, encoding: ContentCoding) => Buffer | undefined;
  /** Makes it, unless too much is being made already; a later hit asks again. Never throws. */
  make: (bodyHash: string, encoding: ContentCoding, body: Buffer) => void;
}

/** Of the thread pool, which also reads files and looks up names. */
const mostAtOnce = 2;

/** @param maxBytes of compressed answers in memory */
export function createEncodings(maxBytes = 32 * 1_024 * 1_024): Encodings {
  const made = new LRUCache<string, Buffer>({ maxSize: maxBytes, sizeCalculation: ({ length }) => length + 200 });
  const making = new Set<string>();
  const negotiated = new LRUCache<string, readonly string[]>({ max: 500 });
  const keyOf = (bodyHash: string, encoding: string) => `${encoding} ${bodyHash}`;
  return {
    accepted(header) {
      if (header === undefined || header === "") return identityOnly;
      const known = negotiated.get(header);
      if (known) return known;
      const accepted = negotiate(header);
      // Long headers are made up, and would fill memory.
      if (header.length <= 200) negotiated.set(header, accepted);
      return accepted;
    },
    peek: (bodyHash, encoding) => made.get(keyOf(bodyHash, encoding)),
    make(bodyHash, encoding, body) {
      const key = keyOf(bodyHash, encoding);
      if (making.has(key) || making.size >= mostAtOnce) return;
      making.add(key);
      compressors[encoding](body).then(
        (bytes) => {
          making.delete(key);
          made.set(key, bytes);
        },
        () => making.delete(key),
      );
    },
  };
}

const identityOnly: readonly string[] = ["identity"];

/** Since its version 1.0, of which the types do not know. */
interface PreferringNegotiator {
  encodings: (available: string[], options: { preferred: string[] }) => string[];
}

function negotiate(header: string): readonly string[] {
  const negotiator = new Negotiator({ headers: { "accept-encoding": header } }) as Negotiator & PreferringNegotiator;
  const accepted = negotiator.encodings([...contentCodings, "identity"], { preferred: [...contentCodings] });
  // Whoever accepts nothing that we have gets it as it is (RFC 9110, section 12.5.3).
  return accepted.length > 0 ? accepted : identityOnly;
}

export const isContentCoding = (encoding: string): encoding is ContentCoding =>
  (contentCodings as readonly string[]).includes(encoding);
