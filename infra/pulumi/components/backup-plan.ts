import * as backup from "@pulumi/aws/backup/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { trustService } from "../lib/policy-document.ts";

export interface BackupPlanArgs {
  /** Plan and role begin with it. */
  name: string;
  vaultName: pulumi.Input<string>;
  /** A vault in another region that gets a copy of everything. */
  copyTo?: pulumi.Input<string>;
  /** Days that backups are kept; 0 makes none. */
  days: { daily: number; weekly: number; monthly: number };
  resources: pulumi.Input<string>[];
  /** What they are, by AWS Backup's names of kinds. */
  kinds: ("DocumentDB" | "EFS")[];
}

/** BAK-1: at 02:00 UTC. Where two rules meet, AWS makes one backup and keeps it as long as the longer one says. */
const schedules = {
  daily: "cron(0 2 * * ? *)",
  weekly: "cron(0 2 ? * SUN *)",
  monthly: "cron(0 2 1 * ? *)",
};

/** What AWS Backup does by itself, and the role it does it as. */
export class BackupPlan extends pulumi.ComponentResource {
  readonly plan: backup.Plan;
  /** Makes backups and, for tests, restores them. */
  readonly role: iam.Role;

  constructor(name: string, args: BackupPlanArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:BackupPlan", name, {}, opts);
    const inside = { parent: this };
    const rules = (Object.keys(schedules) as (keyof typeof schedules)[]).filter((rule) => args.days[rule] > 0);
    this.plan = new backup.Plan(name, { name: args.name, rules: rules.map((rule) => ruleOf(rule, args)) }, inside);
    this.role = new iam.Role(
      name,
      {
        name: `${args.name}-backup`,
        description: "AWS Backup of this stack",
        assumeRolePolicy: trustService("backup.amazonaws.com"),
      },
      inside,
    );
    const managed = ["AWSBackupServiceRolePolicyForBackup", "AWSBackupServiceRolePolicyForRestores"];
    const rights = managed.map(
      (policy) =>
        new iam.RolePolicyAttachment(
          `${name}-${policy.endsWith("Backup") ? "backup" : "restore"}`,
          { role: this.role.name, policyArn: `arn:aws:iam::aws:policy/service-role/${policy}` },
          inside,
        ),
    );
    // A cluster that is named in a plan is left out without a word where the account has not said yes to its kind (AWS Backup
    // Developer Guide, "Service opt-in": an ARN is enough for other kinds, but not for Aurora, Neptune and DocumentDB).
    const saidYes = new backup.RegionSettings(
      name,
      { resourceTypeOptInPreference: Object.fromEntries(args.kinds.map((kind) => [kind, true])) },
      // AWS answers for every kind there is, and what other people of the account say of those is theirs.
      { parent: this, ignoreChanges: ["resourceTypeOptInPreference"] },
    );
    new backup.Selection(
      name,
      { name: args.name, planId: this.plan.id, iamRoleArn: this.role.arn, resources: args.resources },
      { parent: this, dependsOn: [...rights, saidYes] },
    );
    this.registerOutputs();
  }
}

const ruleOf = (rule: keyof typeof schedules, args: BackupPlanArgs) => {
  const lifecycle = { deleteAfter: args.days[rule] };
  return {
    ruleName: rule,
    schedule: schedules[rule],
    scheduleExpressionTimezone: "Etc/UTC",
    targetVaultName: args.vaultName,
    // Minutes. It begins at 02:00 or within the hour, before Sunday's maintenance at 03:00.
    startWindow: 60,
    completionWindow: 180,
    lifecycle,
    ...(args.copyTo === undefined ? {} : { copyActions: [{ destinationVaultArn: args.copyTo, lifecycle }] }),
  };
};
