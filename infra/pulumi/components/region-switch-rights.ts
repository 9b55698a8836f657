// Who may switch regions, and what a switch may do. By AWS's sample policies (r53recovery/latest/dg, security_iam_region_switch_*),
// narrowed to our resources.
import type * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "../lib/policy-document.ts";
import { type Switched } from "./region-switch-steps.ts";

interface Places {
  account: string;
  homeRegion: string;
  recoveryRegion: string;
}

/** Plans of this account alone: against a confused deputy. */
export const trustSwitch = (account: string): pulumi.Output<string> =>
  policyDocument({
    Effect: "Allow",
    Principal: { Service: "arc-region-switch.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "aws:SourceAccount": account } },
  });

/**
 * Whom the account lets, and only with a second factor. Whoever comes by single sign-on has shown it there: AWS tells it to no
 * role, so that a session of it never has `aws:MultiFactorAuthPresent` (IAM User Guide, global condition keys). The other way
 * is for the day single sign-on is away with its region.
 */
export const trustPeople = (account: string): pulumi.Output<string> => {
  const people = {
    Effect: "Allow" as const,
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: "sts:AssumeRole",
  };
  return policyDocument(
    {
      Sid: "BySingleSignOn",
      ...people,
      Condition: { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/*` } },
    },
    { Sid: "BySecondFactor", ...people, Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } },
  );
};

/** What the blocks of the plan do, and what its daily evaluation looks at. */
export function switchRights(places: Places, switched: Switched, executionArn: string): Statement[] {
  const { account, homeRegion, recoveryRegion } = places;
  const { globalClusterId, databaseArns, services } = switched;
  const everywhere = services.flatMap(({ home, recovery }) => [home, recovery]);
  return [
    {
      Sid: "Look",
      Effect: "Allow",
      Action: [
        "rds:DescribeGlobalClusters",
        "rds:DescribeDBClusters",
        "ecs:DescribeServices",
        "ecs:DescribeClusters",
        "ecs:ListServices",
        "application-autoscaling:DescribeScalableTargets",
        "cloudwatch:GetMetricStatistics",
        "cloudwatch:DescribeAlarms",
        "cloudwatch:DescribeAlarmHistory",
      ],
      Resource: "*",
    },
    {
      Sid: "Database",
      Effect: "Allow",
      Action: ["rds:FailoverGlobalCluster", "rds:SwitchoverGlobalCluster"],
      Resource: [`arn:aws:rds::${account}:global-cluster:${globalClusterId}`, ...databaseArns],
    },
    {
      Sid: "Services",
      Effect: "Allow",
      Action: "ecs:UpdateService",
      Resource: everywhere.map(({ serviceArn }) => serviceArn),
    },
    {
      Sid: "Scaling",
      Effect: "Allow",
      Action: "application-autoscaling:RegisterScalableTarget",
      Resource: [homeRegion, recoveryRegion].map(
        (region) => `arn:aws:application-autoscaling:${region}:${account}:scalable-target/*`,
      ),
      Condition: { StringEquals: { "application-autoscaling:service-namespace": "ecs" } },
    },
    {
      Sid: "Evaluation",
      Effect: "Allow",
      Action: "iam:SimulatePrincipalPolicy",
      Resource: executionArn,
    },
  ];
}

/** What people do in a failover. */
export const approverRights = (planArn: string, keyValueStoreArn: string | null): Statement[] => [
  {
    Sid: "Plan",
    Effect: "Allow",
    Action: [
      "arc-region-switch:GetPlan",
      "arc-region-switch:GetPlanEvaluationStatus",
      "arc-region-switch:GetPlanExecution",
      "arc-region-switch:ListPlanExecutions",
      "arc-region-switch:ListPlanExecutionEvents",
      "arc-region-switch:StartPlanExecution",
      "arc-region-switch:ApprovePlanExecutionStep",
      "arc-region-switch:UpdatePlanExecution",
      "arc-region-switch:UpdatePlanExecutionStep",
      "arc-region-switch:CancelPlanExecution",
    ],
    Resource: planArn,
  },
  {
    Sid: "Look",
    Effect: "Allow",
    Action: [
      "cloudwatch:DescribeAlarms",
      "cloudwatch:GetMetricData",
      "cloudwatch:GetMetricStatistics",
      "elasticloadbalancing:DescribeTargetHealth",
      "health:DescribeEvents",
    ],
    Resource: "*",
  },
  ...(keyValueStoreArn === null
    ? []
    : [
        {
          Sid: "Traffic",
          Effect: "Allow",
          Action: [
            "cloudfront-keyvaluestore:DescribeKeyValueStore",
            "cloudfront-keyvaluestore:GetKey",
            "cloudfront-keyvaluestore:PutKey",
          ],
          Resource: keyValueStoreArn,
        } satisfies Statement,
      ]),
];
