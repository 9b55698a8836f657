// Requests as they may lie on the wire: answers from memory are given while the parser still is at the request.
import { connect } from "node:net";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { startWholeResponseStage, type WholeResponseStage } from "./whole-response-stage.ts";

let stage: WholeResponseStage;
beforeAll(async () => {
  stage = await startWholeResponseStage(inject("redisUri") as string);
});
afterAll(() => stage.stop());

const queryOf = (id: string) => `{ item(id: "${id}") { id } }`;
const textOf = (id: string) => `{"data":{"item":{"id":"${id}"}}}`;
const head = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
const post = (id: string) => {
  const body = JSON.stringify({ query: queryOf(id) });
  return `${head}content-length: ${body.length}\r\n\r\n${body}`;
};
const get = (id: string) =>
  `GET /graphql?query=${encodeURIComponent(queryOf(id))} HTTP/1.1\r\nhost: x\r\napollo-require-preflight: 1\r\n\r\n`;

/** Writes the pieces one after the other over one connection. @returns status and body of each answer */
async function exchange(pieces: string[], count: number): Promise<[status: string, body: string][]> {
  const { port } = new URL(stage.urls[0] ?? "");
  const socket = connect(Number(port), "127.0.0.1").setNoDelay(true);
  let text = "";
  const done = new Promise<void>((resolve, reject) => {
    socket.on("error", reject).on("close", () => {
      resolve();
    });
    socket.on("data", (bytes) => {
      text += bytes.toString();
      if (text.split("HTTP/1.1 ").length > count && /\r\n\r\n\{.*\}\s*$/s.test(text)) socket.destroy();
    });
  });
  for (const piece of pieces) {
    socket.write(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await done;
  return text
    .split("HTTP/1.1 ")
    .slice(1)
    .map((answer) => [answer.slice(0, 3), answer.slice(answer.indexOf("\r\n\r\n")).trim()]);
}

const answersOf = (ids: string[]) => ids.map((id) => ["200", textOf(id)]);

it.each(["misses", "hits"])("answers many requests in one piece in their order: %s", async () => {
  const ids = ["1", "2", "1", "3", "2", "1"];
  const sent = ids.map((id, n) => (n % 2 ? get(id) : post(id))).join("");
  expect(await exchange([sent], ids.length)).toEqual(answersOf(ids));
});

it("goes on with what it does not know between two that it knows", async () => {
  const ids = ["1", "fresh", "2"];
  expect(await exchange([ids.map(post).join("")], 3)).toEqual(answersOf(ids));
});

it("waits for a body in pieces, of known length and of unknown", async () => {
  const body = JSON.stringify({ query: queryOf("1") });
  const start = `${head}content-length: ${body.length}\r\n\r\n`;
  expect(await exchange([start, body.slice(0, 9), body.slice(9), post("2")], 2)).toEqual(answersOf(["1", "2"]));
  const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
  const chunked = [
    `${head}transfer-encoding: chunked\r\n\r\n`,
    chunk(body.slice(0, 9)),
    chunk(body.slice(9)),
    chunk(""),
  ];
  expect(await exchange([...chunked, post("2")], 2)).toEqual(answersOf(["1", "2"]));
});

it("refuses a request without a body, and goes on with the next", async () => {
  const answers = await exchange([`${head}\r\n${post("1")}`, `${head}content-length: 0\r\n\r\n${post("2")}`], 4);
  expect(answers.map(([status]) => status)).toEqual(["400", "200", "400", "200"]);
});
