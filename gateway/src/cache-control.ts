/** Hint for Apollo's overall cache policy, as in its own data source. */
export interface CacheHint {
  maxAge: number;
  scope?: "PUBLIC" | "PRIVATE";
}

/** Reads a subgraph's `cache-control` header; without a valid `max-age` the whole answer may not be cached. */
export function parseCacheControl(header: string | string[] | undefined): CacheHint {
  const directives = new Map(
    String(header ?? "")
      .split(",")
      .map((part): [string, string | undefined] => {
        const [name = "", value] = part.trim().toLowerCase().split("=");
        return [name, value];
      }),
  );
  const seconds = directives.get("max-age");
  const cacheable = !directives.has("no-store") && !directives.has("no-cache") && /^\d+$/.test(seconds ?? "");
  const hint: CacheHint = { maxAge: cacheable ? Number(seconds) : 0 };
  if (directives.has("private")) hint.scope = "PRIVATE";
  else if (directives.has("public")) hint.scope = "PUBLIC";
  return hint;
}
