import { setImmediate as turn } from "node:timers/promises";
import { HeaderMap } from "@apollo/server";
import { createLogger } from "@tradegraph/kit/logger";
import { createMetrics } from "@tradegraph/kit/metrics";
import { anonymousViewer } from "@tradegraph/kit/viewer";
import { describe, expect, it, vi } from "vitest";
import { fakeInvalidationLog } from "../../../test/fake-invalidation-log.ts";
import { shadowHits } from "../../http/shadow.ts";
import { type OperationAnswer, type OperationRequest } from "../../http/steps.ts";
import { newScope, type RequestScope } from "../../request-scope.ts";
import { bodyHash } from "../response/etag.ts";
import { type KeptMeta } from "../response/kept-answer.ts";
import { type Found } from "../store/entry.ts";
import { createCacheMetrics } from "./cache-metrics.ts";
import { createShadow, type ShadowOptions } from "./shadow.ts";

const kept = '{"data":{"a":1}}';
const other = '{"data":{"a":2}}';
const answerClass = { scope: "PUBLIC", vary: [], bypass: [] } as const;
const meta = { bodyHash: bodyHash(kept), answerClass, entityTypes: [] } satisfies KeptMeta;

function found(sources: string[] = ["stock"]): Found {
  const times = { storedAt: 0, maxAge: 60, swr: 0, sie: 0 };
  const entry = { bytes: Buffer.from(kept), tags: ["stock:1"], sources, position: 1, ...times, meta };
  return { entry, state: "fresh", age: 7.4, level: "memory" };
}

function request(requestId = "request-1"): OperationRequest {
  const scope = newScope(requestId, anonymousViewer("acme"));
  scope.operationType = "query";
  const text = { body: { query: "{ a }" }, bodyText: '{"query":"{ a }"}' };
  return { method: "POST", search: "", httpHeaders: {}, headers: new HeaderMap(), ...text, scope };
}

type Execute = (scope: RequestScope, request: OperationRequest) => string | Promise<string>;

function stage(execute: Execute, options: Partial<ShadowOptions> = {}) {
  const metrics = createCacheMetrics(createMetrics("gateway"));
  const counted = vi.spyOn(metrics, "shadowed");
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  const log = fakeInvalidationLog();
  const graph = { fingerprint: "one" };
  const shadow = createShadow({
    ...{
      share: 1,
      perSecond: 100,
      settleMs: 5,
      log,
      metrics,
      operationKeyOf: () => "key",
      fingerprint: () => graph.fingerprint,
    },
    logger: createLogger({ service: "gateway", level: "debug", destination }),
    execute: async (again) => ({ status: 200, headers: new Map(), body: await execute(again.scope, again) }),
    ...options,
  });
  const outcomes = () => counted.mock.calls.map(([, outcome]) => outcome);
  return {
    shadow,
    log,
    lines,
    graph,
    outcomes,
    until: (...all: string[]) => vi.waitFor(() => expect(outcomes()).toEqual(all), 10_000),
  };
}

