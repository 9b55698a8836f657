// Whether answers that may be kept hear of what changes them: a part that shows something else after a change must have
// said that it reads one of the tags that the change tells, at once and in an outbox entry.
import { type CacheAnswer, cacheTagsHeader } from "@tradegraph/kit/cache-answer";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { runTelling, toldWrites } from "@tradegraph/kit/told-writes";
import { type Connection } from "mongoose";
import { expect } from "vitest";
import { type Execution, failureText, type TestSubgraph } from "./test-subgraph.ts";

/** A part of an answer as it may be kept by itself: a root field, or the answer to one representation. */
interface Part {
  name: string;
  shown: string;
  tags: string[] | null | undefined;
}

export interface TagTrial {
  subgraph: Pick<TestSubgraph, "execute">;
  connection: Connection;
  tenantId: string;
  questions: readonly Execution[];
  change: () => Promise<unknown>;
}

/** How many parts a change has changed, and how many of them may be kept; a test in which few do proves nothing. */
export interface TagCounts {
  changed: number;
  kept: number;
}

async function partsOf(subgraph: TagTrial["subgraph"], questions: readonly Execution[]): Promise<Map<string, Part>> {
  const parts = new Map<string, Part>();
  for (const [index, question] of questions.entries()) {
    const answer = await subgraph.execute({ ...question, headers: { [cacheTagsHeader]: "1" }, withExtensions: true });
    // Undefined, not null, for a question that is wrong in itself.
    expect(answer.data, failureText(question, answer)).toBeDefined();
    const failed = new Set((answer.errors ?? []).map(({ path }) => (path?.[0] === "_entities" ? path[1] : path?.[0])));
    const { cacheTagsByField, apolloEntityCacheTags } = (answer.extensions ?? {}) as CacheAnswer;
    const { _entities: entities, ...fields } = (answer.data ?? {}) as { _entities?: unknown[] };
    const found: [string | number, unknown, string[] | null | undefined][] = entities
      ? entities.map((value, place) => [place, value, apolloEntityCacheTags?.[place]])
      : Object.entries(fields).map(([name, value]) => [name, value, cacheTagsByField?.[name]]);
    for (const [place, value, tags] of found) {
      const name = `${index}.${place}`;
      if (!failed.has(place)) parts.set(name, { name, shown: JSON.stringify(value), tags });
    }
  }
  return parts;
}

/** Tags in outbox entries of a tenant, by entry. */
async function entriesOf({ connection, tenantId }: TagTrial): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const { db } = connection;
  if (!db) throw new Error("not connected");
  for (const { name } of await db.listCollections({}, { nameOnly: true }).toArray())
    for (const { outbox = [] } of await db
      .collection<{ outbox?: { _id: object; cacheTags?: string[] }[] }>(name)
      .find({ tenantId, hasOutbox: true })
      .toArray())
      for (const { _id, cacheTags = [] } of outbox) found.set(String(_id), cacheTags);
  return found;
}

/** Asks, changes something and asks again. Serve without a relay, or entries go while they are looked at. */
export async function expectToldOf(trial: TagTrial): Promise<TagCounts> {
  const { subgraph, questions, tenantId, change } = trial;
  const [before, waiting] = [await partsOf(subgraph, questions), await entriesOf(trial)];
  const told = await runForTenant(tenantId, () =>
    runTelling(async () => {
      await change().catch((error: unknown) => {
        // What must be unique is taken, or a random value does not fit: nothing has changed.
        const { code, errInfo } = error as { code?: number; errInfo?: object };
        const isRefused = code === 121 && !JSON.stringify(errInfo).includes("outbox");
        if (code !== 11_000 && !isRefused) throw error;
      });
      return toldWrites();
    }),
  );
  const [after, entries] = [await partsOf(subgraph, questions), await entriesOf(trial)];
  const fresh = [...entries].filter(([id, tags]) => !waiting.has(id) && tags.length > 0);
  const durable = new Set(fresh.flatMap(([, tags]) => tags));
  // Each is named, so that gateways know the relay's repetition.
  for (const [id] of fresh) expect(told?.events).toContain(id);
  const counts: TagCounts = { changed: 0, kept: 0 };
  for (const { name, shown, tags } of before.values()) {
    expect(tags, name).toBeDefined();
    if (tags) counts.kept += 1;
    const now = after.get(name);
    if (!now || now.shown === shown || !tags) continue;
    counts.changed += 1;
    const about = `${name} changed\nfrom ${shown}\nto   ${now.shown}\nread ${tags.join(" ")}\n`;
    const [said, stored] = [told?.tags ?? [], [...durable]];
    expect(
      said.some((tag) => tags.includes(tag)),
      `${about}told ${said.join(" ")}`,
    ).toBe(true);
    expect(
      stored.some((tag) => tags.includes(tag)),
      `${about}durable ${stored.join(" ")}`,
    ).toBe(true);
  }
  return counts;
}
