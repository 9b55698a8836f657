// The two chains a request goes through. HTTP steps see request and response; operation steps see who asks for what and
// give an answer, so the same guard can run in front of anything that executes operations (ruling 24).
import { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { type HTTPGraphQLRequest } from "@apollo/server";
import { type PromiseOrValue } from "../promise-or-value.ts";
import { type RequestScope } from "../request-scope.ts";
import { type WriteTogether } from "./framed-body.ts";

/** One HTTP request on its way. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  /** Of the request, which makes them anew whenever they are read. */
  headers: IncomingHttpHeaders;
  requestId: string;
  /** Path without query string. */
  path: string;
  /** Query string with its question mark, or empty. */
  search: string;
  /** Answers with an error: for what fails when the steps have returned. */
  fail: (error: unknown) => void;
}

/**
 * Answers, or calls `next` and lets a later step answer. What it throws goes to `fail`; when it returns, or resolves, it need
 * not have answered yet.
 */
export type HttpStep = (exchange: Exchange, next: () => PromiseOrValue<void>) => PromiseOrValue<void>;

/** A GraphQL request whose caller is known. */
export interface OperationRequest extends HTTPGraphQLRequest {
  scope: RequestScope;
  /** Calls back if the client goes away before it is answered; at once if it has. */
  onGone?: (listener: () => void) => void;
  /** What `headers` has for Apollo, as Node reads it. */
  httpHeaders: IncomingHttpHeaders;
  /** Body of a POST request as it came, a character for each byte; undefined for GET. */
  bodyText?: string | undefined;
  /** What stands in the path behind the endpoint's own, as it came: the id of a persisted operation. */
  pathId?: string | undefined;
}

export interface OperationAnswer {
  status: number;
  headers: ReadonlyMap<string, string>;
  body: string | Buffer;
  /** Made when it is first sent: answers from memory are sent many times. Of a copy that was changed it counts no more. */
  wire?: Wire;
}

/** An answer as Node's server takes it. */
export interface Wire {
  of: Pick<OperationAnswer, "status" | "headers" | "body">;
  /** Names and values of headers in turn, and as text. */
  fields: readonly string[];
  head: string;
  content: string | Buffer;
  encoding: BufferEncoding;
  write?: WriteTogether;
}

/**
 * Whether a step has read such a request before: its body as it came, a character for each byte, or its query string with
 * the question mark. Then it is sound, and is parsed only if somebody reads it again.
 */
export type IsKnown = (text: string) => boolean;

/** Lets the later steps answer. @param request what they see: the one that came, or another instead */
export type NextOperation = (request: OperationRequest) => PromiseOrValue<OperationAnswer>;

/**
 * Gives an answer, or what `next` answers, changed or not; at once if it can, and a step that waits for `next` only if it
 * must. Answers are shared between requests: a step that changes one makes a copy.
 */
export type OperationStep = (request: OperationRequest, next: NextOperation) => PromiseOrValue<OperationAnswer>;

/** Runs HTTP steps in order. */
export function runHttpSteps(steps: readonly HttpStep[], exchange: Exchange, at = 0): PromiseOrValue<void> {
  return steps[at]?.(exchange, () => runHttpSteps(steps, exchange, at + 1));
}

/** Puts operation steps in a row, once for all requests; the last must answer. */
export function chainOperationSteps([step, ...later]: readonly OperationStep[]): NextOperation {
  if (!step) throw new Error("No step answers operations.");
  // The last one asks nobody.
  if (later.length === 0) return (request) => step(request, unanswered);
  const next = chainOperationSteps(later);
  return (request) => step(request, next);
}

function unanswered(): never {
  throw new Error("No step answered the operation.");
}

export interface OperationObserver {
  answered: (request: OperationRequest, answer: OperationAnswer) => void;
  /** Told of what a later step throws, which goes on. */
  failed?: (request: OperationRequest, error: unknown) => void;
}

/**
 * A step that changes nothing and is told what becomes of each operation. It makes no functions for a request: those of all
 * steps would take longer than finding an answer in memory.
 */
export function observeOperations({ answered, failed }: OperationObserver): OperationStep {
  const later = async (request: OperationRequest, answering: Promise<OperationAnswer>) => {
    let answer: OperationAnswer;
    try {
      answer = await answering;
    } catch (error) {
      failed?.(request, error);
      throw error;
    }
    answered(request, answer);
    return answer;
  };
  return (request, next) => {
    let answer: PromiseOrValue<OperationAnswer>;
    try {
      answer = next(request);
    } catch (error) {
      failed?.(request, error);
      throw error;
    }
    if (answer instanceof Promise) return later(request, answer);
    answered(request, answer);
    return answer;
  };
}
