import { runForTenant } from "./tenancy.ts";

/**
 * Does `work` for each item in the item's tenant, one after the other. One that fails does not keep the others waiting.
 *
 * @param problem says in a sentence what did not succeed
 * @throws AggregateError of what failed, after all were tried
 */
export async function eachInTenant<T extends { tenantId: string }>(
  items: Iterable<T>,
  problem: string,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const item of items) {
    try {
      await runForTenant(item.tenantId, () => work(item));
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, problem);
}
