import * as cloudcontrol from "@pulumi/aws/cloudcontrol/index.js";
import * as signer from "@pulumi/aws/signer/index.js";
import * as pulumi from "@pulumi/pulumi";

export interface ImageSigningArgs {
  /** "tradegraph-prod": in front of the profile's name at AWS. */
  prefix: string;
  /** The repository whose images are signed. */
  repository: string;
}

/**
 * The registry signs each image when it comes (AWS Signer, in the format of Notation), without a key that anybody holds. Who
 * pushes must have the right to sign. An account has one such configuration in a region.
 */
export class ImageSigning extends pulumi.ComponentResource {
  constructor(name: string, args: ImageSigningArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:ImageSigning", name, {}, opts);
    const inside = { parent: this };
    const profile = new signer.SigningProfile(
      name,
      {
        // AWS never gives the name of a profile twice, not even after its end: it makes the rest of the name.
        namePrefix: `${args.prefix.replaceAll("-", "_")}_`,
        platformId: "Notation-OCI-SHA384-ECDSA",
      },
      inside,
    );
    // @pulumi/aws has no resource for it yet; Cloud Control takes what CloudFormation takes.
    new cloudcontrol.Resource(
      name,
      {
        typeName: "AWS::ECR::SigningConfiguration",
        desiredState: pulumi.jsonStringify({
          Rules: [
            {
              SigningProfileArn: profile.arn,
              RepositoryFilters: [{ Filter: args.repository, FilterType: "WILDCARD_MATCH" }],
            },
          ],
        }),
      },
      inside,
    );
    this.registerOutputs();
  }
}
