import { type CheckOperations } from "./operation-check.ts";
import { type SignalOperations } from "./operation-signal.ts";
import { type PartnerTools } from "./partner-tools.ts";
import { type OperationListDocument } from "./models/operation-list.ts";
import { type UserErrorRecord } from "./user-errors.ts";

/** What commands on operation lists work with. */
export interface OperationListTools extends Omit<PartnerTools, "signalKeys"> {
  checkOperations: CheckOperations;
  signalOperations: SignalOperations;
}

export interface OperationListResult {
  operationList: OperationListDocument | null;
  userErrors: UserErrorRecord[];
}

export const refusedList = (...userErrors: UserErrorRecord[]): OperationListResult => ({
  operationList: null,
  userErrors,
});
