import { isAbsolute, join } from "node:path";
import { generate, loadContext } from "@graphql-codegen/cli";
import { type GeneratedFiles } from "./generated-files.ts";

/** Runs codegen.yml without writing. */
export async function generateTypes(root: string): Promise<GeneratedFiles> {
  const context = await loadContext(join(root, "codegen.yml"));
  context.cwd = root;
  context.updateConfig({ silent: true, errorsOnly: true, cwd: root });
  const outputs = (await generate(context, false)) as { filename: string; content: string }[];
  return new Map(
    outputs.map(({ filename, content }) => [
      isAbsolute(filename) ? filename : join(root, filename),
      // The plugin writes enum types as values, which natively run TypeScript cannot re-export.
      content.replaceAll(/^export \{/gm, "export type {"),
    ]),
  );
}
