import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { Writable } from "node:stream";
import { expect, it, onTestFinished } from "vitest";
import { framed, joinedText, largestFramed, type WriteTogether } from "./framed-body.ts";
import { headText, keepAliveMs, sendPrepared } from "./prepared-head.ts";

type Send = (response: ServerResponse, fields: string[], content: Buffer) => void;

const plainly: Send = (response, fields, content) => {
  response.writeHead(200, fields).end(content);
};
const together =
  (write: WriteTogether): Send =>
  (response, fields, content) => {
    sendPrepared(response, { status: 200, head: headText(fields), content, encoding: "latin1", write });
  };

/** Tells with each answer which it is. */
async function startServer(send: Send, content: Buffer) {
  let number = 0;
  const server = createServer({ keepAliveTimeout: keepAliveMs }, (request, response) => {
    const fields = ["x-number", String((number += 1)), "x-url", request.url ?? ""];
    send(response, [...fields, "content-length", String(content.length)], content);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void server.close());
  return () => {
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    const chunks: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    return {
      socket,
      ask: (url: string) => socket.write(`GET ${url} HTTP/1.1\r\nhost: x\r\n\r\n`),
      text: () => Buffer.concat(chunks).toString("latin1"),
    };
  };
}

const withoutTime = (text: string) => text.replaceAll(/^Date: [^\r]*\r$/gm, "Date");
const answersIn = (text: string) => text.split("HTTP/1.1 200 OK\r\n").slice(1);

/** Four answers, each asked for when the one before is there. */
async function inTurn(send: Send, content: Buffer): Promise<string> {
  const { ask, text } = (await startServer(send, content))();
  for (let count = 1; count <= 4; count += 1) {
    ask(`/${count}`);
    const isWhole = () => answersIn(text()).length === count && text().endsWith(content.toString("latin1"));
    await expect.poll(isWhole, { interval: 1 }).toBe(true);
  }
  return withoutTime(text());
}

const contents = {
  "a short text": Buffer.from("Grö\xdfe", "latin1"),
  nothing: Buffer.alloc(0),
  "a long one": Buffer.alloc(20_000, "abc"),
  "as much as fits": Buffer.alloc(largestFramed, "abc"),
};

it.each(Object.entries(contents))("are the bytes that Node sends: %s", async (_name, content) => {
  const expected = await inTurn(plainly, content);
  expect(answersIn(expected)).toHaveLength(4);
  expect(await inTurn(together(framed(content)), content)).toBe(expected);
  expect(await inTurn(together(joinedText(content.toString("latin1"))), content)).toBe(expected);
});

it("go out by themselves behind heads that are longer than the room for them", async () => {
  const content = Buffer.alloc(20_000, "abc");
  const write = framed(content);
  const long: Send = (response, fields, body) => {
    together(write)(response, [...fields, "x-long", "x".repeat(Number(fields[1]) % 2 === 0 ? 5_000 : 1)], body);
  };
  const expected = await inTurn((response, fields, body) => {
    plainly(response, [...fields, "x-long", "x".repeat(Number(fields[1]) % 2 === 0 ? 5_000 : 1)], body);
  }, content);
  expect(await inTurn(long, content)).toBe(expected);
});

it("keep their heads while the system has not taken them", () => {
  const content = Buffer.alloc(5_000, "abc");
  const write = framed(content);
  /** Takes what is written at once, as the system does, which copies it; or never. */
  const openSocket = (isFull: boolean) => {
    const taken: Buffer[] = [];
    const socket = new Writable({
      write(chunk: Buffer, _encoding, done) {
        taken.push(isFull ? chunk : Buffer.from(chunk));
        if (!isFull) done();
      },
    });
    return { socket: socket as unknown as Socket, text: () => Buffer.concat(taken).toString("latin1") };
  };
  const sockets = [false, false, true, false, true, true].map(openSocket);
  for (const [number, { socket }] of sockets.entries()) write(socket, `head ${number}\r\n`);
  // The last but one is given in two pieces, of which a full one takes the first.
  const expected = sockets.map((_, number) => `head ${number}\r\n${content.toString("latin1")}`);
  expect(sockets.map(({ text }) => text())).toEqual(expected.with(5, "head 5\r\n"));
});
