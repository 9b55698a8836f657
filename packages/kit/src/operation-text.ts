// The text of one operation: what it is, and whether it says the same as another text.
import { hash } from "node:crypto";
import {
  type DefinitionNode,
  type DocumentNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  visit,
} from "graphql";

/** Lower-case hex of the UTF-8 text, as Apollo's tools make ids. */
export const operationHash = (text: string): string => hash("sha256", text, "hex");

/** Tokens of a document, beyond which the gateway reads none: the largest page query of a shop has some hundred. */
export const maxTokens = 2_000;

/** As the draft "Persisted Documents" of GraphQL over HTTP writes such ids. */
const hashPrefix = "sha256:";

/** The id without the prefix of the draft, which tools leave out. */
export const bareOperationId = (id: string): string => (id.startsWith(hashPrefix) ? id.slice(hashPrefix.length) : id);

/** Letters of addresses that need no encoding (RFC 3986) and the colon, as that draft demands. */
export const operationIdPattern = /^[A-Za-z0-9._~:-]{1,128}$/;

/** For refusals of what does not fit it. */
export const operationIdRule = "ids have 1 to 128 letters, digits or any of - . _ ~ :";

/**
 * Whether an id says that it is the hash of its text: 64 hexadecimal digits, or whatever begins with `sha256:`. Ids of
 * other forms, such as Relay's MD5, are only names.
 */
export const claimsHash = (id: string): boolean => id.startsWith(hashPrefix) || /^[0-9a-fA-F]{64}$/.test(id);

export interface ReadOperation {
  document: DocumentNode;
  definition: OperationDefinitionNode;
  /** Undefined for an anonymous one. */
  name: string | undefined;
}

/** @throws Error that says what is wrong: no GraphQL, too long, or not exactly one operation with its fragments */
export function readOperation(text: string): ReadOperation {
  const document = parseText(text);
  const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  const other = document.definitions.find(
    ({ kind }) => kind !== Kind.OPERATION_DEFINITION && kind !== Kind.FRAGMENT_DEFINITION,
  );
  if (other) throw new Error("defines something besides an operation and its fragments");
  const [definition, second] = operations;
  if (!definition || second) throw new Error(`has ${operations.length} operations; it must have one`);
  return { document, definition, name: definition.name?.value };
}

function parseText(text: string): DocumentNode {
  try {
    return parse(text, { maxTokens, noLocation: true });
  } catch (error) {
    // graphql-js has no other sign of it.
    if (error instanceof GraphQLError && error.message.includes(`${maxTokens} tokens`)) {
      throw new Error(`has more than ${maxTokens} tokens: ask for less at once, or split it`, { cause: error });
    }
    const place = error instanceof GraphQLError ? error.locations?.[0] : undefined;
    const at = place ? ` (line ${place.line}, column ${place.column})` : "";
    throw new Error(`is no GraphQL${at}`, { cause: error });
  }
}

const nameOf = (definition: DefinitionNode): string =>
  "name" in definition && definition.name ? definition.name.value : "";
const byName = (left: DefinitionNode, right: DefinitionNode): number =>
  nameOf(left) < nameOf(right) ? -1 : nameOf(left) > nameOf(right) ? 1 : 0;

/**
 * The same for texts that differ only in spaces, comments and the order of their definitions: operations by name, then
 * fragments by name. The order of fields counts, as in Apollo's router, because it is the order of the answer.
 *
 * @param maxTokens longer texts are not read, because strangers send them
 * @throws GraphQLError for what is no GraphQL
 */
export function normalizedText(text: string, maxTokens?: number): string {
  const document = parse(text, { noLocation: true, ...(maxTokens !== undefined && { maxTokens }) });
  const of = (kind: Kind) => document.definitions.filter((one) => one.kind === kind).sort(byName);
  const rest = document.definitions.filter(
    ({ kind }) => kind !== Kind.OPERATION_DEFINITION && kind !== Kind.FRAGMENT_DEFINITION,
  );
  const definitions = [...of(Kind.OPERATION_DEFINITION), ...of(Kind.FRAGMENT_DEFINITION), ...rest];
  return print({ ...document, definitions });
}

/** Without the values that stand in it, which may be somebody's password; for logs. */
export function withoutValues(document: DocumentNode): string {
  const hidden = { kind: Kind.STRING, value: "" } as const;
  const zero = { kind: Kind.INT, value: "0" } as const;
  return print(visit(document, { StringValue: () => hidden, IntValue: () => zero, FloatValue: () => zero }));
}
