// Without an endpoint there is nothing of traces: no library in memory, no header, no other byte in the log.
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { startTestGateway } from "./start-gateway.ts";

const run = promisify(execFile);

/**
 * Loads all that a program loads, and counts the files of what makes and exports traces. OpenTelemetry's API is not among
 * these: prom-client and @apollo/gateway load it themselves, and it does nothing alone.
 */
const script = (endpoint: string) => `
  import { registerHooks } from "node:module";
  const loaded = new Set();
  registerHooks({
    load(url, context, next) {
      if (/@opentelemetry\\/(sdk-trace|exporter-trace)/.test(url)) loaded.add(url);
      return next(url, context);
    },
  });
  await import("@tradegraph/gateway/server");
  await import("@tradegraph/kit/run-subgraph");
  const { openTracing } = await import("@tradegraph/kit/open-tracing");
  const { parseEnv } = await import("@tradegraph/kit/env");
  const { traceEnv } = await import("@tradegraph/kit/trace-settings");
  const { createLogger } = await import("@tradegraph/kit/logger");
  const env = parseEnv(traceEnv, { OTEL_EXPORTER_OTLP_ENDPOINT: ${JSON.stringify(endpoint)} });
  const logger = createLogger({ service: "test", level: "silent" });
  const tracing = await openTracing("test", { ...env, SHUTDOWN_GRACE_MS: 100 }, logger);
  console.log(JSON.stringify({ isOpen: tracing !== undefined, loaded: loaded.size }));
  process.exit(0);
`;

const load = async (endpoint: string) => {
  const args = ["--input-type=module", "--eval", script(endpoint)];
  const { stdout } = await run(process.execPath, args, { cwd: resolve(import.meta.dirname, "../..") });
  return JSON.parse(stdout) as { isOpen: boolean; loaded: number };
};

it("loads no library without an endpoint, and the library with one", async () => {
  expect(await load("")).toEqual({ isOpen: false, loaded: 0 });
  const on = await load("http://127.0.0.1:9");
  expect(on.isOpen).toBe(true);
  expect(on.loaded).toBeGreaterThan(10);
}, 60_000);

it("passes no trace on, and no client's either", async () => {
  const gateway = await startTestGateway();
  const headers: (string | string[] | undefined)[] = [];
  gateway.shelf.behave = ({ headers: { traceparent, tracestate } }) => {
    headers.push(traceparent, tracestate);
    return false;
  };
  const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  await gateway.post({ query: "{ books { id } }" }, { traceparent, tracestate: "a=b" });
  expect(headers).toEqual([undefined, undefined]);
  expect(gateway.log.join("")).not.toMatch(/trace_id|span_id/);
  await gateway.stop();
});
