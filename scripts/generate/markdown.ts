// Pages of docs/ that are written from code.
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { type GeneratedFiles } from "./generated-files.ts";

/** A page in the style of the others. @param path from the root, such as `docs/SETTINGS.md` */
export async function markdownPage(root: string, path: string, text: string): Promise<GeneratedFiles> {
  const filepath = join(root, path);
  return new Map([[filepath, await format(text, { ...(await resolveConfig(filepath)), filepath })]]);
}

export const code = (text: string): string => `\`${text}\``;

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
