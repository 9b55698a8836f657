// Ways around a rule that keep to its letter: half of the Internet twice, a secret by another door, everything but one thing.
import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as lambda from "@pulumi/aws/lambda/index.js";
import * as rds from "@pulumi/aws/rds/index.js";
import { type Break, breaksOf, inJson, set } from "./break.ts";

const inBootstrap = breaksOf("bootstrap");
const inFoundation = breaksOf("foundation");

const policy = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const onlyAudience = {
  Effect: "Allow",
  Principal: { Federated: "arn:aws:iam::333333333333:oidc-provider/token.actions.githubusercontent.com" },
  Action: "sts:AssumeRoleWithWebIdentity",
  Condition: { StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" } },
};
const byAnyBrowser = {
  ...{ Sid: "Browser", Effect: "Allow", Principal: "*", Action: "kms:Decrypt", Resource: "*" },
  Condition: { StringLike: { "aws:UserAgent": "*shop*" } },
};

const bootstrap: Break[] = [
  inBootstrap("least-privilege", "iam.Role github-preview", "any repository may look", "every repository of GitHub", {
    ...set({ assumeRolePolicy: policy(onlyAudience) }),
  }),
];

const network: Break[] = [
  inFoundation(
    "ingress",
    "vpc.SecurityGroupIngressRule subgraphs-from-alb-4003",
    "half of the Internet",
    "128.0.0.0/1",
    {
      ...set({ referencedSecurityGroupId: undefined, cidrIpv4: "128.0.0.0/1" }),
    },
  ),
  inFoundation("ingress", "ec2.DefaultSecurityGroup network", "who has no group is open", "lets 0.0.0.0/0 in", {
    ...set({ ingress: [{ protocol: "tcp", fromPort: 1, toPort: 65_535, cidrBlocks: ["0.0.0.0/0"] }] }),
  }),
  inFoundation("isolated-data", "ec2.RouteTable network-isolated", "data has a way out", "has a route to the outside", {
    ...set({ routes: [{ cidrBlock: "0.0.0.0/0", transitGatewayId: "tgw-1" }] }),
  }),
  inFoundation("database", "docdb.Cluster database", "data lies in AWS's network", "dbSubnetGroupName is missing", {
    ...set({ dbSubnetGroupName: undefined }),
  }),
  inFoundation("cache-access", "elasticache.ReplicationGroup cache", "the cache too", "subnetGroupName is missing", {
    ...set({ subnetGroupName: undefined }),
  }),
  inFoundation("database-port", "ec2.SecurityGroupRule door", "the older kind of rule", "by a rule of the older kind", {
    adds: {
      beside: "docdb.Cluster database",
      make: (opts) =>
        new ec2.SecurityGroupRule(
          "door",
          {
            ...{ type: "ingress", protocol: "tcp", fromPort: 27_017, toPort: 27_017 },
            ...{ securityGroupId: "sg-1", cidrBlocks: ["10.0.0.0/16"] },
          },
          opts,
        ),
    },
  }),
];

const data: Break[] = [
  inFoundation("reviewed-kinds", "rds.Instance door", "a public database of another kind", "written for rds.Instance", {
    adds: {
      beside: "docdb.Cluster database",
      make: (opts) =>
        new rds.Instance(
          "door",
          { instanceClass: "db.t4g.micro", engine: "postgres", allocatedStorage: 20, publiclyAccessible: true },
          opts,
        ),
    },
  }),
  inFoundation("reviewed-kinds", "lambda.FunctionUrl door", "a function has an address", "for lambda.FunctionUrl", {
    adds: {
      beside: "lambda.Permission redeploy",
      make: (opts) => new lambda.FunctionUrl("door", { functionName: "redeploy", authorizationType: "NONE" }, opts),
    },
  }),
  inFoundation(
    "database",
    "docdb.Cluster database",
    "AWS's parameters rule",
    "dbClusterParameterGroupName is missing",
    {
      ...set({ dbClusterParameterGroupName: undefined }),
    },
  ),
  inFoundation("backed-up", "backup.Selection backup", "the plan backs nothing up", "is in no backup", {
    ...set({ resources: ["arn:aws:elasticfilesystem:us-east-1:333333333333:file-system/fs-1"] }),
  }),
  inFoundation("protection", "s3.Bucket exports", "`destroy` empties a bucket", "forceDestroy empties it", {
    ...set({ forceDestroy: true }),
  }),
  inFoundation("protection", "kms.Key data", "a key is gone in a week", "deletionWindowInDays is 7", {
    ...set({ deletionWindowInDays: 7 }),
  }),
  inFoundation("encryption", "sns.TopicSubscription notifications-critical-0", "alarms over HTTP", "travels in plain", {
    ...set({ protocol: "http", endpoint: "http://pager.example" }),
  }),
];

const rights: Break[] = [
  inFoundation("resource-policies", "kms.Key logs", "a key for any browser", "everybody may use it (Browser)", {
    inputs: ({ policy: before }) => ({
      policy: inJson(before, (known: { Statement: unknown[] }) => ({
        ...known,
        Statement: [...known.Statement, byAnyBrowser],
      })),
    }),
  }),
  inFoundation("resource-policies", "lambda.Permission redeploy", "anybody's events start it", "for every customer", {
    ...set({ sourceArn: undefined }),
  }),
  inFoundation(
    "alarms",
    "cloudwatch.MetricAlarm alarms-nat-ports",
    "connections fail unseen",
    "threshold is 99, not 0",
    {
      ...set({ threshold: 99 }),
    },
  ),
];

export const aroundRules: Break[] = [...bootstrap, ...network, ...data, ...rights];
