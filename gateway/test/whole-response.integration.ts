// Whole answers over HTTP, with the real log, store and Redis.
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import { type JWTPayload } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, vi } from "vitest";
import { startWholeResponseStage, type WholeResponseStage } from "./whole-response-stage.ts";

let stage: WholeResponseStage;
const ask: WholeResponseStage["ask"] = (...asked) => stage.ask(...asked);

beforeAll(async () => {
  stage = await startWholeResponseStage(inject("redisUri") as string);
});
afterAll(() => stage.stop());

/** Each test has an item of its own. */
let id = "0";
beforeEach(() => {
  id = String(Number(id) + 1);
  stage.shop.calls.length = 0;
});
const itemQuery = "query Item($id: ID!) { item(id: $id) { id stock label } }";
const change = (at = 0) => ask(`mutation { changeStock(id: "${id}") }`, { at });
const token = async (payload: JWTPayload) => ({ authorization: `Bearer ${await stage.issuer.token(payload)}` });

describe("a whole answer", () => {
  it("is a hit after a miss, without a question to a subgraph, until a mutation changes it", async () => {
    const miss = await ask(itemQuery, { variables: { id } });
    expect(miss.cache).toBe("tradegraph; fwd=miss; stored");
    const asked = stage.shop.calls.length;
    const hit = await ask(itemQuery, { variables: { id } });
    expect(hit.cache).toMatch(/^tradegraph; hit; ttl=5\d$/);
    expect(hit.bytes).toEqual(miss.bytes);
    expect(hit.headers).toMatchObject({
      ...{
        "cache-control": "max-age=60, public",
        age: expect.stringMatching(/^\d+$/) as string,
        etag: miss.headers.etag,
      },
      ...{ "content-type": "application/json; charset=utf-8" },
      vary: "Origin, Accept, Accept-Encoding, Authorization, X-Api-Key, X-Tenant-Id",
    });
    expect(stage.shop.calls).toHaveLength(asked);
    await change();
    const fresh = await ask(itemQuery, { variables: { id } });
    expect(JSON.parse(fresh.text)).toMatchObject({ data: { item: { stock: 2 } } });
    expect(fresh.headers.etag).not.toBe(miss.headers.etag);
  });

  it("is one for POST and GET, other spelling, another name, and variables in another order", async () => {
    const query = "query A($id: ID!, $other: ID!) { a: item(id: $id) { stock } b: item(id: $other) { stock } }";
    const other = `${id}-other`;
    await ask(query, { variables: { id, other } });
    const spelled = query.replace("query A(", "query  Other # comment\n (");
    const answers = [
      await ask(query, { variables: { other, id } }),
      await ask(spelled, { variables: { id, other, unused: 1 } }),
      await ask(query, { variables: { id, other }, get: true }),
      await ask(spelled, { variables: { other, id }, get: true }),
    ];
    for (const { cache } of answers) expect(cache).toContain("; hit;");
    expect(new Set(answers.map(({ headers }) => headers.etag)).size).toBe(1);
    expect(stage.log.filter(({ operation }) => operation === "Other").at(-1)).toMatchObject({
      cache: "hit",
      outcome: "ok",
      type: "query",
    });
  });

  it("is found in Redis by another gateway, which has never executed it", async () => {
    const miss = await ask(itemQuery, { variables: { id } });
    await vi.waitFor(async () => {
      const other = await ask(itemQuery.replace("Item", `Item${Date.now()}`), { variables: { id }, at: 1 });
      expect(other.cache).toContain("; hit;");
      expect(other.bytes).toEqual(miss.bytes);
    }, 15_000);
    await change(0);
    const after = await ask(itemQuery, { variables: { id }, at: 1 });
    expect(JSON.parse(after.text)).toMatchObject({ data: { item: { stock: 2 } } });
  });

  it("is 304 for who has it, and never after an invalidation", async () => {
    const miss = await ask(itemQuery, { variables: { id }, get: true });
    const headers = { "if-none-match": String(miss.headers.etag) };
    const same = await ask(itemQuery, { variables: { id }, get: true, headers });
    expect([same.status, same.text, same.headers.etag]).toEqual([304, "", miss.headers.etag]);
    expect(same.headers["content-length"]).toBeUndefined();
    await change(1);
    expect((await ask(itemQuery, { variables: { id }, get: true, headers })).status).toBe(200);
  });

  it("is refused to bad credentials before anything is looked up, whoever has its etag", async () => {
    const { headers } = await ask(itemQuery, { variables: { id }, get: true });
    const bad = { authorization: "Bearer nonsense", "if-none-match": String(headers.etag) };
    const refused = await ask(itemQuery, { variables: { id }, get: true, headers: bad });
    expect([refused.status, refused.headers["cache-control"]]).toEqual([401, "private, no-store"]);
    expect(refused.headers["x-request-id"]).toBeTypeOf("string");
  });

  it("with an error is not kept", async () => {
    const query = `{ item(id: "${id}") { nonsense } }`;
    for (let time = 0; time < 2; time += 1) {
      const { status, headers } = await ask(query);
      expect([status, headers["cache-control"], headers.etag]).toEqual([400, "private, no-store", undefined]);
    }
  });

  it("of a mutation is not kept", async () => {
    const first = await change();
    expect([first.headers["cache-control"], first.cache]).toEqual(["private, no-store", "tradegraph; fwd=bypass"]);
    expect((await change()).text).not.toBe(first.text);
  });
});

