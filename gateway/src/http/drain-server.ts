import { type Server, type ServerResponse } from "node:http";

/** Accepts nothing more, and resolves when every running request is answered. */
export async function drainServer(server: Server): Promise<void> {
  // Keep-alive connections would hold the server open; idle ones are closed now, busy ones after their answer.
  server.prependListener("request", (_request, response: ServerResponse) => {
    response.setHeader("connection", "close");
  });
  const idle = setInterval(() => {
    server.closeIdleConnections();
  }, 50);
  await new Promise((resolve) => server.close(resolve));
  clearInterval(idle);
}
