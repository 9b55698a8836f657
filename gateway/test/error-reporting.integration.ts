// Unexpected errors of the gateway reach Sentry; expected ones do not, and Sentry's own troubles are nobody else's.
import { createLogger } from "@tradegraph/kit/logger";
import { openErrorReporting, type ErrorReporting } from "@tradegraph/kit/error-reporting";
import { createMetrics, type Registry } from "@tradegraph/kit/metrics";
import { type FakeSentry, startFakeSentry } from "@tradegraph/testkit/fake-sentry";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTestGateway, type TestGateway } from "./start-gateway.ts";

let sentry: FakeSentry;
let metrics: Registry;
let reporting: ErrorReporting;
let test: TestGateway;

async function start(dsn: string) {
  metrics = createMetrics("gateway");
  const settings = { NODE_ENV: "test", SENTRY_ENVIRONMENT: "staging", SENTRY_RELEASE: "4f5e", SENTRY_DSN: dsn };
  const opened = await openErrorReporting(settings, { service: "gateway", metrics });
  if (!opened) throw new Error("A DSN opens reporting.");
  reporting = opened;
  const destination = { write: () => undefined };
  const logger = createLogger({ service: "gateway", level: "info", destination, onFault: reporting.onFault });
  test = await startTestGateway({ logger, metrics });
}

beforeEach(async () => {
  sentry = await startFakeSentry();
  await start(sentry.dsn);
});
afterEach(async () => {
  await test.stop();
  await reporting.close(100);
  await sentry.stop();
});

/** What a subgraph says that does not know its own schema any more, with what no report may have. */
const fails = (message = "Cannot find canary-person@example.com, token=canary-token-1") => {
  test.shelf.behave = (_request, response) => {
    const error = { message, extensions: { code: "GRAPHQL_VALIDATION_FAILED", canary: "canary-extension" } };
    response.setHeader("content-type", "application/json").end(JSON.stringify({ errors: [error] }));
    return true;
  };
};
const outcomeCount = async (outcome: string) => {
  const { values = [] } = (await metrics.getSingleMetric("error_reports_total")?.get()) ?? {};
  return values.find(({ labels }) => labels.outcome === outcome)?.value ?? 0;
};
const request = {
  query: "query FindBook($id: ID!) { book(id: $id) { title } }",
  operationName: "FindBook",
  variables: { id: "canary-variable" },
};

describe("reports of the gateway", () => {
  it("have one event for an error that nobody expected, and nothing of who asked what", async () => {
    fails();
    const { body } = await test.post(request, {
      ...{ "x-request-id": "request-of-report", cookie: "canary=canary-cookie", "user-agent": "canary-agent" },
      "x-forwarded-for": "203.0.113.9",
    });
    expect(body.errors).toMatchObject([{ extensions: { code: "INTERNAL_SERVER_ERROR" } }]);
    const [event] = await sentry.atLeast(1);
    expect(event).toMatchObject({
      ...{ level: "error", environment: "staging", release: "4f5e" },
      tags: {
        ...{ service: "gateway", request_id: "request-of-report", operation: "FindBook", part: "shelf" },
        code: "INTERNAL_SERVER_ERROR",
      },
      exception: { values: [{ type: "GraphQLError", value: "Cannot find [redacted], token=[redacted]" }] },
    });
    const frames = event?.exception?.values[0]?.stacktrace.frames ?? [];
    expect(frames.length).toBeGreaterThan(0);
    expect(frames.filter(({ filename }) => filename.startsWith("/"))).toEqual([]);
    expect(sentry.text()).not.toMatch(/canary|203\.0|127\.0\.0\.1:\d+\/graphql|query FindBook/);
    expect(Object.keys(event ?? {})).not.toContain("user");
    await reporting.close(1_000);
    expect([sentry.requests(), await outcomeCount("sent")]).toEqual([1, 1]);
  });

  it("have none for what was expected, nor for what a subgraph has reported", async () => {
    await test.post({ query: "{ known }" });
    await test.post({ query: "{ nothing" });
    await test.post({ query: "{ nothingThere }" });
    await test.post({ query: "query ($id: ID!) { book(id: $id) { id } }" });
    test.shelf.behave = (_request, response) => {
      const error = { message: "Something went wrong on our side.", extensions: { code: "INTERNAL_SERVER_ERROR" } };
      response.setHeader("content-type", "application/json").end(JSON.stringify({ errors: [error] }));
      return true;
    };
    const { body } = await test.post({ query: "{ whoami }" });
    expect(body.errors).toMatchObject([{ extensions: { code: "INTERNAL_SERVER_ERROR", service: "shelf" } }]);
    await test.shelf.stop();
    const away = await test.post({ query: "{ whoami }" });
    expect(away.body.errors).toMatchObject([{ extensions: { code: "SERVICE_UNAVAILABLE" } }]);
    await test.shelf.start();
    await reporting.close(1_000);
    expect(sentry.requests()).toBe(0);
  });

  it("are few in a flood, and say how many were left out", async () => {
    fails();
    for (let n = 0; n < 20; n += 1) await test.post(request);
    reporting.report(new RangeError("another"), { level: "error" });
    await reporting.close(1_000);
    expect(sentry.events).toHaveLength(6);
    expect(sentry.events.at(-1)).toMatchObject({ extra: { dropped_reports: 15 } });
    expect(await outcomeCount("capped")).toBe(15);
  });

  it("tell the same error once", async () => {
    const error = new Error("once");
    for (let n = 0; n < 3; n += 1) reporting.report(error, { level: "error" });
    await reporting.close(1_000);
    expect(sentry.events).toHaveLength(1);
  });

  it("rest for as long as Sentry asks", async () => {
    sentry.behave = (response) => response.writeHead(429, { "retry-after": "60" }).end();
    reporting.report(new Error("first"), { level: "error" });
    await expect.poll(() => outcomeCount("ratelimit_backoff")).toBe(1);
    sentry.behave = undefined;
    fails();
    const { body } = await test.post(request);
    expect(body.errors).toMatchObject([{ extensions: { code: "INTERNAL_SERVER_ERROR" } }]);
    await reporting.close(1_000);
    expect([sentry.requests(), await outcomeCount("ratelimit_backoff")]).toEqual([1, 2]);
  });

  it.each([
    ["hangs", () => void (sentry.behave = () => undefined)],
    ["is away", () => sentry.stop()],
    ["breaks connections", () => void (sentry.behave = (response) => void response.destroy())],
    ["fails", () => void (sentry.behave = (response) => void response.writeHead(500).end())],
  ])("hold up nothing while Sentry %s", async (_what, trouble) => {
    await trouble();
    fails();
    const answers = await Promise.all(Array.from({ length: 30 }, () => test.post(request)));
    for (const { status, body } of answers)
      expect([status, body.errors?.[0]?.extensions.code]).toEqual([200, "INTERNAL_SERVER_ERROR"]);
    test.shelf.behave = undefined;
    expect((await test.post({ query: "{ latest }" })).body).toEqual({ data: { latest: "fine" } });
    // It was tried.
    await expect.poll(async () => sentry.requests() + (await outcomeCount("network_error"))).toBeGreaterThan(0);
    const began = performance.now();
    await reporting.close(300);
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(sentry.events).toEqual([]);
  });
});
