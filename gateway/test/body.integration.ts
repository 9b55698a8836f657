// Bodies as they come over the wire: with their headers, in pieces, broken, too large.
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { GraphQLError } from "graphql";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { withBody } from "../src/http/body.ts";

const limit = 100;
const outcomes: PromiseLike<string>[] = [];
const server = createServer((request, response) => {
  const body = withBody({ request, headers: request.headers }, limit, (bytes) => bytes.toString());
  const told = (error: unknown) => (error instanceof GraphQLError ? error.message : String(error));
  outcomes.push(body.catch(told).finally(() => response.end()));
});

beforeAll(() => once(server.listen(0, "127.0.0.1"), "listening"));
afterAll(() => server.close());
beforeEach(() => void (outcomes.length = 0));

const head = (...more: string[]) =>
  ["POST / HTTP/1.1", "host: a", "content-type: application/json", ...more, "", ""].join("\r\n");

/** Sends pieces, one after the other, and hangs up. @returns what came of the body */
async function outcomeOf(...pieces: string[]): Promise<string | undefined> {
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1")
    .setNoDelay()
    .on("error", () => undefined);
  await once(socket, "connect");
  for (const piece of pieces) {
    socket.write(piece);
    await expect.poll(() => outcomes.length).toBe(1);
    await new Promise(setImmediate);
  }
  const outcome = outcomes[0];
  const late = new Promise<string>((resolve) => setTimeout(resolve, 2_000, "nothing"));
  socket.end();
  return Promise.race([outcome, late]).finally(() => socket.destroy());
}

it.each([
  ["with its headers", [`${head("content-length: 7")}{"a":1}`], '{"a":1}'],
  ["in pieces", [`${head("content-length: 7")}{"a"`, ":1", "}"], '{"a":1}'],
  ["after its headers", [head("content-length: 7"), '{"a":1}'], '{"a":1}'],
  ["in chunks, at once", [`${head("transfer-encoding: chunked")}4\r\n{"a"\r\n3\r\n:1}\r\n0\r\n\r\n`], '{"a":1}'],
  ["in chunks", [`${head("transfer-encoding: chunked")}4\r\n{"a"\r\n`, "3\r\n:1}\r\n0\r\n\r\n"], '{"a":1}'],
  ["of no bytes", [head("content-length: 0")], ""],
  ["of as many bytes as allowed", [head(`content-length: ${limit}`) + "x".repeat(limit)], "x".repeat(limit)],
])("reads a body %s", async (_how, pieces, text) => {
  expect(await outcomeOf(...pieces)).toBe(text);
});

it.each([
  ["with its headers", [head(`content-length: ${limit + 1}`) + "x".repeat(limit + 1)]],
  ["in pieces", [head(`content-length: ${limit + 1}`) + "x".repeat(limit), "x"]],
  ["in one chunk", [`${head("transfer-encoding: chunked")}c8\r\n${"x".repeat(200)}\r\n0\r\n\r\n`]],
])("refuses a body that is too large, %s", async (_how, pieces) => {
  expect(await outcomeOf(...pieces)).toMatch(/^The body is larger than 100 bytes/);
});

it.each([
  ["ends early", [`${head("content-length: 9")}{"a"`]],
  ["never begins", [head("content-length: 9")]],
  ["breaks together with its headers", [`${head("transfer-encoding: chunked")}4\r\n{"a"\r\nnonsense`]],
  ["breaks at once", [`${head("transfer-encoding: chunked")}nonsense`]],
  ["breaks later", [`${head("transfer-encoding: chunked")}4\r\n{"a"\r\n`, "nonsense"]],
])("gives up a body that %s", async (_how, pieces) => {
  expect(await outcomeOf(...pieces)).toBe("The body ended early.");
});
