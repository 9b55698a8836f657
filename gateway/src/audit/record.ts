/** What happened, once. */
export interface AuditRecord {
  eventId: string;
  category: "ACCESS" | "SECURITY";
  action: string;
  outcome: "SUCCESS" | "REFUSED" | "FAILED";
  at: string;
  tenantId: string;
  role: string;
  userId?: string | undefined;
  partnerId?: string | undefined;
  companyId?: string | undefined;
  sessionId?: string | undefined;
  address?: string | undefined;
  requestId?: string | undefined;
  operation?: string | undefined;
  entityTypes?: readonly string[];
  code?: string | undefined;
  count?: number;
}

/** One line of the spool, an AuditEntryInput of users: a record, or several that differ in nothing but their requests. */
export interface AuditEntry extends AuditRecord {
  requestIds?: readonly string[];
}

/** Takes a record. Resolves when it survives the end of the process. */
export type KeepRecord = (record: AuditRecord) => Promise<void>;
