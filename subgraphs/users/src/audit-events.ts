// How events of all subgraphs read in the audit log.
import { type OutboxEvent } from "@tradegraph/kit/outbox-event";
import { type NewAuditEntry } from "./commands/audit-insert.ts";
import { auditOutcomes, type StoredAuditOutcome } from "./enums.ts";

/**
 * What an event must be about to count as security: sign-ins, refusals, keys, who may do what. Everything else is a
 * change of data.
 */
const securityNouns = new Set([
  "account",
  "apiKey",
  "companyInvitation",
  "companyMember",
  "email",
  "login",
  "operationList",
  "partner",
  "password",
  "passwordChange",
  "passwordReset",
  "person",
  "request",
  "session",
  "token",
]);

/** Security, although other events of the same noun are not. */
const securityEvents = new Set(["user.deactivated", "user.reactivated", "user.roleSet"]);

export const isSecurity = (type: string): boolean =>
  securityEvents.has(type) || securityNouns.has(type.split(".")[0] ?? "");

/** Things that have another name in the graph than in the database. */
const graphNames: Readonly<Record<string, string>> = {
  Invitation: "CompanyInvitation",
  Membership: "CompanyMembership",
};

const isOutcome = (value: unknown): value is StoredAuditOutcome => auditOutcomes.some((outcome) => outcome === value);

const textOf = (value: unknown) => (typeof value === "string" && value !== "" ? value.slice(0, 64) : undefined);

/** Never fails: an event that cannot be written down would hold up all later ones. */
export function auditEntryOf(source: string, event: OutboxEvent): NewAuditEntry & { tenantId: string } {
  const { data = {} } = event;
  const entity = { ...event.entity, type: graphNames[event.entity.type] ?? event.entity.type };
  const code = textOf(data.code);
  const changes = Array.isArray(data.changes) ? data.changes.flatMap((name) => textOf(name) ?? []) : [];
  return {
    tenantId: event.tenantId,
    eventId: event.eventId,
    at: event.at,
    category: isSecurity(event.type) ? "security" : "write",
    action: event.type,
    outcome: isOutcome(data.outcome) ? data.outcome : "success",
    actor: event.actor,
    source,
    subject: entity,
    entityTypes: [entity.type],
    changes: changes.slice(0, 100),
    ...(code !== undefined && { code }),
    ...(typeof data.count === "number" && data.count >= 1 && { count: data.count }),
  };
}
