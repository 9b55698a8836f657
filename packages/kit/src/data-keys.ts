// Data keys as a program uses them: unwrapped once, held in memory, never written or logged.
import { createSecretKey, type KeyObject } from "node:crypto";
import {
  type DataKeyDocument,
  type DataKeyStore,
  type DataKeyStoreOptions,
  openDataKeyStore,
} from "./data-key-store.ts";
import { type Logger } from "./logger.ts";

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

/** A key under random IVs must not seal more than 2^32 values (NIST SP 800-38D); we ask for the next one at an eighth. */
export const mostUses = 2 ** 29;

/**
 * Loads the keys of a database, making them on the first start.
 *
 * @throws Error when the key management cannot unwrap them, or does not answer
 */
export async function openDataKeys(options: DataKeyStoreOptions & { logger: Logger }): Promise<DataKeys> {
  const store = openDataKeyStore(options);
  const unwrapped = new Map<string, Promise<KeyObject>>();
  const uses = new Map<string, number>();

  /** One unwrapping for all who ask at once; a failure is forgotten. */
  const load = (id: string, read: () => Promise<DataKeyDocument | null>): Promise<KeyObject> => {
    const known = unwrapped.get(id);
    if (known) return known;
    const loading = unwrap(store, id, read);
    unwrapped.set(id, loading);
    loading.catch(() => unwrapped.delete(id));
    return loading;
  };
  const newestOf = async (purpose: DataKeyDocument["purpose"]) => {
    const document = await store.newest(purpose);
    return { document, id: document._id, key: await load(document._id, () => Promise.resolve(document)) };
  };
  let active = await newestOf("fields");
  const blindIndex = await newestOf("blind-index");
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
      active = await newestOf("fields");
      if (active.document.uses > mostUses)
        options.logger.warn({ keyId: active.id }, "A data key has sealed much; run `pnpm keys data rotate --yes`");
    },
  };
}

async function unwrap(
  store: DataKeyStore,
  id: string,
  read: () => Promise<DataKeyDocument | null>,
): Promise<KeyObject> {
  const document = await read();
  if (!document) throw new Error(`There is no data key ${id}.`);
  const bytes = await store.unwrap(document);
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return key;
}
