// docs/CACHE-POLICY.md, from what the planner makes of schema/operations.
import { glob, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type CacheManifest } from "@tradegraph/gateway/cache/policy/cache-manifest";
import {
  type CachePolicy,
  type FetchPolicy,
  type SubgraphCachePolicy,
} from "@tradegraph/gateway/cache/policy/cache-policy";
import { createSubgraphCachePolicies } from "@tradegraph/gateway/cache/policy/subgraph-cache-policies";
import { type GeneratedFiles } from "./generated-files.ts";
import { code, markdownPage, table } from "./markdown.ts";
import { createPlanner, type PlannedFetch } from "./planned-fetches.ts";

/** Which parts of the sample operations are kept, and how. @throws Error for an operation that does not fit */
export async function describeCachePolicies(
  root: string,
  supergraph: string,
  manifest: CacheManifest,
): Promise<GeneratedFiles> {
  const policies = createSubgraphCachePolicies(manifest);
  const planner = await createPlanner(supergraph);
  const kept: string[][] = [];
  const notKept: string[] = [];
  for (const { name, text } of await operations(root)) {
    const rows = (await planner.plan(text)).flatMap((fetch) => rowsOf(policies, fetch));
    if (rows.some(({ isKept }) => isKept))
      kept.push(...rows.map(({ cells }, index) => [index === 0 ? name : "", ...cells]));
    else notKept.push(name);
  }
  await planner.stop();
  return markdownPage(root, "docs/CACHE-POLICY.md", pageText(kept, notKept));
}

const pageText = (
  kept: readonly string[][],
  notKept: readonly string[],
) => `<!-- Written by \`pnpm generate\`; change the cache directives in schema/subgraphs or the operations instead. -->

# What is kept of the sample operations

One row for each root field, and for each entity type, that the planner asks a subgraph for; [CACHING](CACHING.md) says how
policies are written and put together. Times are seconds. \`swr\`: shown for so much longer while a new answer is fetched;
\`sie\`: if none can be had; \`null\`: how long a null is kept. These callers ask as themselves, and their answers are not kept:
_not for_.

${table(["operation", "subgraph", "part", "kept", "for", "swr", "sie", "null", "not for"], kept)}

Nothing is kept of ${notKept.map(code).join(", ")}.
`;

async function operations(root: string): Promise<{ name: string; text: string }[]> {
  const found: { name: string; text: string }[] = [];
  for await (const path of glob(join(root, "schema/operations/*/*.graphql")))
    found.push({ name: basename(path, ".graphql"), text: await readFile(path, "utf8") });
  return found.sort((one, other) => (one.name < other.name ? -1 : 1));
}

interface Row {
  isKept: boolean;
  cells: string[];
}

function rowsOf(policies: ReadonlyMap<string, SubgraphCachePolicy>, { subgraph, operation }: PlannedFetch): Row[] {
  const found: FetchPolicy = policies.get(subgraph)?.policyOf(operation) ?? { kind: "none" };
  if (found.kind === "none") return [row(subgraph, rootText(operation))];
  if (found.kind === "entities")
    return [...found.byType.values()].map(({ typeName, policy }) => row(subgraph, typeName, policy));
  return found.parts.map(({ fieldName, policy }) => row(subgraph, `Query.${fieldName}`, policy));
}

/** Of an operation of which nothing is kept: its types or fields, as far as a reader needs them. */
const rootText = (operation: string): string => {
  const types = [...operation.matchAll(/[{}]\.\.\.on (\w+)\{/g)].map(([, name]) => name);
  if (operation.includes("{_entities(")) return [...new Set(types)].join(", ");
  return operation.startsWith("mutation") ? "a mutation" : "all of it";
};

function row(subgraph: string, part: string, policy?: CachePolicy): Row {
  const isKept = policy !== undefined && policy.maxAge > 0;
  const cells = isKept
    ? [
        audience(policy),
        ...[policy.swr, policy.sie, policy.negative].map(String),
        policy.bypass.join(", ").toLowerCase(),
      ]
    : ["", "", "", "", ""];
  return { isKept, cells: [subgraph, part, isKept ? String(policy.maxAge) : "no", ...cells] };
}

const audience = ({ scope, vary }: CachePolicy): string =>
  scope === "PRIVATE" ? "the session" : ["everybody", ...vary.map((one) => `by ${one.toLowerCase()}`)].join(" ");
