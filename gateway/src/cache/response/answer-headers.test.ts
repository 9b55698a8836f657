// Headers of kept answers: names of exact answers, encodings, what caches on the way may do (RFC 9110, 9111).
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { cacheControl, cacheStatus } from "./cache-headers.ts";
import { cdnTag, purgedTags, tagHeader } from "./cdn-tags.ts";
import { contentCodings, createEncodings } from "./encodings.ts";
import { bodyHash, etagOf, matchingEtag } from "./etag.ts";
import { createMediaTypes } from "../../http/media-types.ts";
import { requestDirectives } from "./request-directives.ts";

describe("etags", () => {
  const hash = bodyHash("{}");
  const all = ["identity", ...contentCodings];
  it("differ by body, media type and encoding", () => {
    const etags = ["{}", "[]"].flatMap((body) =>
      ["j", "r"].flatMap((media) => all.map((encoding) => etagOf(bodyHash(body), { media, encoding }))),
    );
    expect(new Set(etags).size).toBe(16);
    for (const etag of etags) expect(etag).toMatch(/^"[\x21\x23-\x7e]+"$/);
  });

  const own = { bodyHash: hash, media: "j", encodings: ["br", "identity"] };
  it.each([
    [`"other", "${hash}.j"`, `"${hash}.j"`],
    [`W/"${hash}.j-br"`, `"${hash}.j-br"`],
    [`"${hash}.j-br","${hash}.j"`, `"${hash}.j-br"`],
    ["*", `"${hash}.j-br"`],
    [`"${hash}.j-gzip"`, undefined],
    [`"${hash}.r"`, undefined],
    [`${hash}.j`, undefined],
    [`"${hash}.j`, undefined],
    ["", undefined],
  ])("are found in %s", (header, expected) => {
    expect(matchingEtag(header, own)).toBe(expected);
  });
});

describe("encodings", () => {
  const body = Buffer.from(JSON.stringify(Array.from({ length: 200 }, (_, id) => ({ id, title: "Hex bolt" }))));
  it.each([
    [undefined, ["identity"]],
    ["gzip, deflate, br, zstd", ["br", "zstd", "gzip", "identity"]],
    ["gzip;q=1, br;q=0.5", ["gzip", "br", "identity"]],
    ["zstd", ["zstd", "identity"]],
    ["*;q=0", ["identity"]],
    ["br;q=0, gzip", ["gzip", "identity"]],
    ["identity", ["identity"]],
    ["gzip, identity;q=0", ["gzip"]],
    ["nonsense;;q=x,,", ["identity"]],
  ])("are chosen for %s", (header, expected) => {
    expect(createEncodings().accepted(header)).toEqual(expected);
  });

  it("hold the same bytes", async () => {
    const encodings = createEncodings();
    const decode = { br: brotliDecompressSync, zstd: zstdDecompressSync, gzip: gunzipSync };
    for (const coding of contentCodings) {
      expect(encodings.peek("h", coding)).toBeUndefined();
      encodings.make("h", coding, body);
      const made = await vi.waitUntil(() => encodings.peek("h", coding), 10_000);
      expect(made.length).toBeLessThan(body.length / 2);
      expect(decode[coding](made)).toEqual(body);
    }
  });
});

describe("what caches on the way may do", () => {
  const answerClass = fc.record({
    scope: fc.constantFrom("PUBLIC" as const, "PRIVATE" as const),
    vary: fc.constantFrom([], ["COMPANY" as const]),
    bypass: fc.constantFrom([], ["STAFF" as const]),
  });
  /** RFC 9111: who may store an answer (section 3), and for how many seconds it is fresh (4.2). */
  const oracle = (header: string, age: number) => {
    const directives = header.split(", ");
    const seconds = Number(/^max-age=(\d+)$/.exec(directives[0] ?? "")?.[1] ?? 0);
    const stores = !directives.includes("no-store");
    return {
      shared: stores && !directives.includes("private"),
      private: stores,
      freshFor: stores ? Math.max(0, seconds - age) : 0,
    };
  };

  it("shared ones keep what anybody gets who sends no credentials, never longer than it is kept here", () => {
    fc.assert(
      fc.property(
        answerClass,
        fc.nat(3_600),
        fc.double({ min: 0, max: 4_000, noNaN: true }),
        fc.boolean(),
        (...all) => {
          const [one, maxAge, age, hasCredentials] = all;
          const may = oracle(cacheControl({ answerClass: one, maxAge }, hasCredentials), Math.floor(age));
          expect(may.shared).toBe(one.scope === "PUBLIC" && !hasCredentials);
          expect(may.private).toBe(one.scope === "PUBLIC");
          // Whole seconds of age are rounded down, so a cache may be off by less than one.
          expect(may.freshFor).toBeLessThan(Math.max(0, maxAge - age) + 1);
        },
      ),
    );
  });

  it("is told how the answer came about", () => {
    expect(cacheStatus("tradegraph", "hit", 12.9)).toBe("tradegraph; hit; ttl=12");
    expect(cacheStatus("tradegraph", "stored")).toBe("tradegraph; fwd=miss; stored");
    expect(cacheStatus("tradegraph", "collapsed")).toBe("tradegraph; fwd=miss; collapsed");
    expect(cacheStatus("tradegraph", "stale")).toBe("tradegraph; fwd=stale");
    expect(cacheStatus("tradegraph", "bypass")).toBe("tradegraph; fwd=bypass");
  });
});

