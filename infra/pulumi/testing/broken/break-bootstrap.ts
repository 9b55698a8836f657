// How GitHub gets in, and where state is kept.
import { type Break, breaksOf, set } from "./break.ts";

const broken = breaksOf("bootstrap");

const anyBranch = {
  Effect: "Allow",
  Principal: { Federated: "arn:aws:iam::333333333333:oidc-provider/token.actions.githubusercontent.com" },
  Action: "sts:AssumeRoleWithWebIdentity",
  Condition: { StringLike: { "token.actions.githubusercontent.com:sub": "repo:acme/*" } },
};

export const bootstrapBreaks: Break[] = [
  broken(
    "least-privilege",
    "iam.Role github-deploy",
    "any branch of the repository may deploy",
    "a pattern of GitHub",
    // Whole, for the program's own names a provider that has no ARN before it is made.
    set({ assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [anyBranch] }) }),
  ),
  broken("least-privilege", "iam.RolePolicy github-preview", "a role may do everything", "allows every action", {
    inputs: () => ({
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
      }),
    }),
  }),
  broken(
    "least-privilege",
    "iam.RolePolicyAttachment github-deploy",
    "the pipeline administrates the account",
    "attaches AdministratorAccess",
    set({ policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }),
  ),
  broken(
    "buckets",
    "s3.BucketPublicAccessBlock state",
    "the bucket of the state is public",
    "nothing blocks public access",
    set({ blockPublicPolicy: false }),
  ),
  broken(
    "encryption",
    "kms.Key secrets",
    "the key of the state never rotates",
    "enableKeyRotation is not true",
    set({ enableKeyRotation: false, rotationPeriodInDays: undefined }),
  ),
];
