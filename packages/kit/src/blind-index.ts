import { createHmac, type KeyObject } from "node:crypto";

/** The form in which values count as the same, letters and digits alone: `de-123.456 789` and `DE123456789`. */
export const normalise = (value: string): string =>
  value
    .normalize("NFKC")
    .replace(/[^\p{L}\p{N}]+/gu, "")
    .toUpperCase();

/**
 * What a sealed value is found by: equal values of one place give the same text, and nobody without the key can tell which
 * value it was, or try all of them.
 *
 * @param context names the place, so that values of two tenants or fields cannot be compared
 */
export const blindIndexOf = (key: KeyObject, value: string, context: string): string =>
  createHmac("sha256", key)
    .update(JSON.stringify([context, normalise(value)]))
    .digest("base64url");

/** The same for one exact value, folded in no way. */
export const fingerprintOf = (key: KeyObject, value: string, context: string): string =>
  createHmac("sha256", key)
    .update(JSON.stringify([context, value]))
    .digest("base64url");

/** Definition of the field that holds it. */
export const blindIndexField = {
  type: String,
  match: /^[A-Za-z0-9_-]{43}$/,
  maxlength: 43,
  dataClass: "restricted",
};
