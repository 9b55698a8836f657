import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from "node:http";
import { type Socket } from "node:net";
import { requestIdHeader, requestIdOf } from "@tradegraph/kit/request-id";
import { type Exchange, type HttpStep, runHttpSteps } from "./steps.ts";

/** A server that runs each request through the steps; it does not listen yet. */
export function openServer(
  steps: readonly HttpStep[],
  onError: (exchange: Exchange, error: unknown) => void,
  options: ServerOptions = {},
): Server {
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const url = request.url ?? "/";
    const [path = ""] = url.split("?");
    const requestId = requestIdOf(request.headers[requestIdHeader]);
    const exchange = { request, response, requestId, path, search: url.slice(path.length) };
    const fail = (error: unknown) => {
      onError(exchange, error);
    };
    try {
      runHttpSteps(steps, exchange).catch(fail);
    } catch (error) {
      // A step that throws at once fails like one that rejects.
      fail(error);
    }
  };
  // Longer than the 60 s for which load balancers keep idle connections, or they would write into a closed one.
  const server = createServer({ keepAliveTimeout: 65_000, requestTimeout: 30_000, ...options }, answer);
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
