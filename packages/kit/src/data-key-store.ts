// The collection of wrapped data keys, one in each database with sealed fields.
import { randomBytes } from "node:crypto";
import { type Connection, mongo, Schema } from "mongoose";
import { type KeyManagement, type WrappingContext } from "./key-management.ts";

/** `fields` keys seal, the `blind-index` key makes what sealed values are found by. */
export type KeyPurpose = "fields" | "blind-index";

export interface DataKeyDocument {
  /** First letter of the purpose and a number: the highest of a purpose is the one in use. */
  _id: string;
  purpose: KeyPurpose;
  /** Retired: nothing is sealed with it any more; it still opens what it sealed. */
  state: "active" | "retired";
  /** The key itself, as {@link provider} wrapped it. */
  wrapped: string;
  /** Name of the key management. */
  provider: string;
  /** Values sealed with it, roughly: programs add up now and then. */
  uses: number;
  createdAt: Date;
  /** When a rotation to this key came to its end; absent while one is under way, and on the first key. */
  rotatedAt?: Date;
}

/** Not of a tenant: one key serves all shops of a deployment, and the tenant is bound to each sealed value. */
export const dataKeySchema = new Schema(
  {
    _id: { type: String, required: true, match: /^[fb][0-9]{4}$/, dataClass: "internal" },
    purpose: { type: String, required: true, enum: ["fields", "blind-index"], dataClass: "internal" },
    state: { type: String, required: true, enum: ["active", "retired"], dataClass: "internal" },
    wrapped: { type: String, required: true, maxlength: 10_000, dataClass: "restricted" },
    provider: { type: String, required: true, maxlength: 2_100, dataClass: "internal" },
    uses: { type: Number, required: true, min: 0, dataClass: "internal" },
    createdAt: { type: Date, required: true, dataClass: "internal" },
    rotatedAt: { type: Date, dataClass: "internal" },
  },
  { versionKey: false, strict: "throw", strictQuery: "throw", autoIndex: false, autoCreate: false },
);

export interface DataKeyStore {
  /** The one in use. */
  newest: (purpose: KeyPurpose) => Promise<DataKeyDocument | null>;
  /** Makes the first key. Of several programs at once one makes it, and all get that one. */
  first: (purpose: KeyPurpose) => Promise<DataKeyDocument>;
  find: (id: string) => Promise<DataKeyDocument | null>;
  /** Oldest first. */
  list: (purpose?: KeyPurpose) => Promise<DataKeyDocument[]>;
  /** Makes the key after this one, or gives the one that somebody made meanwhile. */
  successor: (of: DataKeyDocument) => Promise<DataKeyDocument>;
  /** Writes down that all that can be opened is sealed with `id`, and retires others. */
  endRotation: (id: string, retired: readonly string[]) => Promise<void>;
  addUses: (id: string, count: number) => Promise<void>;
  /** Wraps anew for another key management; false when somebody else did so first. */
  rewrap: (document: DataKeyDocument, keyManagement: KeyManagement) => Promise<boolean>;
  /** @throws Error that names both providers when the key management is another than the one that wrapped it */
  unwrap: (document: DataKeyDocument) => Promise<Uint8Array>;
}

export interface DataKeyStoreOptions {
  /** Name of the subgraph; bound to its keys. */
  service: string;
  connection: Connection;
  keyManagement: KeyManagement;
}

const letterOf = (purpose: KeyPurpose) => purpose.charAt(0);
const idOf = (purpose: KeyPurpose, number: number) => `${letterOf(purpose)}${String(number).padStart(4, "0")}`;
const numberOf = (id: string) => Number(id.slice(1));
const idsOf = (purpose: KeyPurpose) => ({ $gte: idOf(purpose, 0), $lte: idOf(purpose, 9_999) });

/** Most keys there may be; rotated every day they last for years. */
const mostKeys = 9_999;

export function openDataKeyStore({ service, connection, keyManagement }: DataKeyStoreOptions): DataKeyStore {
  const keys = connection.collection<DataKeyDocument>("dataKeys");
  const contextOf = ({ _id, purpose }: Pick<DataKeyDocument, "_id" | "purpose">): WrappingContext => ({
    application: "tradegraph",
    service,
    keyId: _id,
    purpose,
  });
  const make = async (purpose: KeyPurpose, number: number): Promise<DataKeyDocument> => {
    if (number > mostKeys) throw new Error(`There are ${mostKeys} data keys; remove the first ones.`);
    const _id = idOf(purpose, number);
    const wrapped = await keyManagement.wrap(randomBytes(32), contextOf({ _id, purpose }));
    const facts = { state: "active", provider: keyManagement.name, uses: 0, createdAt: new Date() } as const;
    const document: DataKeyDocument = { _id, purpose, wrapped, ...facts };
    try {
      await keys.insertOne(document);
      return document;
    } catch (error) {
      if (!(error instanceof mongo.MongoServerError && error.code === 11000)) throw error;
      const winner = await keys.findOne({ _id });
      if (!winner) throw new Error(`The data key ${_id} of ${service} was made and removed at once.`, { cause: error });
      return winner;
    }
  };
  return {
    newest: (purpose) => keys.findOne({ _id: idsOf(purpose) }, { sort: { _id: -1 } }),
    first: (purpose) => make(purpose, 1),
    find: (id) => keys.findOne({ _id: id }),
    list: (purpose) =>
      keys
        .find(purpose ? { _id: idsOf(purpose) } : { _id: { $gte: "" } }, { sort: { _id: 1 }, limit: 20_000 })
        .toArray(),
    successor: ({ _id, purpose }) => make(purpose, numberOf(_id) + 1),
    async endRotation(id, retired) {
      await keys.updateMany({ _id: { $in: [...retired] } }, { $set: { state: "retired" } });
      await keys.updateOne({ _id: id }, { $set: { rotatedAt: new Date() } });
    },
    async addUses(id, count) {
      await keys.updateOne({ _id: id }, { $inc: { uses: count } });
    },
    async rewrap(document, next) {
      const plain = await unwrapped(document);
      const $set = { wrapped: await next.wrap(plain, contextOf(document)), provider: next.name };
      plain.fill(0);
      const { matchedCount } = await keys.updateOne({ _id: document._id, wrapped: document.wrapped }, { $set });
      return matchedCount === 1;
    },
    unwrap: unwrapped,
  };

  async function unwrapped(document: DataKeyDocument): Promise<Uint8Array> {
    try {
      return await keyManagement.unwrap(document.wrapped, contextOf(document));
    } catch (error) {
      const { _id, provider } = document;
      const why =
        provider === keyManagement.name
          ? "either it was changed, or the key management does not answer"
          : `it was wrapped by ${provider}, the settings name ${keyManagement.name}: put the former key back, or run \`pnpm keys data rewrap\``;
      throw new Error(`The data key ${_id} of ${service} cannot be unwrapped: ${why}.`, { cause: error });
    }
  }
}
