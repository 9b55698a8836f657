import { type Models } from "../models.ts";
import { type CounterDocument } from "../models/counter.ts";

const prefixes = { order: "A", quote: "Q" } as const;

/** @example numberText("order", 2026, 42) // "A-2026-000042" */
export const numberText = (name: CounterDocument["name"], year: number, value: number): string =>
  `${prefixes[name]}-${year}-${String(value).padStart(6, "0")}`;

/**
 * Takes the next number, which nobody else gets. The sequence does not begin anew with the year, so numbers never repeat;
 * one that is taken and not used is left out.
 */
export async function nextNumber(models: Models, name: CounterDocument["name"], now = new Date()): Promise<string> {
  const counter = await models.Counter.findOneAndUpdate(
    { name },
    // A counter that was used is no longer demo data: `seed clean` must leave it.
    { $inc: { value: 1, version: 1 }, $unset: { _seed: 1 } },
    { upsert: true, returnDocument: "after", setDefaultsOnInsert: false },
  ).lean<CounterDocument>();
  return numberText(name, now.getUTCFullYear(), counter?.value ?? 0);
}
