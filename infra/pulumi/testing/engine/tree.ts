// A run in text that people review: what belongs to what, and what is protected.
import { type Outcome, type Step } from "./outcome.ts";

const short = (type: string) => type.replace(/^aws:(\w+)\/.*:(\w+)$/, "$1.$2").replace(/^.*:/, "");

/**
 * The resources as an indented tree, in alphabetical order so that it does not depend on what the engine began first.
 * @param withOperations says what happens to each, where it is not "same"
 */
export function treeOf({ steps }: Pick<Outcome, "steps">, withOperations = false): string {
  const urns = new Set(steps.map(({ urn }) => urn));
  const below = Map.groupBy(steps, ({ parent }) => (urns.has(parent) ? parent : ""));
  const line = ({ type, name, protect, op, changed }: Step) =>
    [
      withOperations && op !== "same" ? `${op}: ` : "",
      `${short(type)} ${name}`,
      protect ? " (protected)" : "",
      withOperations && changed.length > 0 ? ` [${changed.join(", ")}]` : "",
    ].join("");
  const branch = (parent: string, depth: number): string[] =>
    (below.get(parent) ?? [])
      .map((step) => ({ step, text: line(step) }))
      .sort((a, b) => (a.text < b.text ? -1 : 1))
      .flatMap(({ step, text }) => ["  ".repeat(depth) + text, ...branch(step.urn, depth + 1)]);
  return `${branch("", 0).join("\n")}\n`;
}
