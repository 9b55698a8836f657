// What operators see of the cache: as JSON, and as a page in a real browser.
import process from "node:process";
import { type Browser, chromium } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type CacheStatistics } from "../src/cache/operate/statistics.ts";
import { fakeInvalidationLog } from "./fake-invalidation-log.ts";
import { findChromium } from "./find-chromium.ts";
import { type OperatorStage, startOperator } from "./start-operator.ts";

let stage: OperatorStage;
beforeEach(async () => {
  stage = await startOperator(fakeInvalidationLog());
});
afterEach(() => stage.close());

const page = async (path = "/cache") => {
  const response = await fetch(stage.url + path);
  return { status: response.status, headers: response.headers, html: await response.text() };
};
const statistics = async () => (await (await fetch(`${stage.url}/cache.json`)).json()) as CacheStatistics;

function use({ metrics }: OperatorStage) {
  const look = (result: "memory" | "redis" | "stale" | "miss" | "bypass", times: number) => {
    for (let time = 0; time < times; time++) {
      metrics.looked({ level: "response", result, operation: "SearchProducts" });
      metrics.looked({ level: "entity", result, operation: "Product", subgraph: "products", type: "Product" });
    }
  };
  look("memory", 30);
  look("redis", 8);
  look("stale", 2);
  look("miss", 10);
  look("bypass", 5);
  metrics.looked({ level: "root", result: "miss", operation: "Cart", subgraph: "orders", type: "Query" });
  metrics.invalidations.inc({ source: "relay", kind: "hard" }, 7);
}

describe("GET /cache.json", () => {
  it("tells hits and misses by level, operation and type", async () => {
    use(stage);
    const { levels, operations, types } = await statistics();
    const counts = { memory: 30, redis: 8, stale: 2, miss: 10, bypass: 5 };
    expect(levels).toMatchObject([
      { name: "response", rate: 0.8, counts },
      { name: "root", rate: 0 },
      { name: "entity", rate: 0.8, counts },
    ]);
    expect(operations.map(({ name, level }) => [name, level])).toEqual([
      ["SearchProducts", "response"],
      ["Product", "entity"],
      ["Cart", "root"],
    ]);
    expect(types.map(({ name, rate }) => [name, rate])).toEqual([
      ["products.Product", 0.8],
      ["orders.Query", 0],
    ]);
  });

  it("tells whether the cache is in use, and what was counted besides", async () => {
    use(stage);
    stage.state.hasLease = false;
    const { state, figures } = await statistics();
    expect(state).toEqual(stage.state);
    expect(figures).toContainEqual({
      name: "invalidation_event_total",
      labels: { source: "relay", kind: "hard" },
      value: 7,
    });
  });

  it("has no rate before the first look", async () => {
    const { levels, operations } = await statistics();
    expect(levels.map(({ rate }) => rate)).toEqual([undefined, undefined, undefined]);
    expect(operations).toEqual([]);
  });

  it("shares a label among names beyond two hundred", async () => {
    for (let index = 0; index < 300; index++)
      stage.metrics.looked({ level: "response", result: "miss", operation: `Invented${index}` });
    const metrics = await (await fetch(`${stage.url}/metrics`)).text();
    expect(metrics.match(/response_cache_requests_total\{/g)).toHaveLength(201);
    expect(metrics).toMatch(/response_cache_requests_total\{operation="other",.*\} 100/);
  });
});

describe("GET /metrics", () => {
  it("shows the state of the cache", async () => {
    const metrics = await (await fetch(`${stage.url}/metrics`)).text();
    expect(metrics).toMatch(/response_cache_redis_ready\{.*\} 1/);
    expect(metrics).toMatch(/response_cache_log_lag_seconds\{.*\} 0.12/);
    expect(metrics).toMatch(/response_cache_watermark_age_seconds\{subgraph="products".*\} 0.7/);
  });
});

describe("GET /cache", () => {
  it("refers to nothing elsewhere and runs nothing", async () => {
    use(stage);
    const { headers, html } = await page();
    expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(headers.get("content-security-policy")).toMatch(/^default-src 'none';/);
    expect(html).not.toMatch(/<script|\son\w+=|https?:|\/\/\w|\sstyle=/i);
    expect(html.match(/(?:href|src)="[^"]*"/g)?.filter((one) => !/"(\/cache[^"]*|data:,)"/.test(one))).toEqual([]);
  });

  it("shows names as they were written", async () => {
    const name = `<img src=x onerror="alert('1')">&`;
    stage.metrics.looked({ level: "response", result: "miss", operation: name });
    const { html } = await page();
    expect(html).toContain("&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;");
    expect(html).not.toContain("<img");
  });

  it("loads itself again only when asked, and not too often", async () => {
    expect((await page()).html).not.toContain("http-equiv");
    expect((await page("/cache?refresh=5")).html).toContain('http-equiv="refresh" content="5"');
    expect((await page("/cache?refresh=0.1")).html).not.toContain("http-equiv");
    expect((await page("/cache?refresh=1")).html).toContain('content="2"');
    expect((await page('/cache?refresh="><b>')).html).not.toContain("http-equiv");
  });

  it("says when the cache is not in use", async () => {
    stage.state.hasLease = false;
    expect((await page()).html).toContain("Not in use");
  });

  it("is for GET only", async () => {
    expect((await fetch(`${stage.url}/cache`, { method: "POST" })).status).toBe(405);
  });
});

const executablePath = findChromium();
if (!executablePath) process.stdout.write("skipped: chromium\n");

describe.skipIf(!executablePath)("the page in a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    const args = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--disable-gpu", "--no-first-run"];
    browser = await chromium.launch({ executablePath: executablePath ?? "", args, chromiumSandbox: false });
  }, 60_000);
  afterAll(() => browser.close());

  it.each([
    ["a phone", 360],
    ["a desk", 1_200],
  ])("fits %s, with its own style and no complaint", { timeout: 30_000 }, async (_what, width) => {
    use(stage);
    const tab = await browser.newPage({ viewport: { width, height: 800 } });
    const problems: string[] = [];
    tab.on("console", (message) => problems.push(message.text()));
    tab.on("requestfailed", (request) => problems.push(request.url()));
    await tab.goto(`${stage.url}/cache`);
    expect(await tab.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    expect(await tab.getByText("80.0 %").count()).toBeGreaterThan(0);
    // The style was let in: the bar of the first level has the width of its share.
    const share = await tab.locator("tbody svg rect.memory").first().boundingBox();
    const bar = await tab.locator("tbody svg").first().boundingBox();
    expect((share?.width ?? 0) / (bar?.width ?? 1)).toBeCloseTo(30 / 55, 1);
    expect(problems).toEqual([]);
    await tab.close();
  });
});
