import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");

/** Models with a cache rule, by subgraph. */
const ruled = (subgraph: string): string[] =>
  [
    ...readFileSync(resolve(root, `subgraphs/${subgraph}/src/cache-rules.ts`), "utf8").matchAll(/\b([A-Z]\w+): \{/g),
  ].map(([, name]) => name ?? "");

/** Pieces of a program that make documents: from the call to the end of the statement. */
function* creations(text: string, models: readonly string[]): Generator<string> {
  const calls = new RegExp(`models\\.(?:${models.join("|")})\\s*\\.(?:create|insertMany)\\([\\s\\S]*?;\\n`, "g");
  for (const [call] of text.matchAll(calls)) yield call;
}

describe("commands that make documents which are cached", () => {
  it.each(["products", "orders", "users", "content"])("of %s give each an entry in its outbox", (subgraph) => {
    const models = ruled(subgraph);
    expect(models.length).toBeGreaterThan(0);
    const files = globSync(`subgraphs/${subgraph}/src/commands/*.ts`, { cwd: root });
    const silent = files.flatMap((file) => {
      const text = readFileSync(resolve(root, file), "utf8");
      // The entry may have been spread into the fields before.
      return [...creations(text, models)].filter(
        (call) => !/withOutbox|\.\.\.event|\.\.\.fields/.test(call) || !/withOutbox/.test(text),
      );
    });
    expect(silent).toEqual([]);
  });
});
