// Plans operations before anybody asks for them.
import { setImmediate as nextTurn } from "node:timers/promises";
import { Kind, parse } from "graphql";
import { type PlanQuestion } from "./plan-messages.ts";
import { planKey, type PlannedExecutor } from "./planned-executor.ts";
import { type PlanStore } from "./plan-store.ts";
import { settledTexts } from "./settled-operations.ts";

/** A document that will be asked for. */
export interface WarmOperation {
  body: string;
  /** Which operation of the document; all of them unless given. */
  name?: string | undefined;
}

export interface Warmed {
  planned: number;
  /** Not valid for this supergraph, or too much to plan. */
  failed: number;
  /** Not tried, because the time was over or the store is full. */
  skipped: number;
}

/** Operation names of a document; undefined for an operation that is alone in it. */
function operationNames({ body, name }: WarmOperation): (string | undefined)[] {
  const operations = parse(body, { noLocation: true }).definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION);
  if (operations.length === 1) return [undefined];
  return name === undefined ? operations.map((operation) => operation.name?.value) : [name];
}

/** One after the other, so that operations that somebody waits for get in between. Never rejects. */
export async function warmPlans(
  documents: readonly WarmOperation[],
  {
    store,
    plan,
    withinMs,
    isOver,
  }: Pick<PlannedExecutor, "plan"> & {
    store: PlanStore;
    withinMs: number;
    /** Whether nothing more is planned, however much time is left. */
    isOver: () => boolean;
  },
): Promise<Warmed> {
  const until = performance.now() + withinMs;
  const warmed: Warmed = { planned: 0, failed: 0, skipped: 0 };
  const warm = async (document: WarmOperation) => {
    const names = operationNames(document);
    for (const { source, queryHash } of settledTexts(document.body)) {
      if (store.has(queryHash)) continue;
      for (const operationName of names) {
        const key = planKey(queryHash, operationName);
        const question: PlanQuestion = { source, operationName };
        if (store.has(key)) continue;
        await plan(key, question);
        warmed.planned += 1;
      }
    }
  };
  for (const [index, document] of documents.entries()) {
    if (isOver() || performance.now() >= until) {
      warmed.skipped = documents.length - index;
      break;
    }
    await warm(document).catch(() => {
      warmed.failed += 1;
    });
    await nextTurn();
  }
  return warmed;
}

/** One of each in turn, so that many of one kind do not take all the time and memory there is. */
export const takingTurns = (
  some: readonly WarmOperation[],
  others: readonly WarmOperation[],
): readonly WarmOperation[] =>
  Array.from({ length: Math.max(some.length, others.length) }, (_, at) => [some[at], others[at]])
    .flat()
    .filter((one) => one !== undefined);
