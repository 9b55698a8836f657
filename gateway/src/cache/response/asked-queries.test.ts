import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { print } from "graphql";
import { describe, expect, it } from "vitest";
import { createAskedQueries } from "./asked-queries.ts";

const requestOf = (body: object) => ({ method: "POST", search: "", body, bodyText: JSON.stringify(body) });

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;
const heldBytes = () => {
  collectGarbage();
  return process.memoryUsage().heapUsed;
};

describe("requests that were seen before", () => {
  it("take a bounded amount of memory, whatever callers make up", async () => {
    const asked = createAskedQueries();
    const before = heldBytes();
    // 4 KB each, which nobody has to be signed in for; parsed, 370 KB, and nearly 1 MB with places.
    for (let index = 0; index < 400; index += 1) {
      const seen = asked.read(requestOf({ query: `{${"a ".repeat(1_980)}b${index}}` }));
      expect(seen).toBeDefined();
      // What was looked at is held until the end of the turn, and requests come in turns of their own.
      if (index % 20 === 19) await new Promise(setImmediate);
    }
    expect(heldBytes() - before).toBeLessThan(64 * 1_024 * 1_024);
    expect(asked.isKnown(requestOf({ query: `{${"a ".repeat(1_980)}b0}` }).bodyText)).toBe(true);
  });

  it("give their document also when it was forgotten meanwhile", async () => {
    const asked = createAskedQueries();
    const first = requestOf({ query: "query First { items { id } }" });
    asked.read(first);
    for (let index = 0; index < 1_100; index += 1) asked.read(requestOf({ query: `{ a${index} }` }));
    await new Promise(setImmediate);
    collectGarbage();
    const { query } = asked.read(first) ?? {};
    expect(query && print(query.document)).toContain("query First");
    expect(query?.document).toBe(query?.document);
  });

  it("are not refused the cache by somebody who puts another operation's name in front of its text", () => {
    const asked = createAskedQueries();
    const query = "query Page { items { id } }";
    expect(asked.read(requestOf({ query: `Page\n${query}` }))).toBeUndefined();
    expect(asked.read(requestOf({ query, operationName: "Page" }))).toBeDefined();
  });

  it("are known by their query strings too", () => {
    const asked = createAskedQueries();
    const search = `?query=${encodeURIComponent("{ items { id } }")}`;
    expect(asked.isKnown(search)).toBe(false);
    expect(asked.read({ method: "GET", search, bodyText: undefined, body: undefined })).toBeDefined();
    expect(asked.isKnown(search)).toBe(true);
  });
});
