// A new data key, and everything sealed anew with it while the programs go on reading and writing. What is done is written
// in the values themselves (each names its key), so a rotation that was cut goes on where it was.
import { setTimeout as sleep } from "node:timers/promises";
import { type Connection, type mongo } from "mongoose";
import { type DataKeysOptions, openDataKeys } from "./data-keys.ts";
import { openDataKeyStore } from "./data-key-store.ts";
import { createFieldCipher, type FieldCipher, keyIdOf, keyRefreshMs } from "./field-cipher.ts";
import { fieldOfPath, type Sealed } from "./sealed-field.ts";
import { valuesAt } from "./values-at.ts";

export interface RotationOptions extends DataKeysOptions {
  /** Called after each batch: documents looked at so far, of about `total`. */
  report: (collection: string, done: number, total: number) => void;
  /** Milliseconds after which no running program seals with the former key any more. */
  settleMs?: number;
}

export interface Rotation {
  keyId: string;
  /** Values that were sealed anew. */
  changed: number;
  /** Values that cannot be opened. The keys that they name stay active. */
  failed: string[];
}

/** Documents in memory at once. */
const batchSize = 500;

/** Longest list of what cannot be opened. */
const mostFailures = 100;

/**
 * Makes the next key and seals everything with it; then retires the former keys, which still open what comes out of
 * backups. Values that are written meanwhile win. Takes at least `settleMs`.
 */
export async function rotateDataKeys(options: RotationOptions): Promise<Rotation> {
  const { connection, sealed, settleMs = 2 * keyRefreshMs } = options;
  const store = openDataKeyStore(options);
  const keys = await openDataKeys(options);
  const before = await store.list("fields");
  const newest = before.at(-1);
  if (!newest) throw new Error("The data keys are gone.");
  const isResumed = before.length > 1 && !newest.rotatedAt;
  const next = isResumed ? newest : await store.successor(newest);
  await keys.refresh();
  const cipher = createFieldCipher(keys);
  const settledAt = next.createdAt.getTime() + settleMs;
  let changed = 0;
  for (;;) {
    const isSettled = Date.now() >= settledAt;
    const round: Round = { cipher, keyId: next._id, changed: 0, missed: 0, failed: [], failedKeys: new Set() };
    for (const [name, paths] of Object.entries(sealed)) {
      await sealAnew(connection.collection(name), paths, round, (done, total) => {
        options.report(name, done, total);
      });
    }
    changed += round.changed;
    if (isSettled && round.missed === 0) {
      const former = before.map(({ _id }) => _id).filter((id) => id !== next._id && !round.failedKeys.has(id));
      await store.endRotation(next._id, former);
      await keys.refresh();
      return { keyId: next._id, changed, failed: round.failed };
    }
    // Programs that have not looked for a newer key yet still write with the former.
    await sleep(Math.max(0, settledAt - Date.now()));
  }
}

interface Round {
  cipher: FieldCipher;
  keyId: string;
  changed: number;
  /** Documents that somebody changed at the same time. */
  missed: number;
  failed: string[];
  /** Ids of keys that sealed those. */
  failedKeys: Set<string | undefined>;
}

interface SealedDocument {
  _id: mongo.ObjectId;
  tenantId: string;
}

type Collection = ReturnType<Connection["collection"]>;

async function sealAnew(
  collection: Collection,
  paths: readonly string[],
  round: Round,
  report: (done: number, total: number) => void,
): Promise<void> {
  const projection = Object.fromEntries(["tenantId", ...paths.map(fieldOfPath)].map((path) => [path, 1]));
  const total = await collection.estimatedDocumentCount();
  let done = 0;
  let last: mongo.ObjectId | undefined;
  for (;;) {
    const batch = (await collection
      .find(last ? { _id: { $gt: last } } : {}, { projection, sort: { _id: 1 }, limit: batchSize, hint: { _id: 1 } })
      .toArray()) as unknown as SealedDocument[];
    const updates = (
      await Promise.all(batch.map((document) => updateOf(collection.collectionName, document, paths, round)))
    ).filter((update) => update !== undefined);
    if (updates.length > 0) {
      const { matchedCount } = await collection.bulkWrite(updates as never, { ordered: false });
      round.missed += updates.length - matchedCount;
    }
    done += batch.length;
    report(done, Math.max(total, done));
    if (batch.length < batchSize) return;
    last = batch.at(-1)?._id;
  }
}

/** The update that seals a document's stale values anew, if they are still the same then. */
async function updateOf(name: string, document: SealedDocument, paths: readonly string[], round: Round) {
  const former: Record<string, unknown> = {};
  const fresh: Record<string, Sealed> = {};
  for (const path of paths) {
    const place = { collection: name, field: fieldOfPath(path), tenantId: document.tenantId };
    for (const { at, value } of valuesAt(document, path)) {
      if (keyIdOf(value) === round.keyId) continue;
      try {
        fresh[at] = round.cipher.seal(await round.cipher.open(value as Sealed, place), place);
        former[at] = value;
      } catch {
        round.failedKeys.add(keyIdOf(value));
        if (round.failed.length < mostFailures) round.failed.push(`${name} ${document._id.toHexString()} ${at}`);
      }
    }
  }
  const count = Object.keys(fresh).length;
  if (count === 0) return undefined;
  round.changed += count;
  // No new version and no new date: to everybody the document is what it was.
  return { updateOne: { filter: { _id: document._id, ...former }, update: { $set: fresh } } };
}
