// The GraphQL endpoint: HTTP on one side, operation steps on the other.
import { type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { HeaderMap } from "@apollo/server";
import { requestIdHeader } from "@tradegraph/kit/request-id";
import { type Viewer } from "@tradegraph/kit/viewer";
import { type PromiseOrValue } from "../promise-or-value.ts";
import { newScope, type RequestScope } from "../request-scope.ts";
import { type Identify } from "../viewer.ts";
import { parseJson, withBody } from "./body.ts";
import { checkSearchDepth } from "./json-depth.ts";
import { headText, inOnePiece, sendPrepared, takesPrepared } from "./prepared-head.ts";
import { refusal } from "./refusal.ts";
import { type FixedHeaders } from "./security-headers.ts";
import {
  type Exchange,
  type HttpStep,
  type IsKnown,
  type NextOperation,
  type OperationAnswer,
  type OperationRequest,
} from "./steps.ts";
import { createWaitingLine } from "./waiting-line.ts";
import { wireOf } from "./wire.ts";

export const graphqlPath = "/graphql";

/** Answers depend on these request headers, so caches must keep them apart. */
const varyOn = "Accept, Accept-Encoding, Authorization, X-Api-Key, X-Tenant-Id";

export interface GraphqlEndpointOptions {
  identify: Identify;
  bodyLimit: number;
  /** All steps, the first of them at its head. */
  answer: NextOperation;
  /** Of every answer. */
  fixedHeaders?: FixedHeaders;
  isKnown?: IsKnown | undefined;
  /** Whether paths below the endpoint's are ids of persisted operations; there is nothing there unless given. */
  takesIds?: boolean;
}

function headerMap(headers: IncomingHttpHeaders): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return map;
}

/**
 * What steps seldom need is made when it is read. A class, because V8 makes another hidden class for each object literal
 * with getters, which takes longer than an answer from the cache.
 */
class HttpOperation implements OperationRequest {
  readonly method: string;
  readonly search: string;
  readonly httpHeaders: IncomingHttpHeaders;
  readonly bodyText: string | undefined;
  readonly pathId: string | undefined;
  readonly scope: RequestScope;
  readonly #response: ServerResponse;
  readonly #content: Content;
  #headers: HeaderMap | undefined;

  constructor({ request, response, headers, path, search }: Exchange, content: Content, scope: RequestScope) {
    this.method = request.method ?? "GET";
    this.search = search;
    this.httpHeaders = headers;
    this.bodyText = content.text;
    this.pathId = path === graphqlPath ? undefined : path.slice(graphqlPath.length + 1);
    this.scope = scope;
    this.#response = response;
    this.#content = content;
  }

