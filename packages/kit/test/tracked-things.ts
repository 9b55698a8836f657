// Two collections, one with a cache rule and one without, and what reads and writes of them are noted as.
import { createTestResources } from "@tradegraph/testkit/test-database";
import { Schema, type Types } from "mongoose";
import { afterAll, beforeAll } from "vitest";
import { withCacheRules } from "../src/cache-rules.ts";
import { applySnapshot, describeCollections } from "../src/collections.ts";
import { type BaseDocument, defineSchema } from "../src/model.ts";
import { type OutboxEntry, outboxFields, outboxIndex, withOutbox, type WithOutbox } from "../src/outbox.ts";
import { type AnswerPart, collectInto, createPart, runTracked, trackedScope } from "../src/read-scope.ts";
import { systemSchemas } from "../src/system-models.ts";
import { runForTenant } from "../src/tenancy.ts";
import { runTelling, toldWrites } from "../src/told-writes.ts";

export interface TrackedThing extends BaseDocument, WithOutbox {
  name: string;
  rank: number;
  ownerId?: Types.ObjectId;
  place?: object;
  secret?: string;
}

const thingSchema = defineSchema<TrackedThing>({
  name: { type: String, required: true },
  rank: { type: Number, default: 0 },
  ownerId: { type: Schema.Types.ObjectId },
  place: { type: Schema.Types.Mixed },
  secret: { type: String },
  ...outboxFields,
});
thingSchema.index({ tenantId: 1, name: "text" });
thingSchema.index(...outboxIndex);
const hiddenSchema = defineSchema<BaseDocument & { name: string }>({ name: { type: String } });

const connect = (resources: Awaited<ReturnType<typeof createTestResources>>) => {
  const { connection } = resources.mongo;
  return withCacheRules(
    { Thing: { textFields: ["name"], hiddenFields: ["secret"] } },
    {
      Thing: connection.model<TrackedThing>("Thing", thingSchema, "things"),
      Hidden: connection.model<BaseDocument & { name: string }>("Hidden", hiddenSchema, "hidden"),
    },
  );
};

export type TrackedModels = ReturnType<typeof connect>;

export interface TrackedWorld {
  models: TrackedModels;
  /** A stored document of tenant `acme`. */
  thing: (fields?: Partial<TrackedThing>) => Promise<TrackedThing>;
  /** All outbox entries of all documents and of deletions. */
  entries: () => Promise<OutboxEntry[]>;
}

/** Models on a database of their own, for a test file. */
export function trackedWorld(): TrackedWorld {
  const world = {} as TrackedWorld;
  let resources: Awaited<ReturnType<typeof createTestResources>>;
  let serial = 0;
  beforeAll(async () => {
    resources = await createTestResources("tracking", { migrate: false });
    const { db } = resources.mongo.connection;
    if (!db) throw new Error("not connected");
    await applySnapshot(db, describeCollections({ ...systemSchemas, things: thingSchema, hidden: hiddenSchema }));
    world.models = connect(resources);
    world.thing = (fields = {}) =>
      runForTenant("acme", async () => {
        const made = await world.models.Thing.create({ name: `thing ${(serial += 1)}`, ...withOutbox(), ...fields });
        return made.toObject<TrackedThing>();
      });
    world.entries = async () => {
      const holders = await Promise.all(
        ["things", "securityRecords"].map((name) =>
          db.collection<{ outbox: OutboxEntry[] }>(name).find({ hasOutbox: true }).toArray(),
        ),
      );
      return holders.flat().flatMap(({ outbox }) => outbox);
    };
  });
  afterAll(() => resources[Symbol.asyncDispose]());
  return world;
}

/** Runs `work` as each of some parts of one answer. @returns what each has read */
export const readsOfParts = (...works: (() => PromiseLike<unknown>)[]): Promise<(string[] | null)[]> =>
  runForTenant("acme", () =>
    runTracked(async () => {
      const scope = trackedScope();
      if (!scope) throw new Error("not tracked");
      const parts: AnswerPart[] = works.map(createPart);
      await Promise.all(
        works.map((work, index) => {
          const part = parts[index] ?? createPart();
          return Promise.resolve(collectInto(scope, part, work)).then(noResult, noResult);
        }),
      );
      return parts.map((part) => part.result()?.toSorted() ?? null);
    }),
  );

const noResult = () => undefined;

/** What `work` has read. */
export const readsOf = async (work: () => PromiseLike<unknown>): Promise<string[] | null> =>
  (await readsOfParts(work))[0] ?? null;

/** Runs `work` as a request. @returns what it tells */
export const toldBy = (work: () => PromiseLike<unknown>): Promise<{ tags: string[]; events: string[] }> =>
  runForTenant("acme", () =>
    runTelling(async () => {
      await work();
      const { tags = [], events = [] } = toldWrites() ?? {};
      return { tags: tags.toSorted(), events };
    }),
  );

export const listTags = (...fields: string[]): string[] => [
  "list:acme:Thing",
  ...fields.map((field) => `list:acme:Thing.${field}`),
];
export const tagOf = ({ _id }: { _id: Types.ObjectId }): string => `Thing:${_id.toHexString()}`;
