// What differs between two sets of inputs, in the paths the engine shows.
import { type Kind } from "../aws-schema/kind.ts";
import { factsOf, replacesEverywhere } from "./facts-of.ts";
import { nameField } from "./names.ts";
import { type Properties } from "./struct.ts";

export interface Change {
  /** "tags.owner", "rules[0].days" */
  path: string;
  kind: "add" | "delete" | "update";
  /** The first part of the path. */
  field: string;
  replaces: boolean;
}

/** Every change from `olds` to `news` but those to ignored fields. */
export function changesOf(token: string, kind: Kind, olds: Properties, news: Properties, ignored: string[]): Change[] {
  const own = new Set([...replacesEverywhere, ...(factsOf(token).replaces ?? [])]);
  const named = nameField(token, kind);
  const { id } = factsOf(token);
  // A name that is the id, or part of the ARN, cannot change in place.
  if (named && id !== "uuid") own.add(named);
  const skip = new Set(ignored);
  return compare(olds, news, "")
    .map((change) => ({ ...change, field: change.path.split(/[.[]/)[0] ?? change.path }))
    .filter((change) => !skip.has(change.path) && !skip.has(change.field))
    .map((change) => ({ ...change, replaces: own.has(change.field) || kind.inputs[change.field]?.replaces === true }));
}

function compare(old: unknown, now: unknown, path: string): Pick<Change, "path" | "kind">[] {
  const both = typeof old === "object" && typeof now === "object" && old !== null && now !== null;
  if (!both || Array.isArray(old) !== Array.isArray(now)) {
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    return [{ path, kind: old === undefined ? "add" : now === undefined ? "delete" : "update" }];
  }
  const keys = new Set([...Object.keys(old), ...Object.keys(now)].filter((key) => key !== "__defaults"));
  return [...keys].flatMap((key) =>
    compare((old as Properties)[key], (now as Properties)[key], below(path, key, Array.isArray(old))),
  );
}

function below(path: string, key: string, list: boolean): string {
  if (list) return `${path}[${key}]`;
  if (!/^[A-Za-z_]\w*$/.test(key)) return `${path}["${key}"]`;
  return path ? `${path}.${key}` : key;
}
