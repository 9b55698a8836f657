// Names of kept answers. A key is made from everything that an answer depends on, by SHA-256, because parts of it come from
// callers: two questions under one key would show one caller what another one asked.
import { hash } from "node:crypto";
import stringify from "safe-stable-stringify";

/** Goes up with each change of what a key or a kept value means; old entries are never looked up again. */
const format = "c1";

export interface CacheKeyParts {
  /** Of Redis; shared by gateways of one environment. */
  namespace: string;
  /** See InvalidationLog.epoch. */
  epoch: string;
  /** Whole answer, root fields of a fetch, or one entity. */
  level: "W" | "R" | "E";
  subgraph?: string;
  typeName?: string;
  /** Everything else that the answer depends on, in an order of the caller's own. */
  parts: readonly string[];
}

/**
 * Without a hash tag, so that a cluster spreads the entries.
 *
 * @example cacheKey({ namespace: "shop", epoch: "7f", level: "E", subgraph: "products", typeName: "Product", parts })
 * // "shop:c1:7f:E:products:Product:ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0"
 */
export function cacheKey({ namespace, epoch, level, subgraph, typeName, parts }: CacheKeyParts): string {
  // JSON tells parts and their borders apart whatever is in them, lone surrogates included, which UTF-8 would make equal.
  const tuple = JSON.stringify([level, subgraph ?? null, typeName ?? null, ...parts]);
  const digest = hash("sha256", tuple, "base64url");
  return `${namespace}:${format}:${epoch}:${level}:${subgraph ?? "-"}:${typeName ?? "-"}:${digest}`;
}

/** Whether a key was made in an epoch: what was kept before a loss of data must not come back by way of an old key. */
export const isKeyOfEpoch = (key: string, epoch: string): boolean => key.includes(`:${format}:${epoch}:`);

/**
 * JSON text in which the order of an object's fields does not show. Otherwise the same text as a subgraph would be sent,
 * so values that JSON does not tell apart are one: `1.0` and `1`, `-0` and `0`, `undefined` and an absent field, NaN and
 * null. Null and an absent field differ, and so do `1` and `"1"`. Integers beyond 2^53 have lost digits already when a
 * request was parsed, on the way to the subgraph as here.
 *
 * @throws TypeError for an object that contains itself
 */
export const canonicalJson = (value: unknown): string => canonical(value) ?? "null";

const canonical = stringify.configure({ circularValue: TypeError });
