// Names at AWS. They are fixed, not drawn by Pulumi: alarms, policies, runbooks and people refer to them.
import { type StackName } from "./stack-name.ts";

export const PRODUCT = "tradegraph";

/** "tradegraph-prod-gateway": the name of a thing in an account and region. */
export const physicalName = (stack: StackName, thing: string): string => `${PRODUCT}-${stack}-${thing}`;

/** "tradegraph-prod-state-123456789012": bucket names are shared by all accounts of the world. */
export const bucketName = (stack: StackName, thing: string, account: string): string =>
  `${physicalName(stack, thing)}-${account}`;
