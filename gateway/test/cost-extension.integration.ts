// What an operation cost is told in copies of answers from memory; what is kept stays the same for all.
import { brotliDecompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { defaultLimits } from "../src/limits/limit-rules.ts";
import { startWholeResponseStage, type WholeResponseStage } from "./whole-response-stage.ts";

describe("answers from memory", () => {
  let stage: WholeResponseStage;
  let staff: Record<string, string>;
  beforeAll(async () => {
    stage = await startWholeResponseStage(
      String(inject("redisUri")),
      {},
      {
        limits: { ...defaultLimits, tellsCost: true },
      },
    );
    staff = { authorization: `Bearer ${await stage.issuer.token({ role: "admin", scope: "staff:development" })}` };
  });
  afterAll(() => stage.stop());

  const query = (id: string) => `{ items(of: "${id}") { id stock } }`;
  const plain = (text: string) => (JSON.parse(text) as { data: unknown }).data;

  it("are kept and shown with the cost to those who are told, without to others", async () => {
    const first = await stage.ask(query("kept"), { headers: staff });
    const told = await stage.ask(query("kept"), { headers: staff });
    const others = await stage.ask(query("kept"));
    expect(first.cache).toContain("stored");
    expect(told.cache).toContain("hit");
    expect(others.cache).toContain("hit");
    for (const { text } of [first, told]) {
      const { extensions } = JSON.parse(text) as { extensions: { cost: { requestedQueryCost: number } } };
      expect(extensions.cost.requestedQueryCost).toBe(10);
    }
    expect(others.text).not.toContain("extensions");
    expect(plain(told.text)).toEqual(plain(others.text));
  });

  it("have a weak tag with it, by which they are asked for again", async () => {
    await stage.ask(query("tagged"), { headers: staff });
    const told = await stage.ask(query("tagged"), { headers: staff, get: true });
    const etag = String(told.headers.etag);
    expect(etag).toMatch(/^W\/"/);
    const again = await stage.ask(query("tagged"), { headers: { ...staff, "if-none-match": etag }, get: true });
    expect([again.status, again.text, again.headers.etag]).toEqual([304, "", etag]);
  });

  it("are readable where others get them compressed", async () => {
    const id = "x".repeat(1_500);
    const headers = { "accept-encoding": "br" };
    const item = `{ items(of: "long") { id stock } again: item(id: "${id}") { id } }`;
    await vi.waitUntil(async () => (await stage.ask(item, { headers })).headers["content-encoding"] === "br", 5_000);
    const others = await stage.ask(item, { headers });
    const told = await stage.ask(item, { headers: { ...staff, ...headers } });
    expect(told.cache).toContain("hit");
    expect(told.headers).not.toHaveProperty("content-encoding");
    expect(told.text).toContain('"cost"');
    expect(plain(told.text)).toEqual(plain(brotliDecompressSync(others.bytes).toString()));
  });
});
