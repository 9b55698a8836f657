// Records of one turn of the event loop, which are written at once. Those that differ in nothing but their requests become
// one line: a busy gateway answers the same questions again and again, and a line for each took a fifth of an answer's time.
import { type AuditRecord } from "./record.ts";
import { isSameKind, recordLine, requestText } from "./record-line.ts";

export interface Line {
  text: string;
  category: AuditRecord["category"];
  /** Records in it. */
  count: number;
}

export interface Turn {
  add: (record: AuditRecord) => void;
  /** In the order of their first records. */
  lines: () => Line[];
}

interface Group {
  record: AuditRecord;
  /** Of the requests after the first. */
  others: string;
  count: number;
}

/** Requests of one line; what users makes of them are as many entries. */
const mostRequests = 100;

const isSame = (one: AuditRecord, other: AuditRecord): boolean =>
  one.at === other.at &&
  one.address === other.address &&
  one.userId === other.userId &&
  one.partnerId === other.partnerId &&
  one.companyId === other.companyId &&
  one.sessionId === other.sessionId &&
  isSameKind(one, other);

export function createTurn(): Turn {
  const groups: Group[] = [];
  /** By the list of types, which answers from memory share with the kept answer. */
  const last = new Map<readonly string[], Group>();
  return {
    add(record) {
      const { entityTypes, requestId } = record;
      const mayJoin = entityTypes !== undefined && requestId !== undefined && record.count === undefined;
      const group = mayJoin ? last.get(entityTypes) : undefined;
      if (group && requestId !== undefined && group.count < mostRequests && isSame(group.record, record)) {
        group.others += requestText(requestId);
        group.count += 1;
        return;
      }
      const begun = { record, others: "", count: 1 };
      groups.push(begun);
      if (mayJoin) last.set(entityTypes, begun);
    },
    lines: () =>
      groups.map(({ record, others, count }) => ({
        text: recordLine(record, others),
        category: record.category,
        count,
      })),
  };
}
