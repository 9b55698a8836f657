import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { physicalName } from "../lib/naming.ts";
import { policyDocument, type Statement } from "../lib/policy-document.ts";
import { boundaryArn, boundaryName, boundaryStatements, roleServices } from "../lib/role-boundary.ts";
import { type StackName } from "../lib/stack-name.ts";

const ISSUER = "token.actions.githubusercontent.com";

export interface GithubRolesArgs {
  account: string;
  stack: StackName;
  /**
   * The repository as its tokens call it: "owner/name", or "owner@id/name@id" for those made, renamed or moved after
   * 15 July 2026, of which GitHub tells the numbers too. No pattern, or every repository of the owner could deploy.
   */
  repository: string;
  /** False where another stack of the same account has made it: an account holds one. */
  createProvider: boolean;
  stateBucketArn: pulumi.Input<string>;
  secretsKeyArn: pulumi.Input<string>;
  /** A role of this account that may take the deploy role too: the last step of CodePipeline. */
  releaseRoleArn?: string;
}

/**
 * What GitHub Actions may do here, without a key that could leak: one role to look, one to deploy, and a boundary around
 * every role that deployments make.
 */
export class GithubRoles extends pulumi.ComponentResource {
  /** For pull requests: sees what there is, reads the state, changes nothing. */
  readonly previewRole: iam.Role;
  /** For jobs of the GitHub environment called like the stack, which GitHub can guard with reviewers. */
  readonly deployRole: iam.Role;

  constructor(name: string, args: GithubRolesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:GithubRoles", name, {}, opts);
    const inside = { parent: this };
    const providerArn = args.createProvider
      ? new iam.OpenIdConnectProvider(name, { url: `https://${ISSUER}`, clientIdLists: ["sts.amazonaws.com"] }, inside)
          .arn
      : pulumi.output(`arn:aws:iam::${args.account}:oidc-provider/${ISSUER}`);
    new iam.Policy(
      `${name}-boundary`,
      {
        name: boundaryName(args.stack),
        description: "The most that roles made by deployments may do; it grants nothing",
        policy: policyDocument(...boundaryStatements(args)),
      },
      inside,
    );
    const role = (purpose: string, subject: string, managedPolicyArn: string, ...statements: Statement[]) => {
      const made = new iam.Role(
        `${name}-${purpose}`,
        {
          name: physicalName(args.stack, `github-${purpose}`),
          description: `GitHub Actions of ${args.repository}: ${purpose}`,
          // Canaries bake: a release may take longer than an hour.
          maxSessionDuration: purpose === "deploy" ? 7200 : 3600,
          assumeRolePolicy: policyDocument(
            trust(providerArn, `repo:${args.repository}:${subject}`),
            ...(purpose === "deploy" && args.releaseRoleArn ? [trustRole(args.account, args.releaseRoleArn)] : []),
          ),
        },
        inside,
      );
      new iam.RolePolicyAttachment(`${name}-${purpose}`, { role: made.name, policyArn: managedPolicyArn }, inside);
      new iam.RolePolicy(`${name}-${purpose}`, { role: made.name, policy: policyDocument(...statements) }, inside);
      return made;
    };
    this.previewRole = role(
      "preview",
      "pull_request",
      // Names and settings only, no contents: a pull request may come from anybody.
      "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
      ...readState(args.stateBucketArn, args.secretsKeyArn),
    );
    this.deployRole = role(
      "deploy",
      `environment:${args.stack}`,
      "arn:aws:iam::aws:policy/PowerUserAccess",
      ...manageRoles(args.account, args.stack),
      ...keepState(args.stateBucketArn, args.secretsKeyArn),
    );
    this.registerOutputs();
  }
}

const trust = (provider: pulumi.Output<string>, subject: string): Statement => ({
  Effect: "Allow",
  Principal: { Federated: provider },
  Action: "sts:AssumeRoleWithWebIdentity",
  Condition: { StringEquals: { [`${ISSUER}:aud`]: "sts.amazonaws.com", [`${ISSUER}:sub`]: subject } },
});

/** As a condition, because IAM takes no principal that does not exist yet. */
const trustRole = (account: string, roleArn: string): Statement => ({
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Action: "sts:AssumeRole",
  Condition: { ArnEquals: { "aws:PrincipalArn": roleArn } },
});

