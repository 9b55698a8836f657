import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from "node:http";
import { type Socket } from "node:net";
import { requestIdHeader, requestIdOf } from "@tradegraph/kit/request-id";
import { notForCaches } from "../cache/response/cache-headers.ts";
import { keepAliveMs } from "./prepared-head.ts";
import { badRequest, refusal } from "./refusal.ts";
import { type FixedHeaders } from "./security-headers.ts";
import { type Exchange, type HttpStep, runHttpSteps } from "./steps.ts";

export interface OpenServerOptions extends ServerOptions {
  /** Of answers that no step gives. */
  fixedHeaders?: FixedHeaders;
}

/** Proxies may send the whole address, which every server must take (RFC 9112, section 3.2.2). */
const absoluteStart = /^https?:\/\/[^/?]*/i;
const originForm = (url: string): string => {
  if (url[0] === "/" || !absoluteStart.test(url)) return url;
  const rest = url.replace(absoluteStart, "");
  return rest[0] === "/" ? rest : `/${rest}`;
};

/** A server that runs each request through the steps; it does not listen yet. */
export function openServer(
  steps: readonly HttpStep[],
  onError: (exchange: Exchange, error: unknown) => void,
  { fixedHeaders = [], ...options }: OpenServerOptions = {},
): Server {
  const exchangeOf = (request: IncomingMessage, response: ServerResponse): Exchange => {
    const url = originForm(request.url ?? "/");
    const mark = url.indexOf("?");
    const path = mark < 0 ? url : url.slice(0, mark);
    const { headers } = request;
    const requestId = requestIdOf(headers[requestIdHeader]);
    const search = mark < 0 ? "" : url.slice(mark);
    const fail = (error: unknown) => {
      onError(exchange, error);
    };
    const exchange: Exchange = { request, response, headers, requestId, path, search, fail };
    return exchange;
  };
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const exchange = exchangeOf(request, response);
    // Node would refuse it with an empty answer.
    if (exchange.headers.host === undefined && request.httpVersionMinor > 0) {
      exchange.fail(badRequest("Send a Host header."));
      return;
    }
    try {
      const running = runHttpSteps(steps, exchange);
      if (running instanceof Promise) running.catch(exchange.fail);
    } catch (error) {
      exchange.fail(error);
    }
  };
  const limits = {
    ...{ keepAliveTimeout: keepAliveMs, requestTimeout: 30_000, optimizeEmptyRequests: true, requireHostHeader: false },
  };
  const server = createServer({ ...limits, ...options }, answer);
  // Node asks the system for the address when it is first read, and a caller that has reset the connection has none any more.
  server.on("connection", ({ remoteAddress }) => remoteAddress);
  server.on("checkExpectation", (request: IncomingMessage, response: ServerResponse) => {
    const message = "Of what `Expect` may ask, only 100-continue is known.";
    exchangeOf(request, response).fail(refusal(417, "BAD_REQUEST", message, { connection: "close" }));
  });
  return server.on("clientError", refuseConnection(fixedHeaders));
}

const statusByCode: Record<string, [status: string, message: string]> = {
  HPE_HEADER_OVERFLOW: ["431 Request Header Fields Too Large", "The address and the headers are longer than 16 KB."],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ["413 Content Too Large", "The extensions of the chunks are too long."],
  ERR_HTTP_REQUEST_TIMEOUT: ["408 Request Timeout", "The request did not arrive in time."],
};

/** Of what never became a request; so there is no id, and the connection ends. */
function refuseConnection(fixedHeaders: FixedHeaders) {
  const fixed = fixedHeaders.map((text, at) => text + (at % 2 === 0 ? ": " : "\r\n")).join("");
  return (error: NodeJS.ErrnoException, socket: Socket): void => {
    if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
    const [status, message] = statusByCode[error.code ?? ""] ?? ["400 Bad Request", "The request is not valid HTTP."];
    const body = JSON.stringify({ errors: [{ message, extensions: { code: "BAD_REQUEST" } }] });
    const headers = `connection: close\r\ncache-control: ${notForCaches}\r\n${fixed}content-type: application/json; charset=utf-8`;
    socket.end(`HTTP/1.1 ${status}\r\n${headers}\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
  };
}
