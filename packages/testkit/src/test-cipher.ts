import { createSecretKey, randomBytes } from "node:crypto";
import { type DataKeys } from "@tradegraph/kit/data-keys";
import { createFieldCipher, type FieldCipher } from "@tradegraph/kit/field-cipher";

const newKey = () => createSecretKey(randomBytes(32));

/** Keys in memory alone, for tests that are not about keys. */
export function createTestKeys(): DataKeys {
  const id = "f0001";
  const key = newKey();
  const blindIndex = newKey();
  return {
    active: () => ({ id, key }),
    byId: (wanted) => (wanted === id ? Promise.resolve(key) : Promise.reject(new Error(`There is no key ${wanted}.`))),
    blindIndex: () => blindIndex,
    noteUse: () => undefined,
    refresh: () => Promise.resolve(),
  };
}

/** The cipher that fakes and the subgraphs of a test file share. */
export const testCipher: FieldCipher = createFieldCipher(createTestKeys());
