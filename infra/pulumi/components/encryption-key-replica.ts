import * as kms from "@pulumi/aws/kms/index.js";
import * as pulumi from "@pulumi/pulumi";
import { accountDecides } from "./encryption-key.ts";
import { policyDocument } from "../lib/policy-document.ts";

export interface EncryptionKeyReplicaArgs {
  /** Name at AWS; the alias is `alias/<name>`, in its own region the same as the first key's may be. */
  name: string;
  description: string;
  account: string;
  region: string;
  /** A key of several regions. */
  primaryKeyArn: pulumi.Input<string>;
}

/** The same key in another region: it opens there what the first one has sealed, while the first one's region is away. */
export class EncryptionKeyReplica extends pulumi.ComponentResource {
  readonly key: kms.ReplicaKey;

  constructor(name: string, args: EncryptionKeyReplicaArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:EncryptionKeyReplica", name, {}, opts);
    const { region, description, primaryKeyArn } = args;
    // Rotation is the first key's; policy and alias are each key's own.
    this.key = new kms.ReplicaKey(
      name,
      {
        region,
        description,
        primaryKeyArn,
        deletionWindowInDays: 30,
        policy: policyDocument(accountDecides(args.account)),
      },
      { parent: this },
    );
    new kms.Alias(name, { region, name: `alias/${args.name}`, targetKeyId: this.key.keyId }, { parent: this });
    this.registerOutputs();
  }
}