describe("another caller", () => {
  const offer = "query Offer($id: ID!) { offer(id: $id) { version seen } }";
  const mine = "query Mine($id: ID!) { mine(id: $id) { version seen } }";
  const person = (letter: string, company = "c1") =>
    token({ sub: letter.repeat(24), sid: letter.repeat(24), cid: company.padStart(24, "0") });

  it("of another tenant gets its own, and its parts too", async () => {
    const query = "query Item($id: ID!) { item(id: $id) { id stock seen label labelSeen } }";
    await ask(query, { variables: { id } });
    const other = await ask(query, { variables: { id }, headers: { "x-tenant-id": "other" } });
    expect(other.cache).toContain("fwd=miss");
    expect(other.text).not.toContain("acme");
    expect(stage.shop.calls.map(({ viewer }) => viewer.tenantId)).toEqual(["acme", "acme", "other", "other"]);
  });

  it("of the same company shares a company's answer, one of another company does not", async () => {
    const [first, colleague, rival] = [await person("a"), await person("b"), await person("d", "c2")];
    const own = await ask(offer, { variables: { id }, headers: first });
    const shared = await ask(offer, { variables: { id }, headers: colleague });
    expect(shared.cache).toContain("; hit;");
    expect(shared.headers["cache-control"]).toBe("max-age=60, private");
    const others = await ask(offer, { variables: { id }, headers: rival });
    expect([others.cache.includes("hit"), others.text === own.text]).toEqual([false, false]);
    expect((await ask(offer, { variables: { id } })).cache).not.toContain("hit");
  });

  it("never gets a private answer, and caches on the way may not keep it", async () => {
    const [first, second] = [await person("a"), await person("b")];
    await ask(mine, { variables: { id }, headers: first });
    const again = await ask(mine, { variables: { id }, headers: first });
    expect([again.cache.includes("; hit;"), again.headers["cache-control"]]).toEqual([true, "private, no-store"]);
    const more = await token({ sub: "a".repeat(24), sid: "a".repeat(24), cid: "c1".padStart(24, "0"), scope: "more" });
    // The shop shows whose they are, but no scopes.
    for (const [headers, isSame] of [
      [second, false],
      [more, true],
      [{}, false],
    ] as const) {
      const other = await ask(mine, { variables: { id }, headers });
      expect([other.cache.includes("hit"), other.text === again.text]).toEqual([false, isSame]);
    }
  });

  it("that sees more is executed each time and leaves nothing behind", async () => {
    const query = "query More($id: ID!) { staffSeesMore(id: $id) { version seen } }";
    const staff = await token({ role: "admin", scope: "admin", cid: undefined });
    const answers = [];
    for (let time = 0; time < 2; time += 1) answers.push(await ask(query, { variables: { id }, headers: staff }));
    for (const { cache, headers, text } of answers) {
      expect([cache, headers["cache-control"]]).toEqual(["tradegraph; fwd=miss", "private, no-store"]);
      expect(text).toContain("admin");
    }
    const visitor = await ask(query, { variables: { id } });
    expect(visitor.text).not.toContain("admin");
    expect((await ask(query, { variables: { id }, headers: staff })).cache).toBe("tradegraph; fwd=miss");
  });

  it("that is staff may ask past the cache, nobody else", async () => {
    const stale = { "cache-control": "no-cache" };
    await ask(itemQuery, { variables: { id } });
    expect((await ask(itemQuery, { variables: { id }, headers: stale })).cache).toContain("; hit;");
    const staff = { ...(await token({ role: "admin", scope: "admin", cid: undefined })), ...stale };
    const asked = stage.shop.calls.length;
    expect((await ask(itemQuery, { variables: { id }, headers: staff })).cache).toContain("fwd=miss");
    // At all levels: both subgraphs again.
    expect(stage.shop.calls).toHaveLength(2 * asked);
    const nothing = { ...staff, "cache-control": "no-cache, no-store" };
    expect((await ask(itemQuery, { variables: { id }, headers: nothing })).cache).toBe("tradegraph; fwd=miss");
    expect(stage.shop.calls).toHaveLength(3 * asked);
  });
});

