// pnpm generate [--check]: composes the supergraph and writes every generated file; --check only compares.
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import process from "node:process";
import { subgraphs } from "../services.ts";
import { generateFiles } from "./generate/every-file.ts";
import { shortPath, staleFiles, writeGenerated } from "./generate/generated-files.ts";

const root = resolve(import.meta.dirname, "..");

async function main(): Promise<void> {
  const sources = await Promise.all(
    subgraphs.map(async ({ name, port }) => ({
      name,
      url: `http://127.0.0.1:${port}/graphql`,
      sdl: await readFile(join(root, "schema/subgraphs", `${name}.graphql`), "utf8"),
    })),
  );
  const files = await generateFiles(root, sources);
  if (process.argv.includes("--check")) {
    const stale = await staleFiles(files);
    if (stale.length === 0) return;
    throw new Error(
      `Generated files are stale: ${stale.map((path) => shortPath(root, path)).join(", ")}.\nRun: npx --yes pnpm@12 generate`,
    );
  }
  const written = await writeGenerated(files);
  console.log(
    written.length === 0
      ? "Everything is up to date."
      : written.map((path) => `wrote ${shortPath(root, path)}`).join("\n"),
  );
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
