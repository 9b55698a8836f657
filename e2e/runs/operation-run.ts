// One run of a committed operation, and what runs may know of each other.
import { type GraphClient } from "@tradegraph/testkit/graph-client";
import { type TestGraph } from "@tradegraph/testkit/start-graph";
import { type DemoShop } from "../demo.ts";
import { type Findings } from "../findings.ts";

type Variables = Record<string, unknown>;
type Data = Record<string, unknown>;

/** What the runs of a test happen on. */
export interface Stage {
  graph: TestGraph;
  shop: DemoShop;
  found: Findings;
  /** What earlier runs left for later ones, such as a token. */
  notes: Map<string, string>;
}

export interface OperationRun {
  /** `<client>/<name>` under schema/operations. */
  operation: string;
  /** Label of a demo account, or a caller of one's own; a visitor when absent. */
  as?: string | ((stage: Stage) => Promise<GraphClient>);
  /** Found out when its turn comes, where it depends on earlier runs. */
  variables?: Variables | ((stage: Stage) => Variables | Promise<Variables>);
  /** Looks at the answer, such as to note a token for later runs. */
  after?: (data: Data, stage: Stage) => void | Promise<void>;
  /** Names of fields that this caller is refused; every other error fails the test. */
  refused?: string[];
}

/** The note of that name. @throws Error when no earlier run left it */
export function noted({ notes }: Stage, name: string): string {
  const note = notes.get(name);
  if (note === undefined) throw new Error(`No run has noted "${name}" yet.`);
  return note;
}
