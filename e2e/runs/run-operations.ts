import { createGraphClient, type GraphClient, readOperation } from "@tradegraph/testkit/graph-client";
import { type GraphQLAnswer } from "@tradegraph/testkit/test-subgraph";
import { type OperationRun, type Stage } from "./operation-run.ts";

export interface Listener {
  /** Changes the text before it is sent, such as to ask for `__typename` everywhere. */
  prepare?: (query: string) => string;
  onAnswer?: (query: string, answer: GraphQLAnswer, run: OperationRun) => void;
}

/** Runs operations one after the other. @returns a line for each error that was not expected */
export async function runOperations(
  stage: Stage,
  runs: readonly OperationRun[],
  { prepare = (query) => query, onAnswer }: Listener = {},
): Promise<string[]> {
  const callers = new Map<string, GraphClient>();
  const callerOf = async (as: OperationRun["as"]) => {
    if (as === undefined) return stage.shop.visitor;
    if (typeof as === "function") return as(stage);
    const known = callers.get(as) ?? (await stage.shop.as(as));
    callers.set(as, known);
    return known;
  };
  const failures: string[] = [];
  for (const run of runs) {
    const [client = "", name = ""] = run.operation.split("/");
    const query = prepare(await readOperation(name, client));
    const variables = typeof run.variables === "function" ? await run.variables(stage) : run.variables;
    const answer = await (await callerOf(run.as)).execute(query, variables);
    const unexpected = (answer.errors ?? []).filter(({ path }) => !run.refused?.includes(String(path?.at(-1))));
    const caller = typeof run.as === "function" ? "a caller of its own" : (run.as ?? "a visitor");
    failures.push(...unexpected.map((error) => `${run.operation} as ${caller}: ${JSON.stringify(error)}`));
    onAnswer?.(query, answer, run);
    if (answer.data) await run.after?.(answer.data, stage);
  }
  return failures;
}

/** A client for a token that an earlier run noted. */
export const callerWith = (stage: Stage, token: string): GraphClient =>
  createGraphClient(stage.graph.url, { token, tenant: stage.shop.plan.tenantId });
