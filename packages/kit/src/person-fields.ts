// What becomes of each field that is about a person, when the person asks for a copy or to be forgotten. Each subgraph lists
// its own beside its person-data.ts; tests hold the list against the models, and against what really happens.
import { type Schema } from "mongoose";
import { classifiedPaths } from "./data-class.ts";

export interface PersonField {
  /** The part of the export that has it. */
  exported?: string;
  /** What erasure does with it. */
  erased?: "removed" | "replaced";
  /** Why it is not exported or not erased, and what happens instead. */
  because?: string;
}

/** By collection and path, lists marked by `[]`: `orders.history[].reason`. */
export type PersonFields = Readonly<Record<string, PersonField>>;

const carried = "waits for the audit log, seconds; there it is exported and erased";

/** Fields that the collections of every subgraph have. */
function systemField(path: string): PersonField | undefined {
  if (/\.outbox\[\]\.actor\.\w+$/.test(path)) return { because: carried };
  if (/^outboxEvents\.actor\.\w+$/.test(path)) return { because: carried };
  if (path === "refusedEvents.event") return { because: "an event that nobody could take over; gone after 30 days" };
  return undefined;
}

/** What becomes of a field; undefined for one that nobody has thought of. */
export const personFieldOf = (fields: PersonFields, path: string): PersonField | undefined =>
  fields[path] ?? systemField(path);

/** Personal paths of all collections, as {@link PersonFields} names them. */
export const personalPathsOf = (schemas: Readonly<Record<string, Schema>>): string[] =>
  Object.entries(schemas).flatMap(([collection, schema]) =>
    classifiedPaths(schema).flatMap(({ path, isPersonal }) => (isPersonal ? [`${collection}.${path}`] : [])),
  );

/** What is wrong between models and list, a sentence each. */
export function personFieldProblems(schemas: Readonly<Record<string, Schema>>, fields: PersonFields): string[] {
  const paths = personalPathsOf(schemas);
  const missing = paths.flatMap((path) => {
    const field = personFieldOf(fields, path);
    if (!field) return [`${path} is personal, and nothing says what becomes of it: name it in person-fields.ts.`];
    const isWhole = (field.exported !== undefined && field.erased !== undefined) || field.because !== undefined;
    return isWhole ? [] : [`${path} is not both exported and erased: say why in \`because\`.`];
  });
  const known = new Set(paths);
  const stale = Object.keys(fields).filter((path) => !known.has(path));
  return [...missing, ...stale.map((path) => `${path} is in the list, and no model calls it personal.`)];
}
