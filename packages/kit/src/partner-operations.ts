// What users and gateways agree on about the operations of partners.
import { isObjectIdText } from "./node-id.ts";
import { isShopId } from "./viewer.ts";

/** Whose operations have changed. */
export interface ChangedOperations {
  tenantId: string;
  partnerId: string;
}

/** Channel on which users tells gateways that the operations of a partner have changed. */
export const partnerOperationsChannel = (namespace: string): string => `${namespace}:partner-operations`;

/** A message of that channel. It names the shop, so that a gateway that has never heard of the partner can ask for him. */
export const changedOperationsText = ({ tenantId, partnerId }: ChangedOperations): string => `${tenantId} ${partnerId}`;

/** @returns undefined for what is no such message */
export function parseChangedOperations(message: string): ChangedOperations | undefined {
  const [tenantId = "", partnerId = "", ...rest] = message.split(" ");
  return rest.length === 0 && isShopId(tenantId) && isObjectIdText(partnerId) ? { tenantId, partnerId } : undefined;
}
