import { type Registry, type Tally, tallyCounter } from "@tradegraph/kit/metrics";
import { type ClientClass, clientClasses } from "@tradegraph/kit/client-class";

const outcomes = ["resolved", "not_in_list", "id_required", "not_in_safelist", "unknown"] as const;

export type PersistedOutcome = (typeof outcomes)[number];

/** @returns counts one; tells nothing about texts without an id in the mode `off`, which are no business of lists */
export function createOperationMetrics(registry: Registry): (outcome: PersistedOutcome, of: ClientClass) => void {
  const series = tallyCounter({
    name: "graphql_persisted_operations_total",
    help: "Operations asked for by id, and those that a list does not have, by outcome and kind of client",
    labelNames: ["outcome", "client"] as const,
    registers: [registry],
  });
  const tallies = Object.fromEntries(
    clientClasses.map((client) => [
      client,
      Object.fromEntries(outcomes.map((outcome) => [outcome, series({ outcome, client })])),
    ]),
  ) as Record<ClientClass, Record<PersistedOutcome, Tally>>;
  return (outcome, client) => {
    tallies[client][outcome].count += 1;
  };
}
