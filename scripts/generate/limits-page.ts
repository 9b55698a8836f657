// docs/LIMITS.md: how large our own operations are, and the limits that follow.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { compileCost } from "@tradegraph/gateway/limits/compile-cost";
import { createCostEstimator } from "@tradegraph/gateway/limits/cost-estimator";
import { defaultCosts } from "@tradegraph/gateway/limits/limit-rules";
import { documentShape, type DocumentShape } from "@tradegraph/kit/document-shape";
import { defaultShapeLimits, mostMutationFields } from "@tradegraph/kit/shape-limits";
import { buildSchema, type DocumentNode, Kind, parse } from "graphql";
import { type GeneratedFiles } from "./generated-files.ts";
import { code, markdownPage, table } from "./markdown.ts";

interface Measured extends DocumentShape {
  client: string;
  name: string;
  cost: number;
  /** The same with pages of a hundred, where the caller may choose. */
  longCost: number;
}

const columns = ["depth", "height", "aliases", "rootFields", "directives", "cost", "longCost"] as const;
const heads = [...columns.slice(0, -1), "cost, pages of 100"];

/** @param api the schema that clients see */
export async function describeLimits(root: string, api: string, supergraph: string): Promise<GeneratedFiles> {
  return markdownPage(root, "docs/LIMITS.md", pageText(await measureOperations(root, api, supergraph)));
}

/** Every committed operation; page sizes that are left to variables count with what the schema assumes. */
export async function measureOperations(root: string, api: string, supergraph: string): Promise<Measured[]> {
  const folder = join(root, "schema/operations");
  const costs = createCostEstimator({ schema: buildSchema(api), manifest: compileCost(supergraph) });
  const files = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith(".graphql")).sort();
  return Promise.all(
    files.map(async (path) => {
      const document = parse(await readFile(join(folder, path), "utf8"), { noLocation: true });
      const [client = "", name = ""] = path.replace(/\.graphql$/, "").split("/");
      return {
        ...{ client, name, ...documentShape(document, undefined) },
        cost: costs.estimate(document, undefined, {}) ?? 0,
        longCost: costs.estimate(document, undefined, longPages(document)) ?? 0,
      };
    }),
  );
}

/** The graph gives no longer ones. */
const longPages = ({ definitions }: DocumentNode): Record<string, number> =>
  Object.fromEntries(
    definitions.flatMap((one) => {
      const variables = one.kind === Kind.OPERATION_DEFINITION ? (one.variableDefinitions ?? []) : [];
      const names = variables.map(({ variable }) => variable.name.value);
      return names.filter((name) => /^first|First$/.test(name)).map((name) => [name, 100]);
    }),
  );

function largestOf(measured: readonly Measured[]): string[][] {
  const clients = [...new Set(measured.map(({ client }) => client))];
  return clients.map((client) => [
    client,
    ...columns.map((column) => {
      const [most] = measured.filter((one) => one.client === client).sort((a, b) => b[column] - a[column]);
      return most && most[column] > 0 ? `${most[column]} (${most.name})` : "0";
    }),
  ]);
}

const limits = (): string[][] => [
  ["`LIMIT_DEPTH`", "MAX_DEPTH_LIMIT", "fields inside fields", String(defaultShapeLimits.depth)],
  [
    "`LIMIT_HEIGHT`",
    "MAX_HEIGHT_LIMIT",
    "fields, as often as fragments repeat them",
    String(defaultShapeLimits.height),
  ],
  ["`LIMIT_ALIASES`", "MAX_ALIASES_LIMIT", "aliases, the same way", String(defaultShapeLimits.aliases)],
  [
    "`LIMIT_ROOT_FIELDS`",
    "MAX_ROOT_FIELDS_LIMIT",
    "names at the top",
    `${defaultShapeLimits.rootFields}; of a mutation ${mostMutationFields}`,
  ],
  ["`LIMIT_DIRECTIVES`", "MAX_DIRECTIVES_LIMIT", "directives in the document", String(defaultShapeLimits.directives)],
  ["`LIMIT_COST_APPS`", "COST_ESTIMATED_TOO_EXPENSIVE", "points, visitors and users", String(defaultCosts.app)],
  ["`LIMIT_COST_DEVELOPERS`", "the same", "points, staff with the area DEVELOPMENT", String(defaultCosts.developer)],
  ["`LIMIT_COST_PARTNERS`", "the same", "points, partners", String(defaultCosts.partner)],
];

function pageText(measured: readonly Measured[]): string {
  return `<!-- Written by \`pnpm generate\`. -->

# Limits

How large an operation may be. Each limit is checked after parsing and before validation and planning, which take long for
large documents; answers from memory have passed when they were made. A document has 2,000 tokens at most
(GRAPHQL_PARSE_FAILED), a body \`BODY_LIMIT_BYTES\`. Whatever is above a limit gets status 400; with \`LIMITS_MODE=measure\` it
runs and is only counted (\`graphql_limits_exceeded_total\`) and logged. The guard "limits" switches all of it off.

${table(["setting", "code", "counts", "default"], limits())}

The first five take a number for all, or one by kind of client, such as \`app=20,developer=50,partner=10\`.

## Cost

Counted as by [IBM's specification](https://ibm.github.io/graphql-specs/cost-spec.html) and Apollo's demand control: an
object costs 1, a scalar or enum 0, a mutation 10 more; \`@cost(weight:)\` says otherwise. A list costs its elements times
their number: by its slicing arguments (\`first\`, \`last\`, the larger one; from variables too), else by \`assumedSize\` of
\`@listSize\`, else by \`LIMIT_LIST_SIZE\`. A size below zero counts as the largest, for
it may mean anything to a subgraph; one that is no \`Int\` is refused anyhow, and counts as nothing. Of fragments on interfaces
and unions the most expensive type counts. \`pnpm generate\` refuses lists of objects without \`@listSize\`.

Partners and developers read it in each answer, hits included:

\`\`\`json
{ "extensions": { "cost": { "requestedQueryCost": 42, "actualQueryCost": 12 } } }
\`\`\`

\`actualQueryCost\` is counted from the answer: lists are as long as they are; an answer with errors
counts as estimated, or as what it has if that is more.

## The largest of each client

Defaults are three times the largest or more; apps may ask for each operation with pages of a hundred, and the
introspection of GraphiQL passes.

${table(["client", ...heads], largestOf(measured))}

## All operations

Sizes of pages that are left to variables count with the variable's default, else with what the schema assumes.

${table(
  ["client", "operation", ...heads],
  measured.map((one) => [one.client, code(one.name), ...columns.map((column) => String(one[column]))]),
)}
`;
}
