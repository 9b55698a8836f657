import { createLogger } from "@tradegraph/kit/logger";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestGateway, type TestGateway } from "./start-gateway.ts";

let test: TestGateway;
beforeAll(async () => {
  test = await startTestGateway();
});
afterAll(() => test.stop());

it("hides what a subgraph says about its inside, and logs it under the request id", async () => {
  const { status, body, text } = await test.post({ query: "{ secretFailure latest }" }, { "x-request-id": "masked-1" });
  expect(status).toBe(200);
  expect(body.data).toEqual({ secretFailure: null, latest: "fine" });
  expect(body.errors).toEqual([
    {
      message: "Something went wrong on our side; tell us the requestId.",
      path: ["secretFailure"],
      extensions: { code: "INTERNAL_SERVER_ERROR", service: "shelf", requestId: "masked-1" },
    },
  ]);
  expect(text).not.toMatch(/hunter2|10\.0\.0\.1|secret\.ts|serviceName/);
  const logged = test.log.find((line) => line.includes("hunter2"));
  expect(JSON.parse(logged ?? "{}")).toMatchObject({ requestId: "masked-1", subgraph: "shelf" });
});

it("passes a known code with its message and field, and nothing else", async () => {
  const { body } = await test.post({ query: "{ known }" }, { "x-request-id": "masked-2" });
  expect(body.errors).toEqual([
    {
      message: "No such thing.",
      path: ["known"],
      extensions: { code: "NOT_FOUND", service: "shelf", field: ["id"], requestId: "masked-2" },
    },
  ]);
});

it("does not blame the client for a document that a subgraph finds invalid", async () => {
  test.shelf.behave = (_request, response) => {
    const error = { message: "Cannot query field x", extensions: { code: "GRAPHQL_VALIDATION_FAILED" } };
    response.writeHead(400).end(JSON.stringify({ errors: [error] }));
    return true;
  };
  const { body } = await test.post({ query: "{ whoami }" });
  test.shelf.behave = undefined;
  expect(body.errors).toMatchObject([{ path: ["whoami"], extensions: { code: "INTERNAL_SERVER_ERROR" } }]);
});

it("keeps to itself which values of a subgraph the schema does not allow, but logs and counts them", async () => {
  const log: string[] = [];
  const destination = { write: (line: string) => void log.push(line) };
  const debugging = await startTestGateway({
    logger: createLogger({ service: "gateway", level: "debug", destination }),
  });
  debugging.shelf.behave = (_request, response) => {
    response.setHeader("content-type", "application/json").end('{"data":{"book":{"id":"1","title":null},"known":"k"}}');
    return true;
  };
  const query = '{ book(id: "1") { id title } known }';
  const { status, body } = await debugging.post({ query }, { "x-request-id": "completion-1" });
  const metrics = await debugging.send({ path: "/metrics" });
  await debugging.stop();
  expect([status, body]).toEqual([200, { data: { book: null, known: "k" } }]);
  const logged = log.map((line) => JSON.parse(line) as object).filter((line) => "values" in line);
  expect(logged).toMatchObject([
    {
      ...{ level: "debug", requestId: "completion-1", count: 1 },
      values: [{ message: expect.stringContaining("Book.title") as string, path: ["book", "title"] }],
    },
  ]);
  expect(metrics.text).toMatch(/^graphql_value_completion_total(\{service="gateway"\})? 1$/m);
});
