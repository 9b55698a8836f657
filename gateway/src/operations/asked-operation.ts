// What a request says about its operation: an id in one of the shapes that clients know, a text, or both.
import { bareOperationId, operationIdPattern, operationIdRule } from "@tradegraph/kit/operation-text";
import { badRequest } from "../http/refusal.ts";
import { type OperationRequest } from "../http/steps.ts";
import { isJsonObject, type JsonObject } from "../json-object.ts";

/** What a request asks for. */
export interface AskedOperation {
  /** Without `sha256:`; undefined for a text alone. */
  id: string | undefined;
  /** Whether the id came as Apollo's automatic persisted queries send it, which register texts on their way. */
  isAutomatic: boolean;
  text: string | undefined;
  /** Undefined where the request says none, or no name that GraphQL knows. */
  operationName: string | undefined;
  /** What a client would have sent with a text instead. */
  withText: (text: string) => PassedOn;
}

/** Parts of a request that differ once its operation is known. */
export interface PassedOn {
  search: string;
  /** A character for each byte, as bodies come; undefined for GET. */
  bodyText: string | undefined;
}

type Sent = Pick<OperationRequest, "method" | "search" | "body" | "pathId">;

const withoutAny = { id: undefined, isAutomatic: false, operationName: undefined } as const;

/** As long as names of registered operations may be. */
const namePattern = /^[_A-Za-z]\w{0,199}$/;
const usableName = (name: unknown): string | undefined =>
  typeof name === "string" && namePattern.test(name) ? name : undefined;

/** The parameters of GraphQL over HTTP besides the text. */
const passedOn = ["operationName", "variables", "extensions"] as const;

/**
 * Reads a request. Faults of a request without an id are left to GraphQL itself, which knows how to refuse them.
 *
 * @throws GraphQLError 400 for an id that cannot be understood, or several
 */
export function readAsked(request: Sent): AskedOperation {
  const { method, search, pathId } = request;
  const isGet = method === "GET";
  const members = isGet ? membersOf(search) : isJsonObject(request.body) ? request.body : {};
  const [inPath, nameInPath] = partsOf(pathId);
  const automatic = automaticId(members.extensions);
  const given = [
    inPath,
    stringIn(members, "documentId"),
    isGet ? undefined : idInUrl(search),
    stringIn(members, "doc_id"),
    automatic,
  ];
  const ids = new Set(given.filter((id) => id !== undefined).map(bareOperationId));
  if (ids.size > 1) throw badRequest("The request names several operations: send one id.");
  const [id] = ids;
  // No list can have it, and what strangers made up would go into answers and logs.
  if (id !== undefined && !operationIdPattern.test(id))
    throw badRequest(`This is no id of an operation: ${operationIdRule}`);
  const text = typeof members.query === "string" && members.query !== "" ? members.query : undefined;
  if (id === undefined) return { ...withoutAny, text, withText: () => ({ search, bodyText: undefined }) };
  const operationName = operationNameOf(members.operationName, nameInPath);
  const rest = { ...members, operationName };
  const extensions = withoutId(members.extensions);
  return {
    ...{ id, isAutomatic: automatic !== undefined, text, operationName: usableName(operationName) },
    withText(query) {
      const parameters = { query, ...pick({ ...rest, extensions }) };
      if (isGet) return { search: searchOf(parameters), bodyText: undefined };
      return { search, bodyText: Buffer.from(JSON.stringify(parameters)).toString("latin1") };
    },
  };
}

const pick = (members: JsonObject): JsonObject =>
  Object.fromEntries(passedOn.flatMap((name) => (members[name] === undefined ? [] : [[name, members[name]]])));

/** Of a query string; values that must be JSON stay texts where they are none, for GraphQL to refuse. */
function membersOf(search: string): JsonObject {
  const url = new URLSearchParams(search);
  const members: JsonObject = {};
  for (const name of ["query", "documentId", "doc_id", ...passedOn]) {
    const value = once(url, name);
    if (value !== undefined) members[name] = name === "extensions" ? jsonOf(value) : value;
  }
  return members;
}

const idInUrl = (search: string): string | undefined =>
  search === "" ? undefined : once(new URLSearchParams(search), "documentId");

function once(url: URLSearchParams, name: string): string | undefined {
  const [value, second] = url.getAll(name);
  if (second !== undefined) throw badRequest(`The parameter ${name} is there twice: send it once.`);
  return value;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function searchOf(parameters: JsonObject): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    search.set(name, typeof value === "string" ? value : JSON.stringify(value));
  }
  return `?${search.toString()}`;
}

function stringIn(members: JsonObject, name: string): string | undefined {
  const value = members[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string" || value === "") throw badRequest(`\`${name}\` must be the id of an operation.`);
  return value;
}

/** Of `<id>` or `<id>/<operationName>`, as the branch "persisted-documents-get-url" of the specification has it. */
function partsOf(pathId: string | undefined): [id?: string, name?: string] {
  if (pathId === undefined) return [];
  const parts = pathId.split("/").map(decoded);
  const [id, name] = parts;
  if (parts.length > 2 || !id || name === "") {
    throw badRequest("The path must be /graphql/<id of an operation>, or that and /<name of the operation>.");
  }
  return [id, name];
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw badRequest("The path is not encoded as addresses must be.");
  }
}

function operationNameOf(sent: unknown, inPath: string | undefined): unknown {
  if (inPath === undefined || sent === undefined || sent === null) return inPath ?? sent;
  if (sent !== inPath) throw badRequest("The path and `operationName` name different operations.");
  return sent;
}

/** @throws GraphQLError 400 */
function automaticId(extensions: unknown): string | undefined {
  if (!isJsonObject(extensions) || extensions.persistedQuery === undefined || extensions.persistedQuery === null) {
    return undefined;
  }
  const { persistedQuery } = extensions;
  if (!isJsonObject(persistedQuery) || persistedQuery.version !== 1) {
    throw badRequest("Unsupported persisted query version: send `extensions.persistedQuery.version` 1.");
  }
  const { sha256Hash } = persistedQuery;
  if (typeof sha256Hash !== "string" || sha256Hash === "") {
    throw badRequest("`extensions.persistedQuery.sha256Hash` must be the id of an operation.");
  }
  return sha256Hash;
}

/** Undefined rather than empty: requests that ask the same look the same. */
function withoutId(extensions: unknown): unknown {
  if (!isJsonObject(extensions)) return extensions;
  const rest = Object.entries(extensions).filter(([name]) => name !== "persistedQuery");
  return rest.length === 0 ? undefined : Object.fromEntries(rest);
}
