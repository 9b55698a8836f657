// The signed statement with which one of our programs calls another (ruling 19). Without it a subgraph would believe
// anybody who reaches its port, and `_entities` would read any document.
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { decodeViewer, encodeViewer, type Viewer } from "./viewer.ts";

/** A shared secret with the id under which receivers know it. */
export interface SigningKey {
  kid: string;
  secret: string;
}

/** A list, or a way to get the one of this moment, for keys that are rotated while the program runs. */
export type SigningKeys = readonly SigningKey[] | (() => readonly SigningKey[]);

const listOf = (keys: SigningKeys) => (typeof keys === "function" ? keys() : keys);

/** What is signed besides key id, time and viewer. */
export interface SignedRequest {
  /** Name of the service that is meant, so that no other believes the same bytes. */
  audience: string;
  method: string;
  /** Path without query string. */
  path: string;
  body: string | Uint8Array;
  requestId: string;
}

export const assertionHeaders = ["tg-viewer", "tg-time", "tg-key", "tg-signature", "x-request-id"] as const;

/** How far the clocks of two programs may differ, and how long a signature lives: milliseconds. */
export const assertionWindowMs = 30_000;

function signature(secret: string, kid: string, time: string, viewer: string, request: SignedRequest): Buffer {
  const bodyHash = createHash("sha256").update(request.body).digest("base64url");
  return createHmac("sha256", secret)
    .update(
      [
        kid,
        time,
        request.audience,
        request.method.toUpperCase(),
        request.path,
        bodyHash,
        viewer,
        request.requestId,
      ].join("\n"),
    )
    .digest();
}

/** Headers that prove to the receiver who asks; the first key signs. */
export function signRequest(keys: SigningKeys, viewer: Viewer, request: SignedRequest): Record<string, string> {
  const [key] = listOf(keys);
  if (!key) throw new Error("No key to sign internal requests with: set INTERNAL_SIGNING_KEYS.");
  const time = String(Date.now());
  const encoded = encodeViewer(viewer);
  return {
    "tg-viewer": encoded,
    "tg-time": time,
    "tg-key": key.kid,
    "tg-signature": signature(key.secret, key.kid, time, encoded, request).toString("base64url"),
    "x-request-id": request.requestId,
  };
}

export type Verification = { viewer: Viewer; signature: string } | { refused: string };

/**
 * Checks the headers of an internal request. Comparison is constant-time; a refusal says for the log what was wrong,
 * the caller is told only that it was.
 */
export function verifyRequest(
  keys: SigningKeys,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  request: SignedRequest,
  now = Date.now(),
): Verification {
  const read = (name: string) => (typeof headers[name] === "string" ? headers[name] : "");
  const [viewerText, time, kid, given] = [read("tg-viewer"), read("tg-time"), read("tg-key"), read("tg-signature")];
  if (!viewerText || !time || !kid || !given) return { refused: "assertion missing" };
  const key = listOf(keys).find((candidate) => candidate.kid === kid);
  if (!key) return { refused: "unknown key" };
  const expected = signature(key.secret, kid, time, viewerText, request);
  const actual = Buffer.from(given, "base64url");
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return { refused: "wrong signature" };
  if (!/^\d{13}$/.test(time) || Math.abs(now - Number(time)) > assertionWindowMs)
    return { refused: "outside the time window" };
  const viewer = decodeViewer(viewerText);
  // In our own spelling: base64url has several for the same bytes, and each would pass as not seen before.
  return viewer ? { viewer, signature: expected.toString("base64url") } : { refused: "malformed viewer" };
}
