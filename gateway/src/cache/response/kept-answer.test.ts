// An answer that is made once for many hits must not be that of another second, caller, media type or encoding.
import { anonymousViewer, type Viewer } from "@tradegraph/kit/viewer";
import { beforeEach, expect, it, vi } from "vitest";
import { type OperationRequest } from "../../http/steps.ts";
import { newScope } from "../../request-scope.ts";
import { type CacheEntry } from "../store/entry.ts";
import { createMediaTypes } from "../../http/media-types.ts";
import { createPresenter, type KeptMeta, type Presenter, type Shown } from "./kept-answer.ts";

const mediaOf = createMediaTypes();
const visitor = anonymousViewer("acme");
const customer: Viewer = { tenantId: "acme", role: "customer", userId: "a".repeat(24), scopes: [] };

let present: Presenter;
let entry: CacheEntry;
beforeEach(() => {
  present = createPresenter({});
  const meta: KeptMeta = {
    ...{ bodyHash: "hash", answerClass: { scope: "PUBLIC", vary: [], bypass: [] }, entityTypes: [] },
  };
  entry = {
    ...{ bytes: Buffer.from(`{"data":{"text":"${"x".repeat(3_000)}"}}`), tags: [], sources: [], position: 0 },
    ...{ storedAt: 0, maxAge: 60, swr: 0, sie: 0, meta: { ...meta } },
  };
});

interface Asking {
  shown?: Partial<Shown>;
  viewer?: Viewer;
  headers?: Record<string, string>;
  method?: string;
}

function hit({ shown = {}, viewer = visitor, headers = {}, method = "GET" }: Asking = {}) {
  const media = mediaOf(headers.accept);
  if (!media) throw new Error("no media type");
  return present({ entry, age: 1.2, ttl: 50.9, outcome: "hit", media, ...shown }, {
    ...{ method, httpHeaders: headers, scope: newScope("r", viewer) },
  } as unknown as OperationRequest);
}
const headersOf = (asking?: Asking) => Object.fromEntries(hit(asking).headers);

it("is made once for all who ask alike within a second", () => {
  const first = hit();
  expect(hit({ shown: { age: 1.9, ttl: 50.2 } })).toBe(first);
  expect(headersOf({ shown: { age: 2.1, ttl: 50.0 } })).toMatchObject({
    age: "2",
    "cache-status": "tradegraph; hit; ttl=50",
  });
  expect(headersOf({ shown: { age: 2.2, ttl: 49.9 } })).toMatchObject({
    age: "2",
    "cache-status": "tradegraph; hit; ttl=49",
  });
});

it.each<[string, Asking, Record<string, string>]>([
  ["who has credentials", { viewer: customer }, { "cache-control": "max-age=60, private" }],
  [
    "who wants another media type",
    { headers: { accept: "application/graphql-response+json" } },
    { "content-type": "application/graphql-response+json; charset=utf-8", etag: '"hash.r"' },
  ],
  [
    "whom another collapses with",
    { shown: { outcome: "collapsed" } },
    { "cache-status": "tradegraph; fwd=miss; collapsed" },
  ],
])("is another for %s, in whatever order they ask", (_name, other, headers) => {
  const plain = headersOf();
  expect(headersOf(other)).toMatchObject(headers);
  expect(headersOf()).toEqual(plain);
  expect(headersOf(other)).toMatchObject(headers);
});

it("is a 304 for who has it, and nobody else", () => {
  hit();
  expect(hit({ headers: { "if-none-match": '"hash.j"' } }).status).toBe(304);
  expect(hit({ headers: { "if-none-match": '"hash.j"' }, method: "POST" }).status).toBe(200);
  expect(hit().status).toBe(200);
});

it("is compressed as soon as that is done, for those who take it", async () => {
  const headers = { "accept-encoding": "gzip" };
  await vi.waitFor(() => expect(headersOf({ headers })["content-encoding"]).toBe("gzip"), 10_000);
  const packed = hit({ headers });
  expect(hit({ headers })).toBe(packed);
  expect(hit().body).toEqual(entry.bytes);
  expect(headersOf()["content-encoding"]).toBeUndefined();
  expect(hit({ headers }).body).toEqual(packed.body);
});

it("says to a CDN how long it may keep what it can be told to forget, and of nothing else", () => {
  const tagHeader = { name: "Surrogate-Key", delimiter: " ", maxTags: 3, isPurged: true };
  present = createPresenter({ tagHeader, cdnHeader: "surrogate-control" });
  entry = { ...entry, tags: ["Product:1", "subgraph:products"] };
  const names = ["cache-control", "surrogate-control", "Surrogate-Key"] as const;
  const shown = (asking?: Asking) => names.map((name) => headersOf(asking)[name]);
  expect(shown()).toEqual(["max-age=60, public", "max-age=60", "subgraph-products Product:1"]);
  expect(shown({ viewer: customer })).toEqual(["max-age=60, private", undefined, undefined]);
  entry = { ...entry, tags: ["A:1", "B:1", "C:1", "D:1"] };
  expect(shown()).toEqual(["max-age=60, private", undefined, undefined]);
  entry = { ...entry, tags: [] };
  expect(shown()).toEqual(["max-age=60, private", undefined, undefined]);
});

it("tells neither a CDN nor anybody else to keep what only who asked before a change may see", () => {
  const tagHeader = { name: "cache-tag" };
  present = createPresenter({ cdnHeader: "cdn-cache-control", tagHeader });
  entry = { ...entry, tags: ["Item:1"] };
  const shown = { outcome: "collapsed" } as const;
  expect(headersOf({ shown })).toMatchObject({ "cdn-cache-control": "max-age=60", "cache-tag": "Item:1" });
  const { "cache-control": control, ...rest } = headersOf({ shown: { ...shown, isForOne: true } });
  expect(control).toBe("private, no-store");
  expect(Object.keys(rest)).toEqual(["cache-status", "age", "content-type", "etag"]);
});
