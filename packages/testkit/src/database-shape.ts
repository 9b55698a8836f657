// What a database really looks like, in the words in which the models ask for it, so that a test can hold the two
// side by side: migrations are written once and by hand, models change every week.
import { type CollectionSnapshot, describeCollections, type IndexSnapshot } from "@tradegraph/kit/collections";
import { type mongo, type Schema } from "mongoose";

export interface IndexShape extends IndexSnapshot {
  /** The keys in their order, which a comparison of objects does not see; text fields, which have none, as one. */
  order: string[];
}

export interface CollectionShape extends CollectionSnapshot {
  indexes: IndexShape[];
  /** Present only when the validator does not refuse every wrong write, so that a comparison shows it. */
  validation?: string;
}

/** Collections in which migrations remember what they did. */
const bookkeeping = ["migrationChangelog", "migrationLock", "migrationLibraryLock"];

/**
 * Validators and indexes of a database, without `_id_` and the books of the migrations.
 *
 * @example expect(await databaseShape(db)).toEqual(modelShape(schemas));
 */
export async function databaseShape(db: mongo.Db): Promise<CollectionShape[]> {
  const collections = await db.listCollections({ type: "collection" }, { nameOnly: false }).toArray();
  const shapes = collections
    .filter(({ name }) => !bookkeeping.includes(name) && !name.startsWith("system."))
    .map(async ({ name, options = {} }): Promise<CollectionShape> => {
      const { validator, validationLevel = "strict", validationAction = "error" } = options as CollectionOptions;
      const validation = `${validationLevel}/${validationAction}`;
      const indexes = (await db.collection(name).indexes()) as StoredIndex[];
      return {
        name,
        validator: validator?.$jsonSchema ?? {},
        indexes: sorted(indexes.filter((index) => index.name !== "_id_").map(snapshotOf)),
        ...(validation !== "strict/error" && { validation }),
      };
    });
  return (await Promise.all(shapes)).sort((a, b) => a.name.localeCompare(b.name));
}

/** What the schemas of a subgraph ask for, with the defaults of the server spelt out. */
export const modelShape = (schemas: Readonly<Record<string, Schema>>): CollectionShape[] =>
  describeCollections(schemas).map((collection) => ({
    ...collection,
    indexes: sorted(collection.indexes.map(withTextDefaults)),
  }));

interface CollectionOptions {
  validator?: { $jsonSchema?: CollectionSnapshot["validator"] };
  validationLevel?: string;
  validationAction?: string;
}

type StoredIndex = Omit<IndexSnapshot, "keys"> & {
  key: IndexSnapshot["keys"];
  v?: number;
  textIndexVersion?: number;
  language_override?: string;
  "2dsphereIndexVersion"?: number;
};

const sorted = (indexes: IndexSnapshot[]): IndexShape[] =>
  indexes.map((index) => ({ ...index, order: orderOf(index) })).sort((a, b) => a.name.localeCompare(b.name));

const orderOf = ({ keys }: IndexSnapshot) => [
  ...new Set(Object.entries(keys).map(([path, direction]) => (direction === "text" ? "text" : path))),
];

/** Everything but versions stays, so that an option nobody asked for is a difference. */
function snapshotOf({
  key,
  v: _version,
  textIndexVersion: _text,
  "2dsphereIndexVersion": _sphere,
  language_override: override,
  ...rest
}: StoredIndex): IndexSnapshot {
  return {
    ...rest,
    keys: textFields(key, rest.weights),
    ...(override !== undefined && override !== "language" && { language_override: override }),
  };
}

/** The server keeps the fields of a text index in its weights, and `_fts` and `_ftsx` in their place. */
function textFields(key: IndexSnapshot["keys"], weights: IndexSnapshot["weights"]): IndexSnapshot["keys"] {
  const fields = Object.keys(weights ?? {}).map((field) => [field, "text"] as const);
  const entries = Object.entries(key).flatMap(([path, direction]) =>
    path === "_fts" ? fields : path === "_ftsx" ? [] : [[path, direction] as const],
  );
  return Object.fromEntries(entries);
}

function withTextDefaults(index: IndexSnapshot): IndexSnapshot {
  const fields = Object.entries(index.keys).flatMap(([path, direction]) => (direction === "text" ? [path] : []));
  if (fields.length === 0) return index;
  const weights = Object.fromEntries(fields.map((field) => [field, index.weights?.[field] ?? 1]));
  return { default_language: "english", ...index, weights };
}
