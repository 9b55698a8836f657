// Every connection of a subgraph, in every order, walked page by page while documents come and go: whatever is there all
// the time is seen exactly once, in order.
import { type Viewer } from "@tradegraph/kit/viewer";
import { type GraphQLSchema } from "graphql";
import { beforeAll, describe, expect, it } from "vitest";
import { type TestSubgraph } from "./test-subgraph.ts";
import { findPage, type Page, pageRequest, type WalkedConnection, walkProblems } from "./walked-connections.ts";
import { createPopulation, type Population, type WalkedCollection, type WalkedDocument } from "./walked-documents.ts";

export type SortValue = string | number | Date;

export interface WalkedOrder {
  key: (document: WalkedDocument) => SortValue;
  direction: 1 | -1;
}

/** One list in one order. */
export interface Walk<C extends string = string> extends WalkedConnection, WalkedOrder {
  name: string;
  viewer: Viewer;
  /** What it lists, of those documents that match. */
  collection: C;
  matches: (document: WalkedDocument) => boolean;
  /** False where documents with the same key come in any order. */
  tiesById?: false;
  pageSize: number;
}

export interface KeysetWalks<C extends string> {
  schema: GraphQLSchema;
  /** Called when it runs. */
  subgraph: () => Pick<TestSubgraph, "expectData">;
  collections: Record<C, WalkedCollection>;
  walks: readonly Walk<C>[];
  /** Orders that a list refuses, with the reason: `Type.field by KEY ASC`. */
  refused?: Readonly<Record<string, string>>;
}

/** Every order that can be asked for: by each of the keys, both ways. */
export const ordersBy = (keys: Record<string, WalkedOrder["key"]>) =>
  Object.entries(keys).flatMap(([name, key]) =>
    (["ASC", "DESC"] as const).map((direction) => ({
      by: `by ${name} ${direction}`,
      sort: { key: name, direction },
      order: { key, direction: direction === "ASC" ? (1 as const) : (-1 as const) },
    })),
  );

/** Defines the tests: one for each walk and direction, and one that no connection and no order was forgotten. */
export function describeKeysetWalks<C extends string>({
  schema,
  subgraph,
  collections,
  walks,
  refused,
}: KeysetWalks<C>): void {
  const populations = Object.fromEntries(
    Object.entries<WalkedCollection>(collections).map(([name, collection]) => [name, createPopulation(collection)]),
  ) as Record<C, Population>;

  beforeAll(async () => {
    for (const population of Object.values<Population>(populations)) await population.fill();
  });

  describe.each(walks)("$name", (walk) => {
    it.each([false, true])("are each seen once, in order (backward: %s)", async (backward) => {
      const population = populations[walk.collection];
      const request = pageRequest(schema, walk, population.nameField);
      const read = async (page: object) => {
        const variables = { ...request.variables, ...page };
        return findPage(await subgraph().expectData({ ...request, variables, viewer: walk.viewer }));
      };
      const { seen, survivors } = await walkThrough(walk, population, read, backward);
      expect(survivors.length).toBeGreaterThan(walk.pageSize);
      const once = new Set(seen);
      expect(once.size).toBe(seen.length);
      expect(survivors.filter((name) => !once.has(name))).toEqual([]);

      const documents = seen.map((name) => population.ever.get(name));
      expect(documents.filter((document) => !document || !walk.matches(document))).toEqual([]);
      expect(misplaced(documents as WalkedDocument[], walk, backward)).toEqual([]);
    });
  });

  it("walks every connection in every order", () => {
    expect(walkProblems(schema, walks, refused)).toEqual([]);
  });
}

async function walkThrough(
  walk: Walk,
  { live, ever, nameField, disturb }: Population,
  read: (page: object) => Promise<Page>,
  backward: boolean,
): Promise<{ seen: string[]; survivors: string[] }> {
  const before = [...live].filter(([, document]) => walk.matches(document)).map(([name]) => name);
  const seen: string[] = [];
  const { pageSize: size } = walk;
  let page = await read(backward ? { last: size } : { first: size });
  expect(page.totalCount).toBe(before.length);
  for (;;) {
    const names = page.nodes.map((node) => String(node[nameField]));
    seen.push(...(backward ? names.reverse() : names));
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
    if (!(backward ? hasPreviousPage : hasNextPage)) break;
    // More to come, so this page is full; and a walk that goes in circles ends here.
    expect(names).toHaveLength(size);
    expect(seen.length).toBeLessThanOrEqual(ever.size);
    await disturb();
    page = await read(backward ? { last: size, before: startCursor } : { first: size, after: endCursor });
  }
  return { seen, survivors: before.filter((name) => live.has(name)) };
}

const compare = (a: SortValue, b: SortValue) => (a < b ? -1 : a > b ? 1 : 0);

/** Documents that should not come after the one before them. */
function misplaced(documents: readonly WalkedDocument[], walk: Walk, backward: boolean): WalkedDocument[] {
  const direction = walk.direction * (backward ? -1 : 1);
  return documents.filter((document, n) => {
    const previous = documents[n - 1];
    if (!previous) return false;
    const byKey = compare(walk.key(previous), walk.key(document));
    const byId = walk.tiesById === false ? 0 : compare(previous._id.toHexString(), document._id.toHexString());
    return (byKey || byId) * direction > 0;
  });
}
