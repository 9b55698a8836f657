import { entityTag } from "@tradegraph/kit/cache-tags";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  buyer,
  idsOf,
  itemQuery,
  labelCalls,
  labelsQuery,
  stockCalls,
  visitor,
  type Stage,
  type StageResult,
  type StageGraph,
  startStage,
  startStageGraph,
} from "./caching-stage.ts";
import { seenBy } from "./caching-subgraphs.ts";

let stage: Stage;
let graph: StageGraph;
beforeEach(async () => {
  stage = startStage();
  graph = await startStageGraph(stage);
});
afterEach(() => graph.stop());

describe("root fields", () => {
  it("are asked for once, and shown again until something that they depend on changes", async () => {
    const first = await graph.ask(itemQuery, { id: "1" });
    stage.versions.set("1", 2);
    expect(await graph.ask(itemQuery, { id: "1" })).toMatchObject({ data: first.data });
    expect(stockCalls(stage)).toHaveLength(1);
    graph.log.mark([entityTag("Thing", "1")]);
    expect((await graph.ask(itemQuery, { id: "1" })).data).toEqual({ item: { id: "1", stock: 2 } });
  });

  it("are kept each for itself, and only those that are missing are asked for, in the order of the operation", async () => {
    const both = `query Both { b: item(id: "2") { stock } a: item(id: "1") { stock } c: item(id: "3") { stock } }`;
    await graph.ask(`{ a: item(id: "1") { stock } }`);
    const { data } = await graph.ask(both);
    expect(Object.keys(data ?? {})).toEqual(["b", "a", "c"]);
    expect(stockCalls(stage)).toHaveLength(2);
    expect(stockCalls(stage)[1]?.query).toMatch(/b: ?item/);
    expect(stockCalls(stage)[1]?.query).not.toMatch(/a: ?item/);
    await graph.ask(both);
    expect(stockCalls(stage)).toHaveLength(2);
  });

  it("go in one question for each viewer that a subgraph may see, and the others as the caller", async () => {
    const query = `{ item(id: "1") { stock } forCompany { seen } mine { seen } plain { seen } }`;
    const { data, use } = await graph.ask(query, {}, buyer);
    const { address: _, ...withoutAddress } = buyer;
    expect(data).toMatchObject({
      forCompany: { seen: seenBy({ ...visitor, companyId: buyer.companyId }) },
      mine: { seen: seenBy(withoutAddress) },
      plain: { seen: seenBy(buyer) },
    });
    expect(stockCalls(stage)).toHaveLength(4);
    expect(use).toMatchObject({ isUncacheable: true, hits: 0, misses: 3 });
    expect(use?.parts).toHaveLength(3);
    await graph.ask(query, {}, buyer);
    expect(stockCalls(stage)).toHaveLength(5);
  });

  it("send only the variables that they use", async () => {
    const query = `query Two($a: ID!, $b: ID!) { a: item(id: $a) { stock } b: item(id: $b) { stock } }`;
    await graph.ask(query, { a: "1", b: "2" });
    await graph.ask(query, { a: "1", b: "3" });
    expect(stockCalls(stage).map(({ variables }) => variables)).toEqual([{ a: "1", b: "2" }, { b: "3" }]);
  });

  it("that are left out by a condition stay out, and do not spoil the others", async () => {
    const query = `query Skip($no: Boolean!) { item(id: "1") { stock } other: item(id: "2") @include(if: $no) { stock } }`;
    for (const _ of [1, 2]) {
      const { data, use } = await graph.ask(query, { no: false });
      expect(data).toEqual({ item: { stock: 1 } });
      expect(use?.isUncacheable).toBe(false);
    }
    expect(stockCalls(stage)).toHaveLength(1);
  });

  it("that are null are kept as long as the policy says for nulls", async () => {
    const { use } = await graph.ask(itemQuery, { id: "n1" });
    expect(use?.parts[0]).toMatchObject({ maxAge: 30 });
    await graph.ask(itemQuery, { id: "n1" });
    expect(stockCalls(stage)).toHaveLength(1);
    graph.forward(31);
    await graph.ask(itemQuery, { id: "n1" });
    expect(stockCalls(stage)).toHaveLength(2);
  });

  it("are null together when one fails that may not be null, and none of them is kept", async () => {
    const query = `query Needed($id: ID!) { needed(id: $id) { version } item(id: "1") { stock } }`;
    const failed = await graph.ask(query, { id: "e1" });
    expect(failed.errors?.[0]).toMatchObject({ path: ["needed"], extensions: { code: "NOT_FOUND", service: "stock" } });
    expect(failed.data).toBeNull();
    const calls = stockCalls(stage).length;
    await graph.ask(query, { id: "e1" });
    expect(stockCalls(stage).length).toBeGreaterThan(calls);
  });
});

