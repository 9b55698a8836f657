import { randomUUID } from "node:crypto";
import { HeaderMap } from "@apollo/server";
import { anonymousViewer } from "@tradegraph/kit/viewer";
import { type PopularOperation } from "../cache/operate/popular-operations.ts";
import { newScope } from "../request-scope.ts";
import { type OperationRequest } from "./steps.ts";

/** A request as a visitor of a tenant would send it, for operation steps. */
export function visitorRequest({ tenantId, ...body }: PopularOperation): OperationRequest {
  const httpHeaders = { "content-type": "application/json" };
  return {
    ...{ method: "POST", search: "", httpHeaders, headers: new HeaderMap(Object.entries(httpHeaders)) },
    // As it comes over HTTP: a character for each byte.
    ...{ body, bodyText: Buffer.from(JSON.stringify(body)).toString("latin1") },
    scope: newScope(randomUUID(), anonymousViewer(tenantId)),
  };
}
