// Prepared heads use what Node's types leave out (docs/decisions/0016-prepared-heads.md): each Node that the project is
// given must send the same bytes for both ways.
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { headText, keepAliveMs, sendPrepared, takesPrepared } from "./prepared-head.ts";

interface Answer {
  status: number;
  fields: string[];
  content: string | Buffer;
  encoding: BufferEncoding;
}
type Send = (response: ServerResponse, answer: Answer) => void;

const plainly: Send = (response, { status, fields, content, encoding }) => {
  response.writeHead(status, fields).end(content, encoding);
};
const prepared: Send = (response, { status, fields, content, encoding }) => {
  expect(takesPrepared(response, response.req.headers)).toBe(true);
  sendPrepared(response, { status, head: headText(fields), content, encoding });
};

const fieldsOf = (body: string | Buffer) => ["vary", "Accept", "etag", '"é"', "content-length", String(body.length)];
const answers: Record<string, Answer> = {
  "a short text": { status: 200, content: "{}\n", fields: fieldsOf("{}\n"), encoding: "latin1" },
  "bytes of UTF-8": {
    ...{ status: 200, content: Buffer.from("Größe"), fields: fieldsOf(Buffer.from("Größe")), encoding: "utf8" },
  },
  "much at once": {
    ...{ status: 200, content: Buffer.alloc(300_000, "x"), encoding: "utf8" },
    fields: fieldsOf(Buffer.alloc(300_000)),
  },
  "no content": { status: 200, content: "", fields: fieldsOf(""), encoding: "utf8" },
  "not modified": { status: 304, content: "", fields: ["etag", '"a"'], encoding: "utf8" },
  "a refusal": { status: 429, content: "{}", fields: ["retry-after", "1", ...fieldsOf("{}")], encoding: "latin1" },
};

/** All that comes over one connection for some requests at once, the last of which ends it. */
async function received(send: Send, answer: Answer): Promise<string> {
  let left = 3;
  const server = createServer({ keepAliveTimeout: keepAliveMs }, (_request, response) => {
    (left > 1 ? send : plainly)(response, answer);
    left -= 1;
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  const get = "GET / HTTP/1.1\r\nhost: x\r\n";
  socket.write(`${get}\r\n${get}\r\n${get}connection: close\r\n\r\n`);
  const bytes = await text(socket);
  server.close();
  return bytes;
}

const withoutTime = (bytes: string) =>
  bytes.replaceAll(/^Date: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\r$/gm, "Date");

describe("prepared heads", () => {
  it.each(Object.entries(answers))("are what Node writes: %s", async (_name, answer) => {
    const expected = withoutTime(await received(plainly, answer));
    expect(expected.match(/^Date$/gm)).toHaveLength(3);
    expect(withoutTime(await received(prepared, answer))).toBe(expected);
  });

  it("tell the time of now", async () => {
    const bytes = await received(prepared, answers["a short text"] as Answer);
    const [, date = ""] = /^Date: (.*)\r$/m.exec(bytes) ?? [];
    expect(Math.abs(Date.parse(date) - Date.now())).toBeLessThan(5_000);
  });

  it.each(["a\r\nset-cookie: x", "a\nb", "a\0", "💶"])("refuse a value that would be more than one: %j", (value) => {
    expect(() => headText(["x-request-id", value])).toThrow(TypeError);
  });

  it.each(["HTTP/1.0", "HTTP/1.1\r\nhost: x\r\nconnection: close", "HTTP/1.1\r\nhost: x\r\nexpect: 100-continue"])(
    "are not for connections that end or wait: %j",
    async (head) => {
      let isTaken: boolean | undefined;
      const server = createServer((request, response) => {
        isTaken = takesPrepared(response, request.headers);
        response.writeHead(200, { connection: "close" }).end();
      });
      await once(server.listen(0, "127.0.0.1"), "listening");
      const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
      socket.write(`GET / ${head}\r\n\r\n`);
      await text(socket);
      server.close();
      expect(isTaken).toBe(false);
    },
  );
});
