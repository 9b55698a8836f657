import { createLogger } from "@tradegraph/kit/logger";
import { anonymousViewer, type Viewer } from "@tradegraph/kit/viewer";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { fakeInvalidationLog, type FakeInvalidationLog } from "../../test/fake-invalidation-log.ts";
import { type CachePolicy } from "../cache/policy/cache-policy.ts";
import { createCallerOf } from "../cache/policy/caller.ts";
import { createCacheStore } from "../cache/store/store.ts";
import { newScope, type RequestScope } from "../request-scope.ts";
import { type ResponseCache, type ResponseCacheOptions, serveWholeResponses } from "./response-cache.ts";
import { type OperationAnswer, type OperationRequest } from "./steps.ts";

const open: CachePolicy = { maxAge: 60, scope: "PUBLIC", vary: [], bypass: [], swr: 0, sie: 0, negative: 0 };
const visitor = anonymousViewer("acme");
const buyer: Viewer = { ...visitor, role: "customer", userId: "a", companyId: "c1", sessionId: "s1" };
const staff: Viewer = { ...visitor, role: "admin", userId: "e", sessionId: "s2", scopes: ["admin"] };

let log: FakeInvalidationLog;
let cache: ResponseCache;
let policy: CachePolicy;
let executed: RequestScope[];
/** What an execution does after it has noted the position. */
let work: (scope: RequestScope) => Promise<string> | string;

const start = (options: Partial<ResponseCacheOptions> = {}): ResponseCache =>
  serveWholeResponses({
    store: createCacheStore({ log, logger: createLogger({ service: "test", level: "silent" }) }),
    ...{ log, callerOf: createCallerOf("secret"), namespace: "test", fingerprint: () => "one", ...options },
  });

beforeEach(() => {
  log = fakeInvalidationLog();
  cache = start();
  policy = open;
  executed = [];
  work = () => `{"data":{"n":${executed.length}}}`;
});

async function ask(viewer: Viewer = visitor, sent: Partial<OperationRequest> = {}): Promise<OperationAnswer> {
  const body = { query: "query Item { item { id } }" };
  const scope = newScope("r", viewer);
  const request = {
    ...{ method: "POST", search: "", httpHeaders: {}, headers: undefined as never, body, scope },
    ...sent,
  };
  request.bodyText ??= JSON.stringify(request.body);
  return cache.step(request, async () => {
    executed.push(scope);
    scope.operationType = "query";
    const position = log.position() ?? 0;
    scope.cacheUse?.parts.push({
      ...{ policy, tags: ["t"], sources: ["products"], position, storedAt: Date.now(), maxAge: policy.maxAge },
    });
    return { status: 200, headers: new Map([["content-type", "application/json"]]), body: await work(scope) };
  });
}
const status = (answer: OperationAnswer) => answer.headers.get("cache-status");
const text = (answer: OperationAnswer) => answer.body.toString();
/** Callers wait until somebody lands. */
function gate() {
  let land: () => void = () => undefined;
  const landed = new Promise<void>((resolve) => (land = resolve));
  return { land, landed };
}

