// Shadow mode in whole gateways: hits are asked again behind the caller's back, and only what nobody told of is reported.
import { randomUUID } from "node:crypto";
import { createLogger } from "@tradegraph/kit/logger";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from "vitest";
import { type ShadowRules } from "../src/cache/operate/shadow.ts";
import { type CacheShop, startCacheShop } from "./cache-shop.ts";
import { startIssuer, type TestIssuer } from "./issuer.ts";
import { type CacheFleet, startCacheFleet } from "./start-cache-fleet.ts";

const redisUri = inject("redisUri");
const query = "query Shelf($id: ID!) { item(id: $id) { id stock label } }";
const shelf = (id: string) => ({ query, variables: { id } });
const mine = { query: 'query Mine { mine(id: "m") { version } }' };
const soon = { timeout: 5_000, interval: 5 };

describe.skipIf(!redisUri)("shadow mode", () => {
  let shop: CacheShop;
  let issuer: TestIssuer;
  let fleet: CacheFleet;
  let lines: Record<string, unknown>[];
  beforeAll(async () => {
    [shop, issuer] = await Promise.all([startCacheShop(), startIssuer()]);
  });
  afterAll(async () => {
    issuer.stop();
    await shop.stop();
  });
  beforeEach(() => {
    shop.calls.length = 0;
    shop.versions.clear();
    lines = [];
  });
  afterEach(async () => {
    shop.hold = () => Promise.resolve();
    await fleet.stop();
  });

  const start = async (rules: Partial<ShadowRules> = {}) => {
    const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
    const shadow = { share: 1, settleMs: 50, perSecond: 1_000, ...rules };
    const logger = createLogger({ service: "gateway", level: "info", destination });
    fleet = await startCacheFleet(shop, issuer, 1, { namespace: `shadow-${randomUUID()}`, logger, shadow });
  };
  const ask = async (body: { query: string; variables?: object }, headers?: Record<string, string>) => {
    const { status, data, headers: given } = await fleet.post(0, body, headers);
    expect(status).toBe(200);
    return { data, cache: given.get("cache-status") };
  };
  const hit = async (...asked: Parameters<typeof ask>) => {
    const answer = await ask(...asked);
    expect(answer.cache).toContain("; hit;");
    return answer.data;
  };
  const figure = async (name: string) => (await fleet.registries[0]?.getSingleMetric(name)?.get())?.values ?? [];
  const outcomes = async () => {
    const values = await figure("response_cache_shadow_total");
    return Object.fromEntries(values.map(({ labels, value }) => [labels.outcome, value]));
  };
  const until = (expected: Record<string, number>) =>
    vi.waitFor(async () => expect(await outcomes()).toEqual(expected), soon);
  const warnings = () => lines.filter(({ msg }) => String(msg).startsWith("A kept answer"));
  /** Queries stop in the subgraphs from now on. @returns what lets them go */
  const hold = () => {
    let letGo: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    shop.hold = (call) => (call.query.startsWith("mutation") ? Promise.resolve() : gate);
    return letGo;
  };
  const asks = async (count: number) => {
    await vi.waitFor(() => expect(shop.calls).toHaveLength(count), soon);
  };
  /** A miss, and a hit that is being asked again. */
  const hitHeld = async (body: Parameters<typeof ask>[0]) => {
    await ask(body);
    const asked = shop.calls.length;
    const letGo = hold();
    await hit(body);
    await asks(asked + 1);
    return { asked, letGo };
  };

  it("finds answers the same that nothing has changed, and counts what it asks nowhere else", async () => {
    await start();
    await ask(shelf("1"));
    const asked = shop.calls.length;
    await hit(shelf("1"));
    await until({ same: 1 });
    expect(shop.calls).toHaveLength(2 * asked);
    const looks = (await figure("response_cache_requests_total")).map(({ labels, value }) => [
      ...[labels.level, labels.result, value],
    ]);
    expect(looks.sort()).toEqual([
      ["entity", "miss", 1],
      ["response", "memory", 1],
      ["response", "miss", 1],
      ["root", "miss", 1],
    ]);
    expect(lines.filter(({ msg }) => msg === "Operation").map(({ cache }) => cache)).toEqual(["stored", "hit"]);
    expect(warnings()).toEqual([]);
  });

  it("reports where an answer differs whose change nobody told of, and not by what", async () => {
    await start();
    shop.versions.set("stock:2", 123_454_321);
    await ask(shelf("2"));
    shop.versions.set("stock:2", 918_273_645);
    await hit(shelf("2"));
    await until({ different: 1 });
    expect(warnings()).toEqual([
      expect.objectContaining({
        ...{ level: "warn", operation: "Shelf", tenant: "acme", status: 200, paths: ["data.item.stock"] },
        operationKey: expect.stringMatching(/^[\w-]{43}$/) as string,
        tags: expect.arrayContaining(["Shelf:stock:2"]) as string[],
        age: expect.any(Number) as number,
      }),
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/123454321|918273645/);
    // What was asked again is not kept, at any level.
    expect(await hit(shelf("2"))).toMatchObject({ item: { stock: 123_454_321 } });
    await until({ different: 2 });
    const parts = query.replace("Shelf", "Parts").replace("{ item", "{ __typename item");
    expect(await ask({ query: parts, variables: { id: "2" } })).toMatchObject({
      ...{ data: { item: { stock: 123_454_321 } }, cache: expect.stringContaining("fwd=miss") as string },
    });
  });

  it("says nothing of a change that a mutation tells while it asks", async () => {
    await start();
    const { letGo } = await hitHeld(shelf("3"));
    await ask({ query: 'mutation { changeStock(id: "3") }' });
    letGo();
    await until({ outdated: 1 });
    expect(warnings()).toEqual([]);
  });

  it("waits whether somebody tells of a change before it reports one", async () => {
    await start({ settleMs: 3_000 });
    await ask(shelf("4"));
    const asked = shop.calls.length;
    const tags = shop.change("stock:4");
    await hit(shelf("4"));
    await asks(2 * asked);
    await fleet.append(0, { tags, events: [] });
    await until({ outdated: 1 });
    expect(warnings()).toEqual([]);
  });

  it("fails for itself alone when a subgraph does not answer", async () => {
    await start();
    await ask(shelf("5"));
    shop.hold = () => Promise.reject(new Error("away"));
    expect(await hit(shelf("5"))).toMatchObject({ item: { stock: 1 } });
    await until({ failed: 1 });
    expect(await hit(shelf("5"))).toMatchObject({ item: { stock: 1 } });
    await until({ failed: 2 });
    expect(warnings()).toEqual([]);
  });

  it("delays nobody, asks two at once, and skips the others", async () => {
    await start();
    await ask(shelf("6"));
    const asked = shop.calls.length;
    const letGo = hold();
    for (let time = 0; time < 5; time += 1) await hit(shelf("6"));
    await asks(asked + 2);
    expect(await outcomes()).toEqual({ skipped: 3 });
    letGo();
    await until({ skipped: 3, same: 2 });
    expect(shop.calls).toHaveLength(3 * asked);
  });

  it("asks no more in a second than it may", async () => {
    await start({ perSecond: 1 });
    await ask(shelf("7"));
    await hit(shelf("7"));
    await until({ same: 1 });
    await Promise.all([hit(shelf("7")), hit(shelf("7"))]);
    const { same, skipped } = await outcomes();
    // A slow machine may have begun another second.
    expect([skipped, same]).not.toContain(3);
    expect(skipped).toBeGreaterThan(0);
  });

  it("asks nothing with a share of 0", async () => {
    await start({ share: 0 });
    await ask(shelf("8"));
    const asked = shop.calls.length;
    for (let time = 0; time < 5; time += 1) await hit(shelf("8"));
    await fleet.gateways[0]?.drain();
    expect(shop.calls).toHaveLength(asked);
    expect(await outcomes()).toEqual({});
  });

  it("asks for private answers as their caller, and neither keeps nor shows what comes", async () => {
    await start();
    const headersOf = async (letter: string) => {
      const token = await issuer.token({ sub: letter.repeat(24), sid: letter.repeat(24), cid: undefined });
      return { authorization: `Bearer ${token}` };
    };
    const [ann, bob] = [await headersOf("a"), await headersOf("b")];
    const { data: own } = await ask(mine, ann);
    await ask(mine, bob);
    shop.calls.length = 0;
    expect(await hit(mine, ann)).toEqual(own);
    await until({ same: 1 });
    expect(shop.calls.map(({ viewer }) => viewer.userId)).toEqual(["a".repeat(24)]);
    shop.change("stock:m");
    expect(await hit(mine, ann)).toEqual(own);
    await until({ same: 1, different: 1 });
    expect(warnings()).toMatchObject([{ paths: ["data.mine.version"] }]);
    expect(JSON.stringify(warnings())).not.toContain("aaaaaaaa");
    expect(await hit(mine, ann)).toEqual({ mine: { version: 1 } });
    expect(await hit(mine, bob)).toEqual({ mine: { version: 1 } });
    expect(await ask(mine)).toMatchObject({ data: { mine: { version: 2 } } });
  });

  it("finds a policy that shows everybody what depends on the caller", async () => {
    await start();
    const wrong = { query: 'query Wrong { item(id: "9") { id seen } }' };
    await ask(wrong);
    const shown = await hit(wrong, { authorization: `Bearer ${await issuer.token()}` });
    expect(JSON.stringify(shown)).toContain("anonymous");
    await until({ different: 1 });
    expect(warnings()).toMatchObject([{ operation: "Wrong", paths: ["data.item.seen"] }]);
  });

  it("ends before the gateway does, which waits for what is under way and begins nothing more", async () => {
    await start();
    const { asked, letGo } = await hitHeld(shelf("10"));
    let isDrained = false;
    const drained = fleet.gateways[0]?.drain().then(() => (isDrained = true));
    await vi.waitFor(async () => expect(ask(shelf("10"))).rejects.toThrow("fetch failed"), soon);
    expect(isDrained).toBe(false);
    letGo();
    await drained;
    expect(await outcomes()).toMatchObject({ same: 1 });
    expect(shop.calls).toHaveLength(2 * asked);
  });
});
