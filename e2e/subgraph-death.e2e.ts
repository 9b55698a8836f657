import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { type GraphClient } from "@tradegraph/testkit/graph-client";
import { type GraphQLAnswer } from "@tradegraph/testkit/test-subgraph";
import { startGraph, type TestGraph } from "@tradegraph/testkit/start-graph";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoShop } from "./demo.ts";

// One root field of each subgraph, and one field of each on a product, so that both kinds of loss show.
const query = `query All {
  products(first: 3) { nodes { id name supplier { id sellerProfile { shopName } } lastOrderedAt reviewSummary { count } } }
  orders(first: 1) { nodes { id } }
  me { email }
  heroSlides { id }
}`;

/** Which paths, without list positions, a dead subgraph takes with it. */
const lost: Record<string, string[]> = {
  products: ["products"],
  orders: ["orders", "products.nodes.lastOrderedAt"],
  users: ["me", "products.nodes.supplier.sellerProfile"],
  content: ["heroSlides", "products.nodes.reviewSummary"],
};

let graph: TestGraph;
let admin: GraphClient;

beforeAll(async () => {
  // What subgraphs do is looked at here, so each request must reach them.
  graph = await startGraph({ seed: true, extra: { RESPONSE_CACHE_ENABLED: "false" } });
  admin = await demoShop(graph).as("admin");
});

afterAll(() => graph.stop());

describe("a subgraph that is killed under load", () => {
  it.each(["products", "orders", "users", "content"] as const)(
    "%s takes only its own fields with it, and comes back",
    async (name) => {
      const others = Object.entries(graph.programs).filter(([other]) => other !== name);
      const pids = others.map(([, program]) => program.pid());
      const answers: (GraphQLAnswer & { askedAt: number })[] = [];
      const load = new AbortController();
      const callers = Array.from({ length: 4 }, async () => {
        while (!load.signal.aborted) {
          const askedAt = performance.now();
          answers.push({ ...(await admin.execute(query)), askedAt });
        }
      });
      await sleep(200);
      process.kill(graph.programs[name].pid(), "SIGKILL");
      const broken = await waitFor(() => answers.find(({ errors }) => errors));
      const brokenAt = performance.now();
      // Not one that was under way when the first was lost.
      await waitFor(() => answers.find(({ errors, askedAt }) => !errors && askedAt > brokenAt));
      load.abort();
      await Promise.all(callers);

      for (const { errors, data } of answers.filter((answer) => answer.errors)) {
        expect(data).not.toBeNull();
        for (const { path, extensions } of errors ?? []) {
          expect(extensions).toMatchObject({ code: "SERVICE_UNAVAILABLE", service: name });
          const place = (path ?? []).filter((step) => typeof step === "string").join(".");
          expect(lost[name]?.some((prefix) => place.startsWith(prefix))).toBe(true);
        }
      }
      expect(broken.data).not.toBeNull();
      expect((await admin.execute(query)).errors).toBeUndefined();
      expect(others.map(([, program]) => program.pid())).toEqual(pids);
    },
  );
});

async function waitFor<T>(look: () => T | undefined, limitMs = 30_000): Promise<T> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const value = look();
    if (value !== undefined) return value;
    if (performance.now() > deadline) throw new Error(`It did not happen within ${limitMs / 1_000} s.`);
    await sleep(20);
  }
}
