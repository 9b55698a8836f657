// Personal data that a stolen database must not tell (ruling 28): sealed before it is written, opened in the resolver of
// its field after the permission rule. See docs/ENCRYPTION.md.
import { decrypt, encrypt } from "./aes-gcm.ts";
import { blindIndexOf, fingerprintOf } from "./blind-index.ts";
import { type DataKeys, type DataKeysOptions, openDataKeys } from "./data-keys.ts";
import { type Logger } from "./logger.ts";
import { repeat } from "./repeat.ts";
import { type Sealed, type SealedPlace, sealedPattern } from "./sealed-field.ts";
import { type Worker } from "./subgraph.ts";
import { currentTenant } from "./tenancy.ts";

export interface FieldCipher {
  /** @throws Error outside a tenant, when the place names none */
  seal: (plain: string, place: SealedPlace) => Sealed;
  /** @throws SealedValueError for what was not sealed for this place by a key of ours, plain text included */
  open: (sealed: Sealed, place: SealedPlace) => Promise<string>;
  /** Text that equal values share, for unique indexes and lookups; see `blind-index.ts`. */
  blindIndex: (value: string, place: SealedPlace) => string;
  /** Text that tells whether a value is exactly the same as before, and nobody without the key which one it was. */
  fingerprint: (value: string, place: SealedPlace) => string;
  /** Takes up a newer key and notes how much was sealed; a worker calls it every {@link keyRefreshMs}. */
  refresh: () => Promise<void>;
}

/** A value that cannot be opened. Says where it is, never what it is; callers get INTERNAL_SERVER_ERROR. */
export class SealedValueError extends Error {
  constructor({ collection, field }: SealedPlace, problem: string, cause?: unknown) {
    super(`A value of ${collection}.${field} cannot be opened: ${problem}.`, { cause });
    this.name = "SealedValueError";
  }
}

/** Loads the keys of a database, making them on the first start. @throws Error when the key management refuses */
export const openFieldCipher = async (options: DataKeysOptions): Promise<FieldCipher> =>
  createFieldCipher(await openDataKeys(options));

/** How long a running program goes on sealing with a key after a newer one was made, in milliseconds. */
export const keyRefreshMs = 30_000;

/** Keeps the cipher of a running program up to date. */
export const startKeyRefresh = (cipher: FieldCipher, logger: Logger): Worker =>
  repeat({ name: "data keys", intervalMs: keyRefreshMs, logger, work: cipher.refresh });

const version = "enc:v1";

// JSON keeps the parts apart, whatever is in them.
const contextOf = (keyId: string, { tenantId = currentTenant(), collection, field }: SealedPlace): string =>
  JSON.stringify([version, keyId, tenantId, collection, field]);

/** Id of the key that sealed a value, undefined for what is not sealed. */
export const keyIdOf = (sealed: unknown): string | undefined =>
  typeof sealed === "string" && sealedPattern.test(sealed) ? sealed.split(":", 3)[2] : undefined;

/** @example cipher.seal("+49 40 555 0100", { collection: "users", field: "phone" }) */
export function createFieldCipher(keys: DataKeys): FieldCipher {
  return {
    seal(plain, place) {
      const { id, key } = keys.active();
      keys.noteUse(id);
      return `${version}:${id}:${encrypt(key, Buffer.from(plain), contextOf(id, place))}` as Sealed;
    },
    async open(sealed, place) {
      const keyId = keyIdOf(sealed);
      if (keyId === undefined) throw new SealedValueError(place, "it is not sealed");
      // The tenant is looked up before anything is awaited, where the scope of the caller may end.
      const context = contextOf(keyId, place);
      const key = await keys.byId(keyId).catch((error: unknown) => {
        throw new SealedValueError(place, `its key ${keyId} cannot be had`, error);
      });
      try {
        return decrypt(key, sealed.slice(`${version}:${keyId}:`.length), context).toString("utf8");
      } catch (error) {
        throw new SealedValueError(place, `it was changed, or sealed for another place or by another ${keyId}`, error);
      }
    },
    blindIndex: (value, place) => blindIndexOf(keys.blindIndex(), value, contextOf("", place)),
    fingerprint: (value, place) => fingerprintOf(keys.blindIndex(), value, contextOf("fingerprint", place)),
    refresh: keys.refresh,
  };
}
