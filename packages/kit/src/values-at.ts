/**
 * The values at a path of a document, each with its own path; `[]` marks a list, and what is missing is left out.
 *
 * @example [...valuesAt({ lines: [{ sku: "A" }, {}] }, "lines[].sku")] // [{ at: "lines.0.sku", value: "A" }]
 */
export function* valuesAt(document: unknown, path: string): Generator<{ at: string; value: unknown }> {
  yield* walk(document, path.split("."), []);
}

function* walk(value: unknown, [step, ...rest]: string[], at: string[]): Generator<{ at: string; value: unknown }> {
  if (value === undefined || value === null) return;
  if (step === undefined) {
    yield { at: at.join("."), value };
    return;
  }
  const name = step.replace(/\[\]$/, "");
  const next = (value as Record<string, unknown>)[name];
  if (name === step) {
    yield* walk(next, rest, [...at, name]);
    return;
  }
  for (const [index, element] of ((next ?? []) as unknown[]).entries()) {
    yield* walk(element, rest, [...at, name, String(index)]);
  }
}
