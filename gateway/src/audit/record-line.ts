// A record as the line of the spool that it becomes. One is written for each operation, answers from memory included, and
// JSON.stringify takes as long for a record as they do.
import { type AuditRecord } from "./record.ts";

/** What records of many runs of an operation have in common. */
type Common = Pick<AuditRecord, "category" | "action" | "outcome" | "tenantId" | "role" | "operation" | "code">;

interface Known {
  of: Common;
  text: string;
}

/** Of the list of types, which answers from memory share with the kept answer: the last text that was made. */
const known = new WeakMap<readonly string[], Known>();

/** Whether two records are alike but for who, when and which request; of the list of types nothing is said. */
export const isSameKind = (one: Common, other: Common): boolean =>
  one.operation === other.operation &&
  one.tenantId === other.tenantId &&
  one.role === other.role &&
  one.outcome === other.outcome &&
  one.code === other.code &&
  one.action === other.action &&
  one.category === other.category;

function textOf({ category, action, outcome, tenantId, role, operation, code, entityTypes }: AuditRecord): string {
  return JSON.stringify({ category, action, outcome, tenantId, role, operation, code, entityTypes }).slice(1);
}

function commonText(record: AuditRecord): string {
  const { entityTypes } = record;
  const found = entityTypes && known.get(entityTypes);
  if (found && isSameKind(found.of, record)) return found.text;
  const text = textOf(record);
  if (entityTypes) known.set(entityTypes, { of: record, text });
  return text;
}

/** What JSON shows as it is: ids, times and addresses. Looking takes a third of the time of `JSON.stringify`. */
const plain = /^[\w.:-]*$/;

/** A string as JSON. */
const quoted = (value: string): string => (plain.test(value) ? `"${value}"` : JSON.stringify(value));

const member = (name: string, value: string | number | undefined): string => {
  if (value === undefined) return "";
  return `"${name}":${typeof value === "string" ? quoted(value) : value},`;
};

/** Another request for {@link recordLine}. */
export const requestText = (requestId: string): string => `,${quoted(requestId)}`;

/**
 * A record as JSON, with its line break.
 *
 * @param others texts of more requests that it is about, see AuditEntry
 */
export function recordLine(record: AuditRecord, others = ""): string {
  const { eventId, at, requestId, address, userId, partnerId, companyId, sessionId, count } = record;
  const who =
    (userId ?? partnerId ?? companyId ?? sessionId)
      ? member("userId", userId) +
        member("partnerId", partnerId) +
        member("companyId", companyId) +
        member("sessionId", sessionId)
      : "";
  const requests =
    others === "" ? member("requestId", requestId) : `"requestIds":[${quoted(requestId ?? "")}${others}],`;
  const which = `${member("eventId", eventId)}${member("at", at)}${requests}`;
  return `{${which}${member("address", address)}${who}${member("count", count)}${commonText(record)}\n`;
}
