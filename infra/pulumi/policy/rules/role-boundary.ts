import * as iam from "@pulumi/aws/iam/index.js";
import { type PolicyResource, type StackValidationPolicy } from "@pulumi/policy";
import { boundaryArn, boundaryName, roleServices } from "../../lib/role-boundary.ts";
import { stackOf } from "../floors.ts";
import { accountOf, listOf } from "../principals.ts";
import { known } from "../unknown.ts";

interface Statement {
  Effect: string;
  Action?: string | string[];
  Resource?: unknown;
  Principal?: { Service?: string | string[]; AWS?: string | string[] };
}

/** What a boundary has to refuse: each of these would let a role make itself, or another, mightier. */
const REFUSED = ["iam:Create*", "iam:Put*", "iam:Attach*", "iam:Update*", "iam:Delete*", "organizations:Leave*"];
const isBootstrap = ({ urn }: PolicyResource) => urn.split("::")[1] === "tradegraph-bootstrap";
const statementsOf = (text: string) => listOf((JSON.parse(text) as { Statement: Statement | Statement[] }).Statement);
const textOf = ({ props }: PolicyResource, field: string) =>
  known(() => {
    const value: unknown = props[field];
    return typeof value === "string" ? value : undefined;
  });

/** Who may deploy may not become an administrator by a role of its own making (AWS-4, AWS-7). */
export const roleBoundary: StackValidationPolicy = {
  name: "role-boundary",
  description: "Roles made by deployments carry the stack's boundary, and are for services that the programs use.",
  enforcementLevel: "mandatory",
  severity: "critical",
  validateStack({ resources }, report) {
    for (const role of resources.filter((one) => one.isType(iam.Role) && !isBootstrap(one))) {
      const stack = stackOf(role.urn);
      const boundary = textOf(role, "permissionsBoundary");
      // The account is in the ARN, and nowhere else in a plan.
      const account = boundary?.split(":")[4] ?? "";
      if (boundary !== boundaryArn(account, stack)) report(`has no boundary ${boundaryName(stack)}`, role.urn);
      for (const service of servicesOf(textOf(role, "assumeRolePolicy"))) {
        if (!roleServices.includes(service))
          report(`is for ${service}, which no deployment may hand a role to`, role.urn);
      }
      for (const foreign of accountsOf(textOf(role, "assumeRolePolicy")).filter((one) => one !== account))
        report(`may be taken by the account ${foreign}`, role.urn);
    }
    for (const policy of resources.filter((one) => one.isType(iam.Policy))) {
      if (textOf(policy, "name") !== boundaryName(stackOf(policy.urn))) continue;
      const text = textOf(policy, "policy");
      const denied = text === undefined ? REFUSED : deniedEverywhere(text);
      for (const action of REFUSED) if (!denied.includes(action)) report(`does not refuse ${action}`, policy.urn);
    }
    for (const attached of resources.filter((one) => one.isType(iam.RolePolicyAttachment))) {
      const arn = textOf(attached, "policyArn") ?? "";
      if (arn.endsWith(`/${boundaryName(stackOf(attached.urn))}`)) report("grants what only bounds", attached.urn);
    }
  },
};

const servicesOf = (trust: string | undefined): string[] =>
  trust === undefined ? [] : statementsOf(trust).flatMap(({ Principal }) => listOf(Principal?.Service));

/** Of ARNs and of bare account ids; what is neither is refused by another rule. */
const accountsOf = (trust: string | undefined): string[] =>
  trust === undefined
    ? []
    : statementsOf(trust)
        .filter(({ Effect }) => Effect === "Allow")
        .flatMap(({ Principal }) => listOf(Principal?.AWS))
        .flatMap((principal) => accountOf(principal) ?? []);

const deniedEverywhere = (text: string): string[] =>
  statementsOf(text)
    .filter(({ Effect, Resource }) => Effect === "Deny" && Resource === "*")
    .flatMap(({ Action }) => listOf(Action));
