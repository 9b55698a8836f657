import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { startTestGateway } from "./start-gateway.ts";

it("answers what is under way, then accepts nothing more", async () => {
  const test = await startTestGateway();
  test.opinions.behave = () => sleep(300, false);
  const running = test.post({ query: "{ latest }" });
  await sleep(100);
  const stopped = test.stop();
  await sleep(20);
  await expect(test.post({ query: "{ latest }" })).rejects.toThrow();
  expect((await running).body).toEqual({ data: { latest: "fine" } });
  await stopped;
});

it("drains on SIGTERM as a program and exits with 0", async () => {
  const test = await startTestGateway();
  const child = spawn(process.execPath, [join(import.meta.dirname, "../src/main.ts")], {
    env: {
      NODE_ENV: "test",
      PORT: "0",
      OPERATOR_PORT: "0",
      HOST: "127.0.0.1",
      SUPERGRAPH_PATH: test.supergraphPath,
      DEFAULT_TENANT: "acme",
      INTERNAL_SIGNING_KEYS: "test:0123456789abcdef0123456789abcdef",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  child.stdout.on("data", (chunk: Buffer) => lines.push(chunk.toString()));
  while (!lines.join("").includes("Gateway listening")) await sleep(20);
  const [, port] = /"port":(\d+)/.exec(lines.join("")) ?? [];
  test.opinions.behave = () => sleep(400, false);
  const running = fetch(`http://127.0.0.1:${port}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"query":"{ latest }"}',
  });
  await sleep(150);
  child.kill("SIGTERM");
  expect(await (await running).json()).toEqual({ data: { latest: "fine" } });
  expect(await once(child, "exit")).toEqual([0, null]);
  await test.stop();
});

it("refuses to start with every wrong setting in one message", async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, "../src/main.ts")], {
    env: { PORT: "many", SUBGRAPH_URLS: "{", GUARDS_OFF: "all" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  const [code] = (await once(child, "exit")) as [number];
  expect(code).toBe(1);
  for (const name of ["PORT", "SUBGRAPH_URLS", "GUARDS_OFF", "INTERNAL_SIGNING_KEYS"]) expect(errors).toContain(name);
});
