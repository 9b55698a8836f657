import * as secretsmanager from "@pulumi/aws/secretsmanager/index.js";
import * as pulumi from "@pulumi/pulumi";

export interface SecretSetArgs {
  /** What names at AWS begin with: `<name>/<key>`. */
  name: string;
  keyArn: pulumi.Input<string>;
  /** Days to change one's mind about a deletion: 7 to 30. */
  recoveryDays: number;
  /** How to fill each secret, by its key. */
  secrets: Record<string, string>;
  /** Keeps a copy of each in another region, sealed by a key there. */
  replica?: { region: string; keyArn: pulumi.Input<string> };
}

/** Secrets without values. People or AWS fill them, so no value is ever in Pulumi's state, in git or in a preview. */
export class SecretSet extends pulumi.ComponentResource {
  /** ARNs by key. */
  readonly arns: Record<string, pulumi.Output<string>>;

  constructor(name: string, args: SecretSetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:SecretSet", name, {}, opts);
    const replicas = args.replica ? [{ region: args.replica.region, kmsKeyId: args.replica.keyArn }] : [];
    const made = Object.entries(args.secrets).map(([key, description]) => {
      const secret = new secretsmanager.Secret(
        key,
        {
          name: `${args.name}/${key}`,
          description,
          kmsKeyId: args.keyArn,
          recoveryWindowInDays: args.recoveryDays,
          ...(replicas.length > 0 ? { replicas } : {}),
        },
        { parent: this },
      );
      return [key, secret.arn] as const;
    });
    this.arns = Object.fromEntries(made);
    this.registerOutputs();
  }
}
