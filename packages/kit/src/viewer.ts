import { z } from "zod";

/** Platform roles (ruling 5) and the two callers that are no account. */
export const viewerRoles = ["anonymous", "customer", "supplier", "admin", "service"] as const;
export type ViewerRole = (typeof viewerRoles)[number];

/** Who asks, as the gateway found out once and every subgraph believes, because it is signed. */
export interface Viewer {
  tenantId: string;
  role: ViewerRole;
  /** ObjectId hex; absent for anonymous visitors and services. */
  userId?: string | undefined;
  /** The company the viewer acts for, ObjectId hex. */
  companyId?: string | undefined;
  scopes: readonly string[];
}

/** A tenant is a lower-case slug and names a marketplace instance (ruling 1). */
export const tenantIdPattern = /^[a-z][a-z0-9-]{1,31}$/;

const viewerSchema = z.strictObject({
  tenantId: z.string().regex(tenantIdPattern),
  role: z.enum(viewerRoles),
  userId: z.string().optional(),
  companyId: z.string().optional(),
  scopes: z.array(z.string()),
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
