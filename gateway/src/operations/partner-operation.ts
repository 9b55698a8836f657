import { type PersistedOperation } from "./operation-list.ts";

/** An operation that a partner registered. */
export interface PartnerOperation extends PersistedOperation {
  tenantId: string;
  /** The version of the partner's lists it comes from. */
  listId: string;
}

export const isOfPartner = (operation: PersistedOperation): operation is PartnerOperation => "listId" in operation;
