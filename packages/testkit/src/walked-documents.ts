// Documents that come and go while keyset-walk.ts walks through lists of them.
import { randomBytes } from "node:crypto";
import { type BaseDocument } from "@tradegraph/kit/model";
import { seedRandom } from "@tradegraph/kit/seed-random";
import { type Model, Types } from "mongoose";
import { testTenant } from "./test-subgraph.ts";

export type WalkedDocument = BaseDocument & Record<string, unknown>;

export interface WalkedCollection {
  /** Called when the subgraph runs. */
  model: () => Pick<Model<unknown>, "collection">;
  /** How many there are at the start, beside the lasting ones; later about as many. */
  size: number;
  /** A valid document; fields of every document are added. Few different sort keys make many ties. */
  make: () => Partial<WalkedDocument>;
  /** Documents that never go. */
  lasting?: Partial<WalkedDocument>[];
  /** Field of the graph that tells them apart, `id` unless told. */
  nameField?: string;
}

export type Population = ReturnType<typeof createPopulation>;

/** The documents of one collection, as the test knows them. */
export function createPopulation({ model, size, make, lasting = [], nameField = "id" }: WalkedCollection) {
  const random = seedRandom("keyset-walk", nameField, size);
  const live = new Map<string, WalkedDocument>();
  const ever = new Map<string, WalkedDocument>();
  const removable = new Set<string>();

  async function add(documents: Partial<WalkedDocument>[], stays = false): Promise<void> {
    const complete = documents.map(completed);
    // Past mongoose, so that dates stay as given; the validators of the database still look.
    if (complete.length > 0) await model().collection.insertMany(complete);
    for (const document of complete) {
      const name = nameField === "id" ? document._id.toHexString() : String(document[nameField]);
      live.set(name, document);
      ever.set(name, document);
      if (!stays) removable.add(name);
    }
  }
  async function remove(): Promise<void> {
    const name = random.pick([...removable]);
    await model().collection.deleteOne({ _id: live.get(name)?._id as Types.ObjectId });
    live.delete(name);
    removable.delete(name);
  }
  return {
    nameField,
    live,
    /** All that were there at any time, by name. */
    ever,
    async fill() {
      await add(lasting, true);
      await add(Array.from({ length: size }, make));
    },
    /** Takes documents away, and puts new ones at random places of the order. */
    async disturb() {
      for (let n = 0; n < 2; n += 1) await remove();
      await add([make(), make()]);
    },
  };
}

/** An id in no order of time, so that new documents fall between old ones with the same sort key. */
export const randomId = () => new Types.ObjectId(randomBytes(12));

function completed(document: Partial<WalkedDocument>): WalkedDocument {
  const now = new Date();
  return { _id: randomId(), tenantId: testTenant, version: 1, createdAt: now, updatedAt: now, ...document };
}
