import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { reportToParent } from "./report-to-parent.ts";
import { type StaticSubgraph, subgraphs } from "./subgraphs.ts";

async function serve({ answer }: StaticSubgraph): Promise<number> {
  const reply = async (request: IncomingMessage, response: ServerResponse) => {
    const { query } = JSON.parse(await text(request)) as { query: string };
    response.setHeader("content-type", "application/json").end(JSON.stringify({ data: answer(query) }));
  };
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => void reply(request, response));
  await once(server.listen(0, "127.0.0.1"), "listening");
  return (server.address() as AddressInfo).port;
}

reportToParent(await Promise.all(subgraphs.map(serve)));