describe("an answer", () => {
  it("is shown again until something that it depends on changes", async () => {
    expect(status(await ask())).toBe("tradegraph; fwd=miss; stored");
    expect(status(await ask())).toMatch(/^tradegraph; hit; ttl=5\d$/);
    log.mark(["t"]);
    expect(text(await ask())).toBe('{"data":{"n":2}}');
    expect(text(await ask())).toBe('{"data":{"n":2}}');
  });

  it.each<[string, (scope: RequestScope) => string]>([
    ["with an error", (scope) => (scope.errorCodes.push("NOT_FOUND"), '{"errors":[],"data":{"n":1}}')],
    ["with an error that is not told", (scope) => (scope.errorCodes.push("UNAUTHORIZED"), '{"data":{"n":1}}')],
    ["with extensions", () => '{"data":{"n":1},"extensions":{"x":1}}'],
    ["without data", () => '{"data":null}'],
    ["of a mutation", (scope) => ((scope.operationType = "mutation"), '{"data":{"n":1}}')],
    [
      "with a part that may not be kept",
      (scope) => (((scope.cacheUse as object as { isUncacheable: boolean }).isUncacheable = true), '{"data":{"n":1}}'),
    ],
    ["that nothing is known about", (scope) => (scope.cacheUse?.parts.splice(0), '{"data":{"n":1}}')],
  ])("%s is not kept", async (_name, make) => {
    work = make;
    const first = await ask();
    expect(first.headers.get("cache-control")).toContain("no-store");
    expect(first.headers.get("etag")).toBeUndefined();
    await ask();
    expect(executed).toHaveLength(2);
  });

  it("may have a field called extensions", async () => {
    work = () => '{"data":{"extensions":{"a":"},\\"extensions\\":{"}}}';
    await ask();
    await ask();
    expect(executed).toHaveLength(1);
  });

  it("that an invalidation overtook is not kept, and not by others", async () => {
    work = () => (log.mark(["t"]), '{"data":{"n":1}}');
    expect((await ask()).headers.get("cache-control")).toBe("private, no-store");
    work = () => '{"data":{"n":2}}';
    expect(text(await ask())).toBe('{"data":{"n":2}}');
  });

  it("is not kept when the graph was replaced meanwhile", async () => {
    let fingerprint = "one";
    cache = start({ fingerprint: () => fingerprint });
    work = () => ((fingerprint = "two"), '{"data":{"n":1}}');
    await ask();
    fingerprint = "one";
    await ask();
    expect(executed).toHaveLength(2);
  });
});

describe("another caller", () => {
  it("gets the same where everybody does", async () => {
    await ask();
    expect(status(await ask(buyer))).toContain("hit");
    expect((await ask(buyer)).headers.get("cache-control")).toBe("max-age=60, private");
    expect((await ask()).headers.get("cache-control")).toBe("max-age=60, public");
  });

  it.each<[string, Partial<CachePolicy>, number]>([
    ["company", { vary: ["COMPANY"] }, 2],
    ["session", { scope: "PRIVATE" }, 3],
  ])("gets its own where answers are for one %s", async (_name, change, executions) => {
    policy = { ...open, ...change };
    await ask(buyer);
    const answers = [await ask({ ...buyer, userId: "b", sessionId: "s3" }), await ask({ ...buyer, companyId: "c2" })];
    expect(executed).toHaveLength(executions);
    expect(new Set([...answers, await ask(buyer)].map(text)).size).toBe(executions);
  });

  it("is executed where it sees more than others, and its answer is not kept", async () => {
    policy = { ...open, bypass: ["STAFF"] };
    await ask();
    expect(status(await ask(staff))).not.toContain("hit");
    expect(executed).toHaveLength(2);
    expect(text(await ask())).toBe('{"data":{"n":1}}');
  });

  it("of another marketplace gets its own", async () => {
    await ask();
    await ask(anonymousViewer("other"));
    expect(executed).toHaveLength(2);
  });

  it("gets its own where rights counted", async () => {
    work = (scope) => (
      ((scope.cacheUse as { isPersonal?: boolean }).isPersonal = true),
      `{"data":{"n":${executed.length}}}`
    );
    await ask(buyer);
    await ask(buyer);
    expect(executed).toHaveLength(1);
    await ask();
    await ask({ ...buyer, scopes: ["more"] });
    expect(executed).toHaveLength(3);
  });

  it("finds the class of answers that another gateway has seen", async () => {
    const store = createCacheStore({ log, logger: createLogger({ service: "test", level: "silent" }) });
    policy = { ...open, vary: ["COMPANY"] };
    cache = start({ store });
    await ask(buyer);
    cache = start({ store });
    expect(status(await ask(buyer))).toContain("hit");
  });
});

