// A request by id, once its operation is known: what its client would have sent with the text.
import { type IncomingHttpHeaders } from "node:http";
import { type HeaderMap } from "@apollo/server";
import { type PassedOn } from "../operations/asked-operation.ts";
import { type RequestScope } from "../request-scope.ts";
import { parseJson } from "./body.ts";
import { type OperationRequest } from "./steps.ts";

/** A class for the same reason as the request it stands for, see graphql.ts. */
export class ResolvedOperation implements OperationRequest {
  readonly method: string;
  readonly search: string;
  readonly httpHeaders: IncomingHttpHeaders;
  readonly bodyText: string | undefined;
  readonly scope: RequestScope;
  readonly #original: OperationRequest;
  #body: unknown;

  constructor(original: OperationRequest, { search, bodyText }: PassedOn) {
    this.method = original.method;
    this.search = search;
    this.httpHeaders = original.httpHeaders;
    this.bodyText = bodyText;
    this.scope = original.scope;
    this.#original = original;
  }

  get headers(): HeaderMap {
    return this.#original.headers;
  }

  get body(): unknown {
    if (this.bodyText === undefined) return undefined;
    return (this.#body ??= parseJson(Buffer.from(this.bodyText, "latin1")));
  }

  onGone(listener: () => void): void {
    this.#original.onGone?.(listener);
  }
}
