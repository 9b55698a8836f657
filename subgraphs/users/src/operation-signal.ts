// Tells gateways that the operations of a partner have changed. A signal that is lost costs the half minute for which
// gateways believe what they have.
import { type Logger } from "@tradegraph/kit/logger";
import { changedOperationsText, partnerOperationsChannel } from "@tradegraph/kit/partner-operations";
import { type RedisClient } from "@tradegraph/kit/redis";
import { type OperationListDocument } from "./models/operation-list.ts";

/** Resolves when Redis has the signal, or cannot be reached; never rejects. */
export type SignalOperations = (list: Pick<OperationListDocument, "tenantId" | "partnerId">) => Promise<void>;

export function createOperationSignal(
  redis: RedisClient | undefined,
  namespace: string,
  logger: Logger,
): SignalOperations {
  return async ({ tenantId, partnerId }) => {
    const message = changedOperationsText({ tenantId, partnerId: partnerId.toHexString() });
    try {
      await redis?.publish(partnerOperationsChannel(namespace), message);
    } catch (error) {
      logger.warn({ error }, "Gateways could not be told of changed operations; they learn it within half a minute");
    }
  };
}
