/** Codes for requests that are wrong in themselves; only the gateway may say so, never a subgraph. */
export const requestCodeMeanings = {
  BAD_REQUEST: "The request is not HTTP or GraphQL over HTTP as it must be: method, headers, body.",
  BODY_TOO_LARGE: "The body is longer than `BODY_LIMIT_BYTES`.",
  GRAPHQL_PARSE_FAILED: "The document is no GraphQL.",
  GRAPHQL_VALIDATION_FAILED: "The document does not fit the schema.",
  MAX_ROOT_FIELDS_LIMIT: "Too many fields at the top of one mutation.",
  OPERATION_RESOLUTION_FAILURE: "The document has several operations, and `operationName` names none of them.",
  PERSISTED_QUERY_NOT_SUPPORTED: "Persisted queries are off.",
  UNAUTHORIZED_FIELD_OR_TYPE: "Taken out of the operation; `reason` is `UNAUTHENTICATED` or `FORBIDDEN`.",
} as const;
