import { connect } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestGateway, type TestGateway } from "./start-gateway.ts";

let test: TestGateway;
beforeAll(async () => {
  test = await startTestGateway();
});
afterAll(() => test.stop());

it("knows the address of a caller that sends a mutation and resets the connection", async () => {
  const body = JSON.stringify({ query: 'mutation { addBook(title: "x") { id } }' });
  const { hostname, port } = new URL(test.url);
  for (let n = 0; n < 20; n += 1) {
    const socket = connect(Number(port), hostname);
    const head = `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
    await new Promise<void>((resolve) => socket.write(head + body, () => resolve()));
    socket.resetAndDestroy();
  }
  await expect.poll(() => test.shelf.received.length).toBe(20);
  expect(new Set(test.shelf.received.map(({ viewer }) => viewer?.address))).toEqual(new Set(["127.0.0.1"]));
});
