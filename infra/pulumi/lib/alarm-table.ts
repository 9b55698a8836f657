// Every alarm there is, with its numbers (OBS-5): the component makes them from here, the policy compares a plan with it, the
// dashboard shows them. One page for whoever is woken up.
import { accountAlarms } from "./alarm-account.ts";
import { dataAlarms } from "./alarm-data.ts";
import { edgeAlarms } from "./alarm-edge.ts";
import { functionAlarms } from "./alarm-functions.ts";
import { recoveryAlarms } from "./alarm-recovery.ts";
import { serviceAlarms } from "./alarm-services.ts";
import { type AlarmSpec, type Severity } from "./alarm-spec.ts";

export const alarmTable: AlarmSpec[] = [
  ...serviceAlarms,
  ...edgeAlarms,
  ...dataAlarms,
  ...functionAlarms,
  ...recoveryAlarms,
  ...accountAlarms,
];

/** Alarms of alarms: one page for what would be five. All names are those of the table; of several things one is enough. */
export const compositeTable = [
  {
    name: "customers-see-errors",
    severity: "critical",
    about: "Errors and slowness at once: customers notice. Roll back first, look for the cause afterwards.",
    all: ["high-error-share", "high-latency"],
  },
  {
    name: "overloaded",
    severity: "critical",
    about: "A service has no processor time left and answers are slow: more tasks, or less load.",
    all: ["high-cpu", "high-latency"],
  },
] as const satisfies { name: string; severity: Severity; about: string; all: string[] }[];
