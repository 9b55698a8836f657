// Where a part of an answer came from, in the shape of Apollo Router's cache debugger, which Apollo Sandbox shows.

export interface DebugWarning {
  code: string;
  links: { url: string; title: string }[];
  message: string;
}

/** One item of `extensions.apolloCacheDebugging.data`; names as in Apollo Router 2. */
export interface DebuggedPart {
  /** Empty for what may not be kept. */
  key: string;
  invalidationKeys: readonly string[];
  kind: { typename: string; entityKey: Record<string, unknown> } | { rootFields: string[] };
  subgraphName: string;
  subgraphRequest: { query: string; variables?: Record<string, unknown> };
  source: "subgraph" | "cache";
  /** `created`: seconds since 1970. */
  cacheControl: { created: number; maxAge?: number; noStore?: true; public?: true; private?: true };
  shouldStore: boolean;
  /** Of private parts: part of their key, which does not tell whose they are. */
  hashedPrivateId?: string;
  data: { data: unknown };
  warnings: DebugWarning[];
}
