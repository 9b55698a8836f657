// All that the gateway has for the audit log, put together.
import { type InternalClient } from "@tradegraph/kit/internal-client";
import { type Logger } from "@tradegraph/kit/logger";
import { Gauge, type Registry } from "@tradegraph/kit/metrics";
import { type AddressOf } from "../client-address.ts";
import { type OperationStep } from "../http/steps.ts";
import { type TenantRules } from "../tenant.ts";
import { type Identify } from "../viewer.ts";
import { recordAccess } from "./access-records.ts";
import { readAuditPolicy } from "./policy.ts";
import { recordRefusals } from "./refused-requests.ts";
import { startShipper } from "./shipper.ts";
import { openSpool } from "./spool.ts";

export interface AuditRules {
  /** Folder where records wait for users; several gateways may share it. */
  spoolFolder: string;
  spoolMaxBytes: number;
  /** File that lists operations which are not recorded each time. */
  policyPath: string;
}

export interface Audit {
  step: OperationStep;
  watch: (identify: Identify) => Identify;
  /** Ships what is left and ends. Call it when all requests are answered. */
  close: () => Promise<void>;
}

/** @throws Error when policy or folder cannot be used */
export function openAudit(options: {
  rules: AuditRules;
  users: InternalClient;
  addressOf: AddressOf;
  tenants: TenantRules;
  logger: Logger;
  metrics: Registry;
}): Audit {
  const { rules, users, logger, metrics, addressOf, tenants } = options;
  const policy = readAuditPolicy(rules.policyPath);
  const spool = openSpool({ folder: rules.spoolFolder, maxBytes: rules.spoolMaxBytes, logger });
  new Gauge({
    name: "audit_spool_bytes",
    help: "Audit records that wait for users, in bytes",
    registers: [metrics],
    collect() {
      this.set(spool.size());
    },
  });
  const refusals = recordRefusals({ keep: spool.keep, addressOf, tenants });
  const shipper = startShipper({ spool, users, logger });
  return {
    step: recordAccess({ keep: spool.keep, policy }),
    watch: refusals.watch,
    async close() {
      refusals.flush();
      await new Promise(setImmediate);
      await shipper.stop();
      spool.close();
    },
  };
}
