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
