import { describe, expect, it } from "vitest";
import { type CachePolicy } from "../policy/cache-policy.ts";
import { type Part, type PartSaid } from "./part.ts";
import { type Asked, readPart } from "./part-reading.ts";

const policy: CachePolicy = { maxAge: 60, scope: "PUBLIC", vary: [], bypass: [], swr: 20, sie: 40, negative: 10 };
const part: Part = {
  ...{ typeName: "item", label: "Query", policy, types: ["Item", "Query"], identity: [] },
  declaredTags: () => ["key:stock:items"],
};
const said: PartSaid = { text: '{"id":"1"}', errors: [], isLost: false, tags: ["Item:1"], limits: undefined };
const asked: Asked = {
  ...{ subgraph: "stock", tenantId: "acme", position: 7, answeredAt: 1_000, tookMs: 12.4 },
  limits: { isPrivate: false, noStore: false, maxAge: undefined },
};
const errorOf = (code: string) => ({ error: { message: "no", extensions: { code } }, path: [] });
const read = (
  more: Partial<PartSaid> = {},
  limits: Partial<Asked["limits"]> = {},
  policyMore: Partial<CachePolicy> = {},
) =>
  readPart(
    part,
    { ...policy, ...policyMore },
    { ...said, ...more },
    { ...asked, limits: { ...asked.limits, ...limits } },
  );

describe("an answer to one part", () => {
  it("is kept as the policy says, with all that it depends on", () => {
    const { entry, tags, position, unfit } = read();
    expect(entry).toEqual({
      bytes: Buffer.from('{"id":"1"}'),
      tags: ["subgraph:stock", "tenant:acme", "type:stock:Item", "type:stock:Query", "key:stock:items", "Item:1"],
      ...{ sources: ["stock"], position: 7, storedAt: 1_000, maxAge: 60, swr: 20, sie: 40, meta: { tookMs: 12 } },
    });
    expect([tags, position, unfit]).toEqual([entry?.tags, 7, undefined]);
  });

  it("is kept no longer than the subgraph says, and its own limits beat those of the whole answer", () => {
    expect(read({}, { maxAge: 5 }).entry?.maxAge).toBe(5);
    expect(read({}, { maxAge: 500 }).entry?.maxAge).toBe(60);
    const limits = { isPrivate: false, noStore: false, maxAge: 30 };
    expect(read({ limits }, { maxAge: 5, isPrivate: true }).entry?.maxAge).toBe(30);
  });

  it("that says that there is nothing is kept as long as the policy says for that, and not shown beyond", () => {
    expect(read({ text: "null" }).entry).toMatchObject({ maxAge: 10, swr: 0, sie: 0 });
    expect(read({ text: "null" }, {}, { negative: 0 }).entry).toBeUndefined();
    expect(read({ text: "null" }, {}, { maxAge: 3 }).entry?.maxAge).toBe(3);
  });

  it.each([
    ["an error", read({ errors: [errorOf("NOT_FOUND")] })],
    ["no value", read({ text: undefined })],
    ["no report", read({ tags: undefined })],
    ["no time left", read({}, { maxAge: 0 })],
    ["too many tags", read({ tags: Array.from({ length: 600 }, (_, index) => `key:stock:${index}`) })],
    ["no position in the log", readPart(part, policy, said, { ...asked, position: undefined })],
  ])("is not kept with %s", (_, { entry, tags, unfit }) => {
    expect([entry, tags, unfit]).toEqual([undefined, [], undefined]);
  });

  it("for everybody violates its policy when the subgraph says that it is for one", () => {
    expect(read({}, { isPrivate: true })).toMatchObject({ unfit: "violation", entry: undefined });
    expect(read({}, { noStore: true })).toMatchObject({ unfit: "violation", entry: undefined });
    expect(read({ errors: [errorOf("NOT_FOUND")] }, { noStore: true }).unfit).toBeUndefined();
  });

  it("for one may be private, and is not kept with no-store", () => {
    expect(read({}, { isPrivate: true }, { scope: "PRIVATE" }).entry).toBeDefined();
    expect(read({}, { noStore: true }, { scope: "PRIVATE" })).toMatchObject({ unfit: undefined, entry: undefined });
  });

  it("that refuses a visitor says nothing about others", () => {
    expect(read({ errors: [errorOf("FORBIDDEN")] }).unfit).toBe("refused");
    expect(read({ errors: [errorOf("UNAUTHENTICATED")] }).unfit).toBe("refused");
    expect(read({ errors: [errorOf("FORBIDDEN")] }, {}, { scope: "PRIVATE" }).unfit).toBeUndefined();
  });
});
