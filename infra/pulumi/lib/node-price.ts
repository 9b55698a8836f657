// What an hour of a database instance or cache node costs, of classes whose price was not read as well.
import { nodeHour } from "./prices.ts";

/** In a family of AWS's each size costs twice the one before; large is 8 of these units. */
const UNITS: Record<string, number> = { micro: 1, small: 2, medium: 4, large: 8, xlarge: 16 };

interface Class {
  /** "db" or "cache" */
  what: string;
  /** "r6g" */
  family: string;
  units: number;
}

function classOf(name: string): Class | undefined {
  const [, what, family, times, size] = /^(db|cache)\.(\w+)\.(\d*)(\w+)$/.exec(name) ?? [];
  const units = UNITS[size ?? ""];
  return what && family && units ? { what, family, units: units * Number(times || 1) } : undefined;
}

const known = Object.entries(nodeHour).flatMap(([name, usd]) => {
  const read = classOf(name);
  return read ? [{ ...read, usdPerUnit: usd / read.units }] : [];
});

/**
 * Dollars an hour. A class that nobody has looked up costs what its size would cost in its family, or else in the dearest
 * family there is: a slip in a size must be seen by the ceiling of costs, and not pass for something ordinary.
 * @throws where the name is no class with a size
 */
export function nodePrice(name: string): number {
  const exact = nodeHour[name];
  if (exact !== undefined) return exact;
  const wanted = classOf(name);
  const alike = known.filter(({ what }) => what === wanted?.what);
  if (!wanted || alike.length === 0) throw new Error(`lib/prices.ts has no price for ${name}, and its size says none`);
  const related = alike.filter(({ family }) => family === wanted.family);
  return wanted.units * Math.max(...(related.length > 0 ? related : alike).map(({ usdPerUnit }) => usdPerUnit));
}
