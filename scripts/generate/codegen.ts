import { isAbsolute, join } from "node:path";
import { generate, loadContext } from "@graphql-codegen/cli";
import { type GeneratedFiles } from "./generated-files.ts";

const apiFile = "schema/generated/api.graphql";

/** Runs codegen.yml without writing. @param api the composed schema, which is not in its file yet */
export async function generateTypes(root: string, api: string): Promise<GeneratedFiles> {
  const context = await loadContext(join(root, "codegen.yml"));
  context.cwd = root;
  const { generates } = context.getConfig();
  const composed = Object.entries(generates).map(([file, target]) => [
    file,
    !Array.isArray(target) && target.schema === apiFile ? { ...target, schema: api } : target,
  ]);
  context.updateConfig({
    silent: true,
    errorsOnly: true,
    cwd: root,
    generates: Object.fromEntries(composed) as typeof generates,
  });
  const outputs = (await generate(context, false)) as { filename: string; content: string }[];
  return new Map(
    outputs.map(({ filename, content }) => [
      isAbsolute(filename) ? filename : join(root, filename),
      // The plugin writes enum types as values, which natively run TypeScript cannot re-export.
      content.replaceAll(/^export \{/gm, "export type {"),
    ]),
  );
}
