import pLimit from "p-limit";

/** Runs work when its turn comes. */
export type Limit = <T>(work: () => Promise<T>) => Promise<T>;

/** At most this many at once; the others wait. */
export const createLimit = (concurrency: number): Limit => pLimit(concurrency);

/**
 * Pages inside a list are one query per element, which no batch can join. A request runs at most this many at once, far
 * below the pool, so that it cannot starve others (ruling 14).
 */
export const createNestedLimit = (concurrency = 5): Limit => pLimit(concurrency);
