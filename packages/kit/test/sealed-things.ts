// A database with one collection that has sealed fields, and as many programs on it as a test wants.
import { createSecretKey, randomBytes } from "node:crypto";
import { createTestResources, silentLogger } from "@tradegraph/testkit/test-database";
import { type Connection } from "mongoose";
import { afterAll, beforeAll } from "vitest";
import { applySnapshot, describeCollections } from "../src/collections.ts";
import { type DataKeyDocument, dataKeySchema } from "../src/data-key-store.ts";
import { type FieldCipher, openFieldCipher } from "../src/field-cipher.ts";
import { createFileKeyManagement } from "../src/key-management-file.ts";
import { type KeyManagement } from "../src/key-management.ts";
import { type BaseDocument, defineSchema, embedded } from "../src/model.ts";
import { type Sealed, sealedField, sealedPathsOf } from "../src/sealed-field.ts";

export interface SealedThing extends BaseDocument {
  phone?: Sealed;
  addresses: { street: Sealed; city: string }[];
}

const thingSchema = defineSchema<SealedThing>({
  phone: sealedField(90),
  addresses: {
    type: [embedded({ street: { ...sealedField(90), required: true }, city: { type: String, maxlength: 20 } })],
    maxItems: 20,
  },
});

export const schemas = { dataKeys: dataKeySchema, things: thingSchema };
export const sealed = sealedPathsOf(schemas);
export const phonePlace = { collection: "things", field: "phone", tenantId: "acme" };
export const streetPlace = { collection: "things", field: "addresses.street", tenantId: "acme" };

export const newKeyManagement = (): KeyManagement => createFileKeyManagement(createSecretKey(randomBytes(32)));

const connect = (connection: Connection) => connection.model<SealedThing>("SealedThing", thingSchema, "things");

export interface SealedThings {
  connection: Connection;
  Things: ReturnType<typeof connect>;
  /** Every data key, oldest first. */
  keys: () => Promise<DataKeyDocument[]>;
  /** Another program that opens the same database. */
  program: (keyManagement: KeyManagement) => Promise<FieldCipher>;
}

export function useSealedThings(): SealedThings {
  const things = {} as SealedThings;
  let resources: Awaited<ReturnType<typeof createTestResources>>;
  beforeAll(async () => {
    resources = await createTestResources("products", { migrate: false });
    const { connection } = resources.mongo;
    if (!connection.db) throw new Error("The test database is not connected.");
    await applySnapshot(connection.db, describeCollections(schemas));
    Object.assign(things, {
      connection,
      Things: connect(connection),
      keys: () => connection.collection("dataKeys").find().sort({ _id: 1 }).toArray(),
      program: (keyManagement: KeyManagement) =>
        openFieldCipher({ service: "things", connection, keyManagement, sealed, logger: silentLogger }),
    });
  });
  afterAll(() => resources[Symbol.asyncDispose]());
  return things;
}