describe("many who miss the same", () => {
  it("are answered by one execution", async () => {
    const { land, landed } = gate();
    work = () => landed.then(() => '{"data":{"n":1}}');
    const answers = [visitor, visitor, visitor].map((viewer) => ask(viewer));
    land();
    const all = await Promise.all(answers);
    expect(executed).toHaveLength(1);
    expect(all.map(status).filter((one) => one?.endsWith("collapsed"))).toHaveLength(2);
  });

  it("get nothing from before a change that was acknowledged when they asked", async () => {
    const { land, landed } = gate();
    work = () => landed.then(() => '{"data":{"n":"old"}}');
    const first = ask();
    await vi.waitUntil(() => executed.length === 1, 10_000);
    log.mark(["t"]);
    const second = ask();
    work = () => '{"data":{"n":"new"}}';
    land();
    expect(text(await first)).toContain("old");
    expect(text(await second)).toContain("new");
    expect(text(await ask())).toContain("new");
  });

  it("are executed each for himself when the first one's answer is not for them", async () => {
    const { land, landed } = gate();
    work = (scope) => landed.then(() => (scope.errorCodes.push("X"), `{"errors":[],"data":{"n":${executed.length}}}`));
    const answers = [visitor, visitor, visitor].map((viewer) => ask(viewer));
    land();
    await Promise.all(answers);
    expect(executed).toHaveLength(3);
  });

  it("go on when the first one fails", async () => {
    const { land, landed } = gate();
    work = () => landed.then(() => Promise.reject(new Error("gone")));
    const first = ask();
    const second = ask();
    land();
    await expect(first).rejects.toThrow("gone");
    work = () => '{"data":{"n":2}}';
    await second.catch(() => undefined);
    expect(text(await ask())).toContain("2");
  });
});

describe("who asks past the cache", () => {
  it.each([
    ["no-cache", ['n":2', 'n":2']],
    ["no-store", ['n":1', 'n":1']],
    ["no-cache, no-store", ['n":2', 'n":1']],
  ])("and is trusted gets what it says: %s", async (control, [now, after]) => {
    cache = start({ isTrusted: ({ role }) => role === "admin" });
    await ask();
    expect(text(await ask(staff, { httpHeaders: { "cache-control": control } }))).toContain(now);
    expect(text(await ask())).toContain(after);
  });

  it("and is not trusted gets a hit", async () => {
    await ask();
    expect(status(await ask(visitor, { httpHeaders: { "cache-control": "no-cache" } }))).toContain("hit");
  });

  it("is answered as if there were no cache while the log has no lease", async () => {
    await ask();
    log.hasLease = false;
    expect(status(await ask())).toBe("tradegraph; fwd=bypass");
    expect(text(await ask())).toContain("3");
  });
});

describe("a GET request", () => {
  const get = (httpHeaders: OperationRequest["httpHeaders"]) =>
    ask(visitor, { method: "GET", search: "?query={item{id}}", body: undefined, bodyText: "", httpHeaders });
  const preflight = { "apollo-require-preflight": "1" };

  it("has the answer of a POST, and 304 for who has it", async () => {
    await ask();
    const answer = await get(preflight);
    expect(status(answer)).toContain("hit");
    const etag = answer.headers.get("etag") ?? "";
    const same = await get({ ...preflight, "if-none-match": `"x", ${etag}` });
    expect([same.status, text(same), same.headers.get("etag")]).toEqual([304, "", etag]);
    expect(same.headers.get("cache-control")).toBe("max-age=60, public");
    expect((await ask(visitor, { httpHeaders: { "if-none-match": etag } })).status).toBe(200);
    log.mark(["t"]);
    expect((await get({ ...preflight, "if-none-match": etag })).status).toBe(200);
  });

  it.each([{}, { "content-type": "text/plain" }, { ...preflight, accept: "text/html" }])(
    "that Apollo would refuse is left to it: %j",
    async (headers) => {
      await ask();
      await get(headers);
      expect(executed).toHaveLength(2);
    },
  );
});

it("tells log, metrics and audit what an execution would", async () => {
  work = (scope) => ((scope.entityTypes = ["Item"]), '{"data":{"n":1}}');
  await ask();
  const scope = newScope("r", visitor);
  await ask(visitor, { scope, body: { query: "query Renamed { item { id } }" } });
  expect(scope).toMatchObject({ operationName: "Renamed", operationType: "query", entityTypes: ["Item"] });
  expect(scope.document?.().kind).toBe("Document");
  expect(scope.cacheOutcome).toBe("hit");
});
