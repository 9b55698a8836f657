import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { createAnswer } from "./cache-subgraph.ts";
import { reportToParent } from "./report-to-parent.ts";

const { answer, asked } = createAnswer();
const reply = async (request: IncomingMessage, response: ServerResponse) => {
  response.setHeader("content-type", "application/json");
  if (request.method === "GET") return response.end(JSON.stringify(asked()));
  const body = JSON.parse(await text(request)) as Parameters<typeof answer>[0];
  // For Apollo's plugin, which reads nothing else.
  return response.setHeader("cache-control", "max-age=600, public").end(JSON.stringify(await answer(body)));
};
const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => void reply(request, response));
await once(server.listen(0, "127.0.0.1"), "listening");
reportToParent([(server.address() as AddressInfo).port]);
