// All that the gateway has for operations of partners, put together.
import { type InternalClient } from "@tradegraph/kit/internal-client";
import { type Logger } from "@tradegraph/kit/logger";
import { parseChangedOperations, partnerOperationsChannel } from "@tradegraph/kit/partner-operations";
import { type RedisClient, subscribe } from "@tradegraph/kit/redis";
import { createOperationUsage, type OperationUsage } from "./operation-usage.ts";
import { type PrepareOperations } from "./operation-list.ts";
import { type PartnerLists } from "./partner-list-source.ts";
import { createPartnerLists, type PartnerListMemory } from "./partner-lists.ts";
import { looksForTexts, type OperationMode } from "./settings.ts";

export interface OpenPartnerLists extends Pick<PartnerListMemory, "load" | "operations"> {
  lists: PartnerLists;
  usage: Pick<OperationUsage, "step">;
  /** Ends the lists too, and reports the last uses. */
  close: () => Promise<void>;
}

/** Follows what users signals. Signals may be missed while Redis is away; then every list is asked for again. */
export function openPartnerLists(options: {
  users: Pick<InternalClient, "call">;
  prepare: PrepareOperations;
  /** What partners may send; undefined where persisted operations are off. */
  mode?: OperationMode | undefined;
  redis: RedisClient | undefined;
  /** Under which users says in Redis that lists have changed. */
  redisNamespace: string;
  logger: Logger;
}): OpenPartnerLists {
  const { users, prepare, mode = "off", redis, redisNamespace, logger } = options;
  const memory = createPartnerLists({ users, prepare, findsTexts: looksForTexts(mode), logger });
  const usage = createOperationUsage({ users, logger });
  const signals =
    redis &&
    subscribe(redis, partnerOperationsChannel(redisNamespace), {
      ready: memory.doubtAll,
      message: (text) => {
        const changed = parseChangedOperations(text);
        if (changed) memory.refresh(changed);
      },
    });
  const close = () => signals?.close();
  return {
    lists: { listOf: memory.listOf, close },
    load: memory.load,
    operations: memory.operations,
    usage,
    async close() {
      close();
      await usage.close();
    },
  };
}
