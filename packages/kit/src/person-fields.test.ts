import { expect, it } from "vitest";
import { defineSchema } from "./model.ts";
import { outboxFields } from "./outbox.ts";
import { personFieldProblems } from "./person-fields.ts";

const note = { type: String, dataClass: "confidential", personal: true };
const schemas = { orders: defineSchema({ note, total: { type: Number, dataClass: "confidential" }, ...outboxFields }) };

it("is content when every personal field is exported and erased, or has a reason", () => {
  expect(personFieldProblems(schemas, { "orders.note": { exported: "orders", erased: "removed" } })).toEqual([]);
  expect(personFieldProblems(schemas, { "orders.note": { erased: "removed", because: "lasts a minute" } })).toEqual([]);
});

it("names what is missing, half or stale", () => {
  expect(personFieldProblems(schemas, {})).toEqual([
    "orders.note is personal, and nothing says what becomes of it: name it in person-fields.ts.",
  ]);
  expect(
    personFieldProblems(schemas, { "orders.note": { exported: "orders" }, "orders.total": { because: "x" } }),
  ).toEqual([
    "orders.note is not both exported and erased: say why in `because`.",
    "orders.total is in the list, and no model calls it personal.",
  ]);
});