describe("a hit that is asked again", () => {
  it("is asked after its answer, by the same caller, past the cache, under an id of its own", async () => {
    const asked: OperationRequest[] = [];
    const { shadow, until } = stage((_, again) => (asked.push(again), kept));
    const original = request("x".repeat(64));
    shadow.check(original, found());
    expect(asked).toEqual([]);
    await until("same");
    const [again] = asked;
    expect(again?.scope).toMatchObject({
      cacheDirectives: { noCache: true, noStore: true },
      viewer: original.scope.viewer,
    });
    // Subgraphs take over no longer ones.
    expect(again?.scope.requestId).toBe(`${"x".repeat(57)}-shadow`);
    expect(original.scope.cacheDirectives).toBeUndefined();
  });

  it("tells where it differs, once nobody told of a change for a while", async () => {
    const { shadow, lines, until } = stage(() => other);
    shadow.check(request(), found());
    await until("different");
    expect(lines).toEqual([
      expect.objectContaining({
        ...{ level: "warn", operationKey: "key", tenant: "acme", requestId: "request-1", status: 200, age: 7 },
        ...{ tags: ["stock:1"], tagCount: 1, paths: ["data.a"] },
      }),
    ]);
  });

  it.each<[string, (run: ReturnType<typeof stage>) => void]>([
    ["something it depends on was changed", ({ log }) => void log.mark(["stock:1"])],
    ["it is outdated softly", ({ log }) => void log.mark(["stock:1"], "soft")],
    ["everything was forgotten", ({ log }) => void (log.epochName = "epoch2")],
    ["the cache may not be used now", ({ log }) => void (log.hasLease = false)],
    ["another supergraph answers", ({ graph }) => void (graph.fingerprint = "two")],
    ["a relay is silent", ({ log }) => void log.unwatched.add("stock")],
  ])("is outdated when %s meanwhile", async (_, happens) => {
    const run: ReturnType<typeof stage> = stage(() => (happens(run), other));
    run.shadow.check(request(), found());
    await run.until("outdated");
    expect(run.lines).toEqual([]);
  });

  it("keeps no others from being asked while it waits whether its difference is told, unless many do", async () => {
    const { shadow, outcomes } = stage(() => other, { settleMs: 60_000 });
    for (let time = 0; time < 20; time += 1) {
      shadow.check(request(), found());
      await turn();
      await turn();
    }
    expect(outcomes()).toEqual([]);
    shadow.check(request(), found());
    expect(outcomes()).toEqual(["skipped"]);
    await shadow.stop();
  });

  it("may differ when it comes from a subgraph that tells of nothing", async () => {
    const { shadow, until, lines } = stage(() => other, { foreignSubgraphs: new Set(["foreign"]) });
    shadow.check(request(), found(["foreign", "stock"]));
    await until("aged");
    shadow.check(request(), found(["stock"]));
    await until("aged", "different");
    expect(lines).toHaveLength(1);
  });

  it("differs when its caller may not see it, and has failed when somebody is not well", async () => {
    let codes: string[] = [];
    const { shadow, until, lines } = stage((scope) => {
      scope.errorCodes.push(...codes);
      return '{"errors":[{"message":"secret"}],"data":{"a":null}}';
    });
    const check = async (given: string[], ...outcomes: string[]) => {
      codes = given;
      shadow.check(request(), found());
      await until(...outcomes);
    };
    await check(["FORBIDDEN"], "different");
    expect(lines).toMatchObject([{ paths: ["data.a", "errors"] }]);
    expect(JSON.stringify(lines)).not.toContain("secret");
    await check(["SERVICE_UNAVAILABLE"], "different", "failed");
    await check(["FORBIDDEN", "INTERNAL_SERVER_ERROR"], "different", "failed", "failed");
    expect(lines).toHaveLength(1);
  });

  it("has failed when it cannot be executed", async () => {
    const { shadow, until } = stage(() => Promise.reject(new Error("broken")));
    shadow.check(request(), found());
    await until("failed");
  });
});

describe("a gateway that stops", () => {
  it("waits for what is under way, begins nothing more, and reports no difference that could still be told", async () => {
    const gates: ((body: string) => void)[] = [];
    const held = () => new Promise<string>((resolve) => gates.push(resolve));
    const { shadow, outcomes } = stage(held, { concurrency: 3, settleMs: 60_000 });
    shadow.check(request(), found());
    shadow.check(request(), found());
    await vi.waitFor(() => expect(gates).toHaveLength(2), 10_000);
    let isStopped = false;
    const stopped = shadow.stop().then(() => (isStopped = true));
    shadow.check(request(), found());
    await turn();
    expect([isStopped, gates.length]).toEqual([false, 2]);
    gates[0]?.(kept);
    await turn();
    expect(isStopped).toBe(false);
    gates[1]?.(other);
    await stopped;
    expect(outcomes()).toEqual(["skipped", "same", "skipped"]);
  });

  it("ends what takes too long", async () => {
    const never: Execute = (scope) =>
      new Promise((_, reject) => {
        scope.cancellations = new Set([
          () => {
            reject(new Error("ended"));
          },
        ]);
      });
    const { shadow, outcomes, lines } = stage(never, { stopWithinMs: 10 });
    shadow.check(request(), found());
    await turn();
    await turn();
    await shadow.stop();
    expect(outcomes()).toEqual(["skipped"]);
    expect(lines).toEqual([]);
  });
});

describe("the step", () => {
  const answer: OperationAnswer = { status: 200, headers: new Map(), body: kept };
  const run = (change: (scope: RequestScope) => void, share: number, random: number) => {
    const check = vi.fn();
    const asked = request();
    change(asked.scope);
    const given = shadowHits({ share, check, stop: () => Promise.resolve() }, () => random)(asked, () => answer);
    // At once, as the response cache gave it.
    expect(given).toBe(answer);
    return check.mock.calls.length;
  };
  const isHit = (scope: RequestScope) => void (scope.cacheHit = found());

  it("takes the share of hits", () => {
    expect([run(isHit, 0.2, 0.19), run(isHit, 0.2, 0.2), run(isHit, 1, 0.999), run(isHit, 0, 0)]).toEqual([1, 0, 1, 0]);
  });

  it("takes nothing that is no hit, and no mutation whatever the cache says", () => {
    expect(run(() => undefined, 1, 0)).toBe(0);
    expect(run((scope) => (isHit(scope), (scope.operationType = "mutation")), 1, 0)).toBe(0);
  });
});
