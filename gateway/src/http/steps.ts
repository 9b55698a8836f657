// The two chains a request goes through. HTTP steps see request and response; operation steps see who asks for what and
// give an answer, so the same guard can run in front of anything that executes operations (ruling 24).
import { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { type HTTPGraphQLRequest } from "@apollo/server";
import { type RequestScope } from "../request-scope.ts";

/** One HTTP request on its way. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  requestId: string;
  /** Path without query string. */
  path: string;
  /** Query string with its question mark, or empty. */
  search: string;
}

/** Answers, or calls `next` and lets a later step answer. */
export type HttpStep = (exchange: Exchange, next: () => Promise<void>) => Promise<void> | void;

/** A GraphQL request whose caller is known. */
export interface OperationRequest extends HTTPGraphQLRequest {
  scope: RequestScope;
  /** Calls back if the client goes away before it is answered; at once if it has. */
  onGone?: (listener: () => void) => void;
  /** What `headers` has for Apollo, as Node reads it. */
  httpHeaders: IncomingHttpHeaders;
  /** Body of a POST request as it came, a character for each byte; undefined for GET. */
  bodyText?: string | undefined;
}

export interface OperationAnswer {
  status: number;
  headers: Map<string, string>;
  body: string | Buffer;
}

/**
 * Gives an answer, or what `next` answers, changed or not. Later issues put theirs between log and execution: persisted
 * operations, rate limit, response cache.
 */
export type OperationStep = (
  request: OperationRequest,
  next: () => Promise<OperationAnswer>,
) => Promise<OperationAnswer>;

/** Runs HTTP steps in order. */
export function runHttpSteps(steps: readonly HttpStep[], exchange: Exchange, at = 0): Promise<void> {
  const step = steps[at];
  return Promise.resolve(step?.(exchange, () => runHttpSteps(steps, exchange, at + 1)));
}

/** Runs operation steps in order; the last must answer. */
export function runOperationSteps(
  steps: readonly OperationStep[],
  request: OperationRequest,
  at = 0,
): Promise<OperationAnswer> {
  const step = steps[at];
  if (!step) return Promise.reject(new Error("No step answered the operation."));
  return step(request, () => runOperationSteps(steps, request, at + 1));
}
