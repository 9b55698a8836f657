// What the demo shop has few of, many times: partners, members of one company, entries of the audit log.
import { randomUUID } from "node:crypto";
import { type TestGraph } from "@tradegraph/testkit/start-graph";
import mongoose from "mongoose";
import { type DemoShop } from "./demo.ts";

/** Action of the entries that are put into the audit log. */
export const countedAction = "counted.entry";

const howMany = 40;

/** Each thing is of another person or company, so that a command for each of them would be seen. */
export async function fillShop({ mongo, databaseOf }: TestGraph, { plan }: DemoShop, companyId: string): Promise<void> {
  const db = mongo.db(databaseOf("users"));
  const { tenantId } = plan;
  const now = new Date();
  const base = () => ({ tenantId, version: 1, createdAt: now, updatedAt: now });
  const outbox = { outbox: [], hasOutbox: false };
  const numbers = Array.from({ length: howMany }, (_, n) => n);
  await db.collection("auditLog").insertMany(
    numbers.map((n) => ({
      ...base(),
      ...{ eventId: randomUUID(), at: now, expiresAt: new Date(now.getTime() + 86_400_000) },
      ...{
        category: "write",
        action: countedAction,
        outcome: "success",
        source: "users",
        entityTypes: [],
        changes: [],
      },
      actor: { role: "customer", userId: plan.id("user", n).toHexString() },
    })),
  );
  await db.collection("partners").insertMany(
    numbers.map((n) => ({
      ...{ ...base(), ...outbox, isActive: true, apiKeys: [] },
      ...{ name: `Counted ${n}`, nameSort: `counted ${n}`, contactEmail: `counted-${n}@partner.example` },
      companyId: plan.id("company", n),
    })),
  );
  const memberships = db.collection("memberships");
  const company = new mongoose.Types.ObjectId(companyId);
  const members = await memberships.distinct("userId", { tenantId, companyId: company });
  const others = numbers.map((n) => plan.id("user", n)).filter((id) => !members.some((member) => id.equals(member)));
  await memberships.insertMany(
    others.map((userId) => ({
      ...{ ...base(), ...outbox, userId, companyId: company, role: "buyer", spendingPeriod: "month", hasSlots: false },
      spendingLimit: { amount: 100_000, currency: "EUR" },
    })),
  );
}
