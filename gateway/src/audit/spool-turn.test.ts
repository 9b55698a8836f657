import { describe, expect, it } from "vitest";
import { type AuditEntry, type AuditRecord } from "./record.ts";
import { createTurn } from "./spool-turn.ts";

const entityTypes = ["Product"];
/** Each member there is; a new one does not compile before it stands here. */
const whole: Required<Omit<AuditRecord, "count">> = {
  ...{ eventId: "event-1", category: "ACCESS", action: "operation.run", outcome: "SUCCESS" },
  ...{ at: "2026-01-01T00:00:00.000Z", tenantId: "acme", role: "customer", userId: "u", partnerId: "p" },
  ...{ companyId: "c", sessionId: "s", address: "::1", requestId: "first", entityTypes },
  ...{ operation: "Shelf", code: "FORBIDDEN" },
};
const entriesOf = (records: readonly AuditRecord[]) => {
  const turn = createTurn();
  for (const record of records) turn.add(record);
  const lines = turn.lines();
  const entries = lines.map(({ text }) => JSON.parse(text) as AuditEntry);
  // What is lost is counted by these.
  expect(lines.map(({ count }) => count)).toEqual(entries.map(({ requestIds }) => requestIds?.length ?? 1));
  expect(lines.map(({ category }) => category)).toEqual(entries.map(({ category }) => category));
  return entries;
};
const { requestId, ...common } = whole;

describe("records of one turn", () => {
  it("become one entry where they differ in nothing but their requests", () => {
    const records = [requestId, 'r"2', "r3"].map((id, n) => ({ ...whole, eventId: `event-${n + 1}`, requestId: id }));
    expect(entriesOf(records)).toEqual([{ ...common, requestIds: ["first", 'r"2', "r3"] }]);
  });

  it("stay alone where there is one", () => {
    expect(entriesOf([whole])).toEqual([whole]);
  });

  it.each((Object.keys(common) as (keyof typeof common)[]).filter((name) => name !== "eventId"))(
    "stay apart where they differ in %s",
    (name) => {
      const other = { ...whole, [name]: name === "entityTypes" ? ["Product"] : "other", requestId: "second" };
      expect(entriesOf([whole, other])).toEqual([whole, other]);
      const { [name]: _, ...less } = whole;
      expect(entriesOf([whole, { ...less, requestId: "second" } as AuditRecord])).toHaveLength(2);
    },
  );

  it("stay apart where one stands for several events, or has no request", () => {
    const counted = { ...whole, count: 2 };
    const without: AuditRecord = common;
    expect(entriesOf([counted, counted])).toEqual([counted, counted]);
    expect(entriesOf([without, without])).toEqual([without, without]);
  });

  it("become another entry after a hundred", () => {
    const records = Array.from({ length: 250 }, (_, n) => ({ ...whole, eventId: `event-${n}`, requestId: `r${n}` }));
    const entries = entriesOf(records);
    expect(entries.map(({ eventId }) => eventId)).toEqual(["event-0", "event-100", "event-200"]);
    expect(entries.flatMap(({ requestIds }) => requestIds)).toEqual(records.map((one) => one.requestId));
  });
});
