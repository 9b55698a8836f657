// Who a fetch is made for, as far as its answer may depend on it.
import { createHmac } from "node:crypto";
import { anonymousViewer, pricedFor, type Viewer } from "@tradegraph/kit/viewer";
import { LRUCache } from "lru-cache";
import { stringify } from "safe-stable-stringify";
import { type CacheAudience, type CacheDimension, type CachePolicy } from "./cache-policy.ts";

/** How a fetch under a policy is made for one caller. */
export type CallerPart =
  /** As the caller, and not kept. */
  | { isKept: false }
  | {
      isKept: true;
      /** What the answer may depend on besides tenant, question and schema; part of the key. */
      variant: string;
      /** Whom the subgraph sees: nobody for PUBLIC, dimension values only with `vary`, the caller without address for PRIVATE. */
      viewer: Viewer;
    };

export type CallerOf = (viewer: Viewer, policy: CachePolicy) => CallerPart;

const audiences: Readonly<Record<CacheAudience, (viewer: Viewer) => boolean>> = {
  SIGNED_IN: ({ userId }) => userId !== undefined,
  STAFF: ({ role }) => role === "admin",
  SUPPLIER: ({ role }) => role === "supplier",
  PARTNER: ({ role }) => role === "partner",
};

/** What the answer depends on, and whom the subgraph sees so that it can depend on nothing else. */
const dimensions: Readonly<Record<CacheDimension, (viewer: Viewer) => Partial<Viewer>>> = {
  COMPANY: (viewer) => {
    const companyId = pricedFor(viewer);
    return companyId === undefined ? {} : { companyId };
  },
};

/**
 * @param secret key of the hash that stands for a caller, the same for all gateways that share a cache; keys of entries
 *   tell nobody's id
 */
export function createCallerOf(secret: string): CallerOf {
  // The same for all callers of a tenant, and needed for each of their requests.
  const everybody = new LRUCache<string, CallerPart>({ max: 1_000 });
  const publicPart = (tenantId: string): CallerPart => {
    const known = everybody.get(tenantId);
    if (known) return known;
    const part: CallerPart = { isKept: true, variant: "public", viewer: Object.freeze(anonymousViewer(tenantId)) };
    everybody.set(tenantId, part);
    return part;
  };
  return (viewer, { maxAge, scope, vary, bypass }) => {
    // Our own programs see what nobody else does, and ask for little.
    const isApart = viewer.role === "service" || bypass.some((audience) => audiences[audience](viewer));
    if (maxAge === 0 || isApart) return { isKept: false };
    if (scope === "PRIVATE") return privatePart(secret, viewer);
    if (vary.length === 0) return publicPart(viewer.tenantId);
    const values = Object.assign({}, ...vary.map((dimension) => dimensions[dimension](viewer))) as Partial<Viewer>;
    const variant = `public ${stringify(values)}`;
    return { isKept: true, variant, viewer: { ...anonymousViewer(viewer.tenantId), ...values } };
  };
}

function privatePart(secret: string, viewer: Viewer): CallerPart {
  const { address: _address, ...caller } = viewer;
  // A visitor has nothing of its own.
  if (caller.userId === undefined && caller.partnerId === undefined) return { isKept: false };
  const seen = { ...caller, scopes: [...caller.scopes].sort() };
  const hash = createHmac("sha256", secret)
    .update(`cache variant ${stringify(seen)}`)
    .digest("base64url");
  return { isKept: true, variant: `private ${hash}`, viewer: seen };
}
