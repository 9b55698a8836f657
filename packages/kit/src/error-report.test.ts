import { createStackParser } from "@sentry/core";
import { nodeStackLineParser } from "@sentry/core/server";
import { describe, expect, it } from "vitest";
import { errorReport } from "./error-report.ts";

const origin = {
  ...{ service: "orders", environment: "staging", release: "4f5e", root: "/app" },
  parseStack: createStackParser(nodeStackLineParser()),
};

const stackOf = (message: string) =>
  `TypeError: ${message}
    at priceOf (file:///app/subgraphs/orders/src/order-pricing.ts:12:5)
    at async Object.run (/app/node_modules/.pnpm/x@1.0.0/node_modules/x/index.js:3:1)
    at /home/anna/other/tool.js:1:1
    at process.processTicksAndRejections (node:internal/process/task_queues:104:5)`;

function errorOf(message: string, more: object = {}): Error {
  const error = new TypeError(message);
  error.stack = stackOf(message);
  return Object.assign(error, more);
}

describe("errorReport", () => {
  it("has type, message and places relative to the project, the innermost last", () => {
    const { exception } = errorReport(origin, errorOf("x is not a function"), { level: "error" });
    expect(exception?.values).toMatchObject([
      { type: "TypeError", value: "x is not a function", mechanism: { handled: true } },
    ]);
    expect(exception?.values?.[0]?.stacktrace?.frames).toEqual([
      expect.objectContaining({ filename: "node:internal/process/task_queues", in_app: false }),
      { filename: "tool.js", function: "?", lineno: 1, colno: 1, in_app: false },
      expect.objectContaining({ filename: "node_modules/.pnpm/x@1.0.0/node_modules/x/index.js", in_app: false }),
      { filename: "subgraphs/orders/src/order-pricing.ts", function: "priceOf", lineno: 12, colno: 5, in_app: true },
    ]);
  });

  it("carries what is known of the request, and nothing that is no plain name", () => {
    const { tags, ...event } = errorReport(origin, errorOf("x"), {
      ...{ level: "fatal", requestId: "r-1234567", operationName: "PlaceOrder", code: "INTERNAL_SERVER_ERROR" },
      part: "anna@example.com",
    });
    expect(tags).toEqual({
      ...{ service: "orders", request_id: "r-1234567", operation: "PlaceOrder", code: "INTERNAL_SERVER_ERROR" },
    });
    expect(event).toMatchObject({ level: "fatal", environment: "staging", release: "4f5e" });
    expect(Object.keys(event).sort()).toEqual(
      ["contexts", "environment", "event_id", "exception", "level", "platform", "release", "timestamp"].sort(),
    );
  });

  it("takes nothing from the error but its type, message, places and causes", () => {
    const cause = errorOf("no seat for anna@example.com", { response: { body: "hunter2" } });
    const error = errorOf(`bad value "hunter2"\n    at hunter2 (anna@example.com:1:1)`, {
      cause,
      user: { email: "anna@example.com" },
      config: { headers: { authorization: "hunter2" } },
    });
    const event = errorReport(origin, error, { level: "error" });
    expect(event.exception?.values?.map(({ value }) => value)).toEqual([
      "no seat for [redacted]",
      "bad value [redacted]",
    ]);
    expect(JSON.stringify(event)).not.toMatch(/hunter2"|anna|authorization/);
  });

  it("ends with causes that lead back, and takes errors without a stack", () => {
    const first = errorOf("first");
    const second = errorOf("second", { cause: first });
    first.cause = second;
    expect(errorReport(origin, first, { level: "error" }).exception?.values).toHaveLength(2);
    const bare = Object.assign(new Error("bare"), { stack: undefined });
    expect(errorReport(origin, bare, { level: "error" }).exception?.values).toMatchObject([
      { value: "bare", stacktrace: { frames: [] } },
    ]);
  });
});
