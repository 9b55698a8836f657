import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from "node:http";
import { type Socket } from "node:net";
import { requestIdHeader, requestIdOf } from "@tradegraph/kit/request-id";
import { whenSettled } from "../promise-or-value.ts";
import { type Exchange, type HttpStep, runHttpSteps } from "./steps.ts";

const done = () => undefined;

/** A server that runs each request through the steps; it does not listen yet. */
export function openServer(
  steps: readonly HttpStep[],
  onError: (exchange: Exchange, error: unknown) => void,
  options: ServerOptions = {},
): Server {
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const url = request.url ?? "/";
    const mark = url.indexOf("?");
    const path = mark < 0 ? url : url.slice(0, mark);
    const { headers } = request;
    const requestId = requestIdOf(headers[requestIdHeader]);
    const exchange = { request, response, headers, requestId, path, search: mark < 0 ? "" : url.slice(mark) };
    const fail = (error: unknown) => {
      onError(exchange, error);
    };
    void whenSettled(() => runHttpSteps(steps, exchange), done, fail);
  };
  // Longer than the 60 s for which load balancers keep idle connections, or they would write into a closed one.
  const limits = { keepAliveTimeout: 65_000, requestTimeout: 30_000, optimizeEmptyRequests: true };
  const server = createServer({ ...limits, ...options }, answer);
  // Node asks the system for the address when it is first read, and a caller that has reset the connection has none any more.
  server.on("connection", ({ remoteAddress }) => remoteAddress);
  return server.on("clientError", refuseConnection);
}

const statusByCode: Record<string, string> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

function refuseConnection(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const status = statusByCode[error.code ?? ""] ?? "400 Bad Request";
  const body = '{"errors":[{"message":"The request is not valid HTTP.","extensions":{"code":"BAD_REQUEST"}}]}';
  socket.end(
    `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
}
