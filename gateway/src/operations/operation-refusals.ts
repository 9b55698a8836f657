// Refusals of persisted operations, with the codes and statuses of Apollo's router and of automatic persisted queries.
import { type GraphQLError } from "graphql";
import { refusal } from "../http/refusal.ts";

/** Of the id; it comes from outside. */
const shownCharacters = 64;

/**
 * Not PERSISTED_QUERY_NOT_FOUND: clients answer that by sending the text.
 *
 * @param operationName as the request said it; never one of a list, which would tell what there is
 */
export function notInList(id: string, operationName?: string): GraphQLError {
  const shown = id.slice(0, shownCharacters);
  const error = refusal(
    404,
    "PERSISTED_QUERY_NOT_IN_LIST",
    `Persisted query '${shown}' not found in the persisted query list.`,
  );
  if (operationName !== undefined) error.extensions.operation_name = operationName;
  return error;
}

export const notInSafelist = () =>
  refusal(403, "QUERY_NOT_IN_SAFELIST", "The operation is not in the list of operations: register it first.");

export const idAndText = () =>
  refusal(400, "CANNOT_SEND_PQ_ID_AND_BODY", "Send the id of an operation or its text, not both.");

export const idRequired = () =>
  refusal(400, "PERSISTED_QUERY_ID_REQUIRED", "Send the id of a registered operation instead of a text.");

/** Clients of Apollo look for exactly this message or code, and send id and text. */
export const sendText = () => refusal(200, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound");

export const wrongHash = () => refusal(400, "BAD_REQUEST", "provided sha does not match query");
