// The floor: Node's own server, which reads the same request and sends the same bytes, headers included.
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import process from "node:process";
import { reportToParent } from "./report-to-parent.ts";

/** The bytes in base64, because they may be compressed. */
const [bytes = "", headers = "{}"] = process.argv.slice(2);
const body = Buffer.from(bytes, "base64");
const sent = { ...(JSON.parse(headers) as Record<string, string>), "content-length": body.length };
const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => response.writeHead(200, sent).end(body));
});
await once(server.listen(0, "127.0.0.1"), "listening");
reportToParent([(server.address() as AddressInfo).port]);