describe("tags for a CDN", () => {
  const tags = ["Product:1", "list:acme:Product", "type:products:Product", "subgraph:products", 'Odd:{"a b": "ü,"}'];
  it("come coarsest first and contain nothing that ends a tag", () => {
    const header = tagHeader(tags, { name: "Cache-Tag" });
    expect(header?.split(",").slice(0, 3)).toEqual(["subgraph-products", "type-products-Product", "list:acme:Product"]);
    expect(header?.split(",")).toHaveLength(5);
    expect(header).toMatch(/^[\x21-\x7e]*$/);
    expect(cdnTag("Odd:\ud800 ")).toBe("Odd:%EF%BF%BD%20");
    // CloudFront would take it for a wildcard.
    expect(cdnTag("Odd:a*")).toBe("Odd:a%2A");
  });
  it("are cut where the CDN takes no more, finest first", () => {
    expect(tagHeader(tags, { name: "x", maxTags: 2, delimiter: " " })).toBe("subgraph-products type-products-Product");
    expect(tagHeader(tags, { name: "x", maxBytes: 20 })).toBe("subgraph-products");
    expect(tagHeader(tags, { name: "x", maxBytes: 5 })).toBeUndefined();
  });
  it("are found by every purge of a tag that had no room", () => {
    const many = Array.from({ length: 200 }, (_, index) => [
      `Product:${index}`,
      `Category:${index}`,
      `list:acme:Product.field${index}`,
      `key:content:page-${index}`,
    ]).flat();
    const options = { name: "x", maxTags: 50, isPurged: true };
    const texts = new Set(tagHeader(many, options)?.split(","));
    expect(texts.size).toBe(50);
    for (const tag of many) expect(purgedTags([tag]).some((text) => texts.has(text))).toBe(true);
    expect(purgedTags(["User:1", "list:other:Product.field1"]).some((text) => texts.has(text))).toBe(false);
    // All fit: no markers, and no purge too many.
    expect(tagHeader(["Product:1"], options)).toBe("Product:1");
    expect(tagHeader(many, { ...options, maxTags: 3 })).toBeUndefined();
  });
  it("are as short as CloudFront wants them, and still different", () => {
    const [one, other] = [`Odd:${"ü".repeat(100)}1`, `Odd:${"ü".repeat(100)}2`].map(cdnTag);
    expect(one).toHaveLength(256);
    expect(other).toHaveLength(256);
    expect(one).not.toBe(other);
    expect(cdnTag("x".repeat(256))).toBe("x".repeat(256));
  });
});

it.each([
  [undefined, undefined],
  ["max-age=0", undefined],
  ["no-cache", { noCache: true, noStore: false }],
  ["max-age=0, No-Store", { noCache: false, noStore: true }],
  ["no-cache,no-store", { noCache: true, noStore: true }],
  ["x-no-cache", undefined],
  ['no-cache="x"', undefined],
])("a request says %s", (header, expected) => {
  expect(requestDirectives(header)).toEqual(expected);
});

it.each([
  [undefined, "j"],
  ["*/*", "j"],
  ["application/json", "j"],
  ["application/graphql-response+json, application/json;q=0.9", "r"],
  ["text/html", undefined],
])("who accepts %s gets the media type that Apollo sends", (accept, expected) => {
  expect(createMediaTypes()(accept)?.name).toBe(expected);
});
