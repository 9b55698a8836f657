// Operations that were registered before anybody may send them by id.

/** One operation of a list. */
export interface PersistedOperation {
  /** As clients send it; for most tools the SHA-256 of the text in lower-case hex. */
  id: string;
  /** The document, as text. */
  body: string;
  name: string;
  type: "query" | "mutation";
  /** Apollo's manifests may give one id two bodies for two clients. */
  clientName?: string | undefined;
  /** Whether they did, so that caches which know the id alone must not keep what it answers. */
  isByClient?: true;
}

/** A list that counts: of a first-party client, or the active versions of a partner. */
export interface OperationList {
  /** Tells one content from another: whatever is remembered of a list is remembered under this. */
  version: string;
  /** For log, metrics and usage: `apps` for the lists of our own clients together, or a partner's id. */
  owner: string;
  /** @param clientName what the client calls itself; only a first-party list looks at it */
  find: (id: string, clientName?: string) => PersistedOperation | undefined;
  /** By text, whatever its spaces, comments and order of definitions; for the mode `safelist`. */
  findByText: (body: string) => PersistedOperation | undefined;
  /** Reads all texts, in turns with other work; whoever looks for one before waits until all are read at once. */
  readTexts: () => Promise<void>;
  operations: () => readonly PersistedOperation[];
}

/** Plans operations, so that the first who sends one need not wait for that. Does not reject. */
export type PrepareOperations = (operations: readonly PersistedOperation[]) => Promise<unknown>;
