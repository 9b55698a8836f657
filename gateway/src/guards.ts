/**
 * What the gateway does beyond federation. Each can be switched off with `GUARDS_OFF`, so that public federation suites
 * run against the same program; in production every missing one is a warning at start.
 */
export const guards = [
  /** Verifies access tokens; off: everybody is anonymous. */
  "viewer",
  /** Finds and checks the tenant; off: `DEFAULT_TENANT` or `public` for everybody. */
  "tenant",
  /** Signs requests to subgraphs (ruling 19). */
  "signing",
  /** Refuses bodies above `BODY_LIMIT_BYTES`. */
  "body-limit",
  /** Demands a header that browsers send only after a preflight. */
  "csrf",
  /** Bounds how often somebody may ask. */
  "rate-limit",
  /** Bounds the size of a document, the selections it makes, and what it may cost. */
  "limits",
  /**
   * Enforces @authenticated, @requiresScopes and @policy. Off: no policy file is read, and a supergraph with these
   * directives is refused.
   */
  "authorization",
  /** Hides everything of an error that is not meant for clients. */
  "masking",
] as const;

export type Guard = (typeof guards)[number];
