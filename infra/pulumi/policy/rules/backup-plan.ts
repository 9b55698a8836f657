import * as backup from "@pulumi/aws/backup/index.js";
import { type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { floorSet, stackOf } from "../floors.ts";
import { known } from "../unknown.ts";

const floors = floorSet({
  dailyDays: { about: "Days a daily backup is kept, exactly in prod (BAK-1)", dev: 7, staging: 14, prod: 30 },
  weeklyDays: { about: "Days a weekly backup is kept; 0: none", dev: 0, staging: 0, prod: 30 },
  monthlyDays: { about: "Days a monthly backup is kept; 0: none", dev: 0, staging: 0, prod: 365 },
});

const kinds = {
  /** At 02:00 UTC, by the register. */
  dailyDays: /^cron\(0 2 \* \* \? \*\)$/,
  weeklyDays: /^cron\(\d+ \d+ \? \* [A-Z1-7]+ \*\)$/,
  monthlyDays: /^cron\(\d+ \d+ \d+ \* \? \*\)$/,
} as const;
type Kind = keyof typeof kinds;

/** Names that AWS Backup takes for UTC; where a rule says none, it is UTC. */
const UTC = [undefined, "UTC", "Etc/UTC"];

/** Where a vault stands: arn:aws:backup:<region>:<account>:backup-vault:<name>. */
const regionOf = (arn: string | undefined) => arn?.split(":")[3];

/** BAK-1, to the day: daily at 02:00 UTC 30 days, weekly 30 days, monthly a year, each copied to the other region. */
export const backupPlan: ResourceValidationPolicy = {
  name: "backup-plan",
  description: "Backups: daily 30 days, weekly 30 days, monthly 365 days, with a copy elsewhere (prod).",
  enforcementLevel: "mandatory",
  severity: "critical",
  configSchema: floors.schema,
  validateResource: validateResourceOfType(
    backup.Plan,
    ({ rules, region: own }, { urn, getConfig, provider }, report) => {
      const isProd = stackOf(urn) === "prod";
      const region = known(() => own ?? (provider?.props["region"] as string | undefined));
      for (const kind of Object.keys(kinds) as Kind[]) {
        const wanted = floors.of(kind, urn, getConfig());
        if (wanted === 0) continue;
        const found = rules.filter(({ schedule }) => kinds[kind].test(schedule ?? ""));
        if (found.length !== 1) report(`${found.length} rules for ${kind}, not one`);
        for (const { ruleName, lifecycle, copyActions, scheduleExpressionTimezone } of found) {
          const days = lifecycle?.deleteAfter ?? 0;
          if (!UTC.includes(known(() => scheduleExpressionTimezone))) {
            report(`${ruleName} begins by the clock of ${scheduleExpressionTimezone}, not by UTC`);
          }
          if (isProd ? days !== wanted : days < wanted) report(`${ruleName} is kept ${days} days, not ${wanted}`);
          if (!isProd) continue;
          if (!copyActions?.length) report(`${ruleName} has no copy in another region`);
          for (const copy of copyActions ?? []) {
            const kept = copy.lifecycle?.deleteAfter ?? 0;
            if (kept !== wanted) report(`the copy of ${ruleName} is kept ${kept} days, not ${wanted}`);
            // A vault that is yet to be made has no ARN before.
            const at = regionOf(known(() => copy.destinationVaultArn));
            if (at !== undefined && at === region) report(`the copy of ${ruleName} stays in ${region}`);
          }
        }
      }
    },
  ),
};