  get headers(): HeaderMap {
    return (this.#headers ??= headerMap(this.httpHeaders));
  }

  get body(): unknown {
    const { bytes, parsed } = this.#content;
    return parsed ?? (bytes && (this.#content.parsed = parseJson(bytes)));
  }

  onGone(listener: () => void): void {
    const response = this.#response;
    if (response.closed) listener();
    response.once("close", () => {
      if (!response.writableFinished) listener();
    });
  }
}

interface Content {
  bytes?: Buffer;
  text?: string;
  parsed?: unknown;
}

/** Query strings and paths are known by these first characters; no JSON has them. */
const isBody = (text: string) => text[0] !== "?" && text[0] !== "/";

/** @throws GraphQLError 400 for what is no JSON, before anybody is identified */
function contentOf(bytes: Buffer, { isKnown }: GraphqlEndpointOptions): Content {
  if (!isKnown) return { bytes, parsed: parseJson(bytes) };
  const text = bytes.toString("latin1");
  return { bytes, text, parsed: isBody(text) && isKnown(text) ? undefined : parseJson(bytes) };
}

/** Headers of every answer that nobody has set yet: names and values in turn, and as text where nobody has set any. */
interface FirstHeaders {
  fields: string[];
  text?: string;
}

/** @param own that belong to the request. @param fixed those of every answer */
function send(
  { response, headers }: Exchange,
  answer: OperationAnswer,
  { first, own, fixed }: { first: FirstHeaders; own: readonly string[]; fixed: FixedHeaders },
): void {
  const { status } = answer;
  const { fields, head, content, encoding, write } = wireOf(answer, fixed);
  if (first.text !== undefined && takesPrepared(response, headers)) {
    sendPrepared(response, { status, head: first.text + headText(own) + head, content, encoding, write });
  } else {
    response.writeHead(status, [...first.fields, ...own, ...fields]).end(content, encoding);
  }
}

const none: readonly string[] = [];

/** Headers of one request; none for answers that shared caches may keep: they would show them to others. */
export function ownHeaders(
  { method, scope }: Pick<OperationRequest, "method" | "scope">,
  { headers }: OperationAnswer,
): readonly string[] {
  const tell = scope.ownHeaders;
  return tell && !(method === "GET" && headers.get("cache-control")?.includes("public")) ? tell() : none;
}

/** A request whose content was read. */
interface Asked {
  exchange: Exchange;
  first: FirstHeaders;
  content: Content;
}

const whenRecorded = createWaitingLine();

/** Once what is recorded of it survives. */
function deliver(
  { fixedHeaders: fixed = [] }: GraphqlEndpointOptions,
  { exchange, first }: Asked,
  operation: HttpOperation,
  answer: OperationAnswer,
): void {
  const { recorded } = operation.scope;
  const work = () => {
    try {
      send(exchange, answer, { first, own: ownHeaders(operation, answer), fixed });
    } catch (error) {
      exchange.fail(error);
    }
  };
  if (recorded) whenRecorded(recorded, work);
  else work();
}

/** The same for what is refused. */
function refuse({ response, fail }: Exchange, { recorded, ownHeaders: tell }: RequestScope, error: unknown): void {
  const work = () => {
    const own = tell?.() ?? none;
    for (const [index, name] of own.entries()) if (index % 2 === 0) response.setHeader(name, own[index + 1] ?? "");
    fail(error);
  };
  // Each in a context of its own, which the log may look at.
  if (recorded) void recorded.then(work);
  else work();
}

function answerAs(options: GraphqlEndpointOptions, asked: Asked, viewer: Viewer): PromiseOrValue<void> {
  const { exchange, content } = asked;
  const scope = newScope(exchange.requestId, viewer);
  const operation = new HttpOperation(exchange, content, scope);
  let answer: PromiseOrValue<OperationAnswer>;
  try {
    answer = options.answer(operation);
  } catch (error) {
    refuse(exchange, scope, error);
    return;
  }
  if (!(answer instanceof Promise)) {
    deliver(options, asked, operation, answer);
    return;
  }
  return answer.then(
    (given) => {
      deliver(options, asked, operation, given);
    },
    (error: unknown) => {
      refuse(exchange, scope, error);
    },
  );
}

function answerAsked(options: GraphqlEndpointOptions, asked: Asked): PromiseOrValue<void> {
  const { request, headers } = asked.exchange;
  const viewer = options.identify({ socket: request.socket, headers });
  return viewer instanceof Promise
    ? viewer.then((known) => answerAs(options, asked, known))
    : answerAs(options, asked, viewer);
}

function answerOperation(
  options: GraphqlEndpointOptions,
  exchange: Exchange,
  first: FirstHeaders,
): PromiseOrValue<void> {
  const { method } = exchange.request;
  if (method === "POST") {
    return withBody(exchange, options.bodyLimit, (bytes) =>
      answerAsked(options, { exchange, first, content: contentOf(bytes, options) }),
    );
  }
  if (method === "GET") {
    if (!options.isKnown?.(exchange.search)) checkSearchDepth(exchange.search);
    return answerAsked(options, { exchange, first, content: {} });
  }
  throw refusal(405, "BAD_REQUEST", "Send GraphQL as POST, or a query as GET.", { allow: "GET, POST" });
}

const varyOf = (origins: string | number | string[] | undefined) => [origins ?? [], varyOn].flat().join(", ");

const isEndpoint = (path: string, { takesIds }: GraphqlEndpointOptions): boolean =>
  path === graphqlPath || (takesIds === true && path.startsWith(`${graphqlPath}/`));

/** Answers every request; whatever is not for the GraphQL endpoint does not exist. */
export function graphqlEndpoint(options: GraphqlEndpointOptions): HttpStep {
  return (exchange) => {
    const vary = varyOf(exchange.response.getHeader("vary"));
    if (isEndpoint(exchange.path, options)) return answerOperation(options, exchange, { fields: ["vary", vary] });
    throw refusal(404, "NOT_FOUND", `There is nothing here: GraphQL is at ${graphqlPath}.`);
  };
}

const queryParameter = /[?&](?:query|documentId|extensions)=/;

/**
 * The same for the first place among the steps: programs, which send no `Origin`, are answered without the steps between,
 * which do for them only what is done here: tell the request's id, and that pages may get other headers.
 *
 * @param corsOrigins as for allowOrigins; answers for any origin are left to it
 */
export function graphqlShortcut(options: GraphqlEndpointOptions, corsOrigins: readonly string[]): HttpStep {
  const isForAny = corsOrigins.includes("*");
  const vary = `Origin, ${varyOn}`;
  const start = inOnePiece(`${headText(["vary", vary])}${requestIdHeader}: `);
  return (exchange, next) => {
    const { request, headers, path, search, requestId } = exchange;
    if (headers.origin !== undefined || isForAny || !isEndpoint(path, options)) return next();
    const isAsked = path !== graphqlPath || queryParameter.test(search);
    if (request.method !== "POST" && !(request.method === "GET" && isAsked)) return next();
    // What requestIdOf gives, which is a header's value as it is.
    const text = `${start}${requestId}\r\n`;
    return answerOperation(options, exchange, { fields: ["vary", vary, requestIdHeader, requestId], text });
  };
}
