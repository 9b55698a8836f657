import { type Connection } from "mongoose";
import { openDataKeyStore } from "./data-key-store.ts";
import { type KeyManagement } from "./key-management.ts";

/**
 * Wraps the data keys of a database anew, for another key file or KMS key. Values stay as they are, and running programs
 * go on with what they hold in memory. A run that was cut is repeated.
 *
 * @returns ids of the keys that were wrapped anew
 * @throws Error when one was wrapped by neither of the two
 */
export async function rewrapDataKeys(options: {
  service: string;
  connection: Connection;
  from: KeyManagement;
  to: KeyManagement;
}): Promise<string[]> {
  const { service, connection, from, to } = options;
  const store = openDataKeyStore({ service, connection, keyManagement: from });
  const wrapped: string[] = [];
  for (const document of await store.list()) {
    if (document.provider === to.name) continue;
    if (await store.rewrap(document, to)) wrapped.push(document._id);
  }
  return wrapped;
}
