import { entityTag } from "@tradegraph/kit/cache-tags";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Stage, type StageGraph, startStage, startStageGraph, type StageAnswer } from "./caching-stage.ts";

let stage: Stage;
let graph: StageGraph;
beforeEach(async () => {
  stage = startStage();
  graph = await startStageGraph(stage);
});
afterEach(() => graph.stop());

describe("an answer with the cache", () => {
  const normal = ({ data, errors }: StageAnswer) => ({
    data,
    errors: errors?.map(({ message, path, extensions }) => JSON.stringify({ message, path, extensions })).sort(),
  });
  const ids = fc.array(fc.constantFrom("1", "2", "3", "n1", "n2", "e1", "e2", "x1", "p1"), { maxLength: 7 });
  const queries = [
    "query Q($ids: [ID!]!) { items(ids: $ids) { id label } }",
    "query Q($ids: [ID!]!) { items(ids: $ids) { stock label picky } }",
    "query Q($ids: [ID!]!) { things(ids: $ids) { ... on Item { id label picky } ... on Plain { label } } }",
    `query Q($ids: [ID!]!) { a: items(ids: $ids) { picky } item(id: "1") { stock label } n: item(id: "n1") { label } b: items(ids: $ids) { label } }`,
    `query Q($ids: [ID!]!) { needed(id: "1") { version } items(ids: $ids) { label } }`,
    `query Q($ids: [ID!]!) { needed(id: "e1") { version } items(ids: $ids) { label } }`,
    `query Q($ids: [ID!]!) { item(id: "e1") { label stock } x: item(id: "x1") { id picky } items(ids: $ids) { id } }`,
  ];
  const steps = fc.array(
    fc.record({
      query: fc.constantFrom(...queries),
      ids,
      forget: fc.subarray(["1", "2", "n1", "p1"]),
      later: fc.nat({ max: 40 }),
    }),
    { minLength: 1, maxLength: 8 },
  );

  it("is the same as without, whatever was kept before", async () => {
    const plain = await startStageGraph(stage, false);
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        await graph.log.flush();
        stage.versions.clear();
        for (const { query, ids: asked, forget, later } of history) {
          for (const id of forget) stage.versions.set(id, (stage.versions.get(id) ?? 1) + 1);
          graph.log.mark(forget.map((id) => entityTag("Thing", id)));
          graph.forward(later);
          expect(normal(await graph.ask(query, { ids: asked }))).toEqual(
            normal(await plain.ask(query, { ids: asked })),
          );
        }
      }),
      { numRuns: 100 },
    );
    await plain.stop();
  }, 60_000);

  it("is the same when callers ask at the same time", async () => {
    const plain = await startStageGraph(stage, false);
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        await graph.log.flush();
        const answers = await Promise.all(history.map(({ query, ids: asked }) => graph.ask(query, { ids: asked })));
        for (const [index, { query, ids: asked }] of history.entries()) {
          expect(normal(answers[index] as StageAnswer)).toEqual(normal(await plain.ask(query, { ids: asked })));
        }
      }),
      { numRuns: 60 },
    );
    await plain.stop();
  }, 60_000);
});
