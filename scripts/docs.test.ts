// What the documents name is there: files, headings and commands.
import { globSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import manifest from "../package.json" with { type: "json" };

const root = resolve(import.meta.dirname, "..");
const documents = globSync(["README.md", "docs/**/*.md", "infra/*/README.md", "subgraphs/*/README.md"], { cwd: root });
const read = (path: string) => readFileSync(resolve(root, path), "utf8");

const withoutBlocks = (text: string) => text.replace(/^```.*?^```/gms, "");

/** Anchors as GitHub makes them: letters, digits, hyphens and underscores; of equal ones the second gets "-1". */
function anchorsOf(text: string): Set<string> {
  const seen = new Map<string, number>();
  const anchors = new Set<string>();
  for (const [, heading = ""] of withoutBlocks(text).matchAll(/^#{1,6} (.+)$/gm)) {
    const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const slug = words.replace(/[^\p{L}\p{N}\s_-]/gu, "").replace(/\s/g, "-");
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    anchors.add(before === 0 ? slug : `${slug}-${before}`);
  }
  return anchors;
}

/** Relative links that lead nowhere. */
function brokenLinks(path: string, text: string): string[] {
  const links = [...withoutBlocks(text).matchAll(/\]\(([^)\s]+)(?: "[^"]*")?\)/g)].map(([, link = ""]) => link);
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [file = "", anchor] = link.split("#");
    const target = file === "" ? path : resolve(root, dirname(path), file);
    const found = globSync(target, { cwd: root }).length > 0;
    if (!found) return true;
    return anchor !== undefined && target.endsWith(".md") && !anchorsOf(read(target)).has(anchor);
  });
}

/** Commands of pnpm itself. */
const ofPnpm = new Set(["install", "exec", "audit", "add", "why", "outdated"]);

/** What stands behind `pnpm` in code, and is neither a script nor a command of pnpm. */
function unknownScripts(text: string): string[] {
  const code = [...text.matchAll(/^```.*?^```/gms), ...withoutBlocks(text).matchAll(/`[^`\n]+`/g)].map(([one]) => one);
  const words = code.flatMap((one) => [...one.matchAll(/\bpnpm(?:@12)? ([a-z][\w:-]*)/g)].map(([, word = ""]) => word));
  return words.filter((word) => !(word in manifest.scripts) && !ofPnpm.has(word));
}

const ofRepository = globSync("{.github/**,*,[!.n]*/**}", {
  cwd: root,
  exclude: (name) => name === "node_modules",
});
/** Written from the part that a page is about; kit's files go by the name programs import them by. */
const named = (path: string, span: string) =>
  `/${path}`.endsWith(`/${span}`) || (span.startsWith("kit/") && path === `packages/kit/src/${span.slice(4)}`);
/** Where paths with patterns may begin. */
const beginnings = ["", "schema/", "infra/pulumi/"];

/** Files in code that are nowhere: `scripts/deploy.sh`, `components/network.ts`, `kit/logger.ts`, `docs/{A,B}.md`. */
function missingFiles(text: string): string[] {
  const spans = [...withoutBlocks(text).matchAll(/`([^`\s]+)`/g)].map(([, span = ""]) => span);
  const paths = spans.filter((span) => /^[\w.*{},-]+(?:\/[\w.*{},-]+)+\.(?:ts|ya?ml|sh|json|md|graphql)$/.test(span));
  return paths
    .filter((path) => !path.includes("NNNN"))
    .filter((path) =>
      /[*{]/.test(path)
        ? globSync(
            beginnings.map((beginning) => beginning + path),
            { cwd: root },
          ).length === 0
        : !ofRepository.some((file) => named(file, path)),
    );
}

describe.each(documents)("%s", (path) => {
  const text = read(path);
  it("names files that are there", () => {
    expect(missingFiles(text)).toEqual([]);
  });

  it("links to files and headings that are there", () => {
    expect(brokenLinks(path, text)).toEqual([]);
  });

  it("names commands that are there", () => {
    expect(unknownScripts(text)).toEqual([]);
  });
});

describe("the checks of documents", () => {
  it("see a missing file, a missing heading and a missing script, and nothing in what is right", () => {
    const text = "# A\n\n[x](ERRORS.md) [y](#a) [z](https://a.example/b.md)\n\n```sh\npnpm start\n```\n";
    expect(brokenLinks("docs/x.md", "[x](gone.md) [y](ERRORS.md#gone)")).toEqual(["gone.md", "ERRORS.md#gone"]);
    expect(brokenLinks("docs/TESTING.md", text.replace("#a", "#fuzz"))).toEqual([]);
    expect(unknownScripts(`${text}\nand \`pnpm gone --now\`, \`npx --yes pnpm@12 stort\``)).toEqual(["gone", "stort"]);
  });

  it("see a file that is gone, by its whole path or from its part", () => {
    expect(
      missingFiles("`scripts/deploy.sh`, `deploy/options.ts`, `kit/logger.ts`, `<a>/b.ts`, `scripts/*.ts`"),
    ).toEqual([]);
    expect(missingFiles("`scripts/gone.sh`, `deploy/gone.ts`, `gone/*.ts`")).toEqual([
      "scripts/gone.sh",
      "deploy/gone.ts",
      "gone/*.ts",
    ]);
  });

  it("make anchors as GitHub does", () => {
    expect([...anchorsOf("# One, two: `three`\n## A & B\n## A & B\n## [Link](x.md) end")]).toEqual([
      "one-two-three",
      "a--b",
      "a--b-1",
      "link-end",
    ]);
  });
});
