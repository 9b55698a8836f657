// P9: whatever changes an answer tells one of the tags that the answer said it has read, at once and in the outbox.
import { expectToldOf } from "@tradegraph/testkit/tag-completeness";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startProducts } from "./start-products.ts";
import { change } from "./tag-changes.ts";
import { createWorld, question } from "./tag-questions.ts";

let subgraph: Awaited<ReturnType<typeof startProducts>>;

beforeAll(async () => {
  subgraph = await startProducts();
});
afterAll(() => subgraph.stop());

const numbers = (length: number) => fc.array(fc.nat(100_000), { minLength: length, maxLength: length });

describe("a change of the catalogue", () => {
  it("tells every answer that it changes, at once and in the outbox", { timeout: 120_000 }, async () => {
    let serial = 0;
    let changedParts = 0;
    let keptParts = 0;
    await fc.assert(
      fc.asyncProperty(
        numbers(12),
        fc.array(numbers(6), { minLength: 3, maxLength: 6 }),
        fc.array(numbers(4), { minLength: 1, maxLength: 3 }),
        async (seed, asked, changes) => {
          const tenantId = `shop-${(serial += 1)}`;
          const world = await createWorld(subgraph.models, tenantId, seed);
          const questions = asked.map((n) => question(world, n as never));
          for (const n of changes) {
            const { connection } = subgraph.resources.mongo;
            const counts = await expectToldOf({
              ...{ subgraph, connection, tenantId, questions },
              change: () => change(world, n as never),
            });
            changedParts += counts.changed;
            keptParts += counts.kept;
          }
        },
      ),
      { numRuns: 30, endOnFailure: true },
    );
    // Else it would prove nothing.
    expect(changedParts).toBeGreaterThan(30);
    expect(keptParts).toBeGreaterThan(changedParts);
  });
});
