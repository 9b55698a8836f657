import { GraphQLError, type GraphQLFormattedError } from "graphql";
import mongoose from "mongoose";
import { currentRequest } from "./current-request.ts";
import { badUserInput, conflict, errorCodes, PublicError, serviceUnavailable } from "./errors.ts";
import { type Logger } from "./logger.ts";

/** Codes that Apollo Server itself gives for requests that are wrong; their messages tell no secrets. */
const requestCodes = [
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "OPERATION_RESOLUTION_FAILURE",
  "PERSISTED_QUERY_NOT_FOUND",
  "PERSISTED_QUERY_NOT_SUPPORTED",
  "BAD_REQUEST",
];

const { MongoNetworkError, MongoServerSelectionError, MongoServerError, MongoError } = mongoose.mongo;

/** What an error of the database means to the caller; undefined when it means nothing but a fault of ours. */
export function publicErrorOf(error: unknown): PublicError | undefined {
  if (error instanceof PublicError) return error;
  // Only known when the operation runs: a variable without value where an input of `@oneOf` wants one.
  if (error instanceof GraphQLError && error.extensions.code === undefined && /^Argument "\w+" /.test(error.message))
    return badUserInput(error.message);
  if (error instanceof mongoose.Error.CastError || error instanceof mongoose.Error.ValidationError) {
    return badUserInput("The input has a value that cannot be stored.");
  }
  if (error instanceof MongoServerError && error.code === 11000) return conflict("This exists already.");
  const unavailable =
    // MaxTimeMSExpired: the query ran into its time limit, on a busy server.
    (error instanceof MongoServerError && error.code === 50) ||
    error instanceof MongoNetworkError ||
    error instanceof MongoServerSelectionError ||
    (error instanceof MongoError && error.name === "MongoWaitQueueTimeoutError") ||
    (error instanceof MongoError && error.hasErrorLabel("RetryableWriteError"));
  return unavailable ? serviceUnavailable("The database does not answer; try again.") : undefined;
}

/**
 * `formatError` of every subgraph, in tests as in production: known errors keep message and code, the rest becomes
 * INTERNAL_SERVER_ERROR and goes to the log.
 */
export function maskErrors(logger: Logger) {
  return (formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError => {
    const original = thrown instanceof GraphQLError ? (thrown.originalError ?? thrown) : thrown;
    const code = formatted.extensions?.code;
    const place = {
      ...(formatted.locations && { locations: formatted.locations }),
      ...(formatted.path && { path: formatted.path }),
    };
    const known = publicErrorOf(original);
    if (known) return { message: known.message, ...place, extensions: { ...known.extensions } };
    if (
      typeof code === "string" &&
      [...requestCodes, ...errorCodes].includes(code) &&
      code !== "INTERNAL_SERVER_ERROR"
    ) {
      return { message: formatted.message, ...place, extensions: { code } };
    }
    const fields = { ...currentRequest(), code: "INTERNAL_SERVER_ERROR", path: formatted.path, error: original };
    logger.error(fields, "An operation failed");
    return { message: "Something went wrong on our side.", ...place, extensions: { code: "INTERNAL_SERVER_ERROR" } };
  };
}
