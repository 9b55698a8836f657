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
  Principal?: unknown;
  Condition?: unknown;
}

const READS = /^[\w-]+:(?:Get|List|Describe|View|BatchGet|Query|Scan|Search|Head|Check|Lookup|Filter|Test)/;
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

function look(text: string | undefined, report: ReportViolation): void {
  if (text === undefined) return;
  for (const statement of [(JSON.parse(text) as { Statement: Statement | Statement[] }).Statement].flat()) {
    if (statement.Effect !== "Allow") continue;
    const sid = statement.Sid ? ` (${statement.Sid})` : "";
    if (statement.NotAction) report(`NotAction allows what nobody thought of${sid}`);
    const everywhere = list(statement.Resource).includes("*");
    for (const action of list(statement.Action)) {
      if (/^\*(?::\*)?$/.test(action)) report(`allows every action${sid}`);
      else if (/^[\w-]+:\*$/.test(action) && everywhere) report(`allows ${action} on everything${sid}`);
      else if (everywhere && !statement.Condition && !READS.test(action) && !isFree(action)) {
        report(`allows ${action} on everything${sid}`);
      }
    }
  }
}
const isFree = (action: string) => WITHOUT_RESOURCE.some((free) => free.test(action));

function trust(text: string | undefined, report: ReportViolation): void {
  if (text === undefined) return;
  for (const { Effect, Principal, Condition } of [(JSON.parse(text) as { Statement: Statement[] }).Statement].flat()) {
    const anyone = Principal === "*" || JSON.stringify(Principal ?? "").includes('"*"');
    if (Effect === "Allow" && anyone && !Condition) report("everybody may take this role");
    if (/:sub":"repo:[^"]*\*/.test(JSON.stringify(Condition ?? ""))) {
      report("a pattern of GitHub repositories may take this role");
    }
  }
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
    validateResourceOfType(iam.Role, (role, _, report) => {
      trust(
        known(() => textOf(role.assumeRolePolicy)),
        report,
      );
      for (const inline of role.inlinePolicies ?? [])
        look(
          known(() => inline.policy ?? undefined),
          report,
        );
    }),
    validateResourceOfType(iam.RolePolicyAttachment, ({ policyArn }, _, report) => {
      const arn = known(() => policyArn) ?? "";
      if (/:aws:policy\/(?:AdministratorAccess|IAMFullAccess)$/.test(arn)) report(`attaches ${arn.split("/").at(-1)}`);
    }),
    validateResourceOfType(iam.AccessKey, (_, __, report) => report("a long-lived key: take a role by OIDC")),
    validateResourceOfType(iam.User, (_, __, report) => report("a user with a password or keys: take a role")),
  ],
};

const textOf = (policy: unknown): string => (typeof policy === "string" ? policy : JSON.stringify(policy));
