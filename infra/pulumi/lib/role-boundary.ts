// The most that a role made by a deployment may do. Whoever can make roles could else make one without limits and take it:
// a workflow of GitHub may only make roles that carry this boundary (components/github-roles.ts), and cannot change it.
import type * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { physicalName } from "./naming.ts";
import { type Statement } from "./policy-document.ts";
import { type StackName } from "./stack-name.ts";

/** Name of the managed policy; the program `bootstrap` makes it. */
export const boundaryName = (stack: StackName): string => physicalName(stack, "boundary");

export const boundaryArn = (account: string, stack: StackName): string =>
  `arn:aws:iam::${account}:policy/${boundaryName(stack)}`;

/** Services of AWS that roles of the programs are for; a deployment may hand roles to no others. */
export const roleServices = [
  "arc-region-switch",
  "backup",
  "cloudtrail",
  "codebuild",
  "codepipeline",
  "cognito-identity",
  "config",
  "ecs",
  "ecs-tasks",
  "lambda",
  "s3",
  "synthetics",
  "vpc-flow-logs",
].map((service) => `${service}.amazonaws.com`);

/** Every verb of IAM that changes something, but for handing roles to services. */
const identityChanges = [
  ...["Add", "Attach", "Change", "Create", "Deactivate", "Delete", "Detach", "Disable", "Enable", "Put", "Remove"],
  ...["Reset", "Resync", "Set", "Tag", "Untag", "Update", "Upload"],
].map((verb) => `iam:${verb}*`);

const organizationChanges = [
  ...["Accept", "Attach", "Close", "Create", "Delete", "Deregister", "Detach", "Disable", "Enable", "Invite", "Leave"],
  ...["Move", "Put", "Register", "Remove", "Tag", "Untag", "Update"],
].map((verb) => `organizations:${verb}*`);

export interface Bounds {
  account: string;
  stack: StackName;
  stateBucketArn: pulumi.Input<string>;
  secretsKeyArn: pulumi.Input<string>;
}

/** A boundary grants nothing: what a role's own policies allow, less what stands here. */
export const boundaryStatements = ({ account, stack, stateBucketArn, secretsKeyArn }: Bounds): Statement[] => [
  { Sid: "WhatItsPoliciesAllow", Effect: "Allow", Action: "*", Resource: "*" },
  { Sid: "NoIdentities", Effect: "Deny", Action: identityChanges, Resource: "*" },
  { Sid: "NoAccounts", Effect: "Deny", Action: ["account:*", ...organizationChanges], Resource: "*" },
  // Neither taken nor handed to a service that would then act with it: a role that people have made has no boundary.
  {
    Sid: "NoForeignRoles",
    Effect: "Deny",
    Action: ["sts:AssumeRole", "iam:PassRole"],
    NotResource: `arn:aws:iam::${account}:role/${physicalName(stack, "*")}`,
  },
  {
    Sid: "NoState",
    Effect: "Deny",
    Action: "s3:*",
    Resource: [stateBucketArn, pulumi.interpolate`${stateBucketArn}/*`],
  },
  { Sid: "NoSecretsOfState", Effect: "Deny", Action: "kms:*", Resource: secretsKeyArn },
];

/**
 * From here on every role of the running program carries the boundary: one place instead of one line per role. Without an
 * engine (unit tests with mocks) there is no stack to tell; the policy `role-boundary` looks at what the engine is given.
 */
export function boundRoles(account: string, stack: StackName): void {
  if (pulumi.runtime.getStackResource() === undefined) return;
  pulumi.runtime.registerStackTransformation(({ type, props, opts }) => {
    if (type !== "aws:iam/role:Role") return undefined;
    return { props: { ...(props as iam.RoleArgs), permissionsBoundary: boundaryArn(account, stack) }, opts };
  });
}
