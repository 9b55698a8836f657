// docs/SETTINGS.md, from the shapes with which the programs read their environment.
import { tmpdir } from "node:os";
import { settings as content } from "@tradegraph/content/env";
import { settings as gateway } from "@tradegraph/gateway/env";
import { settings as orders } from "@tradegraph/orders/env";
import { settings as products } from "@tradegraph/products/env";
import { settings as users } from "@tradegraph/users/env";
import { type z } from "zod";
import { services, subgraphs } from "../../services.ts";
import { settings as scripts } from "../env.ts";
import { type GeneratedFiles } from "./generated-files.ts";
import { code, markdownPage, table } from "./markdown.ts";

type Shape = Record<string, z.ZodType>;

/** Deployed and in development. */
const shapes: Record<string, [Shape, Shape]> = {
  gateway: [gateway(false), gateway(true)],
  products: [products(), products()],
  orders: [orders(), orders()],
  users: [users(true), users(false)],
  content: [content(), content()],
};

export const describeSettings = (root: string): Promise<GeneratedFiles> =>
  markdownPage(root, "docs/SETTINGS.md", pageText());

/** @throws Error when a setting has no description */
export function pageText(): string {
  return `<!-- Written by \`pnpm generate\`; change the \`env.ts\` of the program instead. -->

# Settings

Programs read their settings from environment variables when they start, and refuse to start with a list of all that are
missing or wrong; values are never printed. Empty counts as absent. _instead_ names one of several ways of which exactly one
must be given. Defaults are those of a deployed program; development (\`NODE_ENV=development\`) where it differs.

${groups()
  .map(({ title, names, of }) => `## ${title}\n\n${settingsTable(names.map((name) => row(name, of)))}`)
  .join("\n\n")}

## start, seed, migrate

They take settings of the programs, too, and hand them on.

${settingsTable(Object.entries(scripts()).map(([name, schema]) => [code(name), defaultText(schema), description(name, schema)]))}
`;
}

interface Group {
  title: string;
  names: string[];
  /** Programs that read them. */
  of: string[];
}

/** Settings that the same programs read stand together, those of most programs first. */
function groups(): Group[] {
  const all = services.map(({ name }) => name as string);
  const readers = new Map<string, string[]>();
  for (const program of all) {
    for (const name of Object.keys(shapes[program]?.[0] ?? {}))
      readers.set(name, [...(readers.get(name) ?? []), program]);
  }
  const found = new Map<string, Group>();
  for (const [name, of] of readers) {
    const key = of.join();
    const title =
      of.length === all.length
        ? "Every program"
        : key === subgraphs.map((subgraph) => subgraph.name).join()
          ? "Every subgraph"
          : of.join(" and ");
    const group = found.get(key) ?? { title, names: [], of };
    group.names.push(name);
    found.set(key, group);
  }
  return [...found.values()].sort((a, b) => b.of.length - a.of.length);
}

function row(name: string, programs: string[]): string[] {
  const schemas = programs.map((program) => shapes[program]?.map((shape) => shape[name]) ?? []);
  const [first] = schemas.flat();
  if (!first) throw new Error(`${name} is read by no program.`);
  const defaults = schemas.map(([deployed, development]) => {
    const [text, open] = [deployed, development].map((schema) => (schema ? defaultText(schema) : ""));
    return text === open || open === undefined ? (text ?? "") : `${text || "none"}; development: ${open}`;
  });
  const descriptions = schemas.map(([deployed = first]) => description(name, deployed));
  return [code(name), perProgram(programs, defaults, ", "), perProgram(programs, descriptions, " ")];
}

/** Once if it is the same for all. */
function perProgram(programs: string[], texts: string[], separator: string): string {
  if (new Set(texts).size === 1) return texts[0] ?? "";
  return texts.map((text, index) => `${programs[index] ?? ""}: ${text}`).join(separator);
}

function defaultText(schema: z.ZodType): string {
  const { type, defaultValue } = schema.def as z.ZodType["def"] & { defaultValue?: unknown };
  if (type === "default" || type === "prefault") {
    const text = typeof defaultValue === "string" ? defaultValue : JSON.stringify(defaultValue);
    return text === "" ? "none" : code(text.replace(tmpdir(), "<temporary folder>"));
  }
  return type === "optional" ? "" : "**required**";
}

function description(name: string, { description: text }: z.ZodType): string {
  if (!text) throw new Error(`${name}: say in its env.ts what it is for, with describe().`);
  return text.replaceAll("|", "\\|");
}

const settingsTable = (rows: string[][]) => table(["setting", "default", "what"], rows);
