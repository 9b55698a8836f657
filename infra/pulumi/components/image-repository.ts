import * as ecr from "@pulumi/aws/ecr/index.js";
import * as pulumi from "@pulumi/pulumi";

export interface ImageRepositoryArgs {
  /** Name at AWS. */
  name: string;
  /** The key of ours that encrypts images. */
  keyArn: pulumi.Input<string>;
  /** How many images stay to go back to. */
  keepImages: number;
  /** Whether it may be deleted with images in it. */
  forceDelete: boolean;
}

/** Images of the programs: a tag never moves to another image, and each is scanned when it comes. */
export class ImageRepository extends pulumi.ComponentResource {
  readonly repository: ecr.Repository;

  constructor(name: string, args: ImageRepositoryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:ImageRepository", name, {}, opts);
    const inside = { parent: this };
    this.repository = new ecr.Repository(
      name,
      {
        name: args.name,
        imageTagMutability: "IMMUTABLE",
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: args.keyArn }],
        forceDelete: args.forceDelete,
      },
      inside,
    );
    new ecr.LifecyclePolicy(
      name,
      { repository: this.repository.name, policy: JSON.stringify({ rules: rules(args.keepImages) }) },
      inside,
    );
    this.registerOutputs();
  }
}

const rules = (keepImages: number) => [
  {
    rulePriority: 1,
    description: "what lost its tag or never had one",
    selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 7 },
    action: { type: "expire" },
  },
  {
    rulePriority: 2,
    description: "all but the newest",
    selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: keepImages },
    action: { type: "expire" },
  },
];
