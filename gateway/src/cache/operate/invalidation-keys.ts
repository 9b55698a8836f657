// Who may purge what: a shared key for each subgraph, or one for all.
import { createHash, timingSafeEqual } from "node:crypto";

/** Stands for every subgraph, and for what concerns several. */
export const everySubgraph = "*";

/** @returns the names under which a key is kept; none when it is unknown */
export type NamesOfKey = (given: string) => ReadonlySet<string>;

const digestOf = (text: string) => createHash("sha256").update(text).digest();

/**
 * Compares with all keys, whichever is found, so that the time tells nothing of them.
 *
 * @param keys subgraph or `*` → key
 */
export function createNamesOfKey(keys: Readonly<Record<string, string>>): NamesOfKey {
  const digests = Object.entries(keys).map(([name, key]) => [name, digestOf(key)] as const);
  return (given) => {
    const digest = digestOf(given);
    return new Set(digests.filter(([, known]) => timingSafeEqual(known, digest)).map(([name]) => name));
  };
}
