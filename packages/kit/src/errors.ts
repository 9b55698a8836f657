import { GraphQLError, type GraphQLErrorExtensions } from "graphql";

/**
 * The seven codes every part of the system may throw (ruling 7), and what clients do about them. Clients branch on
 * `extensions.code`, never on the message. The gateway adds codes of its own for limits and persisted operations.
 */
export const errorCodeMeanings = {
  UNAUTHENTICATED: "Nobody is signed in, or the token, session or key does not count any more: refresh, or sign in.",
  FORBIDDEN: "The caller is known and may not do this.",
  NOT_FOUND: "What the input names is not there, or not for this caller.",
  BAD_USER_INPUT: "The input is wrong; `field` is the path of the argument.",
  CONFLICT: "The state has changed meanwhile: read again, then repeat.",
  SERVICE_UNAVAILABLE: "A part does not answer; with `retryable` the same request may succeed later.",
  INTERNAL_SERVER_ERROR: "A fault of ours; the log has more under the `requestId`.",
} as const;

export type ErrorCode = keyof typeof errorCodeMeanings;

export const errorCodes = Object.keys(errorCodeMeanings) as ErrorCode[];

/** HTTP status for the case that an error ends a request that is not GraphQL (health, assertion, body limit). */
export const httpStatusByCode: Record<ErrorCode, number> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  BAD_USER_INPUT: 400,
  CONFLICT: 409,
  SERVICE_UNAVAILABLE: 503,
  INTERNAL_SERVER_ERROR: 500,
};

/** An error whose message may be shown to the caller. Everything else is masked on its way out. */
export class PublicError extends GraphQLError {
  constructor(code: ErrorCode, message: string, extensions: GraphQLErrorExtensions = {}) {
    super(message, { extensions: { ...extensions, code } });
    this.name = "PublicError";
  }
}

/** The caller is not known: no token, an expired one, or an unsigned internal request. */
export const unauthenticated = (message = "Sign in and send the access token as `Authorization: Bearer …`.") =>
  new PublicError("UNAUTHENTICATED", message);

/** The caller is known and may not do this. */
export const forbidden = (message = "You may not see or do this.") => new PublicError("FORBIDDEN", message);

/** The thing named by the caller does not exist, or not for this caller. */
export const notFound = (message: string) => new PublicError("NOT_FOUND", message);

/** The input is wrong; the message says what to send instead. `field` is the path of the argument. */
export const badUserInput = (message: string, field?: string[]) =>
  new PublicError("BAD_USER_INPUT", message, field ? { field } : {});

/** The state changed meanwhile: read again, then repeat. */
export const conflict = (message: string) => new PublicError("CONFLICT", message);

/** A part of the system does not answer. `retryable` tells clients that the same request may succeed later. */
export const serviceUnavailable = (message: string, service?: string) =>
  new PublicError("SERVICE_UNAVAILABLE", message, { retryable: true, ...(service ? { service } : {}) });
