// docs/PERMISSIONS.md, from the tables and rules that the programs run by: it cannot say anything else than they do.
import { describeRule, type PermissionMap, type Rule } from "@tradegraph/kit/permissions";
import { viewerRoles } from "@tradegraph/kit/viewer";
import { permissions as content } from "@tradegraph/content/permissions";
import { permissions as orders } from "@tradegraph/orders/permissions";
import { permissions as products } from "@tradegraph/products/permissions";
import { permissionsOfRole, tokenScopes } from "@tradegraph/users/company-permissions";
import { enumResolvers, type StoredCompanyRole } from "@tradegraph/users/enums";
import { permissions as users } from "@tradegraph/users/permissions";
import { type DocumentNode, type FieldDefinitionNode, Kind } from "graphql";
import { type GeneratedFiles } from "./generated-files.ts";
import { code, markdownPage, table } from "./markdown.ts";

const maps: Record<string, PermissionMap> = { products, orders, users, content };

const aboutRoles: Record<(typeof viewerRoles)[number], string> = {
  anonymous: "A visitor without an account.",
  customer: "An account that buys, for itself or for companies.",
  supplier: "An account that sells; it sees its own products and the order lines that concern it.",
  admin: "Staff; what a member of staff may do is in the scopes below, and without one of them nothing.",
  partner:
    "A firm's program with an API key. It reads as a visitor does; its scopes add prices and orders of its company.",
  service: "One of our own programs, by a signed call; nobody outside gets this role.",
};

/** @param documents parsed SDL by subgraph */
export const describePermissions = (root: string, documents: Map<string, DocumentNode>): Promise<GeneratedFiles> =>
  markdownPage(root, "docs/PERMISSIONS.md", pageText(documents));

/** @throws Error when a root field has no rule, or a rule does not say whom it lets in */
export function pageText(documents: Map<string, DocumentNode>): string {
  const roles = Object.keys(permissionsOfRole) as StoredCompanyRole[];
  return `<!-- Written by \`pnpm generate\`; change the tables and rules instead. -->

# Permissions

Who may do what is decided three times: the gateway refuses what a token cannot reach, a rule on each field lets callers
in by role and scope, and the filter of each query, or the first lines of each command, look at whose thing it is. This
page is made from the second, and says where the third goes on.

## Platform roles

${table(
  ["role", "who"],
  viewerRoles.map((role) => [code(role), aboutRoles[role]]),
)}

## Staff

A member of staff has the scope \`admin\`, or scopes of single areas.

${table(["scope", "area"], enumRows(documents, "StaffScope"))}

## Company roles

A membership holds in its company and in all companies below it; of several the nearest counts. What counts in a command
is the stored membership; a token carries the permissions of the company it acts for as scopes. Nobody gives away a role
above the own one, and a company at the top never loses its last administrator; only who is alone in it, with no company
below, may close the account.

${table(
  ["permission", "what", ...roles.map(code)],
  enumRows(documents, "CompanyPermission").map(([scope = "", what = ""]) => [
    scope,
    what,
    ...roles.map((role) => (permissionsOfRole[role].map(code).includes(scope) ? "yes" : "")),
  ]),
)}

Scopes of a token that acts for a company, by the company's state:

${table(
  ["state", ...roles.map(code)],
  (["active", "pending", "suspended"] as const).map((status) => [
    status,
    ...roles.map((role) => tokenScopes("customer", { role, status }).map(code).join(", ") || "none"),
  ]),
)}

Orders above a member's spending limit wait for the word of somebody with \`orders:approve\`, never of the buyer itself.

## API keys of partners

${table(["scope", "what"], enumRows(documents, "PartnerScope"))}

## Who may run what

Whom the rule of each root field lets in. Where the description says more ("for who manages it"), the command or the
query looks at the thing itself and refuses the others.

${[...documents].map(([name, document]) => `### ${name}\n\n${rootFields(name, document)}`).join("\n\n")}
`;
}

const firstLine = (text = "") => text.trim().replaceAll(/\s+/g, " ").replaceAll("|", "\\|");

/** Stored values of an enum with their descriptions. */
function enumRows(documents: Map<string, DocumentNode>, name: "StaffScope" | "CompanyPermission" | "PartnerScope") {
  const stored: Readonly<Record<string, string>> = enumResolvers[name];
  const definitions = [...documents.values()].flatMap((document) => document.definitions);
  const found = definitions.find((node) => node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === name);
  if (found?.kind !== Kind.ENUM_TYPE_DEFINITION) throw new Error(`The schema has no enum ${name}.`);
  return (found.values ?? []).map(({ name: { value }, description }) => [
    code(stored[value] ?? value),
    firstLine(description?.value),
  ]);
}

function rootFields(subgraph: string, document: DocumentNode): string {
  const rows = (["Query", "Mutation"] as const).flatMap((typeName) =>
    document.definitions.flatMap((node) =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value === typeName
        ? (node.fields ?? []).map((field) => fieldRow(subgraph, typeName, field))
        : [],
    ),
  );
  return table(["field", "for", "what"], rows);
}

function fieldRow(subgraph: string, typeName: string, { name, description }: FieldDefinitionNode): string[] {
  const rule = ruleOf(maps[subgraph]?.[typeName], name.value);
  if (!rule) throw new Error(`${subgraph}: ${typeName}.${name.value} has no rule.`);
  return [code(`${typeName}.${name.value}`), describeRule(rule), firstLine(description?.value)];
}

function ruleOf(given: PermissionMap[string] | undefined, field: string): Rule | undefined {
  if (!given || "resolve" in given) return given as Rule | undefined;
  const fields = given as Record<string, Rule>;
  return fields[field] ?? fields["*"];
}
