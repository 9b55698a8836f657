// Every committed operation with somebody who may run it, and variables for which it has something to show. They run in
// this order, one after the other.
import { type OperationRun, type Stage } from "./runs/operation-run.ts";
import { accountRuns } from "./runs/account-runs.ts";
import { auditRuns } from "./runs/audit-runs.ts";
import { companyRuns } from "./runs/company-runs.ts";
import { partnerRuns } from "./runs/partner-runs.ts";
import { sessionRuns } from "./runs/session-runs.ts";
import { shopRuns } from "./runs/shop-runs.ts";

export const operationRuns = (stage: Stage): OperationRun[] => [
  ...shopRuns(stage),
  ...accountRuns(stage),
  ...companyRuns(stage),
  ...partnerRuns(stage),
  ...sessionRuns(stage),
  ...auditRuns(stage),
];
