import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createSubgraphClient } from "../src/subgraph-client.ts";

let server: Server;
async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  server = createServer(answer);
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

const get = (origin: string) => ({ method: "GET", origin, path: "/" }) as const;

describe("createSubgraphClient", () => {
  it("keeps connections", async () => {
    const sockets = new Set<unknown>();
    const origin = await serve((request, response) => {
      sockets.add(request.socket);
      response.end("ok");
    });
    const client = createSubgraphClient({ timeoutMs: 500, connections: 1 });
    for (let i = 0; i < 5; i += 1) expect(await client.send(get(origin))).toMatchObject({ status: 200, text: "ok" });
    expect(sockets.size).toBe(1);
    await client.close();
  });

  it("sends a subgraph no more than 128 at once, however many distinct ones are asked for, and all in turn", async () => {
    const bound = 128;
    const held: ServerResponse[] = [];
    const asked = new Set<string>();
    let most = 0;
    let running = 0;
    const origin = await serve((request, response) => {
      asked.add(String(request.url));
      most = Math.max(most, (running += 1));
      response.on("close", () => (running -= 1));
      held.push(response);
    });
    const client = createSubgraphClient({ timeoutMs: 30_000 });
    const paths = Array.from({ length: 3 * bound }, (_, index) => `/${index}`);
    const answers = Promise.all(paths.map((path) => client.send({ method: "GET", origin, path })));
    let count = 0;
    while (count < paths.length) {
      await expect.poll(() => held.length, { timeout: 10_000 }).toBe(Math.min(bound, paths.length - count));
      count += held.length;
      for (const response of held.splice(0)) response.end("ok");
    }
    expect((await answers).every(({ text }) => text === "ok")).toBe(true);
    expect([most, asked.size]).toEqual([bound, paths.length]);
    await client.close();
  });

  it("counts waiting for a free connection into the deadline", async () => {
    const origin = await serve((_request, response) => void setTimeout(() => response.end("ok"), 150));
    const client = createSubgraphClient({ timeoutMs: 250, connections: 1 });
    const outcomes = await Promise.allSettled([client.send(get(origin)), client.send(get(origin))]);
    expect(outcomes).toMatchObject([{ status: "fulfilled" }, { status: "rejected", reason: { reason: "timeout" } }]);
    await client.close();
  });

  it("gives up on an endless body and on one that stops half-way", async () => {
    const large = await serve((_request, response) => response.end("x".repeat(10_000)));
    const bounded = createSubgraphClient({ timeoutMs: 500, maxAnswerBytes: 1_000 });
    await expect(bounded.send(get(large))).rejects.toMatchObject({ reason: "unavailable" });
    server.close();
    const slow = await serve((_request, response) => void response.write("{"));
    await expect(bounded.send({ ...get(slow), timeoutMs: 150 })).rejects.toMatchObject({ reason: "timeout" });
  });

  it("tells a refused connection at once, and recovers with the server", async () => {
    const origin = await serve((_request, response) => response.end("ok"));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const client = createSubgraphClient({ timeoutMs: 2_000 });
    const start = performance.now();
    await expect(client.send(get(origin))).rejects.toMatchObject({ reason: "unavailable" });
    expect(performance.now() - start).toBeLessThan(1_000);
    await new Promise<void>((resolve) => void server.listen(port, "127.0.0.1", resolve));
    expect(await client.send(get(origin))).toMatchObject({ text: "ok" });
    await client.close();
  });
});
