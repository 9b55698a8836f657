// P9: whatever changes an answer tells one of the tags that the answer said it has read, at once and in the outbox.
import { type CacheAnswer, cacheTagsHeader } from "@tradegraph/kit/cache-answer";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { runTelling, toldWrites } from "@tradegraph/kit/told-writes";
import { type Execution } from "@tradegraph/testkit/test-subgraph";
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

interface Part {
  name: string;
  shown: string;
  tags: string[] | null | undefined;
}

/** The parts of an answer as they may be kept one by one. */
async function partsOf(execution: Execution, index: number): Promise<Part[]> {
  const answer = await subgraph.execute({ ...execution, headers: { [cacheTagsHeader]: "1" }, withExtensions: true });
  const failed = new Set((answer.errors ?? []).map(({ path }) => (path?.[0] === "_entities" ? path[1] : path?.[0])));
  const { cacheTagsByField, apolloEntityCacheTags } = (answer.extensions ?? {}) as CacheAnswer;
  const { _entities: entities, ...fields } = (answer.data ?? {}) as { _entities?: unknown[] };
  const parts: [string | number, unknown, string[] | null | undefined][] = entities
    ? entities.map((value, place) => [place, value, apolloEntityCacheTags?.[place]])
    : Object.entries(fields).map(([name, value]) => [name, value, cacheTagsByField?.[name]]);
  return parts
    .filter(([name]) => !failed.has(name))
    .map(([name, value, tags]) => ({ name: `${index}.${name}`, shown: JSON.stringify(value), tags }));
}

const allParts = async (executions: readonly Execution[]) => {
  const parts: Part[] = [];
  for (const [index, execution] of executions.entries()) parts.push(...(await partsOf(execution, index)));
  return parts;
};

/** Tags in outbox entries, by entry. */
async function entriesOf(tenantId: string): Promise<Map<string, string[]>> {
  const { connection } = subgraph.resources.mongo;
  const found = new Map<string, string[]>();
  const names = [
    ...Object.values(subgraph.models).map(({ collection }) => collection.collectionName),
    "securityRecords",
  ];
  for (const name of names)
    for (const { outbox = [] } of await connection
      .collection<{ outbox?: { _id: object; cacheTags?: string[] }[] }>(name)
      .find({ tenantId })
      .toArray())
      for (const { _id, cacheTags = [] } of outbox) found.set(String(_id), cacheTags);
  return found;
}

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
            const [before, waiting] = [await allParts(questions), await entriesOf(tenantId)];
            const told = await runForTenant(tenantId, () =>
              runTelling(async () => {
                await change(world, n as never).catch((error: unknown) => {
                  // A number or a slug that is taken: nothing has changed.
                  if ((error as { code?: number }).code !== 11_000) throw error;
                });
                return toldWrites();
              }),
            );
            const [after, entries] = [await allParts(questions), await entriesOf(tenantId)];
            const fresh = [...entries].filter(([id]) => !waiting.has(id));
            const durable = new Set(fresh.flatMap(([, tags]) => tags));
            for (const { name, shown, tags } of before) {
              expect(tags, name).toBeDefined();
              const now = after.find((part) => part.name === name);
              if (!now || now.shown === shown || !tags) {
                keptParts += 1;
                continue;
              }
              changedParts += 1;
              const about = `${name} changed\nfrom ${shown}\nto   ${now.shown}\nread ${tags.join(" ")}\n`;
              expect(
                tags.some((tag) => told?.tags.includes(tag)),
                `${about}told ${told?.tags.join(" ")}`,
              ).toBe(true);
              expect(
                tags.some((tag) => durable.has(tag)),
                `${about}durable ${[...durable].join(" ")}`,
              ).toBe(true);
            }
            // Every entry that says something of it is named, so that gateways know the relay's repetition.
            for (const [id, tags] of fresh) if (tags.length > 0) expect(told?.events).toContain(id);
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
