import { serviceUnavailable } from "@tradegraph/kit/errors";
import { type InternalCall } from "@tradegraph/kit/internal-client";
import { createLogger } from "@tradegraph/kit/logger";
import { type Viewer } from "@tradegraph/kit/viewer";
import { describe, expect, it, vi } from "vitest";
import { type PersistedOperation, type PrepareOperations } from "./operation-list.ts";
import { createPartnerLists, type PartnerListTimes } from "./partner-lists.ts";

const logger = createLogger({ service: "test", level: "silent" });
const partner = (partnerId: string): Viewer => ({ tenantId: "acme", role: "partner", partnerId, scopes: [] });

interface List {
  id: string;
  operations: [string, string][];
}
const answerOf = (version: string, ...lists: List[]) => ({
  version,
  lists: lists.map(({ id, operations }) => ({
    ...{ id, name: id },
    operations: operations.map(([operationId, body]) => ({ operationId, name: "Q", type: "QUERY", body })),
  })),
});
const one = answerOf("1", { id: "l1", operations: [["a", "query Q { a }"]] });
const two = answerOf(
  "2",
  { id: "l2", operations: [["a", "query Q { b }"]] },
  {
    id: "l1",
    operations: [
      ["a", "query Q { a }"],
      ["c", "query Q { c }"],
    ],
  },
);

/** users as a function of the partner's id; what it was asked is in `asked`. */
function start(
  users: (partnerId: string) => unknown,
  times: Partial<PartnerListTimes> = {},
  prepare: PrepareOperations = () => Promise.resolve(),
  findsTexts = false,
) {
  const asked: InternalCall[] = [];
  const call = async (question: InternalCall) => {
    asked.push(question);
    if (question.query.startsWith("query PartnersInUse")) return users("");
    const answer = (await users(String(question.variables.partnerId))) as { version: string };
    const isKnown = answer.version === question.variables.knownVersion;
    return { partnerOperations: isKnown ? { version: answer.version, lists: null } : answer };
  };
  return { ...createPartnerLists({ users: { call: call as never }, prepare, findsTexts, logger, times }), asked };
}

const later = <T>() => Promise.withResolvers<T>();
const away = () => Promise.reject(serviceUnavailable("users does not answer."));
const bodyOf = async (found: ReturnType<ReturnType<typeof start>["listOf"]>, id = "a") => (await found)?.find(id)?.body;