/** A preview takes no lock. Whoever could write one could take away that of a release under way, by a pull request's own code. */
const readState = (bucket: pulumi.Input<string>, key: pulumi.Input<string>): Statement[] => [
  {
    Sid: "ReadState",
    Effect: "Allow",
    Action: ["s3:GetObject", "s3:ListBucket"],
    Resource: [bucket, pulumi.interpolate`${bucket}/*`],
  },
  { Sid: "OpenSecrets", Effect: "Allow", Action: "kms:Decrypt", Resource: key },
  // Asked by `foundation` for the addresses of CloudFront, which are no secret; ViewOnlyAccess does not read such lists.
  {
    Sid: "AddressesOfAws",
    Effect: "Allow",
    Action: ["ec2:DescribeManagedPrefixLists", "ec2:GetManagedPrefixListEntries"],
    Resource: "*",
  },
];

/**
 * PowerUserAccess leaves IAM out. A deployment makes, changes and removes roles of this stack that carry the boundary, and
 * hands them to the services that the programs use; never the roles of GitHub itself, and never the boundary.
 */
const manageRoles = (account: string, stack: StackName): Statement[] => {
  const roles = `arn:aws:iam::${account}:role/${physicalName(stack, "*")}`;
  const bounded = { StringEquals: { "iam:PermissionsBoundary": boundaryArn(account, stack) } };
  return [
    {
      Sid: "BoundedRoles",
      Effect: "Allow",
      Action: [
        ...["iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy", "iam:DeleteRolePolicy"],
        ...["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
      ],
      Resource: roles,
      Condition: bounded,
    },
    // AWS knows no such condition for these; none of them gives a role more than its boundary.
    {
      Sid: "RolesOfTheStack",
      Effect: "Allow",
      Action: [
        ...["iam:GetRole", "iam:GetRolePolicy", "iam:ListRolePolicies", "iam:ListAttachedRolePolicies"],
        ...["iam:ListRoleTags", "iam:ListInstanceProfilesForRole", "iam:TagRole", "iam:UntagRole"],
        ...["iam:UpdateRole", "iam:UpdateRoleDescription", "iam:UpdateAssumeRolePolicy", "iam:DeleteRole"],
      ],
      Resource: roles,
    },
    {
      Sid: "HandRolesToServices",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: roles,
      Condition: { StringEquals: { "iam:PassedToService": roleServices } },
    },
    {
      Sid: "ServiceLinkedRoles",
      Effect: "Allow",
      Action: "iam:CreateServiceLinkedRole",
      Resource: `arn:aws:iam::${account}:role/aws-service-role/*`,
    },
    {
      Sid: "PasswordRules",
      Effect: "Allow",
      Action: ["iam:GetAccountPasswordPolicy", "iam:UpdateAccountPasswordPolicy", "iam:DeleteAccountPasswordPolicy"],
      Resource: "*",
    },
    // Whatever some other policy may allow one day.
    { Sid: "NoRoleWithoutBoundary", Effect: "Deny", Action: "iam:DeleteRolePermissionsBoundary", Resource: "*" },
    {
      Sid: "NoOtherReceivers",
      Effect: "Deny",
      Action: "iam:PassRole",
      Resource: "*",
      Condition: { StringNotEquals: { "iam:PassedToService": roleServices } },
    },
    // Roles of people trust the account, and have no boundary.
    { Sid: "NoForeignRoles", Effect: "Deny", Action: "sts:AssumeRole", NotResource: roles },
    {
      Sid: "NotItself",
      Effect: "Deny",
      Action: "iam:*",
      Resource: [
        `arn:aws:iam::${account}:role/${physicalName(stack, "github-*")}`,
        `arn:aws:iam::${account}:policy/${physicalName(stack, "*")}`,
      ],
    },
  ];
};

/**
 * A workflow writes the state, but never takes it away, nor loosens what keeps it: versions, encryption, who may come. That is
 * a person's decision.
 */
const keepState = (bucket: pulumi.Input<string>, key: pulumi.Input<string>): Statement[] => [
  {
    Sid: "KeepState",
    Effect: "Deny",
    Action: [
      ...["s3:DeleteBucket*", "s3:PutBucket*", "s3:DeleteObjectVersion", "s3:PutLifecycleConfiguration"],
      ...["s3:PutEncryptionConfiguration", "s3:PutReplicationConfiguration"],
    ],
    Resource: [bucket, pulumi.interpolate`${bucket}/*`],
  },
  {
    Sid: "KeepKey",
    Effect: "Deny",
    Action: ["kms:ScheduleKeyDeletion", "kms:DisableKey", "kms:PutKeyPolicy"],
    Resource: key,
  },
];
