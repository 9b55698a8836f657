import * as backup from "@pulumi/aws/backup/index.js";
import * as pulumi from "@pulumi/pulumi";

export interface BackupRestoreTestArgs {
  /** Letters, digits and underscores: AWS takes nothing else here. */
  name: string;
  vaultArn: pulumi.Input<string>;
  roleArn: pulumi.Input<string>;
  /** What is restored, by AWS Backup's name of the kind. */
  targets: Partial<Record<"DocumentDB" | "EFS", { arn: pulumi.Input<string>; overrides?: Overrides }>>;
}

type Overrides = Record<string, pulumi.Input<string>>;

/** Each Monday AWS restores the newest backup beside the real thing, waits for a verdict and deletes it again (BAK-3). */
export class BackupRestoreTest extends pulumi.ComponentResource {
  readonly plan: backup.RestoreTestingPlan;

  constructor(name: string, args: BackupRestoreTestArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:BackupRestoreTest", name, {}, opts);
    this.plan = new backup.RestoreTestingPlan(
      name,
      {
        name: args.name,
        scheduleExpression: "cron(0 6 ? * MON *)",
        scheduleExpressionTimezone: "Etc/UTC",
        startWindowHours: 2,
        recoveryPointSelection: {
          algorithm: "LATEST_WITHIN_WINDOW",
          includeVaults: [args.vaultArn],
          recoveryPointTypes: ["SNAPSHOT"],
          selectionWindowDays: 7,
        },
      },
      { parent: this },
    );
    for (const [kind, { arn, overrides }] of Object.entries(args.targets)) {
      new backup.RestoreTestingSelection(
        `${name}-${kind}`,
        {
          name: `${args.name}_${kind}`,
          restoreTestingPlanName: this.plan.name,
          protectedResourceType: kind,
          protectedResourceArns: [arn],
          iamRoleArn: args.roleArn,
          // Hours in which a check may say whether what came back is right, before it is deleted.
          validationWindowHours: 4,
          ...(overrides ? { restoreMetadataOverrides: overrides } : {}),
        },
        { parent: this },
      );
    }
    this.registerOutputs();
  }
}
