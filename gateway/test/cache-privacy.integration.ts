import fc from "fast-check";
import { anonymousViewer } from "@tradegraph/kit/viewer";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  buyer,
  colleague,
  labelsQuery,
  rival,
  staff,
  startStage,
  startStageGraph,
  stockCalls,
  type Stage,
  type StageGraph,
  stranger,
  visitor,
} from "./caching-stage.ts";
import { seenBy } from "./caching-subgraphs.ts";

const everybody = [visitor, anonymousViewer("other"), buyer, colleague, rival, stranger, staff];

let stage: Stage;
let graph: StageGraph;
beforeEach(async () => {
  stage = startStage();
  graph = await startStageGraph(stage);
});
afterEach(() => graph.stop());

describe("privacy", () => {
  const query = `query All($ids: [ID!]!) { forCompany { seen } mine { seen } plain { seen } items(ids: $ids) { seen labelSeen } }`;

  it("shows nobody what was asked as somebody else, and asks for everybody as nobody", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...everybody), { minLength: 2, maxLength: 8 }), async (viewers) => {
        await graph.log.flush();
        const answers = await Promise.all(viewers.map((viewer) => graph.ask(query, { ids: ["1", "2"] }, viewer)));
        for (const [index, viewer] of viewers.entries()) {
          const { address: _, ...own } = viewer;
          const nobody = anonymousViewer(viewer.tenantId);
          const company = viewer.companyId ? { ...nobody, companyId: viewer.companyId } : nobody;
          expect(answers[index]?.data).toEqual({
            forCompany: { seen: seenBy(company) },
            // Nobody is signed in: asked as he is, and not kept.
            mine: { seen: seenBy(viewer.sessionId ? own : viewer) },
            plain: { seen: seenBy(viewer) },
            items: ["1", "2"].map(() => ({ seen: seenBy(nobody), labelSeen: seenBy(nobody) })),
          });
        }
      }),
      { numRuns: 40 },
    );
    for (const { viewer, requestId, query: asked } of stage.calls) {
      if (!asked.includes("items") && !asked.includes("_entities")) continue;
      expect(viewer).toEqual(anonymousViewer(viewer.tenantId));
      expect(requestId).not.toContain("request-of");
    }
  });

  it("asks again as the caller what is refused to a visitor", async () => {
    const refused = await graph.ask("{ signedIn { seen } }");
    expect(refused.errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
    expect(stockCalls(stage)).toHaveLength(1);
    expect((await graph.ask("{ signedIn { seen } }", {}, buyer)).data).toEqual({ signedIn: { seen: seenBy(buyer) } });
    expect((await graph.ask("{ signedIn { seen } }")).errors).toHaveLength(1);
  });

  it.each(["private, max-age=60", "no-store", 'private="set-cookie"'])(
    "quarantines what answers `%s` to a question for everybody",
    async (header) => {
      stage.behave = (_, { body }) => ({ body, headers: { "cache-control": header } });
      const { data, use } = await graph.ask(`{ item(id: "1") { seen } }`, {}, buyer);
      // The answer for everybody was not for everybody.
      expect(data).toEqual({ item: { seen: seenBy(buyer) } });
      expect(use?.isUncacheable).toBe(true);
      expect(await graph.metrics.getSingleMetricAsString("response_cache_policy_violations_total")).toContain(
        'subgraph="stock",service="gateway"} 1',
      );
      stage.behave = undefined;
      await graph.ask(`{ renamed: item(id: "2") { seen } }`, {}, colleague);
      expect(stockCalls(stage).map(({ viewer }) => viewer.role)).toEqual(["anonymous", "customer", "customer"]);
    },
  );

  it("finds out which of several parts it was, and goes on keeping the others", async () => {
    const query = `{ item(id: "1") { seen } forCompany { seen } needed(id: "1") { seen } }`;
    stage.behave = ({ query: asked }, { body }) => ({
      body,
      headers: { "cache-control": asked.includes("needed") ? "private" : "max-age=60" },
    });
    const viewers = async () => {
      stage.calls.length = 0;
      await graph.ask(query, {}, buyer);
      return stockCalls(stage).map(({ query: asked, viewer }) => [viewer.role, asked.match(/item|forCompany|needed/g)]);
    };
    const together = ["item", "needed"];
    expect(await viewers()).toEqual([
      ["anonymous", together],
      ["anonymous", ["forCompany"]],
      ["customer", together],
    ]);
    expect(await viewers()).toEqual([
      ["anonymous", ["item"]],
      ["anonymous", ["needed"]],
      ["customer", ["needed"]],
    ]);
    expect(await viewers()).toEqual([["customer", ["needed"]]]);
  });

  it("does not blame a subgraph that says no-store of an error", async () => {
    stage.behave = (_, { body }) => ({ body, headers: { "cache-control": "no-store" } });
    await graph.ask(labelsQuery, { ids: ["e1"] });
    stage.behave = undefined;
    await graph.ask(`{ needed(id: "e1") { version } }`);
    expect(graph.cache.quarantine.has("stock:root:needed")).toBe(false);
  });

  it("does not blame a part for the no-store of an error beside it, which anybody can make", async () => {
    stage.behave = (_, { body }) => {
      const error = { message: "no", path: ["bad"], extensions: { code: "BAD_USER_INPUT" } };
      const data = { bad: null, needed: { version: 1 } };
      return { body: { ...body, data, errors: [error] } as never, headers: { "cache-control": "no-store" } };
    };
    const { data, use } = await graph.ask(`{ bad: item(id: "1") { stock } needed(id: "1") { version } }`);
    expect([data, use?.isUncacheable]).toEqual([{ bad: null, needed: { version: 1 } }, true]);
    expect(stockCalls(stage)).toHaveLength(1);
    stage.behave = undefined;
    await graph.ask(`{ needed(id: "1") { version } }`);
    await graph.ask(`{ needed(id: "1") { version } }`);
    expect(stockCalls(stage)).toHaveLength(2);
  });

  it("does not blame parts that were left out, for which a subgraph has no policy to tell", async () => {
    const query = `query Left($a: Boolean!, $b: Boolean!) {
      a: needed(id: "1") @include(if: $a) { version } b: needed(id: "2") @include(if: $b) { version }
    }`;
    stage.behave = (_, { body }) => ({ body, headers: { "cache-control": "no-store" } });
    expect((await graph.ask(query, { a: false, b: false })).data).toEqual({});
    expect(graph.cache.quarantine.has("stock:root:needed")).toBe(false);
  });

  it("lets no shared cache keep what was asked as the caller, whatever the subgraph says of it", async () => {
    stage.behave = (_, { body }) => ({ body, headers: { "cache-control": "public, max-age=60" } });
    for (const query of ["{ plain { seen } }", `{ plain { seen } item(id: "1") { stock } }`]) {
      expect((await graph.ask(query, {}, buyer)).cacheControl).toBe("no-store");
    }
    expect((await graph.ask("{ mine { seen } }", {}, buyer)).cacheControl).toBe("max-age=60, private");
    expect((await graph.ask("{ forCompany { seen } }", {}, buyer)).cacheControl).toBe("max-age=60, private");
    expect((await graph.ask(`{ item(id: "1") { stock } }`, {}, buyer)).cacheControl).toMatch(/^max-age=\d+, public$/);
  });
});
