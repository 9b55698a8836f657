// How deep JSON of clients may be nested. JSON.parse takes any depth, but graphql-js, the cost estimate and JSON.stringify
// call themselves for each level, and the stack ends after some thousand.
import { badRequest } from "./refusal.ts";

/** The deepest input of the shop has six levels. */
export const maxJsonDepth = 100;

const isNested = (value: unknown): value is object => typeof value === "object" && value !== null;

/** @returns the value. @throws GraphQLError 400 */
export function shallowJson<T>(value: T): T {
  let level = [value].filter(isNested) as object[];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth >= maxJsonDepth) throw badRequest(`JSON may be nested ${maxJsonDepth} levels deep, and not deeper.`);
    level = level.flatMap((one) => Object.values(one).filter(isNested) as object[]);
  }
  return value;
}

const [percent, bracket, brace] = ["%", "[", "{"].map((character) => character.charCodeAt(0));

/** Whether there may be so many brackets that open; each character that is escaped counts as one. */
function mayBeDeep(search: string): boolean {
  let opened = 0;
  for (let at = 0; at < search.length && opened <= maxJsonDepth; at += 1) {
    const code = search.charCodeAt(at);
    if (code === percent || code === bracket || code === brace) opened += 1;
  }
  return opened > maxJsonDepth;
}

/** The same for `variables` and `extensions` of a query string. Whether that is JSON at all, others say. */
export function checkSearchDepth(search: string): void {
  // Each level takes two characters; a name may be written with escapes. Reading parameters takes longer than a hit may.
  if (search.length < 2 * maxJsonDepth || !mayBeDeep(search)) return;
  const given = new URLSearchParams(search);
  for (const text of [...given.getAll("variables"), ...given.getAll("extensions")]) {
    if (text.length < 2 * maxJsonDepth) continue;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      continue;
    }
    shallowJson(value);
  }
}
