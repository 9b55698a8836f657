// What a request asks, read for the limits: document, name, variables. Whatever is no request is left to Apollo, which
// knows how to refuse it.
import { type DocumentNode, parse } from "graphql";
import { LRUCache } from "lru-cache";
import { type AskedParameters, searchParameters } from "../cache/response/operation-key.ts";
import { type OperationRequest } from "../http/steps.ts";
import { type Values } from "./asked-values.ts";
import { documentShape, type DocumentShape } from "./document-shape.ts";

export interface AskedOperation {
  document: DocumentNode;
  operationName: string | undefined;
  shape: DocumentShape;
  variables: Values;
}

type ReadDocument = Omit<AskedOperation, "variables">;

const memorySize = { max: 1_000, maxSize: 32 * 1_024 * 1_024 };
/** As Apollo is told in graph.ts. Places in the text would take half the memory. */
const parseOptions = { maxTokens: 2_000, noLocation: true };
/** What a token takes in a parsed document, about. */
const tokenBytes = 200;

/** @returns a function that gives undefined for what cannot be read */
export function createAskedOperations(): (request: OperationRequest) => AskedOperation | undefined {
  const memory = new LRUCache<string, { read: ReadDocument | undefined }>({
    ...memorySize,
    sizeCalculation: ({ read }, key) => key.length + 1 + tokenBytes * (read?.document.tokenCount ?? 1),
  });
  const readDocument = (query: string, operationName: string | undefined): ReadDocument | undefined => {
    // The name as JSON, which has no line breaks: no text may pass for another one with a name in front.
    const key = `${operationName === undefined ? "" : JSON.stringify(operationName)}\n${query}`;
    const known = memory.get(key);
    if (known) return known.read;
    let read: ReadDocument | undefined;
    try {
      const document = parse(query, parseOptions);
      read = { document, operationName, shape: documentShape(document, operationName) };
    } catch {
      read = undefined;
    }
    memory.set(key, { read });
    return read;
  };
  return (request) => {
    const { query, operationName, variables } = parametersOf(request) ?? {};
    if (typeof query !== "string" || query === "") return undefined;
    const name = typeof operationName === "string" && operationName !== "" ? operationName : undefined;
    const read = readDocument(query, name);
    return read && { ...read, variables: isRecord(variables) ? variables : {} };
  };
}

function parametersOf({ method, search, body }: OperationRequest): AskedParameters | undefined {
  if (method === "GET") return searchParameters(search);
  return isRecord(body) ? body : undefined;
}

const isRecord = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);
