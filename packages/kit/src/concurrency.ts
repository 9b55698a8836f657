import pLimit from "p-limit";
import { badUserInput, serviceUnavailable } from "./errors.ts";

/** Runs work when its turn comes. */
export type Limit = <T>(work: () => Promise<T>) => Promise<T>;

/** At most this many at once; the others wait. */
export const createLimit = (concurrency: number): Limit => pLimit(concurrency);

/** Pages inside lists that one request to a subgraph may ask for: a full page of parents with three such fields each. */
export const nestedPageBudget = 300;

/**
 * Pages inside a list are one query per element, which no batch can join. A request runs a few at once, far below the pool,
 * and not more than {@link nestedPageBudget} in all: with each level of nesting their number multiplies, and a query of
 * 300 bytes could keep the program busy for minutes (ruling 14).
 *
 * @param closed aborted when the caller is gone; what still waits is not run then
 * @returns a limit whose work rejects with BAD_USER_INPUT beyond the budget
 */
export function createNestedLimit(closed: AbortSignal, concurrency = 5): Limit {
  const limit = pLimit(concurrency);
  let pages = 0;
  return (work) => {
    pages += 1;
    if (pages > nestedPageBudget) {
      return Promise.reject(
        badUserInput(
          `This asks for more than ${nestedPageBudget} lists inside lists; ask for fewer elements or levels.`,
        ),
      );
    }
    return limit(() => (closed.aborted ? Promise.reject(serviceUnavailable("The caller is gone.")) : work()));
  };
}