describe("a partner's operations", () => {
  it("are asked for once by all who wait, as its shop, and then known at once", async () => {
    const { listOf, asked } = start(() => one);
    const found = await Promise.all(Array.from({ length: 20 }, () => listOf(partner("p"))));
    expect(found.map((list) => list?.find("a"))).toMatchObject(Array.from({ length: 20 }, () => ({ listId: "l1" })));
    expect(asked).toMatchObject([{ viewer: { tenantId: "acme", role: "service" }, variables: { partnerId: "p" } }]);
    expect(listOf(partner("p"))).not.toBeInstanceOf(Promise);
    expect(asked).toHaveLength(1);
  });

  it("are those of the list that was activated last, where two have one id", async () => {
    const list = await start(() => two).listOf(partner("p"));
    expect([list?.find("a")?.body, list?.find("c")?.body]).toEqual(["query Q { b }", "query Q { c }"]);
    expect([list?.owner, list?.version]).toEqual(["p", "2"]);
    expect(list?.findByText("query Q {\n  c\n}")?.id).toBe("c");
  });

  it("are nothing without a list, and never those of another", async () => {
    const { listOf, asked } = start((id) => (id === "p" ? one : answerOf("0")));
    await listOf(partner("p"));
    expect(await listOf(partner("q"))).toBeUndefined();
    expect(listOf(partner("q"))).toBeUndefined();
    expect(listOf({ tenantId: "acme", role: "anonymous", scopes: [] })).toBeUndefined();
    expect(asked).toHaveLength(2);
  });

  it("are shown as they were while users is asked again behind", async () => {
    let now: object = one;
    const { listOf, asked } = start(() => now, { freshMs: 0 });
    const first = await listOf(partner("p"));
    expect(listOf(partner("p"))).toBe(first);
    now = two;
    const body = () => bodyOf(listOf(partner("p")));
    expect(await body()).toBe("query Q { a }");
    await expect.poll(body).toBe("query Q { b }");
    expect(asked[1]?.variables.knownVersion).toBe("1");
  });

  it("count after they were planned, where others count until then", async () => {
    let answer = one;
    const planned = later<undefined>();
    const prepared: (readonly PersistedOperation[])[] = [];
    const prepare: PrepareOperations = (operations) => {
      prepared.push(operations);
      return planned.promise;
    };
    const { listOf, refresh } = start(() => answer, {}, prepare);
    // The first ones do not wait.
    const before = await listOf(partner("p"));
    expect(before?.version).toBe(one.version);
    answer = { ...one, version: "2" };
    refresh({ tenantId: "acme", partnerId: "p" });
    await vi.waitUntil(() => prepared.length === 2, 10_000);
    expect(prepared[1]).toEqual(before?.operations());
    expect(await listOf(partner("p"))).toBe(before);
    planned.resolve(undefined);
    await vi.waitUntil(async () => (await listOf(partner("p")))?.version === "2", 10_000);
  });

  it("have their texts read before they count, in turns with other work, where partners may send texts", async () => {
    const body = (n: number) => `query Q${n} { ${"a { b c } ".repeat(100)} }`;
    const operations = Array.from({ length: 100 }, (_, n) => ({
      operationId: `o${n}`,
      name: "Q",
      type: "QUERY",
      body: body(n),
    }));
    const order: string[] = [];
    const users = () => {
      setImmediate(() => order.push("other"));
      return { version: "1", lists: [{ id: "l1", name: "v1", operations }] };
    };
    const prepare = () => Promise.resolve(void order.push("prepared"));
    const list = await start(users, {}, prepare, true).listOf(partner("p"));
    expect(order).toEqual(["other", "prepared"]);
    expect(list?.findByText(body(99))?.id).toBe("o99");
  });

  it("stay the same object when nothing has changed", async () => {
    const { listOf, asked } = start(() => one, { freshMs: 0 });
    const first = await listOf(partner("p"));
    await expect.poll(() => (void listOf(partner("p")), asked.length)).toBeGreaterThan(2);
    expect(listOf(partner("p"))).toBe(first);
  });
});

describe("a signal", () => {
  it("makes users be asked at once", async () => {
    let now: object = one;
    const { listOf, refresh, asked } = start(() => now);
    await listOf(partner("p"));
    now = two;
    refresh({ tenantId: "acme", partnerId: "p" });
    await expect.poll(() => asked.length).toBe(2);
    await expect.poll(() => bodyOf(listOf(partner("p")))).toBe("query Q { b }");
  });

  it("makes the first list of a partner be read as its shop, and planned, before he calls", async () => {
    const prepared: (readonly PersistedOperation[])[] = [];
    const prepare: PrepareOperations = (operations) => Promise.resolve(void prepared.push(operations));
    const { listOf, operations, refresh, asked } = start(() => one, {}, prepare);
    refresh({ tenantId: "globex", partnerId: "new" });
    await expect.poll(() => operations().length).toBe(1);
    expect(prepared).toMatchObject([[{ id: "a", tenantId: "globex" }]]);
    expect(listOf({ ...partner("new"), tenantId: "globex" })).not.toBeInstanceOf(Promise);
    expect(asked).toMatchObject([{ variables: { partnerId: "new" }, viewer: { tenantId: "globex" } }]);
  });

  it("about a new partner that comes while users is away is forgotten", async () => {
    let isAway = true;
    const { listOf, refresh } = start(() => (isAway ? away() : one));
    refresh({ tenantId: "acme", partnerId: "new" });
    await new Promise(setImmediate);
    isAway = false;
    expect(await bodyOf(listOf(partner("new")))).toBe("query Q { a }");
  });

  it("that comes while users is being asked makes that answer count for those who wait for it only", async () => {
    const first = later<object>();
    let now: object | Promise<object> = first.promise;
    const { listOf, refresh, asked } = start(() => now);
    const early = listOf(partner("p"));
    await expect.poll(() => asked.length).toBe(1);
    now = two;
    refresh({ tenantId: "acme", partnerId: "p" });
    first.resolve(one);
    expect(await bodyOf(early)).toBe("query Q { a }");
    expect(await bodyOf(listOf(partner("p")))).toBe("query Q { b }");
  });

  it("that comes while a known list is read again is not lost", async () => {
    let now: object | Promise<object> = one;
    const { listOf, refresh, asked } = start(() => now);
    await listOf(partner("p"));
    const slow = later<object>();
    now = slow.promise;
    refresh({ tenantId: "acme", partnerId: "p" });
    await expect.poll(() => asked.length).toBe(2);
    now = two;
    refresh({ tenantId: "acme", partnerId: "p" });
    slow.resolve(one);
    await expect.poll(() => bodyOf(listOf(partner("p")))).toBe("query Q { b }");
  });

  it("may have been missed by any list while Redis was away", async () => {
    let now: object = one;
    const { listOf, doubtAll } = start(() => now);
    await listOf(partner("p"));
    now = two;
    expect(await bodyOf(listOf(partner("p")))).toBe("query Q { a }");
    doubtAll();
    await expect.poll(() => bodyOf(listOf(partner("p")))).toBe("query Q { b }");
  });
});

