// What of an error reaches clients: an allow list of codes and extensions, everything else is masked and logged.
import { errorCodes } from "@tradegraph/kit/errors";
import { type Logger } from "@tradegraph/kit/logger";
import { type GraphQLFormattedError } from "graphql";
import { requestCodeMeanings } from "./request-codes.ts";
import { currentScope } from "./request-scope.ts";

const fromSubgraphs = new Set<string>(errorCodes.filter((code) => code !== "INTERNAL_SERVER_ERROR"));
const fromGateway = new Set<string>([...fromSubgraphs, ...Object.keys(requestCodeMeanings)]);
const clientExtensions = ["service", "field", "retryable", "validationErrorCode"];
/** Extensions that only errors of the gateway itself have. */
const gatewayExtensions = ["reason", "operation_name"];

/** As graphql-js writes it, and as others do who leave the question mark out. */
const suggestion = / ?\bdid you mean\b[^?]*(?:\?|$)/gi;

/** Characters; graphql-js writes whole values of callers into messages, and says at the end what is wrong with them. */
const longestMessage = 600;
const shortened = (message: string): string =>
  message.length <= longestMessage
    ? message
    : `${message.slice(0, longestMessage / 2)} … ${message.slice(-longestMessage / 2)}`;

export interface ErrorFormatterOptions {
  logger: Logger;
  masking: boolean;
  /** Whether "Did you mean …" may tell what the schema holds. */
  suggestions: boolean;
}

export type ErrorFormatter = (formatted: GraphQLFormattedError, thrown: unknown) => GraphQLFormattedError;

const stringOf = (value: unknown) => (typeof value === "string" ? value : undefined);

/** `formatError` of the gateway; the same function serves errors that end a request before GraphQL. */
export function createErrorFormatter({ logger, masking, suggestions }: ErrorFormatterOptions): ErrorFormatter {
  return (formatted, thrown) => {
    const scope = currentScope();
    const given = formatted.extensions ?? {};
    // Set by @apollo/gateway on errors that come from a subgraph; clients know it as `service`.
    const subgraph = stringOf(given.serviceName);
    const allowed = subgraph === undefined ? fromGateway : fromSubgraphs;
    const code = stringOf(given.code) ?? "INTERNAL_SERVER_ERROR";
    const known = allowed.has(code);
    if (!known) {
      const about = { requestId: scope?.requestId, operationName: scope?.operationName, code: "INTERNAL_SERVER_ERROR" };
      // A fault inside a subgraph is in its own log, where the whole error is.
      const reportedBy = code === "INTERNAL_SERVER_ERROR" ? subgraph : undefined;
      logger.error({ ...about, subgraph, reportedBy, path: formatted.path, error: thrown }, "An operation failed");
    }
    const shown = known || !masking ? code : "INTERNAL_SERVER_ERROR";
    scope?.errorCodes.push(shown);
    const extensions: Record<string, unknown> = masking ? { code: shown } : { ...given, code: shown };
    const shownExtensions = subgraph === undefined ? [...clientExtensions, ...gatewayExtensions] : clientExtensions;
    for (const name of masking ? shownExtensions : []) {
      if (given[name] !== undefined) extensions[name] = given[name];
    }
    if (subgraph !== undefined) extensions.service = subgraph;
    if (scope) extensions.requestId = scope.requestId;
    const message =
      known || !masking ? shortened(formatted.message) : "Something went wrong on our side; tell us the requestId.";
    return {
      message: suggestions ? message : message.replace(suggestion, ""),
      // Locations of a subgraph's error point into a document the client never saw.
      ...(formatted.locations && subgraph === undefined && { locations: formatted.locations }),
      ...(formatted.path && { path: formatted.path }),
      extensions,
    };
  };
}
