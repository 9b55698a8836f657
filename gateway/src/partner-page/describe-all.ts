// Descriptions are made once for each operation and schema, and not all in one go: lists may be long.
import { setImmediate as nextTurn } from "node:timers/promises";
import { type PersistedOperation } from "../operations/operation-list.ts";
import { type DescribedOperation, describeOperation, type DescribingGraph } from "./described-operation.ts";

export type DescribeAll = (
  graph: DescribingGraph,
  operations: readonly PersistedOperation[],
) => Promise<DescribedOperation[]>;

/** Remembers them as long as the lists that they are in. */
export function createDescribeAll(): DescribeAll {
  const known = new WeakMap<PersistedOperation, DescribedOperation & { by: DescribingGraph["schema"] }>();
  return async (graph, operations) => {
    const described: DescribedOperation[] = [];
    for (const operation of operations) {
      let one = known.get(operation);
      if (one?.by !== graph.schema) {
        one = { ...describeOperation(graph, operation), by: graph.schema };
        known.set(operation, one);
        await nextTurn();
      }
      described.push(one);
    }
    return described;
  };
}
