import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { holdFirst } from "./hold-first.ts";
import { startTestGateway } from "./start-gateway.ts";

const outcomeOf = (request: Promise<unknown>) =>
  request.then(
    () => "answered",
    () => "refused",
  );

it("answers what is under way, then accepts nothing more", async () => {
  const test = await startTestGateway();
  const { arrived, release } = holdFirst(test.opinions);
  const running = test.post({ query: "{ latest }" });
  await arrived;
  const stopped = test.stop();
  await expect.poll(() => outcomeOf(test.post({ query: "{ latest }" }))).toBe("refused");
  release();
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
  const { arrived, release } = holdFirst(test.opinions);
  const send = () =>
    fetch(`http://127.0.0.1:${port}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"query":"{ latest }"}',
    });
  const running = send();
  await arrived;
  child.kill("SIGTERM");
  await expect.poll(() => outcomeOf(send())).toBe("refused");
  release();
  const exited = once(child, "exit");
  expect(await (await running).json()).toEqual({ data: { latest: "fine" } });
  expect(await exited).toEqual([0, null]);
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
