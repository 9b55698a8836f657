import { z } from "zod";

/** Platform roles (ruling 5) and the callers that are no account: visitors, partners with a key, our own programs. */
export const viewerRoles = ["anonymous", "customer", "supplier", "admin", "partner", "service"] as const;
export type ViewerRole = (typeof viewerRoles)[number];

/** Who asks, as the gateway found out once and every subgraph believes, because it is signed. */
export interface Viewer {
  tenantId: string;
  role: ViewerRole;
  /** ObjectId hex; absent for anonymous visitors, partners and services. */
  userId?: string | undefined;
  /** The company the viewer acts for, ObjectId hex. */
  companyId?: string | undefined;
  /** The session that the access token belongs to, ObjectId hex. */
  sessionId?: string | undefined;
  /** The partner whose API key was sent, ObjectId hex. */
  partnerId?: string | undefined;
  scopes: readonly string[];
  /** Network address of the client, for the audit log and lock-outs; absent where nobody asked over the network. */
  address?: string | undefined;
}

/** Parts of the shop that staff may be let into one by one; the scope is `staff:<area>`. */
export const staffAreas = ["catalogue", "orders", "users", "content", "partners", "audit", "development"] as const;
export type StaffArea = (typeof staffAreas)[number];

/** Scope of staff who may do everything in the tenant. */
export const adminScope = "admin" as const;

/** Whether the viewer is staff with rights over this part of the shop. */
export const isStaff = ({ role, scopes }: Viewer, area: StaffArea): boolean =>
  role === "admin" && (scopes.includes(adminScope) || scopes.includes(`staff:${area}`));

/** Scope of a partner's key for the prices of its company. */
const catalogueScope = "catalogue:read";

/** The company whose agreed prices the viewer gets: the one it acts for; a partner's only where its key says so. */
export const pricedFor = ({ role, companyId, scopes }: Viewer): string | undefined =>
  role !== "partner" || scopes.includes(catalogueScope) ? companyId : undefined;

/** A tenant is a lower-case slug and names a marketplace instance (ruling 1). */
export const tenantIdPattern = /^[a-z][a-z0-9-]{1,31}$/;

/** Tenant under which calls run that are about all tenants, and under which refusals are kept that no shop is known for. */
export const platformTenant = "platform";

/** A shop may have this name: its staff would read what is kept for the platform otherwise. */
export const isShopId = (text: string): boolean => tenantIdPattern.test(text) && text !== platformTenant;

/** Our own programs take ids for what they say they are. */
const objectIdText = z.string().regex(/^[0-9a-f]{24}$/);

const viewerSchema = z.strictObject({
  tenantId: z.string().regex(tenantIdPattern),
  role: z.enum(viewerRoles),
  userId: objectIdText.optional(),
  companyId: objectIdText.optional(),
  sessionId: objectIdText.optional(),
  partnerId: objectIdText.optional(),
  scopes: z.array(z.string()),
  address: z.string().max(64).optional(),
});

/** Visitor without an account. */
export const anonymousViewer = (tenantId: string): Viewer => ({ tenantId, role: "anonymous", scopes: [] });

/** One of our own programs calling another on nobody's behalf, such as the reservation sweeper. */
export const serviceViewer = (tenantId: string, scopes: readonly string[]): Viewer => ({
  tenantId,
  role: "service",
  scopes,
});

/** Base64url JSON, the bytes that the internal assertion signs. */
export const encodeViewer = (viewer: Viewer): string => Buffer.from(JSON.stringify(viewer)).toString("base64url");

/** @returns undefined when the text is not an encoded viewer */
export function decodeViewer(text: string): Viewer | undefined {
  try {
    return viewerSchema.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
  } catch {
    return undefined;
  }
}
