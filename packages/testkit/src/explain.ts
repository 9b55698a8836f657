// Asks the database how it runs queries, and says which would not survive a large collection.
import { type mongo } from "mongoose";

/**
 * A command as the driver's `commandStarted` event shows it, and as `command` of a `system.profile` entry for programs
 * that run elsewhere. `$db` names the database.
 */
export type CapturedCommand = Record<string, unknown> & { $db: string };

export interface ExplainOptions {
  /** A `find` that looks at more index keys per document it returns is a problem; unlimited unless given. */
  maxKeysPerResult?: number;
  /** Text search may sort as many candidates in memory, because relevance is in no index. */
  candidateCap?: number;
}

const explained = ["find", "aggregate", "update", "delete", "count", "distinct", "findAndModify"];

/** Runs `work` and returns the queries it sent, in full. */
export async function captureQueries<T>(
  client: mongo.MongoClient,
  work: () => Promise<T>,
): Promise<{ result: T; commands: CapturedCommand[] }> {
  const commands: CapturedCommand[] = [];
  const listen = ({ commandName, command }: mongo.CommandStartedEvent) => {
    if (explained.includes(commandName)) commands.push(command as CapturedCommand);
  };
  client.on("commandStarted", listen);
  try {
    return { result: await work(), commands };
  } finally {
    client.off("commandStarted", listen);
  }
}

/**
 * Explains each command and returns one line per problem: a scan of a collection or of a whole index, and a sort in
 * memory. Equal commands are explained once; other commands than queries are left out.
 *
 * @param client connected to the server on which the commands ran, with the data they ran on
 * @example expect(await explainProblems(client, commands)).toEqual([]);
 */
export async function explainProblems(
  client: mongo.MongoClient,
  commands: readonly CapturedCommand[],
  options: ExplainOptions = {},
): Promise<string[]> {
  const distinct = new Map(commands.flatMap(queriesOf).map((query) => [JSON.stringify(query), query]));
  const problems: string[] = [];
  for (const [text, { $db, ...query }] of distinct) {
    const answer = await client.db($db).command({ explain: query, verbosity: "executionStats" });
    problems.push(...planProblems(answer, options).map((problem) => `${problem}: ${text.slice(0, 1_000)}`));
  }
  return problems;
}

/** Fields that belong to a session or a caller and that `explain` refuses. */
const transport = ["lsid", "txnNumber", "startTransaction", "autocommit", "writeConcern", "readConcern", "maxTimeMS"];

/** The explainable commands in one: a batch of updates or deletes is explained one by one. */
function queriesOf(command: CapturedCommand): CapturedCommand[] {
  if (!explained.some((name) => name in command)) return [];
  const query = Object.fromEntries(
    Object.entries(command).filter(([name]) => name === "$db" || !(name.startsWith("$") || transport.includes(name))),
  ) as CapturedCommand;
  // findAndModify has an `update` too, but no batch.
  const batch = ["updates", "deletes"].find((name) => Array.isArray(query[name]));
  if (!batch) return [query];
  return (query[batch] as unknown[]).map((one) => ({ ...query, [batch]: [one] }));
}

interface PlanNode {
  stage: string;
  indexName?: string;
  indexBounds?: Record<string, string[]>;
  limitAmount?: number;
}

const indexStages =
  /^(IXSCAN|IDHACK|EOF|COUNT_SCAN|DISTINCT_SCAN|CLUSTERED_IXSCAN|TEXT_MATCH|GEO_NEAR_2DSPHERE|EXPRESS_.*)$/;

/** What is wrong with the answer of an `explain`. Pure, so that it can be tested without a large collection. */
export function planProblems(answer: object, options: ExplainOptions = {}): string[] {
  const nodes = [...winningNodes(answer)];
  const isText = nodes.some(({ stage }) => stage === "TEXT_MATCH");
  const maySort = (limit = Infinity) => isText && limit <= (options.candidateCap ?? 1_000);
  const problems: string[] = [];
  if (!nodes.some(({ stage }) => indexStages.test(stage))) problems.push("no index");
  for (const node of nodes) {
    if (node.stage === "COLLSCAN") problems.push("collection scan");
    if (node.stage === "SORT" && !maySort(node.limitAmount)) problems.push("sort in memory");
    if (Object.values(node.indexBounds ?? {})[0]?.[0] === "[MinKey, MaxKey]") {
      problems.push(`scan of the whole index ${node.indexName}`);
    }
  }
  const keys = keysPerResult(answer);
  if (keys > (options.maxKeysPerResult ?? Infinity)) problems.push(`${keys.toFixed(1)} index keys per result`);
  return problems;
}

/** Every stage of the plan that ran, at whatever depth: finds, pipelines and the slot-based engine nest differently. */
function* winningNodes(value: unknown): Generator<PlanNode> {
  if (typeof value !== "object" || value === null) return;
  if ("stage" in value && typeof value.stage === "string") yield value as PlanNode;
  if ("$sort" in value) yield { stage: "SORT", ...limitOf(value.$sort) };
  for (const [name, part] of Object.entries(value)) {
    // The same plan again with its counts, candidates that lost, and the command itself.
    if (!["executionStats", "rejectedPlans", "slotBasedPlan", "command", "parsedQuery", "$sort"].includes(name))
      yield* winningNodes(part);
  }
}

function limitOf(sort: unknown): { limitAmount?: number } {
  const { limit } = sort as { limit?: unknown };
  return limit === undefined ? {} : { limitAmount: Number(limit) };
}

function keysPerResult(answer: object): number {
  const { executionStats } = answer as { executionStats?: { totalKeysExamined: number; nReturned: number } };
  return executionStats ? executionStats.totalKeysExamined / Math.max(executionStats.nReturned, 1) : 0;
}
