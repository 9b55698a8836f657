import { type ServerResponse } from "node:http";
import { type FakeSubgraph } from "./fake-graph.ts";

export interface HeldRequest {
  /** Resolves when the request is at the subgraph, with its answer that is not begun. */
  arrived: Promise<ServerResponse>;
  /** Lets the subgraph answer. */
  release: () => void;
}

/** Holds the next request to a subgraph until it is told otherwise; those after it are answered at once. */
export function holdFirst(subgraph: FakeSubgraph): HeldRequest {
  const arrived = Promise.withResolvers<ServerResponse>();
  const gate = Promise.withResolvers<void>();
  let isHeld = false;
  subgraph.behave = async (_request, response) => {
    if (isHeld) return false;
    isHeld = true;
    arrived.resolve(response);
    await gate.promise;
    return false;
  };
  return { arrived: arrived.promise, release: gate.resolve };
}
