// Whole gateways behind a CDN: what their answers say to it, and what it is told when something changes.
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type CdnRules, cdnHeaders } from "../src/cache/cdn/cdn-rules.ts";
import { cdnId, cdnToken, type FakeCdn, startFakeCdn } from "./fake-cdn.ts";
import { until } from "./log-stage.ts";
import { startWholeResponseStage, type WholeResponseStage } from "./whole-response-stage.ts";

describe.skipIf(!inject("redisUri"))("gateways behind a CDN", () => {
  let cdn: FakeCdn;
  let stage: WholeResponseStage;
  beforeAll(async () => {
    cdn = await startFakeCdn("fastly");
    const rules: CdnRules = { name: "fastly", id: cdnId, token: cdnToken, url: cdn.url, repeatAfterMs: 300 };
    stage = await startWholeResponseStage(inject("redisUri") as string, { cdn: rules, ...cdnHeaders.fastly });
  });
  afterAll(async () => {
    await cdn.stop();
  });
  const itemQuery = "query Item($id: ID!) { item(id: $id) { id stock label } }";
  const tagsOf = (header: string | string[] | undefined) => String(header).split(" ");

  it("purge what a mutation changes by a tag that the answer had, and nothing else", async () => {
    await until(() => cdn.accepted.filter(({ everything }) => everything).length === 2);
    const asked = (id: string) => stage.ask(itemQuery, { variables: { id }, get: true });
    const [one, other] = [await asked("1"), await asked("2")];
    expect(one.headers).toMatchObject({ "cache-control": "max-age=60, public", "surrogate-control": "max-age=60" });
    cdn.accepted.length = 0;
    await stage.ask(`mutation { changeStock(id: "1") }`);
    await until(() => cdn.accepted.length >= 2);
    const purged = new Set(cdn.accepted.flatMap(({ tags }) => tags));
    expect(tagsOf(one.headers["surrogate-key"]).some((tag) => purged.has(tag))).toBe(true);
    expect(tagsOf(other.headers["surrogate-key"]).some((tag) => purged.has(tag))).toBe(false);
  });

  it("close in time while the CDN says nothing", async () => {
    cdn.trouble(() => "silence");
    const before = cdn.asked();
    await stage.ask(`mutation { changeStock(id: "1") }`);
    await until(() => cdn.asked() > before);
    const start = performance.now();
    await stage.stop();
    // Two of them, one after the other.
    expect(performance.now() - start).toBeLessThan(8_000);
    expect(JSON.stringify(stage.log)).not.toContain(cdnToken);
  });
});
