import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");
const sources = ["subgraphs/*/src/**/*.ts", "gateway/src/**/*.ts", "packages/kit/src/**/*.ts"].flatMap((pattern) =>
  globSync(pattern, { cwd: root }).filter((file) => !file.includes("/generated/") && !file.endsWith(".test.ts")),
);

const namesIn = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name ?? "");

/** Names of events as code writes them: a noun and a past participle in quotes. */
const literal = /"([a-z][a-zA-Z]*\.[a-z][a-zA-Z]*(?:ed|lost|run|Set|Changed|Reset))"/g;

describe("docs/AUDIT.md", () => {
  it("lists every action that the programs write, and no other", () => {
    const written = sources.flatMap((file) => namesIn(readFileSync(resolve(root, file), "utf8"), literal));
    const page = readFileSync(resolve(root, "docs/AUDIT.md"), "utf8");
    const listed = namesIn(page, /`([a-z][a-zA-Z]*\.[a-z][a-zA-Z]*(?:ed|lost|run|Set|Changed|Reset))`/g);
    expect([...new Set(listed)].sort()).toEqual([...new Set(written)].sort());
  });
});
