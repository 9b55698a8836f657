import { parse } from "@tusbar/cache-control";

/** Hint for Apollo's overall cache policy, as in its own data source. */
export interface CacheHint {
  maxAge: number;
  scope?: "PUBLIC" | "PRIVATE";
}

/** Reads a subgraph's `cache-control` header; without a valid `max-age` the whole answer may not be cached. */
export function parseCacheControl(header: string | string[] | undefined): CacheHint {
  const control = parse(Array.isArray(header) ? header.join(", ") : header);
  const isKept = control.noStore !== true && control.noCache !== true && !control.noCacheFields?.length;
  const hint: CacheHint = { maxAge: isKept ? (control.maxAge ?? 0) : 0 };
  if (control.private || control.privateFields?.length) hint.scope = "PRIVATE";
  else if (control.public) hint.scope = "PUBLIC";
  return hint;
}
