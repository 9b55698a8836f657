// What a request asks, read for the limits: document, name, variables. Whatever is no request is left to Apollo, which
// knows how to refuse it.
import { documentShape, type DocumentShape } from "@tradegraph/kit/document-shape";
import { type DocumentNode } from "graphql";
import { type AskedParameters, searchParameters } from "../cache/response/operation-key.ts";
import { type OperationRequest } from "../http/steps.ts";
import { isJsonObject } from "../json-object.ts";
import { rememberDocuments } from "../parsed-document.ts";
import { type Values } from "./asked-values.ts";

export interface AskedOperation {
  document: DocumentNode;
  operationName: string | undefined;
  shape: DocumentShape;
  variables: Values;
}

type ReadDocument = Omit<AskedOperation, "variables">;

/** @returns a function that gives undefined for what cannot be read */
export function createAskedOperations(): (request: OperationRequest) => AskedOperation | undefined {
  const readText = rememberDocuments<ReadDocument>((document, _text, operationName) => ({
    ...{ document, operationName, shape: documentShape(document, operationName) },
  }));
  return (request) => {
    const { query, operationName, variables } = parametersOf(request) ?? {};
    if (typeof query !== "string" || query === "") return undefined;
    const name = typeof operationName === "string" && operationName !== "" ? operationName : undefined;
    const read = readText(query, name);
    return read && { ...read, variables: isJsonObject(variables) ? variables : {} };
  };
}

function parametersOf({ method, search, body }: OperationRequest): AskedParameters | undefined {
  if (method === "GET") return searchParameters(search);
  return isJsonObject(body) ? body : undefined;
}
