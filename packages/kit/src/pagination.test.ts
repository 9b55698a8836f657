import fc from "fast-check";
import { type GraphQLResolveInfo } from "graphql";
import { Types } from "mongoose";
import { describe, expect, it } from "vitest";
import {
  type ConnectionArguments,
  type KeysetSort,
  maximumCount,
  maximumNestedPageSize,
  maximumPageSize,
  type PageQuery,
  pageLimit,
  pageSize,
  readConnection,
} from "./pagination.ts";

interface Row {
  _id: Types.ObjectId;
  rank: number;
  at: Date;
  deep: { name: string };
}

type Plain = string | number;

const plain = (value: unknown): Plain =>
  value instanceof Types.ObjectId ? value.toHexString() : value instanceof Date ? value.getTime() : (value as Plain);

const valueAt = (row: object, path: string): Plain =>
  plain(path.split(".").reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], row));

const compare = (a: Plain, b: Plain) => (a < b ? -1 : a > b ? 1 : 0);

/** As much of MongoDB as a page needs. */
function matches(row: Row, filter: object): boolean {
  return Object.entries(filter).every(([path, condition]: [string, unknown]) => {
    if (path === "$and") return (condition as object[]).every((part) => matches(row, part));
    if (path === "$or") return (condition as object[]).some((part) => matches(row, part));
    const found = valueAt(row, path);
    const isOperators = Object.getPrototypeOf(condition) === Object.prototype;
    if (!isOperators) return found === plain(condition);
    return Object.entries(condition as object).every(([operator, given]: [string, unknown]) => {
      const order = compare(found, plain(given));
      return { $gt: order > 0, $gte: order >= 0, $lt: order < 0, $lte: order <= 0 }[operator] ?? false;
    });
  });
}

const database = (rows: Row[]) => (query: PageQuery) =>
  Promise.resolve(
    rows
      .filter((row) => matches(row, query.filter))
      .sort((a, b) =>
        Object.entries(query.sort).reduce(
          (order, [path, direction]) => order || direction * compare(valueAt(a, path), valueAt(b, path)),
          0,
        ),
      )
      .slice(0, query.limit),
  );

const row = fc.record({
  _id: fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new Types.ObjectId(bytes)),
  // Few values, so that there are many ties.
  rank: fc.integer({ min: -2, max: 2 }),
  at: fc.integer({ min: 0, max: 3 }).map((hour) => new Date(hour)),
  deep: fc.record({ name: fc.constantFrom("", "a", "b") }),
});
const rows = fc.uniqueArray(row, { selector: ({ _id }) => _id.toHexString(), maxLength: 40 });
const sort = fc.record({
  path: fc.constantFrom("rank", "at", "deep.name", "_id"),
  direction: fc.constantFrom(1, -1),
}) as fc.Arbitrary<KeysetSort>;

const page = (all: Row[], by: KeysetSort, args: ConnectionArguments, filter: object = {}) =>
  readConnection({ args, sort: by, filter }, database(all), () => Promise.resolve(all.length));

const idsOf = (found: Row[]) => found.map(({ _id }) => _id.toHexString());

