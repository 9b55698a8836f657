import * as iam from "@pulumi/aws/iam/index.js";
import { type ReportViolation, type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { boundaryName } from "../../lib/role-boundary.ts";
import { stackOf } from "../floors.ts";
import { known } from "../unknown.ts";

interface Statement {
  Sid?: string;
  Effect: string;
  Action?: string | string[];
  NotAction?: unknown;
  Resource?: string | string[];
  NotResource?: unknown;
  Principal?: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

const READS = /^[\w-]+:(?:Get|List|Describe|View|BatchGet|Query|Scan|Search|Head|Check|Lookup|Filter|Test)/;
/** Reads that give away what others are kept from: contents and secrets, not names. */
const CONTENTS = [
  ...["secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue"],
  ...["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath", "ssm:GetParameterHistory"],
  ...["s3:GetObject", "s3:GetObjectVersion", "s3:GetObjectVersionForReplication", "lambda:GetFunction"],
  ...["logs:GetLogEvents", "logs:FilterLogEvents", "logs:GetLogRecord", "logs:GetQueryResults"],
  ...["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:Scan", "ecr:BatchGetImage"],
];
/** AWS's own policies that programs attach; most others open a whole service, and its next features as well. */
const MANAGED = [
  "AmazonECSInfrastructureRolePolicyForLoadBalancers",
  "service-role/AWS_ConfigRole",
  "service-role/AWSBackupServiceRolePolicyForBackup",
  "service-role/AWSBackupServiceRolePolicyForRestores",
  "job-function/ViewOnlyAccess",
];
/** Of pipelines, which make everything but roles without a boundary; in `bootstrap` alone. */
const OF_PIPELINES = ["PowerUserAccess"];
/** AWS knows no resource for these (Service Authorization Reference). */
const WITHOUT_RESOURCE = [
  /^xray:Put/,
  /^ecr:GetAuthorizationToken$/,
  /^cloudwatch:PutMetricData$/,
  /^ssmmessages:/,
  /^rum:PutRumEvents$/,
  /^ec2:(?:Create|Delete|Assign|Unassign|Attach|Detach)NetworkInterface/,
  /^ec2:(?:Assign|Unassign)PrivateIpAddresses$/,
  /^logs:(?:CreateLogDelivery|PutResourcePolicy|UpdateLogDelivery|DeleteLogDelivery)$/,
  /^cloudfront:CreateInvalidation$/,
  /^backup:PutRestoreValidationResult$/,
  /^iam:(?:Update|Delete)AccountPasswordPolicy$/,
];
const list = (value: string | string[] | undefined) => (value === undefined ? [] : [value].flat());

/** "*", or all things of a service or a kind, in any account. */
const isEverything = (resource: string) =>
  resource === "*" ||
  /^arn:[^:]+:s3:[^:]*:[^:]*:\*(?:\/\*)?$/.test(resource) ||
  /^arn:[^:]+:(?!s3:)[^:]+:[^:]*:[^:]*:(?:[\w-]+[/:])?\*$/.test(resource);
/** Whether an action with stars allows another one. */
const allows = (pattern: string, action: string) =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    "i",
  ).test(action);

function look(text: string | undefined, report: ReportViolation): void {
  if (text === undefined) return;
  for (const statement of [(JSON.parse(text) as { Statement: Statement | Statement[] }).Statement].flat()) {
    if (statement.Effect !== "Allow") continue;
    const sid = statement.Sid ? ` (${statement.Sid})` : "";
    if (statement.NotAction) report(`NotAction allows what nobody thought of${sid}`);
    if (statement.NotResource) report(`NotResource allows it on what nobody thought of${sid}`);
    const everywhere = list(statement.Resource).some(isEverything);
    for (const action of list(statement.Action)) {
      if (/^\*(?::\*)?$/.test(action)) report(`allows every action${sid}`);
      else if (/^[\w-]+:\*$/.test(action) && everywhere) report(`allows ${action} on everything${sid}`);
      else if (everywhere && !isNarrowed(statement.Condition) && !mayEverywhere(action)) {
        report(`allows ${action} on everything${sid}`);
      }
    }
  }
}
const mayEverywhere = (action: string) =>
  WITHOUT_RESOURCE.some((free) => free.test(action)) ||
  (READS.test(action) && !CONTENTS.some((content) => allows(action, content)));
/** A condition that everything meets narrows nothing. */
const isNarrowed = (condition: Statement["Condition"]) =>
  Object.values(condition ?? {}).some((keys) => Object.values(keys).some((values) => ![values].flat().includes("*")));

function trust(text: string | undefined, report: ReportViolation): void {
  if (text === undefined) return;
  for (const { Effect, Principal, Condition } of [(JSON.parse(text) as { Statement: Statement[] }).Statement].flat()) {
    const anyone = Principal === "*" || JSON.stringify(Principal ?? "").includes('"*"');
    if (Effect === "Allow" && anyone && !Condition) report("everybody may take this role");
    const subjects = Object.values(Condition ?? {})
      .flatMap((keys) => Object.entries(keys))
      .filter(([key]) => key.endsWith(":sub"))
      .flatMap(([, values]) => [values].flat().map(String));
    if (subjects.some((subject) => /[*?]/.test(subject))) report("a pattern of GitHub repositories may take this role");
    const isGithub = /token\.actions\.githubusercontent\.com/.test(JSON.stringify([Principal, Condition ?? ""]));
    if (Effect === "Allow" && isGithub && subjects.length === 0)
      report("every repository of GitHub may take this role");
  }
}

function attach(arn: string, urn: string, report: ReportViolation): void {
  const [, name] = /:iam::aws:policy\/(.+)$/.exec(arn) ?? [];
  if (name === undefined || MANAGED.includes(name)) return;
  if (OF_PIPELINES.includes(name) && urn.split("::")[1] === "tradegraph-bootstrap") return;
  report(`attaches ${name.split("/").at(-1)}`);
}

/** Roles may do what they are for and nothing else; people and pipelines come without long-lived keys (AWS-7). */
export const leastPrivilege: ResourceValidationPolicy = {
  name: "least-privilege",
  description: "No policy allows everything, or writing everywhere; nobody has long-lived keys.",
  enforcementLevel: "mandatory",
  severity: "critical",
  validateResource: [
    validateResourceOfType(iam.Policy, (made, { urn }, report) => {
      // It bounds and grants nothing; the rule role-boundary sees to that.
      if (known(() => made.name) === boundaryName(stackOf(urn))) return;
      look(
        known(() => textOf(made.policy)),
        report,
      );
    }),
    validateResourceOfType(iam.RolePolicy, (made, _, report) =>
      look(
        known(() => textOf(made.policy)),
        report,
      ),
    ),
    validateResourceOfType(iam.Role, (role, { urn }, report) => {
      trust(
        known(() => textOf(role.assumeRolePolicy)),
        report,
      );
      for (const arn of known(() => role.managedPolicyArns) ?? []) attach(known(() => arn) ?? "", urn, report);
      for (const inline of role.inlinePolicies ?? [])
        look(
          known(() => inline.policy ?? undefined),
          report,
        );
    }),
    validateResourceOfType(iam.RolePolicyAttachment, (attached, { urn }, report) =>
      attach(known(() => attached.policyArn) ?? "", urn, report),
    ),
    validateResourceOfType(iam.AccessKey, (_, __, report) => report("a long-lived key: take a role by OIDC")),
    validateResourceOfType(iam.User, (_, __, report) => report("a user with a password or keys: take a role")),
  ],
};

const textOf = (policy: unknown): string => (typeof policy === "string" ? policy : JSON.stringify(policy));
