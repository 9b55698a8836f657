import { subgraphTag } from "./cache-tags.ts";
import { appendInvalidation } from "./invalidation.ts";
import { type RedisClient } from "./redis.ts";

/**
 * Makes all gateways forget everything that subgraphs have answered. For whoever writes past mongoose, where nothing is
 * noted: call it after seeding, cleaning demo data, migrations and restoring a backup, while programs run or not.
 *
 * @throws Error when Redis does not take it
 */
export const forgetSubgraphs = async (
  redis: RedisClient,
  namespace: string,
  subgraphs: readonly string[],
): Promise<void> => {
  await appendInvalidation(redis, namespace, { tags: subgraphs.map(subgraphTag) });
};
