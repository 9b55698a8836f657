// Puts the answers to parts together into what @apollo/gateway gets: data and errors as if one question had been asked.
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { atFetch, type ClientFetch } from "../../data-source.ts";
import { rememberSite } from "../../fetch-site.ts";
import { type PartOutcome } from "./part.ts";

/** A part at its place. The same part may have several places. */
export interface PlacedOutcome {
  /** Where its errors are in the answer. */
  path: readonly (string | number)[];
  outcome: PartOutcome;
}

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: GraphQLFormattedError[];
}

/** Nothing is shared with others who get the same answer: @apollo/gateway changes what it gets. */
const ownError = ({ message, extensions }: Pick<GraphQLFormattedError, "message" | "extensions">) => ({
  message,
  ...(extensions && { extensions: structuredClone(extensions) }),
});

/** Whether an error of this part left no data at all, because its field may not be null. */
export const takesAll = (outcome: PartOutcome): boolean =>
  !("failure" in outcome) && outcome.text === undefined && outcome.errors.some(({ path }) => path);

/**
 * @param dataText JSON, made of the parts' texts; parsed here, so that each caller has objects of his own
 * @param fieldsOf response names that were asked for with a part that got no answer, see fetch-site.ts
 * @throws GraphQLError when no part has an answer
 */
export function assembleAnswer(
  fetch: ClientFetch,
  placed: readonly PlacedOutcome[],
  dataText: () => string,
  fieldsOf?: (failed: readonly PlacedOutcome[]) => string[],
): Answer {
  const failures = Map.groupBy(
    placed.filter(({ outcome }) => "failure" in outcome),
    ({ outcome }) => ("failure" in outcome ? outcome.failure : undefined),
  );
  const errors: GraphQLFormattedError[] = [];
  const told = new Set<GraphQLFormattedError>();
  for (const { path, outcome } of placed) {
    if ("failure" in outcome) continue;
    for (const { error, path: below } of outcome.errors) {
      if (below) errors.push({ ...ownError(error), path: [...path, ...below] });
      else if (!told.has(error)) errors.push(atFetch(ownError(error), fetch));
      // One answer to several parts has an error without a path once.
      if (!below) told.add(error);
    }
  }
  for (const [failure, failed] of failures) {
    const { message, extensions } = ownError(failure as GraphQLError);
    const error = new GraphQLError(message, extensions && { extensions });
    if (failed.length === placed.length) throw atFetch(error, fetch);
    const site = { path: fetch.pathInIncomingRequest ?? [], fields: fieldsOf?.(failed) };
    errors.push(site.fields ? rememberSite(error, { ...site, fields: site.fields }) : atFetch(error, fetch));
  }
  const hasData =
    !placed.some(({ outcome }) => takesAll(outcome)) &&
    placed.some(({ outcome }) => !("failure" in outcome) && outcome.text !== undefined);
  return {
    data: hasData ? (JSON.parse(dataText()) as Record<string, unknown>) : null,
    ...(errors.length > 0 && { errors }),
  };
}
