import { describe, expect, it } from "vitest";
import { type AuditRecord } from "./record.ts";
import { recordLine } from "./record-line.ts";

/** Each member there is; a new one does not compile before it stands here. */
const whole: Required<AuditRecord> = {
  ...{ eventId: "event-1", category: "ACCESS", action: "operation.run", outcome: "SUCCESS" },
  ...{ at: "2026-01-01T00:00:00.000Z", tenantId: "acme", role: "customer", userId: "u", partnerId: "p" },
  ...{ companyId: "c", sessionId: "s", address: "::1", requestId: 'r"\n\\\u2028', entityTypes: ["Product", 'A"'] },
  ...{ operation: "Größe 💶", code: "FORBIDDEN", count: 3 },
};
const names = Object.keys(whole) as (keyof AuditRecord)[];
const read = (record: AuditRecord) => JSON.parse(recordLine(record)) as unknown;

describe("recordLine", () => {
  it("is one line with all members", () => {
    expect(read(whole)).toEqual(whole);
    expect(recordLine(whole).match(/\n/g)).toHaveLength(1);
  });

  it.each(names)("leaves out %s where it is not known", (name) => {
    const { [name]: _, ...rest } = whole;
    expect(read({ ...whole, [name]: undefined })).toEqual(rest);
  });

  it.each(names)("takes nothing of another record for %s", (name) => {
    // The same list of types, by which texts are remembered.
    const { entityTypes } = whole;
    const other = { ...whole, [name]: name === "count" ? 4 : name === "entityTypes" ? ["Other"] : "other" };
    for (const record of [whole, other, whole, other]) expect(read(record)).toEqual(record);
    expect(read({ ...other, entityTypes })).toEqual({ ...other, entityTypes });
  });
});