describe("readConnection", () => {
  it("walks every row once, in order, in both directions, whatever the sort and the ties", () =>
    fc.assert(
      fc.asyncProperty(rows, sort, fc.integer({ min: 1, max: 7 }), fc.boolean(), async (all, by, size, forward) => {
        const whole = idsOf((await page(all, by, { first: 100 })).nodes);
        const walked: string[] = [];
        for (let cursor: string | null = null; ;) {
          const args: ConnectionArguments = forward ? { first: size, after: cursor } : { last: size, before: cursor };
          const { nodes, pageInfo } = await page(all, by, args);
          if (forward) walked.push(...idsOf(nodes));
          else walked.unshift(...idsOf(nodes));
          cursor = forward ? pageInfo.endCursor : pageInfo.startCursor;
          if (!(forward ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) break;
        }
        expect(walked).toEqual(whole);
        expect(whole).toHaveLength(all.length);
      }),
    ));

  it("gives each surviving row once while others come and go between pages", () =>
    fc.assert(
      fc.asyncProperty(rows, rows, sort, async (start, late, by) => {
        let all = start;
        const walked: string[] = [];
        const removed = new Set<string>();
        for (let cursor: string | null = null, round = 0; ; round += 1) {
          const { nodes, pageInfo }: Awaited<ReturnType<typeof page>> = await page(all, by, {
            first: 3,
            after: cursor,
          });
          walked.push(...idsOf(nodes as Row[]));
          if (!pageInfo.hasNextPage) break;
          cursor = pageInfo.endCursor;
          // The row of the cursor itself goes, and one comes.
          const gone = (nodes.at(-1) as Row)._id.toHexString();
          removed.add(gone);
          const newcomer = late[round];
          all = [...all.filter(({ _id }) => _id.toHexString() !== gone), ...(newcomer ? [newcomer] : [])];
        }
        expect(new Set(walked).size).toBe(walked.length);
        const survivors = idsOf(start).filter((id) => !removed.has(id));
        expect(walked).toEqual(expect.arrayContaining(survivors));
      }),
    ));

  const three: Row[] = [1, 2, 3].map((rank) => ({
    _id: new Types.ObjectId(),
    rank,
    at: new Date(rank),
    deep: { name: "" },
  }));
  const byRank: KeysetSort = { path: "rank", direction: 1 };

  it("tells what lies around the page", async () => {
    const first = await page(three, byRank, { first: 2 });
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(first.pageInfo).toMatchObject({ startCursor: first.edges[0]?.cursor, endCursor: first.edges[1]?.cursor });
    const second = await page(three, byRank, { first: 2, after: first.pageInfo.endCursor });
    expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const back = await page(three, byRank, { last: 1, before: second.pageInfo.startCursor });
    expect(idsOf(back.nodes)).toEqual(idsOf(three.slice(1, 2)));
    expect(back.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    const exact = await page(three, byRank, { first: 3 });
    expect(exact.pageInfo.hasNextPage).toBe(false);
    const none = await page([], byRank, {});
    expect(none.pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null });
  });

  it("keeps to the list's own filter on every page", async () => {
    const filter = { rank: { $gte: 2 } };
    const first = await page(three, byRank, { first: 1 }, filter);
    const second = await page(three, byRank, { first: 5, after: first.pageInfo.endCursor }, filter);
    expect(idsOf([...first.nodes, ...second.nodes])).toEqual(idsOf(three.slice(1)));
  });

  it("refuses a cursor of another filter or sort", async () => {
    const { pageInfo } = await page(three, byRank, { first: 1 });
    const refused = expect.objectContaining({ extensions: { code: "BAD_USER_INPUT", field: ["after"] } }) as Error;
    await expect(page(three, byRank, { after: pageInfo.endCursor }, { rank: { $gte: 2 } })).rejects.toThrow(refused);
    await expect(page(three, { ...byRank, direction: -1 }, { after: pageInfo.endCursor })).rejects.toThrow(refused);
    await expect(page(three, { path: "at", direction: 1 }, { after: pageInfo.endCursor })).rejects.toThrow(refused);
  });

  it("reads one row more than the page, and counts only when asked", async () => {
    const limits: number[] = [];
    const counts: number[] = [];
    const connection = await readConnection(
      { args: { first: 2 }, sort: byRank, filter: {} },
      (query) => {
        limits.push(query.limit);
        return database(three)(query);
      },
      (limit) => {
        counts.push(limit);
        return Promise.resolve(limit);
      },
    );
    expect({ limits, counts }).toEqual({ limits: [3], counts: [] });
    await expect(connection.totalCount()).resolves.toBeNull();
    expect(counts).toEqual([maximumCount + 1]);
  });

  it("counts exactly up to its bound", async () => {
    const counting = (count: number) =>
      readConnection({ args: {}, sort: byRank, filter: {} }, database(three), () => Promise.resolve(count));
    await expect((await counting(maximumCount)).totalCount()).resolves.toBe(maximumCount);
    await expect((await counting(0)).totalCount()).resolves.toBe(0);
  });

  it("refuses rows without their sort key instead of losing them", async () => {
    const broken = [{ _id: new Types.ObjectId(), rank: null }] as unknown as Row[];
    await expect(page(broken, byRank, {})).rejects.toThrow("must be in every document");
  });
});

describe("pageSize", () => {
  it.each<[ConnectionArguments, number, { size: number; backward: boolean }]>([
    [{}, 100, { size: 20, backward: false }],
    [{}, 10, { size: 10, backward: false }],
    [{ first: 100 }, 100, { size: 100, backward: false }],
    [{ last: 1 }, 100, { size: 1, backward: true }],
    [{ before: "x" }, 100, { size: 20, backward: true }],
    [{ first: null, after: null, last: null, before: null }, 100, { size: 20, backward: false }],
    [{ first: null, last: 3 }, 100, { size: 3, backward: true }],
  ])("of %j within %d is %j", (args, limit, expected) => {
    expect(pageSize(args, limit)).toEqual(expected);
  });

  it.each<[ConnectionArguments, number, string]>([
    [{ first: 0 }, 100, "first"],
    [{ first: -1 }, 100, "first"],
    [{ first: 101 }, 100, "first"],
    [{ first: 1_000_000_000 }, 100, "first"],
    [{ first: 11 }, 10, "first"],
    [{ last: 0 }, 100, "last"],
    [{ last: 101 }, 100, "last"],
    [{ first: 1, last: 1 }, 100, "first"],
    [{ first: 1, before: "x" }, 100, "first"],
    [{ after: "x", last: 1 }, 100, "after"],
    [{ after: "x", before: "y" }, 100, "after"],
  ])("refuses %j within %d and names %s", (args, limit, field) => {
    expect(() => pageSize(args, limit)).toThrow(
      expect.objectContaining({ extensions: { code: "BAD_USER_INPUT", field: [field] } }) as Error,
    );
  });
});

describe("pageLimit", () => {
  type Path = GraphQLResolveInfo["path"];
  const limitAt = (steps: (string | number)[], representations?: unknown[]) => {
    const path = steps.reduce<Path | undefined>((prev, key) => ({ prev, key, typename: undefined }), undefined);
    return pageLimit({ path, variableValues: representations ? { representations } : {} } as GraphQLResolveInfo);
  };

  it("is long at the top and short inside a list", () => {
    expect(limitAt(["products"])).toBe(maximumPageSize);
    expect(limitAt(["category", "products"])).toBe(maximumPageSize);
    expect(limitAt(["categories", "nodes", 3, "products"])).toBe(maximumNestedPageSize);
    expect(limitAt(["categories", "nodes", 0, "parent", "products"])).toBe(maximumNestedPageSize);
  });

  it("takes a fetch of one entity as no list, and of more as one", () => {
    expect(limitAt(["_entities", 0, "reviews"], [{}])).toBe(maximumPageSize);
    expect(limitAt(["_entities", 0, "reviews"], [{}, {}])).toBe(maximumNestedPageSize);
    expect(limitAt(["_entities", 0, "reviews"])).toBe(maximumNestedPageSize);
    expect(limitAt(["_entities", 0, "children", "nodes", 0, "reviews"], [{}])).toBe(maximumNestedPageSize);
    expect(limitAt(["others", 0, "reviews"], [{}])).toBe(maximumNestedPageSize);
  });
});
