// Callers who ask the same at the same time, while what the answer depends on turns out to be something else than before:
// a field that was null, and was for everybody so, has something behind it now that is for each caller alone.
import { createLogger } from "@tradegraph/kit/logger";
import { anonymousViewer, type Viewer } from "@tradegraph/kit/viewer";
import { describe, expect, it } from "vitest";
import { type CachePolicy } from "../src/cache/policy/cache-policy.ts";
import { createCallerOf } from "../src/cache/policy/caller.ts";
import { createCacheStore } from "../src/cache/store/store.ts";
import { serveWholeResponses } from "../src/http/response-cache.ts";
import { newScope } from "../src/request-scope.ts";
import { fakeInvalidationLog } from "./fake-invalidation-log.ts";

const open: CachePolicy = { maxAge: 60, scope: "PUBLIC", vary: [], bypass: [], swr: 0, sie: 0, negative: 0 };
const signedIn = (letter: string): Viewer => ({
  ...{ tenantId: "acme", role: "customer", scopes: [] },
  ...{ userId: letter.repeat(24), sessionId: letter.repeat(24), companyId: `c${letter}`.padStart(24, "0") },
});
const callers = [signedIn("a"), signedIn("b"), signedIn("d"), anonymousViewer("acme")];
const nameOf = ({ userId = "nobody" }: Viewer) => userId;

function openStage() {
  const log = fakeInvalidationLog();
  const logger = createLogger({ service: "test", level: "silent" });
  const store = createCacheStore({ log, logger });
  const callerOf = createCallerOf("secret");
  const { step } = serveWholeResponses({ store, log, callerOf, namespace: "test", fingerprint: () => "one" });
  const body = { query: "query Page { item { owner { name } } }" };
  const ask = async (viewer: Viewer, policy: CachePolicy, landed: Promise<void> = Promise.resolve()) => {
    const scope = newScope("r", viewer);
    const sent = { method: "POST", search: "", httpHeaders: {}, headers: undefined as never, body, scope };
    const answer = await step({ ...sent, bodyText: JSON.stringify(body) }, async () => {
      scope.operationType = "query";
      const part = {
        tags: ["t"],
        sources: ["products"],
        position: log.position() ?? 0,
        storedAt: Date.now(),
        maxAge: 60,
      };
      scope.cacheUse?.parts.push({ ...part, policy });
      await landed;
      return { status: 200, headers: new Map(), body: JSON.stringify({ data: { seen: nameOf(viewer) } }) };
    });
    const { data } = JSON.parse(answer.body.toString()) as { data: { seen: string } };
    return data.seen;
  };
  return { log, ask };
}

describe("callers who wait for somebody else's answer", () => {
  it.each<[string, Partial<CachePolicy>]>([
    ["for each caller alone", { scope: "PRIVATE" }],
    ["by company", { vary: ["COMPANY"] }],
  ])("do not get it when it turns out to be %s", async (_, policy) => {
    const { log, ask } = openStage();
    for (const viewer of callers) expect(await ask(viewer, open)).toBe(nameOf(callers[0] as Viewer));
    log.mark(["t"]);
    const { promise: landed, resolve: land } = Promise.withResolvers<void>();
    const asked = callers.map((viewer) => ask(viewer, { ...open, ...policy }, landed));
    land();
    expect(await Promise.all(asked)).toEqual(callers.map(nameOf));
  });
});