describe("while users is away", () => {
  it("what it said last goes on, and it is left alone for a while", async () => {
    let isAway = false;
    const { listOf, asked } = start(() => (isAway ? away() : one), { freshMs: 0, restMs: 60_000 });
    await listOf(partner("p"));
    isAway = true;
    for (let n = 0; n < 5; n += 1) {
      expect(await bodyOf(listOf(partner("p")))).toBe("query Q { a }");
      await new Promise(setImmediate);
    }
    expect(asked).toHaveLength(2);
  });

  it("not longer than it may", async () => {
    let isAway = false;
    const { listOf } = start(() => (isAway ? away() : one), { freshMs: 0, restMs: 0, lastKnownMs: 30 });
    await listOf(partner("p"));
    isAway = true;
    const failure = async () => {
      try {
        await listOf(partner("p"));
        return undefined;
      } catch (error) {
        return error;
      }
    };
    await expect.poll(failure).toMatchObject({ extensions: { code: "SERVICE_UNAVAILABLE" } });
  });

  it("nobody can tell about a partner that is not known; and once it is back, one can", async () => {
    let isAway = true;
    const { listOf } = start(() => (isAway ? away() : one));
    await expect(listOf(partner("p"))).rejects.toMatchObject({ extensions: { code: "SERVICE_UNAVAILABLE" } });
    isAway = false;
    expect(await bodyOf(listOf(partner("p")))).toBe("query Q { a }");
  });
});

describe("a gateway that starts", () => {
  const inUse = (...ids: string[]) => ({ partnersInUse: ids.map((partnerId) => ({ partnerId, tenantId: "acme" })) });
  const listFor = (id: string) => answerOf("1", { id, operations: [[id, `query Q { ${id} }`]] });
  const ids = ["p1", "p2", "p3", "p4", "p5", "p6"];

  it("knows the operations of partners that call, those of the last who called first", async () => {
    const { load, operations, listOf, asked } = start((id) => (id === "" ? inUse(...ids) : listFor(id)));
    await load(60_000);
    expect(operations().map(({ id }) => id)).toEqual(ids);
    expect(listOf(partner("p3"))).not.toBeInstanceOf(Promise);
    expect(operations()[0]?.id).toBe("p3");
    expect(asked).toHaveLength(7);
  });

  it("goes on with what it knows when users stops answering, or never begins", async () => {
    const { load, operations } = start((id) => (id === "" ? inUse(...ids) : id === "p5" ? away() : listFor(id)));
    await load(60_000);
    expect(operations().map(({ id }) => id)).toEqual(expect.arrayContaining(["p1", "p2", "p3", "p4"]));
    const silent = start(() => new Promise(() => undefined));
    await silent.load(20);
    expect(silent.operations()).toEqual([]);
    const absent = start(away);
    await absent.load(60_000);
    expect(absent.operations()).toEqual([]);
  });
});
