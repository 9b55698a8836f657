// The program as it is deployed, with SENTRY_DSN.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { type FakeSentry, startFakeSentry } from "@tradegraph/testkit/fake-sentry";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startTestGateway } from "./start-gateway.ts";

let sentry: FakeSentry;
beforeEach(async () => {
  sentry = await startFakeSentry();
});
afterEach(() => sentry.stop());

const start = (settings: Record<string, string>) =>
  spawn(process.execPath, [join(import.meta.dirname, "../src/main.ts")], {
    env: {
      ...{ NODE_ENV: "test", PORT: "0", OPERATOR_PORT: "0", HOST: "127.0.0.1", DEFAULT_TENANT: "acme" },
      ...{ INTERNAL_SIGNING_KEYS: "test:0123456789abcdef0123456789abcdef", SENTRY_DSN: sentry.dsn },
      ...settings,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });

it("reports why it cannot start, under the release that it is told", async () => {
  const settings = { SUPERGRAPH_PATH: "/nowhere/supergraph.graphql", SENTRY_RELEASE: "4f5e", SENTRY_ENVIRONMENT: "qa" };
  const child = start(settings);
  child.stdout.resume();
  expect(await once(child, "exit")).toEqual([1, null]);
  expect(sentry.events).toMatchObject([
    { level: "fatal", release: "4f5e", environment: "qa", tags: { service: "gateway" }, exception: { values: [{}] } },
  ]);
});

it("stops in time although Sentry takes nothing, and has told it what was wrong", async () => {
  const test = await startTestGateway();
  test.shelf.behave = (_request, response) => {
    const error = { message: "broken", extensions: { code: "GRAPHQL_VALIDATION_FAILED" } };
    response.setHeader("content-type", "application/json").end(JSON.stringify({ errors: [error] }));
    return true;
  };
  sentry.behave = () => undefined;
  const child = start({ SUPERGRAPH_PATH: test.supergraphPath, SHUTDOWN_GRACE_MS: "20000" });
  const lines: string[] = [];
  child.stdout.on("data", (chunk: Buffer) => lines.push(chunk.toString()));
  while (!lines.join("").includes("Gateway listening")) await sleep(20);
  const [, port] = /"port":(\d+)/.exec(lines.join("")) ?? [];
  const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"query":"{ whoami }"}',
  });
  expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: "INTERNAL_SERVER_ERROR" } }] });
  await expect.poll(() => sentry.requests(), { timeout: 5_000 }).toBe(1);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(lines.join("")).toContain('"msg":"Stopped"');
  expect(lines.join("")).not.toContain(sentry.dsn.slice(0, 20));
  expect(sentry.text()).toContain('"value":"broken"');
  await test.stop();
});
