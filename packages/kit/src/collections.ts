// What a database looks like: validators and indexes, written down as a snapshot that migrations apply.
import { readFileSync } from "node:fs";
import { type IndexDirection, type mongo, type Schema } from "mongoose";
import { type JsonSchema, toJsonSchema } from "./json-schema.ts";

export interface IndexSnapshot {
  name: string;
  keys: Record<string, IndexDirection>;
  unique?: boolean;
  expireAfterSeconds?: number;
  partialFilterExpression?: Record<string, unknown>;
  weights?: Record<string, number>;
  default_language?: string;
}

export interface CollectionSnapshot {
  name: string;
  validator: JsonSchema;
  indexes: IndexSnapshot[];
}

/** The snapshot that the schemas of a subgraph ask for, by collection name; `pnpm generate` writes it beside them. */
export function describeCollections(schemas: Readonly<Record<string, Schema>>): CollectionSnapshot[] {
  return Object.entries(schemas)
    .map(([name, schema]) => ({
      name,
      validator: toJsonSchema(schema),
      indexes: schema.indexes().map(([keys, { background: _background, ...options }]) => {
        return { name: indexName(keys), ...options, keys } as IndexSnapshot;
      }),
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

const indexName = (keys: object) =>
  Object.entries(keys)
    .map(([path, direction]) => `${path}_${direction}`)
    .join("_");

/**
 * Brings a database from one snapshot to another: creates collections, sets validators, creates new indexes and drops
 * those that only `from` has. Never drops a collection or a document, and running it twice changes nothing.
 */
export async function applySnapshot(
  db: mongo.Db,
  to: CollectionSnapshot[],
  from: CollectionSnapshot[] = [],
): Promise<void> {
  const existing = new Set((await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name));
  for (const { name, validator, indexes } of to) {
    const options = {
      validator: { $jsonSchema: validator },
      validationLevel: "strict",
      validationAction: "error",
    } as const;
    if (existing.has(name)) await db.command({ collMod: name, ...options });
    else await db.createCollection(name, options);
    if (indexes.length > 0) {
      await db
        .collection(name)
        .createIndexes(indexes.map(({ keys, ...rest }) => ({ key: keys, ...rest }) as mongo.IndexDescription));
    }
  }
  for (const { name, indexes } of from) {
    const next = to.find((collection) => collection.name === name);
    if (!existing.has(name)) continue;
    if (!next) await db.command({ collMod: name, validator: {}, validationLevel: "off" });
    const kept = new Set(next?.indexes.map((index) => index.name));
    for (const index of indexes) if (!kept.has(index.name)) await db.collection(name).dropIndex(index.name);
  }
}

/** The snapshot that lies beside a migration: `0001-initial.json` for `0001-initial.ts`. */
export const readSnapshot = (migrationFile: string): CollectionSnapshot[] =>
  JSON.parse(readFileSync(migrationFile.replace(/\.ts$/, ".json"), "utf8")) as CollectionSnapshot[];
