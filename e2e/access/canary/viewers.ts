import { type Viewer } from "@tradegraph/kit/viewer";
import { Types } from "mongoose";
import { type InProcessGraph } from "../in-process-graph.ts";
import { otherTenant } from "../people.ts";

/** People of the other tenant who together see all that anybody there does. */
export async function foreignViewers({ databases }: InProcessGraph): Promise<Viewer[]> {
  const tenantId = otherTenant;
  const sessionId = "5e55105e55105e55105e5510";
  const of = { tenantId };
  const [memberships, sessions, products] = await Promise.all([
    databases.users.collection("memberships").find(of).toArray(),
    databases.users.collection("sessions").find(of).toArray(),
    databases.products.collection("products").find(of).limit(1).toArray(),
  ]);
  const [user = new Types.ObjectId()] = memberships.map(({ userId }) => userId as Types.ObjectId);
  const customers = [...memberships.slice(0, 3), ...sessions.slice(0, 2)].map(({ userId, companyId }): Viewer => ({
    ...{ tenantId, sessionId, role: "customer", userId: String(userId) },
    ...(companyId !== undefined && { companyId: String(companyId) }),
    scopes: ["orders:read-all", "orders:place", "orders:approve", "members:manage"],
  }));
  const suppliers = products.map(({ supplierId }): Viewer => ({
    ...{ tenantId, sessionId, role: "supplier", userId: String(supplierId), scopes: [] },
  }));
  return [
    { tenantId, sessionId, role: "admin", userId: String(user), scopes: ["admin"] },
    { tenantId, role: "service", scopes: ["stock", "spending", "sessions", "api-keys", "audit"] },
    ...customers,
    ...suppliers,
  ];
}
