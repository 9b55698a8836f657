// What a request asks, told apart by meaning and not by spelling: spaces, comments, the order of variables and the name of
// an operation make no other question.
import { hash } from "node:crypto";
import { type DocumentNode, Kind, type OperationDefinitionNode, parse, print } from "graphql";
import { isJsonObject, type JsonObject } from "../../json-object.ts";
import { parseOptions, rememberDocuments } from "../../parsed-document.ts";
import { canonicalJson } from "../store/cache-key.ts";

/** A query that somebody sent; nobody has looked yet whether the schema allows it. */
export interface AskedQuery {
  /** The same for requests that ask the same. */
  key: string;
  /** As this caller calls it. */
  operationName: string | undefined;
  document: DocumentNode;
}

/** The parameters of GraphQL over HTTP. */
export interface AskedParameters {
  query?: unknown;
  operationName?: unknown;
  variables?: unknown;
  extensions?: unknown;
}

interface ReadQuery {
  /** Hash of what it asks, because the text may be much longer than the request: it is indented. */
  digest: string;
  document: DocumentNode;
  /** Shared by all who ask it. */
  shown: ForgettableDocument;
  operationName: string | undefined;
  variables: readonly string[];
}

/** A parsed document for as long as somebody else holds it, and parsed again after that. */
class ForgettableDocument {
  readonly #query: string;
  #held: WeakRef<DocumentNode>;

  constructor(query: string, document: DocumentNode) {
    this.#query = query;
    this.#held = new WeakRef(document);
  }

  get(): DocumentNode {
    const held = this.#held.deref();
    if (held) return held;
    const document = parse(this.#query, parseOptions);
    this.#held = new WeakRef(document);
    return document;
  }
}

/** Many of them lie in memory, so they do not hold their document. */
class SmallQuery implements AskedQuery {
  readonly key: string;
  readonly operationName: string | undefined;
  readonly #shown: ForgettableDocument;

  constructor(key: string, { operationName, shown }: ReadQuery) {
    this.key = key;
    this.operationName = operationName;
    this.#shown = shown;
  }

  get document(): DocumentNode {
    return this.#shown.get();
  }
}

/**
 * Reads parameters. Anything that is not plainly one query gives undefined and is left to Apollo, which knows how to
 * refuse it; nothing is refused here.
 */
export function createQueryReader(): (parameters: AskedParameters) => AskedQuery | undefined {
  const readText = rememberDocuments(readQuery);
  return ({ query, operationName, variables, extensions }) => {
    if (typeof query !== "string" || !isNameOrNothing(operationName) || !areHarmless(extensions)) return undefined;
    if (!isObjectOrNothing(variables)) return undefined;
    const read = readText(query, operationName ?? undefined);
    if (!read) return undefined;
    const values = canonicalValues(read.variables, variables ?? {});
    if (values === undefined) return undefined;
    return new SmallQuery(hash("sha256", JSON.stringify([read.digest, values]), "base64url"), read);
  };
}

/** @throws Error for what cannot be printed */
function readQuery(document: DocumentNode, query: string, operationName: string | undefined): ReadQuery | undefined {
  const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  const operation = operations.find(({ name }) => operationName === undefined || name?.value === operationName);
  if (operation?.operation !== "query") return undefined;
  const several = operations.length > 1;
  if (several && operationName === undefined) return undefined;
  // Of several operations all count: Apollo refuses a document for faults of any.
  const asked = several ? [operationName, print(document)] : [print(withoutName(document, operation))];
  return {
    digest: hash("sha256", JSON.stringify(asked), "base64url"),
    document,
    shown: new ForgettableDocument(query, document),
    operationName: operation.name?.value,
    variables: (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value).sort(),
  };
}

const withoutName = (document: DocumentNode, operation: OperationDefinitionNode): DocumentNode => ({
  ...document,
  definitions: document.definitions.map((one) => (one === operation ? { ...operation, name: undefined } : one)),
});

/** Values of declared variables only: a value that nobody asks for makes no other question. */
function canonicalValues(names: readonly string[], values: Record<string, unknown>): string | undefined {
  try {
    return canonicalJson(names.flatMap((name) => (Object.hasOwn(values, name) ? [[name, values[name]]] : [])));
  } catch {
    // Nested too deeply to write down.
    return undefined;
  }
}

const isObjectOrNothing = (value: unknown): value is JsonObject | null | undefined =>
  value === undefined || value === null || isJsonObject(value);
const isNameOrNothing = (value: unknown): value is string | null | undefined =>
  value === undefined || value === null || (typeof value === "string" && value !== "");

/** Apollo's clients name themselves in `extensions`; whatever else stands there may change the answer. */
const areHarmless = (extensions: unknown): boolean =>
  isObjectOrNothing(extensions) && Object.keys(extensions ?? {}).every((key) => key === "clientLibrary");

/**
 * Parameters of a GET request.
 *
 * @returns undefined when Apollo would refuse them
 */
export function searchParameters(search: string): AskedParameters | undefined {
  const given = new URLSearchParams(search);
  const parameters: Record<string, unknown> = {};
  for (const name of ["query", "operationName", "variables", "extensions"]) {
    const [value, second] = given.getAll(name);
    if (second !== undefined) return undefined;
    if (value === undefined) continue;
    try {
      parameters[name] = name === "variables" || name === "extensions" ? (JSON.parse(value) as unknown) : value;
    } catch {
      return undefined;
    }
    // Apollo allows null in a body, not here.
    if (parameters[name] === null) return undefined;
  }
  return parameters;
}