describe("an encoding", () => {
  const wide = `{ ${Array.from({ length: 60 }, (_, at) => `a${at}: item(id: "${at}") { id stock }`).join(" ")} }`;
  it("is what the client accepts, holds the same bytes, and has an etag of its own", async () => {
    const plain = await ask(wide);
    expect(plain.headers["content-encoding"]).toBeUndefined();
    const decode = { br: brotliDecompressSync, zstd: zstdDecompressSync, gzip: gunzipSync };
    const etags = new Set([plain.headers.etag]);
    for (const coding of ["br", "zstd", "gzip"] as const) {
      const headers = { "accept-encoding": coding };
      const packed = await vi.waitFor(async () => {
        const answer = await ask(wide, { headers });
        expect(answer.headers["content-encoding"]).toBe(coding);
        return answer;
      }, 15_000);
      expect(decode[coding](packed.bytes)).toEqual(plain.bytes);
      expect(packed.bytes.length).toBe(Number(packed.headers["content-length"]));
      etags.add(packed.headers.etag);
      const has = { ...headers, "if-none-match": String(packed.headers.etag) };
      expect((await ask(wide, { get: true, headers: has })).status).toBe(304);
    }
    expect(etags.size).toBe(4);
  });

  it("is none for who wants none, and the media type is what the client prefers", async () => {
    await ask(wide);
    const answer = await ask(wide, {
      headers: { accept: "application/graphql-response+json", "accept-encoding": "identity" },
    });
    expect(answer.headers["content-type"]).toContain("application/graphql-response+json");
    expect(answer.headers["content-encoding"]).toBeUndefined();
    expect((await ask(wide, { headers: { accept: "text/html" } })).status).toBe(406);
  });
});

it("refuses what Apollo would refuse, although the answer is kept", async () => {
  const query = `{ item(id: "${id}") { stock } }`;
  await ask(query);
  const [url] = stage.urls;
  expect((await fetch(`${url}?query=${encodeURIComponent(query)}`)).status).toBe(400);
  expect((await ask(query, { body: JSON.stringify([{ query }]) })).status).toBe(400);
  expect((await ask(query, { body: JSON.stringify({ query, variables: "x" }) })).status).toBe(400);
  expect((await ask(query, { body: JSON.stringify({ query, operationName: "Nobody" }) })).status).toBe(400);
});

it("begins anew with another supergraph", async () => {
  const query = `{ item(id: "${id}") { stock } }`;
  await ask(query);
  expect((await ask(query)).cache).toContain("hit");
  await stage.writeGraph("\nextend type Query { another: Int @cacheControl(maxAge: 5) }");
  await vi.waitFor(async () => expect((await ask("{ another __typename }")).status).toBe(200), 15_000);
  const asked = stage.shop.calls.length;
  expect((await ask(query)).cache).toContain("fwd=miss");
  // Its parts neither: what a field means may be something else now.
  expect(stage.shop.calls).toHaveLength(asked + 1);
  expect((await ask(query)).cache).toContain("hit");
});
