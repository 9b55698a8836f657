// What person-fields.ts says of a subgraph, held against its real export and erasure: one person who has a value in every
// personal field, alone in a database.
import { type PersonFields, personalPathsOf } from "@tradegraph/kit/person-fields";
import { fieldOfPath, type Sealed, sealedPattern } from "@tradegraph/kit/sealed-field";
import { valuesAt } from "@tradegraph/kit/values-at";
import { type mongo, type Schema } from "mongoose";
import { expect } from "vitest";
import { type PersonCalls } from "./person-calls.ts";
import { testCipher } from "./test-cipher.ts";
import { testTenant } from "./test-subgraph.ts";

export interface WalkedPerson {
  db: mongo.Db;
  schemas: Readonly<Record<string, Schema>>;
  fields: PersonFields;
  calls: PersonCalls;
  userId: string;
}

interface PersonalValue {
  /** As {@link PersonFields} names it. */
  path: string;
  /** Of one value of one document. */
  place: string;
  /** Opened where it was sealed. */
  text: string;
}

/** Fails for a field that is not exported or erased as its list says, and for one that the person of the test has not. */
export async function expectPersonFields({ db, schemas, fields, calls, userId }: WalkedPerson): Promise<void> {
  const before = await personalValues(db, schemas);
  const has = new Set(before.map(({ path }) => path));
  const promised = Object.entries(fields).filter(([, { exported, erased }]) => exported !== undefined || erased);
  expect(promised.map(([path]) => path).filter((path) => !has.has(path))).toEqual([]);

  const parts = await calls.exported(userId);
  const missing = before.filter(({ path, text }) => {
    const { exported } = fields[path] ?? {};
    const part = exported === undefined ? undefined : JSON.stringify(parts[exported] ?? []).toLowerCase();
    return part !== undefined && !textsOf(text).every((one) => part.includes(one.toLowerCase()));
  });
  expect(missing).toEqual([]);

  await calls.erase(userId);
  const after = new Map((await personalValues(db, schemas)).map(({ place, text }) => [place, text]));
  const wrong = before.filter(({ path, place, text }) => {
    const { erased } = fields[path] ?? {};
    if (erased === "removed") return after.has(place);
    return erased === "replaced" && (!after.has(place) || after.get(place) === text);
  });
  expect(wrong).toEqual([]);
}

/** An address is sealed as one text of JSON. */
const textsOf = (text: string): string[] =>
  text.startsWith("{") ? Object.values(JSON.parse(text) as Record<string, string>) : [text];

async function personalValues(db: mongo.Db, schemas: WalkedPerson["schemas"]): Promise<PersonalValue[]> {
  const found: PersonalValue[] = [];
  for (const full of personalPathsOf(schemas)) {
    const [collection = ""] = full.split(".", 1);
    const path = full.slice(collection.length + 1);
    for await (const document of db.collection(collection).find({ tenantId: testTenant })) {
      for (const { at, value } of valuesAt(document, path)) {
        const text = value instanceof Date ? value.toISOString() : String(value);
        const place = { collection, field: fieldOfPath(path), tenantId: testTenant };
        const opened = sealedPattern.test(text) ? await testCipher.open(text as Sealed, place) : text;
        found.push({ path: full, place: `${collection} ${document._id.toHexString()} ${at}`, text: opened });
      }
    }
  }
  return found;
}
