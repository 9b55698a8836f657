import * as efs from "@pulumi/aws/efs/index.js";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, tlsOnly } from "../lib/policy-document.ts";

export interface SharedFilesArgs {
  /** What names at AWS begin with. */
  name: string;
  /** One for each zone; tasks mount the one of their own. */
  subnetIds: pulumi.Input<string>[];
  securityGroupId: pulumi.Input<string>;
  keyArn: pulumi.Input<string>;
}

/** User of our images (OPS-1). */
const USER = 1001;

/** Files that outlive a task and that several tasks see, such as the audit trail's spool. */
export class SharedFiles extends pulumi.ComponentResource {
  readonly fileSystem: efs.FileSystem;
  /** Where programs begin: a folder of their own, as their own user, whatever the task says. */
  readonly accessPoint: efs.AccessPoint;

  constructor(name: string, args: SharedFilesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:SharedFiles", name, {}, opts);
    const inside = { parent: this };
    this.fileSystem = new efs.FileSystem(
      name,
      {
        creationToken: args.name,
        encrypted: true,
        kmsKeyId: args.keyArn,
        throughputMode: "elastic",
        lifecyclePolicies: [{ transitionToIa: "AFTER_30_DAYS" }, { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" }],
        tags: { Name: args.name },
      },
      inside,
    );
    const fileSystemId = this.fileSystem.id;
    new efs.FileSystemPolicy(name, { fileSystemId, policy: tlsAndRoles(this.fileSystem.arn) }, inside);
    args.subnetIds.forEach((subnetId, zone) => {
      new efs.MountTarget(
        `${name}-${zone}`,
        { fileSystemId, subnetId, securityGroups: [args.securityGroupId] },
        inside,
      );
    });
    this.accessPoint = new efs.AccessPoint(
      name,
      {
        fileSystemId,
        posixUser: { uid: USER, gid: USER },
        rootDirectory: {
          path: "/programs",
          creationInfo: { ownerUid: USER, ownerGid: USER, permissions: "0700" },
        },
        tags: { Name: args.name },
      },
      inside,
    );
    this.registerOutputs();
  }
}

/**
 * Without a policy everybody in the VPC could mount, in plain text and as root. With one that allows nobody by itself, the
 * role of a task decides (`authorizationConfig.iam`): an Allow for all who come by a mount target would let in whoever
 * reaches the port, without any role (EFS User Guide, "anonymous access").
 */
const tlsAndRoles = (arn: pulumi.Output<string>) => policyDocument(tlsOnly("*", arn));
