// Commands of this repository that documents tell to start: their words and flags are those of the script behind them.
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import manifest from "../package.json" with { type: "json" };

const root = resolve(import.meta.dirname, "..");
const documents = globSync(["README.md", "docs/**/*.md", "infra/*/README.md", "subgraphs/*/README.md"], { cwd: root });
const read = (path: string) => readFileSync(join(root, path), "utf8");
const scripts: Record<string, string> = manifest.scripts;

const FENCE = /^ *```.*?^ *```/gms;

/** Blocks, and spans of code within a paragraph or a cell, each on one line. */
function codeOf(text: string): string[] {
  const blocks = [...text.matchAll(FENCE)].map(([block]) => block.replace(/\\\n\s*/g, " "));
  const paragraphs = text.replace(FENCE, "\n\n").split(/\n\s*\n|\n(?=\s*(?:[-|]|\d+\.) )/);
  const spans = paragraphs.flatMap((one) => [...one.matchAll(/`([^`]+)`/g)].map(([, span = ""]) => span));
  return [...blocks, ...spans.map((span) => span.replace(/\s*\n\s*/g, " "))];
}

interface Call {
  /** What starts: a file, or a script of package.json. */
  what: string;
  words: string[];
}

/** A line's words up to where another command or, after blanks, what it does begins. */
const wordsOf = (rest: string) =>
  (rest.split(/[|;)#]| && | > | {3,}/)[0] ?? "").split(/\s+/).flatMap((word) => (word === "" ? [] : [word]));

function callsOf(text: string): Call[] {
  return codeOf(text).flatMap((code) => {
    const byName = [...code.matchAll(/\bpnpm(?:@12)? ([a-z][\w:-]*)([^\n]*)/g)];
    const byFile = [...code.matchAll(/(?:^|[\s(`])(?:node )?(scripts\/[\w-]+\.(?:sh|ts))([^\n]*)/gm)];
    const inJson = [...code.matchAll(/\["node",("scripts\/[^\]]*)\]/g)];
    return [
      ...byName.flatMap(([, name = "", rest = ""]) => (name in scripts ? [{ what: name, words: wordsOf(rest) }] : [])),
      ...byFile.map(([, what = "", rest = ""]) => ({ what, words: wordsOf(rest) })),
      ...inJson.map(([, list = ""]) => {
        const [what = "", ...words] = JSON.parse(`[${list}]`) as string[];
        return { what, words };
      }),
    ];
  });
}

/** Its own file, or where a shell script goes on; undefined for tools such as vitest. */
function mainOf(what: string): string | undefined {
  const path = what in scripts ? /^node (?:--\S+ )*(\S+\.ts)$/.exec(scripts[what] ?? "")?.[1] : what;
  if (!path?.endsWith(".sh")) return path;
  return /^exec node (\S+\.ts)/m.exec(read(path))?.[1] ?? path;
}

/** The text of a file and of all it imports from this repository. */
function sourceOf(path: string, seen = new Set<string>()): string {
  if (seen.has(path)) return "";
  seen.add(path);
  const text = read(path);
  const imports = [...text.matchAll(/from "(\.[^"]+\.ts)"/g)].map(([, file = ""]) => join(dirname(path), file));
  return [text, ...imports.map((file) => sourceOf(file, seen))].join("\n");
}

/** What a script would not understand. */
function unknownWords({ what, words }: Call): string[] {
  const main = mainOf(what);
  if (main === undefined) return [];
  if (!existsSync(join(root, main))) return [`${what}: no file`];
  const source = sourceOf(main);
  const flags = words.flatMap((word) => /^\[?(--[a-z][a-z-]*)/.exec(word)?.[1] ?? []);
  const plain = words.findIndex((word) => !/^[a-z][a-z-]+$/.test(word));
  // Words before the first flag, address or blank to fill in are subcommands or names that the script lists.
  const named = words.slice(0, plain === -1 ? words.length : plain);
  return [
    ...flags.filter(
      (flag) => !["--help"].includes(flag) && !new RegExp(`["'\`](?:-\\w, )?${flag}(?![\\w-])`).test(source),
    ),
    ...named.filter((word) => !new RegExp(`["'\`]${word}(?![\\w-])`).test(source)),
  ].map((word) => `${what} ${word}`);
}

describe.each(documents)("%s", (path) => {
  it("starts scripts by words and flags that they know", () => {
    expect(callsOf(read(path)).flatMap(unknownWords)).toEqual([]);
  });
});

describe("the check of commands", () => {
  it("finds commands in blocks, spans that a line end parts, cells and lists of JSON", () => {
    const text = [
      "A `pnpm load <url>\n   --rate 5`, see.",
      "| a | `scripts/deploy.sh prod --rollback` |",
      "",
      "```sh",
      "npx --yes pnpm@12 partner check --tenant a | tee log   # pnpm seed",
      'run \'["node","scripts/migrate.ts","down","--yes"]\'',
      "```",
    ].join("\n");
    expect(callsOf(text)).toEqual([
      { what: "partner", words: ["check", "--tenant", "a"] },
      { what: "scripts/migrate.ts", words: ["down", "--yes"] },
      { what: "load", words: ["<url>", "--rate", "5"] },
      { what: "scripts/deploy.sh", words: ["prod", "--rollback"] },
    ]);
  });

  it.each([
    ["`scripts/deploy.sh prod --roll-back`", "scripts/deploy.sh --roll-back"],
    ["`scripts/deploy.sh production`", "scripts/deploy.sh production"],
    ["`scripts/gone.ts`", "scripts/gone.ts: no file"],
    ["`pnpm smoke <url> --tenants a`", "smoke --tenants"],
    ['`["node","scripts/migrate.ts","undo"]`', "scripts/migrate.ts undo"],
  ])("refuses %s", (text, wrong) => {
    expect(callsOf(text).flatMap(unknownWords)).toEqual([wrong]);
  });

  it("reads more than a few", () => {
    expect(documents.flatMap((path) => callsOf(read(path))).length).toBeGreaterThan(100);
  });
});
