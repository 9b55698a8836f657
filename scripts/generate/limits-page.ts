// docs/LIMITS.md: how large our own operations are, and the limits that follow.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { maxJsonDepth } from "@tradegraph/gateway/http/json-depth";
import { compileCost } from "@tradegraph/gateway/limits/compile-cost";
import { createCostEstimator } from "@tradegraph/gateway/limits/cost-estimator";
import { defaultCosts, maxRecursiveSelections } from "@tradegraph/gateway/limits/limit-rules";
import { documentShape, type DocumentShape } from "@tradegraph/kit/document-shape";
import { maxTokens } from "@tradegraph/kit/operation-text";
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

const bounds = (): string[][] => [
  ["tokens of a document", maxTokens.toLocaleString("en"), "400 GRAPHQL_PARSE_FAILED"],
  [
    "selections, fragments expanded, fields or not",
    maxRecursiveSelections.toLocaleString("en"),
    '400 GRAPHQL_VALIDATION_FAILED, "recursively requests too many selections"',
  ],
  [
    "comparisons of fields that answer under one name",
    "500,000, of graphql-js",
    '400 GRAPHQL_VALIDATION_FAILED, "Validation aborted"',
  ],
  ["bytes of a body", "`BODY_LIMIT_BYTES`", "413 BODY_TOO_LARGE"],
  ["levels of JSON", String(maxJsonDepth), "400 BAD_REQUEST"],
  ["bytes of address and headers", "16 KB", "431 BAD_REQUEST"],
  ["time, memory and size of a plan", "`PLAN_TIMEOUT_MS`, 512 MiB, 2 MiB", "400 QUERY_PLANNING_LIMIT"],
];

function pageText(measured: readonly Measured[]): string {
  return `<!-- Written by \`pnpm generate\`. -->

# Limits

How large an operation may be. Each limit of the first table is checked after parsing and before validation and planning,
which take long for large documents; answers from memory have passed when they were made. What is above one gets status 400;
with \`LIMITS_MODE=measure\` it runs and is only counted (\`graphql_limits_exceeded_total\`) and logged.

${table(["setting", "code", "counts", "default"], limits())}

The first five take a number for all, or one by kind of client, such as \`app=20,developer=50,partner=10\`. What only
fragments have that nobody spreads counts for the height: it is not valid, but validation takes as long to say so.

## What is not only measured

These bounds keep the gateway itself alive, whoever asks, and no client of ours is near one. So they refuse with
\`LIMITS_MODE=measure\` too. The guard "limits" switches off the table above and the first two of these.

${table(["bound", "counts", "status and code"], bounds())}

## No time-out for parsing and validation

Both run in the gateway's own thread, in one go: nothing could interrupt them. The bounds stand in for a time-out. The worst
documents that are within them (\`gateway/test/worst-documents.ts\`: fields that must be compared with each other, fragments
that spread each other, inline fragments on interfaces, variables, values, unknown names, escapes) hold the event loop for
30 ms at most over the graph of the shop (measured), all that the gateway does for them included. Where the limits are only
measured, fields that nobody spreads take 30 to 60 ms, until graphql-js gives up. On each run
\`gateway/test/attacks-validation.integration.ts\` asks for less than 50 ms of processor time. Planning has a
time-out, \`PLAN_TIMEOUT_MS\`, in a thread of its own ([ARCHITECTURE](ARCHITECTURE.md)).

## Cost

Counted as by [IBM's specification](https://ibm.github.io/graphql-specs/cost-spec.html) and Apollo's demand control: an
object costs 1, a scalar or enum 0, a mutation 10 more; \`@cost(weight:)\` says otherwise. A list costs its elements times
their number: by its slicing arguments (\`first\`, \`last\`, the larger one; from variables too), else by \`assumedSize\` of
\`@listSize\`, else by \`LIMIT_LIST_SIZE\`; \`requireOneSlicingArgument\` refuses nothing
here, and our schema has it \`false\` throughout. A size below zero counts as the largest, for
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
