// Data keys as a program uses them: unwrapped once, held in memory, never written or logged.
import { createSecretKey, type KeyObject } from "node:crypto";
import {
  type DataKeyDocument,
  type DataKeyStore,
  type DataKeyStoreOptions,
  openDataKeyStore,
} from "./data-key-store.ts";
import { type Logger } from "./logger.ts";
import { fieldOfPath, type SealedPaths } from "./sealed-field.ts";

export interface DataKeys {
  /** The key to seal with. */
  active: () => { id: string; key: KeyObject };
  /** @throws Error when there is no such key, or it cannot be unwrapped; the next call tries again */
  byId: (id: string) => Promise<KeyObject>;
  blindIndex: () => KeyObject;
  /** Counts one value that was sealed. */
  noteUse: (id: string) => void;
  refresh: () => Promise<void>;
}

export interface DataKeysOptions extends DataKeyStoreOptions {
  /** Of `sealedPathsOf(schemas)`. */
  sealed: SealedPaths;
  logger: Logger;
}

/** A key under random IVs must not seal more than 2^32 values (NIST SP 800-38D); we ask for the next one at an eighth. */
export const mostUses = 2 ** 29;

/**
 * Loads the keys of a database, making them on the first start.
 *
 * @throws Error when the key management cannot unwrap them, or does not answer, or keys are missing that sealed values
 */
export async function openDataKeys(options: DataKeysOptions): Promise<DataKeys> {
  const { logger } = options;
  const store = openDataKeyStore(options);
  const unwrapped = new Map<string, Promise<KeyObject>>();
  const uses = new Map<string, number>();

  /** One unwrapping for all who ask at once; a failure is forgotten. */
  const load = (id: string, read: () => Promise<DataKeyDocument | null>): Promise<KeyObject> => {
    const known = unwrapped.get(id);
    if (known) return known;
    const loading = read().then((document) => {
      if (!document) throw new Error(`There is no data key ${id}.`);
      return unwrap(store, document);
    });
    unwrapped.set(id, loading);
    loading.catch(() => unwrapped.delete(id));
    return loading;
  };
  const loaded = async (document: DataKeyDocument) => {
    const key = await load(document._id, () => Promise.resolve(document));
    return { document, id: document._id, key };
  };
  const newestOrFirst = async (purpose: DataKeyDocument["purpose"]) => {
    const newest = await store.newest(purpose);
    if (newest) return loaded(newest);
    await assertNothingSealed(options);
    return loaded(await store.first(purpose));
  };
  let active = await newestOrFirst("fields");
  const blindIndex = await newestOrFirst("blind-index");

  /** Takes up a newer key. Never makes one: while somebody restores a backup, there may be none for a moment. */
  const takeUpNewest = async () => {
    const newest = await store.newest("fields");
    if (!newest) return logger.error({ keyId: active.id }, "The data keys are gone; put dataKeys back from a backup");
    if (newest._id < active.id)
      return logger.error({ keyId: active.id }, "The data key in use is gone; put it back from a newer backup");
    const isRewrapped = newest._id === active.id && newest.wrapped !== active.document.wrapped;
    // Another wrapping key than ours is no fault, and its key cannot be looked at.
    const other = isRewrapped ? await unwrap(store, newest).catch(() => undefined) : undefined;
    if (other && !other.equals(active.key))
      return logger.error({ keyId: active.id }, "The data key is another by this name; put the former dataKeys back");
    active = await loaded(newest);
  };
  return {
    active: () => active,
    byId: (id) => load(id, () => store.find(id)),
    blindIndex: () => blindIndex.key,
    noteUse: (id) => uses.set(id, (uses.get(id) ?? 0) + 1),
    async refresh() {
      for (const [id, count] of uses) {
        if (count === 0) continue;
        await store.addUses(id, count);
        // More may have been sealed meanwhile.
        uses.set(id, (uses.get(id) ?? count) - count);
      }
      await takeUpNewest();
      if (active.document.uses > mostUses)
        logger.warn({ keyId: active.id }, "A data key has sealed much; run `pnpm keys data rotate --yes`");
    },
  };
}

/** A new key would open nothing of what is there. @throws Error */
async function assertNothingSealed({ service, connection, sealed }: DataKeysOptions): Promise<void> {
  for (const [name, paths] of Object.entries(sealed)) {
    const $or = paths.map((path) => ({ [fieldOfPath(path)]: { $exists: true } }));
    if (await connection.collection(name).findOne({ $or }, { projection: { _id: 1 } }))
      throw new Error(
        `${name} of ${service} has sealed values and no data key is there: put dataKeys back from a backup.`,
      );
  }
}

async function unwrap(store: DataKeyStore, document: DataKeyDocument): Promise<KeyObject> {
  const bytes = await store.unwrap(document);
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return key;
}
