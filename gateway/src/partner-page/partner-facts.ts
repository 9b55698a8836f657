// Everything that stands on the page of a partner, without a word of HTML.
import { isOfPartner } from "../operations/partner-operation.ts";
import { type PersistedOperation } from "../operations/operation-list.ts";
import { type OperationMode } from "../operations/settings.ts";
import { type ThrottleStatus } from "../request-scope.ts";
import { type DescribeAll } from "./describe-all.ts";
import { type DescribedOperation, type DescribingGraph } from "./described-operation.ts";
import { type LimitRow } from "./limit-rows.ts";
import { type ListChange, type OperationVersion } from "./list-changes.ts";

export interface ShownOperation extends DescribedOperation {
  /** Names of the active versions that have it. */
  versions: readonly string[];
}

export interface PartnerFacts {
  partner: string;
  /** GraphQL endpoint. */
  url: string;
  operations: readonly ShownOperation[];
  limits: readonly LimitRow[];
  /** `unlimited` where nobody is refused; undefined on a page for handing out. */
  quota: ThrottleStatus | "unlimited" | undefined;
  /** The latest first. */
  changes: readonly ListChange[];
  /** Whether other operations than these are refused. */
  isListedOnly: boolean;
  /** When all this was so. */
  at: Date;
}

/** Whether partners may send listed operations only. */
export const isListedOnly = (mode: OperationMode | undefined): boolean => mode === "ids-only" || mode === "safelist";

interface Versioned {
  operation: PersistedOperation;
  versions: string[];
}

/** Each id once, as it counts, with the versions that have it; of operations with one id the first counts. */
function byId(
  operations: readonly PersistedOperation[],
  versions: readonly Pick<OperationVersion, "id" | "name">[],
): Versioned[] {
  const names = new Map(versions.map(({ id, name }) => [id, name]));
  const found = new Map<string, Versioned>();
  for (const operation of operations) {
    const one = found.get(operation.id) ?? { operation, versions: [] };
    const name = isOfPartner(operation) ? names.get(operation.listId) : undefined;
    if (name !== undefined) one.versions.push(name);
    found.set(operation.id, one);
  }
  return [...found.values()];
}

/** @param given operations: of all active versions, the one activated last first */
export async function shownOperations(given: {
  operations: readonly PersistedOperation[];
  versions: readonly Pick<OperationVersion, "id" | "name">[];
  describeAll: DescribeAll;
  graph: DescribingGraph;
}): Promise<ShownOperation[]> {
  const found = byId(given.operations, given.versions);
  const described = await given.describeAll(
    given.graph,
    found.map(({ operation }) => operation),
  );
  return described.map((operation, index) => ({ ...operation, versions: found[index]?.versions ?? [] }));
}
