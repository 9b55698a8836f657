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
  /** Keeps a copy of each image in another region, sealed by a key there. */
  replica?: { region: string; account: string; keyArn: pulumi.Input<string> };
}

/** Images of the programs: a tag never moves to another image, and each is scanned when it comes. */
export class ImageRepository extends pulumi.ComponentResource {
  readonly repository: ecr.Repository;
  readonly replica: ecr.Repository | undefined;

  constructor(name: string, args: ImageRepositoryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:ImageRepository", name, {}, opts);
    const inside = { parent: this };
    const repository = (label: string, kmsKey: pulumi.Input<string>, place: { region?: string } = {}) => {
      const made = new ecr.Repository(
        label,
        {
          ...place,
          name: args.name,
          imageTagMutability: "IMMUTABLE",
          imageScanningConfiguration: { scanOnPush: true },
          encryptionConfigurations: [{ encryptionType: "KMS", kmsKey }],
          forceDelete: args.forceDelete,
        },
        inside,
      );
      new ecr.LifecyclePolicy(
        label,
        { ...place, repository: made.name, policy: JSON.stringify({ rules: rules(args.keepImages) }) },
        inside,
      );
      return made;
    };
    this.repository = repository(name, args.keyArn);
    const { replica } = args;
    this.replica = replica ? repository(`${name}-replica`, replica.keyArn, { region: replica.region }) : undefined;
    if (replica && this.replica) {
      // One for a whole account and region. Only what is pushed from then on is copied.
      new ecr.ReplicationConfiguration(
        name,
        {
          replicationConfiguration: {
            rules: [
              {
                destinations: [{ region: replica.region, registryId: replica.account }],
                repositoryFilters: [{ filter: args.name, filterType: "PREFIX_MATCH" }],
              },
            ],
          },
        },
        // AWS makes what is missing by itself: with tags that move, and a key of its own.
        { parent: this, dependsOn: [this.replica] },
      );
    }
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
