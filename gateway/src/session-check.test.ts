import { type InternalCall } from "@tradegraph/kit/internal-client";
import { createLogger } from "@tradegraph/kit/logger";
import { describe, expect, it } from "vitest";
import { createSessionCheck } from "./session-check.ts";
import { noMemory } from "./session-memory.ts";

const logger = createLogger({ service: "test", level: "silent" });
const sessionOf = (n: number, tenantId = "acme") => ({
  ...{ tenantId, userId: "0".repeat(24), issuedAt: 100 },
  sessionId: n.toString(16).padStart(24, "0"),
});

/** A check over users that knows every session but the first of each tenant. */
function create() {
  const asked: { tenantId: string; ids: string[] }[] = [];
  const call = <T>({ variables, viewer }: InternalCall): Promise<T> => {
    const ids = variables.ids as string[];
    asked.push({ tenantId: viewer.tenantId, ids });
    if (viewer.tenantId === "broken") return Promise.reject(new Error("away"));
    const sessionStates = ids.map((id) => ({ id, isActive: id !== "0".repeat(24), notBefore: 100 }));
    return Promise.resolve({ sessionStates } as T);
  };
  return { asked, check: createSessionCheck({ users: { call }, memory: noMemory, logger }) };
}

describe("createSessionCheck", () => {
  it("asks once for what comes at once, each session once, and again for what comes later", async () => {
    const { asked, check } = create();
    await Promise.all([1, 2, 3, 1, 2, 3].map((n) => check(sessionOf(n))));
    expect(asked).toEqual([{ tenantId: "acme", ids: [1, 2, 3].map((n) => sessionOf(n).sessionId) }]);
    await check(sessionOf(1));
    expect(asked).toHaveLength(2);
  });

  it("asks for at most a thousand at a time", async () => {
    const { asked, check } = create();
    await Promise.all(Array.from({ length: 2_500 }, (_, n) => check(sessionOf(n + 1))));
    expect(asked.map(({ ids }) => ids.length)).toEqual([1_000, 1_000, 500]);
  });

  it("asks for each tenant apart, and the trouble of one is not another's", async () => {
    const { asked, check } = create();
    const outcomes = await Promise.allSettled([
      check(sessionOf(1)),
      check(sessionOf(1, "broken")),
      check(sessionOf(0)),
      check({ ...sessionOf(1), issuedAt: 99 }),
    ]);
    expect(asked.map(({ tenantId }) => tenantId)).toEqual(["acme", "broken"]);
    const codes = outcomes.map((outcome) =>
      outcome.status === "rejected" ? (outcome.reason as { extensions: { code: string } }).extensions.code : "in",
    );
    expect(codes).toEqual(["in", "SERVICE_UNAVAILABLE", "UNAUTHENTICATED", "UNAUTHENTICATED"]);
  });
});
