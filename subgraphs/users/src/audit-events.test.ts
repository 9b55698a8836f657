import { type OutboxEvent } from "@tradegraph/kit/outbox-event";
import { describe, expect, it } from "vitest";
import { auditEntryOf } from "./audit-events.ts";

const id = "a".repeat(24);

const event = (type: string, entity: string): OutboxEvent => ({
  ...{ sequence: 1, tenantId: "alpenmarkt", eventId: "e".repeat(24), type, at: new Date() },
  ...{ entity: { type: entity, id }, actor: { role: "customer" } },
});

describe("an entry of the audit log", () => {
  it("names things as the graph does, so that writes and reads of one thing are found together", () => {
    const entryOf = (type: string, entity: string) => auditEntryOf("users", event(type, entity));
    expect(entryOf("companyMember.added", "Membership")).toMatchObject({
      subject: { type: "CompanyMembership", id },
      entityTypes: ["CompanyMembership"],
    });
    expect(entryOf("companyInvitation.accepted", "Invitation").subject?.type).toBe("CompanyInvitation");
    expect(entryOf("order.placed", "Order").subject?.type).toBe("Order");
  });
});
