import * as shield from "@pulumi/aws/shield/index.js";
import * as pulumi from "@pulumi/pulumi";

export interface SecurityBaselineShieldArgs {
  /** ARNs by a name, such as the distribution's. */
  protects: Record<string, pulumi.Input<string>>;
}

/** Shield Advanced: $3,000 a month for a whole year, once ordered. Off unless the stack's settings ask for it. */
export class SecurityBaselineShield extends pulumi.ComponentResource {
  constructor(name: string, args: SecurityBaselineShieldArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:SecurityBaselineShield", name, {}, opts);
    const ordered = new shield.Subscription(name, { autoRenew: "DISABLED" }, { parent: this });
    for (const [thing, resourceArn] of Object.entries(args.protects)) {
      new shield.Protection(`${name}-${thing}`, { name: thing, resourceArn }, { parent: this, dependsOn: [ordered] });
    }
    this.registerOutputs();
  }
}