describe("entities", () => {
  it("are asked for once each, and only those that are missing", async () => {
    await graph.ask(labelsQuery, { ids: ["1", "2", "1", "1"] });
    expect(idsOf(labelCalls(stage)[0])).toEqual(["1", "2"]);
    const { data, use } = await graph.ask(labelsQuery, { ids: ["3", "2", "1", "3"] });
    expect(idsOf(labelCalls(stage)[1])).toEqual(["3"]);
    expect(data?.items).toEqual(["3", "2", "1", "3"].map((id) => ({ id, label: `label ${id} 1` })));
    expect(use).toMatchObject({ isUncacheable: false, hits: 2, misses: 2 });
  });

  it("are kept beside others whose errors are told at their own places", async () => {
    const ids = ["1", "e1", "2", "e1"];
    const first = await graph.ask(labelsQuery, { ids });
    expect(first.errors?.map(({ path }) => path)).toEqual([
      ["items", 1, "label"],
      ["items", 3, "label"],
    ]);
    expect(first.use?.isUncacheable).toBe(true);
    const second = await graph.ask(labelsQuery, { ids });
    expect(idsOf(labelCalls(stage)[1])).toEqual(["e1"]);
    expect({ data: second.data, errors: second.errors }).toEqual({ data: first.data, errors: first.errors });
  });

  it("of types without a policy go as the caller and are not kept", async () => {
    const query = `query Things($ids: [ID!]!) { things(ids: $ids) { ... on Item { label labelSeen } ... on Plain { label labelSeen } } }`;
    for (const _ of [1, 2]) {
      const { data } = await graph.ask(query, { ids: ["1", "p1"] }, buyer);
      expect(data?.things).toEqual([
        { label: "label 1 1", labelSeen: seenBy(visitor) },
        { label: "label p1 1", labelSeen: seenBy(buyer) },
      ]);
    }
    expect(labelCalls(stage).map((call) => idsOf(call))).toEqual([["p1"], ["1"], ["p1"]]);
  });

  it("have times of their own, which beat the header of the whole answer", async () => {
    stage.behave = ({ subgraph }, { body }): StageResult => {
      if (subgraph === "stock") return { body, headers: {} };
      const count = (body.data?._entities as unknown[]).length;
      const extensions = {
        ...body.extensions,
        cachePolicies: Array.from({ length: count }, (_, i) => [i === 0 ? 5 : 40, "PUBLIC"]),
      };
      return { body: { ...body, extensions }, headers: { "cache-control": "max-age=5" } };
    };
    const { use } = await graph.ask(labelsQuery, { ids: ["1", "2"] });
    expect(use?.parts.map(({ maxAge }) => maxAge)).toEqual([60, 5, 40]);
    // Past swr of the one, and not past the other's time.
    graph.forward(36);
    await graph.ask(labelsQuery, { ids: ["1", "2"] });
    expect(idsOf(labelCalls(stage)[1])).toEqual(["1"]);
  });

  it("stand at all their places, in this answer and in later ones", async () => {
    const query = `query Twice($ids: [ID!]!) { a: items(ids: $ids) { id label } b: items(ids: $ids) { id label stock } }`;
    const answers = [];
    for (const _ of [1, 2, 3]) answers.push((await graph.ask(query, { ids: ["1", "1"] })).data);
    const one = { id: "1", label: "label 1 1" };
    for (const data of answers) {
      expect(data).toEqual({
        a: [one, one],
        b: [
          { ...one, stock: 1 },
          { ...one, stock: 1 },
        ],
      });
    }
  });
});
