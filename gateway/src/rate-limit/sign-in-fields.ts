// Which operations try passwords, or send mail to somebody. Each field counts, under whatever alias and in whatever fragment.
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  type SelectionSetNode,
  valueFromASTUntyped,
} from "graphql";
import { LRUCache } from "lru-cache";
import { type OperationRequest } from "../http/steps.ts";

/** Those with equal names count together. */
const groups: Readonly<Record<string, string>> = {
  login: "sign-in",
  userRegister: "registration",
  passwordReset: "password-reset",
  passwordResetSend: "password-reset",
  passwordChange: "password-change",
  emailVerificationSend: "email-verification",
  emailVerify: "email-verification",
  companyMemberInvite: "invitation",
  companyInvitationAccept: "invitation",
};

/** Fields of the mutation type that are limited by this; for a test that they exist. */
export const signInFields = Object.keys(groups);

/** What one request does of a kind. */
export interface SignInUse {
  group: string;
  /** How many fields. */
  count: number;
  /** Of each field that names one, as it was sent. */
  emails: string[];
}

interface FoundField {
  group: string;
  field: FieldNode;
  operation: OperationDefinitionNode;
}

/**
 * Documents with more are refused by every limit that the gateway can be given, before anything of them runs.
 */
const maxTokens = 20_000;
/** More fields than any limit allows. */
const mostFields = 1_000;
const memory = { max: 1_000, maxSize: 8 * 1_024 * 1_024 };

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** Finds what a request does of this; undefined for nothing, which costs queries as good as no time. */
export function createSignInReader(): (request: OperationRequest) => SignInUse[] | undefined {
  const known = new LRUCache<string, readonly FoundField[]>({
    ...memory,
    sizeCalculation: (_, text) => text.length + 200,
  });
  return (request) => {
    const { method, bodyText } = request;
    // Inside JSON the word may be written with escapes.
    const mayBe = method === "POST" && (!bodyText || bodyText.includes("mutation") || bodyText.includes("\\u"));
    if (!mayBe) return undefined;
    const { body } = request;
    if (!isObject(body) || typeof body.query !== "string" || !body.query.includes("mutation")) return undefined;
    const { query, operationName, variables } = body;
    let found = known.get(query);
    if (!found) known.set(query, (found = findFields(query)));
    if (found.length === 0) return undefined;
    const isNamed = typeof operationName === "string" && operationName !== "";
    const asked = isNamed ? found.filter(({ operation }) => operation.name?.value === operationName) : found;
    return asked.length === 0 ? undefined : usesOf(asked, isObject(variables) ? variables : {});
  };
}

function usesOf(fields: readonly FoundField[], variables: Record<string, unknown>): SignInUse[] {
  const uses = new Map<string, SignInUse>();
  for (const found of fields) {
    const use = uses.get(found.group) ?? { group: found.group, count: 0, emails: [] };
    uses.set(found.group, use);
    use.count += 1;
    const email = emailOf(found, variables);
    if (email !== undefined) use.emails.push(email);
  }
  return [...uses.values()];
}

function findFields(query: string): FoundField[] {
  const document = parsed(query);
  if (!document) return [];
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const found: FoundField[] = [];
  const walk = (operation: OperationDefinitionNode, set: SelectionSetNode, open: readonly string[]): void => {
    for (const node of set.selections) {
      if (found.length >= mostFields) return;
      if (node.kind === Kind.FIELD) {
        const group = Object.hasOwn(groups, node.name.value) ? groups[node.name.value] : undefined;
        if (group !== undefined) found.push({ group, field: node, operation });
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        walk(operation, node.selectionSet, open);
      } else {
        const { value: name } = node.name;
        const fragment = fragments.get(name);
        // One that contains itself is not valid.
        if (fragment && !open.includes(name)) walk(operation, fragment.selectionSet, [...open, name]);
      }
    }
  };
  for (const node of document.definitions) {
    const isMutation = node.kind === Kind.OPERATION_DEFINITION && node.operation === OperationTypeNode.MUTATION;
    if (isMutation) walk(node, node.selectionSet, []);
  }
  return found;
}

function parsed(query: string): DocumentNode | undefined {
  try {
    return parse(query, { maxTokens, noLocation: true });
  } catch {
    // Refused later, with a better message.
    return undefined;
  }
}

/** As far as it is where our schema has it: an argument `email`, or a member of `input`. */
function emailOf({ field, operation }: FoundField, sent: Record<string, unknown>): string | undefined {
  const variables: Record<string, unknown> = {};
  for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
    const { value: name } = variable.name;
    variables[name] = Object.hasOwn(sent, name) ? sent[name] : defaultValue && valueFromASTUntyped(defaultValue);
  }
  for (const { name, value } of field.arguments ?? []) {
    const given = valueFromASTUntyped(value, variables) as unknown;
    const email = name.value === "input" && isObject(given) ? given.email : name.value === "email" ? given : undefined;
    if (typeof email === "string") return email;
  }
  return undefined;
}
