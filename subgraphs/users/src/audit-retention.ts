import { type StoredAuditCategory } from "./enums.ts";

/** How long audit entries are kept, in days. */
export interface AuditRetention {
  /** Security events and writes. */
  days: number;
  /** Access records, of which there is one for each operation. */
  accessDays: number;
}

export const defaultAuditRetention: AuditRetention = { days: 400, accessDays: 90 };

const dayMs = 24 * 3_600_000;

/** When an entry is removed by the database. */
export function expiryOf({ days, accessDays }: AuditRetention, category: StoredAuditCategory, at: Date): Date {
  return new Date(at.getTime() + (category === "access" ? accessDays : days) * dayMs);
}
