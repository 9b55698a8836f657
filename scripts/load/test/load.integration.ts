// The command against a small server that answers as a shop does, well and badly.
import { execFile } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { resolve } from "node:path";
import process from "node:process";
import { childEnvironment } from "@tradegraph/devservices/env";
import { afterEach, describe, expect, it } from "vitest";

const script = resolve(import.meta.dirname, "../../load.ts");
const shop = {
  products: { nodes: [{ sku: "A-1", name: "Steel Bolt" }] },
  categories: { nodes: [{ id: "c1", slug: "bolts" }] },
};
const answerShop = (response: ServerResponse) => void response.end(JSON.stringify({ data: shop }));

type Answer = (response: ServerResponse, request: IncomingMessage, turn: number) => void;
let close: (() => void) | undefined;
afterEach(() => close?.());

/** The first two requests look what the shop has, and are always answered well. */
async function serve(answer: Answer) {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    request.resume();
    const turn = seen.push(request) - 3;
    if (turn < 0) answerShop(response);
    else answer(response, request, turn);
  }).listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, seen };
}

const load = (args: string[], env: Record<string, string> = {}) =>
  new Promise<{ code: number; out: string; err: string }>((done) => {
    const child = execFile(process.execPath, [script, ...args], { env: childEnvironment(env) }, (_, out, err) =>
      done({ code: child.exitCode ?? -1, out, err }),
    );
  });
// Answers of a busy machine are late, too; what is too late is a test of its own.
const patient = ["--p95", "20000", "--p99", "20000", "--timeout", "30000", "--least-rate", "50"];
const short = ["--duration", "1", "--warm-up", "0", "--rate", "40"];
const json = (out: string) =>
  JSON.parse(out) as { passed: boolean; thresholds: { name: string; measured: number; passed: boolean }[] };
const failedOf = (out: string) =>
  json(out)
    .thresholds.filter(({ passed }) => !passed)
    .map(({ name }) => name);

describe("pnpm load", () => {
  it("passes a shop that answers, sends as many requests as it said, and shows a table", async () => {
    const { url, seen } = await serve(answerShop);
    const { code, out } = await load([url, ...short, ...patient]);
    expect(out).toMatch(/ProductPage\s+16/);
    expect(out).toMatch(/p95 ms\s+[\d.]+\s+≤ 20000\s+passed/);
    expect([code, seen.length]).toEqual([0, 42]);
  });

  it("sends the key of the environment and the tenant, and never counts the warm-up", async () => {
    const { url, seen } = await serve(answerShop);
    const args = [url, "--duration", "1", "--warm-up", "1", "--rate", "10", "--tenant", "acme"];
    const { out } = await load(args, { LOAD_API_KEY: "tgk_1" });
    expect(seen).toHaveLength(22);
    expect(seen.every(({ headers }) => headers["x-api-key"] === "tgk_1" && headers["x-tenant-id"] === "acme")).toBe(
      true,
    );
    expect(out).toMatch(/ProductPage\s+4 /);
  });

  it("fails by errors where GraphQL says errors with status 200", async () => {
    const { url } = await serve((response, _, turn) => {
      if (turn % 10 === 0) response.end(JSON.stringify({ data: null, errors: [{ message: "An operation failed" }] }));
      else answerShop(response);
    });
    const { code, out } = await load([url, ...short, ...patient, "--json"]);
    expect([code, failedOf(out)]).toEqual([1, ["errors"]]);
  });

  it("counts the time from when a request was due: a shop that stands still is not measured less often", async () => {
    let waiting: ServerResponse[] | undefined = [];
    const { url } = await serve((response, _, turn) => {
      if (!waiting) return answerShop(response);
      waiting.push(response);
      // One connection only: everything behind the first request waits for it.
      if (turn === 0)
        setTimeout(() => {
          waiting?.forEach(answerShop);
          waiting = undefined;
        }, 700);
    });
    const { code, out } = await load([
      url,
      ...short,
      "--connections",
      "1",
      "--p95",
      "400",
      "--p99",
      "20000",
      "--json",
      "--least-rate",
      "0",
    ]);
    expect([code, failedOf(out)]).toEqual([1, ["p95"]]);
    expect(json(out).thresholds[0]?.measured).toBeGreaterThan(500);
  });

  it("fails by errors and rate where visitors are refused, and says what 429 means", async () => {
    const { url } = await serve((response) => void response.writeHead(429).end("{}"));
    const { code, out } = await load([url, ...short]);
    expect(code).toBe(1);
    expect(out).toMatch(/40 × 429 \(rate limit/);
  });

  it("gives up requests that are never answered", async () => {
    const { url } = await serve(() => undefined);
    const { code, out } = await load([url, ...short, "--timeout", "200"]);
    expect(code).toBe(1);
    expect(out).toMatch(/× timeout/);
  });

  it.each([
    ["another host", ["https://api.shop.example/graphql"], "--host api.shop.example"],
    ["nobody there", ["http://127.0.0.1:1/graphql"], "ECONNREFUSED"],
  ])("ends with 2 and a sentence: %s", async (_, args, sentence) => {
    const { code, err } = await load(args);
    expect(code).toBe(2);
    expect(err).toContain(sentence);
  });

  it.each([
    ["--rate", "0"],
    ["--rate", "1e9"],
    ["--duration", "x"],
    ["--p95", ""],
  ])("refuses %s %j", async (...flag) => {
    const { code, err } = await load(["http://localhost:4000/graphql", ...flag]);
    expect(code).toBe(2);
    expect(err).toContain(flag[0]);
  });
});
