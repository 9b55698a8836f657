/** Codes for requests that are wrong in themselves; only the gateway may say so, never a subgraph. */
export const requestCodeMeanings = {
  BAD_REQUEST: "The request is not HTTP or GraphQL over HTTP as it must be: method, headers, body.",
  BODY_TOO_LARGE: "The body is longer than `BODY_LIMIT_BYTES`.",
  GRAPHQL_PARSE_FAILED: "The document is no GraphQL.",
  GRAPHQL_VALIDATION_FAILED: "The document does not fit the schema.",
  COST_ESTIMATED_TOO_EXPENSIVE: "The operation may cost more than the caller's limit (docs/LIMITS.md).",
  MAX_ALIASES_LIMIT: "More aliases than `LIMIT_ALIASES`.",
  MAX_DEPTH_LIMIT: "Fields nested deeper than `LIMIT_DEPTH`.",
  MAX_DIRECTIVES_LIMIT: "More directives than `LIMIT_DIRECTIVES`.",
  MAX_HEIGHT_LIMIT: "More fields than `LIMIT_HEIGHT`.",
  MAX_ROOT_FIELDS_LIMIT: "More fields at the top than `LIMIT_ROOT_FIELDS`; of a mutation never more than 10.",
  OPERATION_RESOLUTION_FAILURE: "The document has several operations, and `operationName` names none of them.",
  CANNOT_SEND_PQ_ID_AND_BODY: "The request has the id of an operation and a text: send one of them.",
  PERSISTED_QUERY_ID_REQUIRED: "Only registered operations are answered: send the id of one instead of a text.",
  PERSISTED_QUERY_NOT_FOUND:
    "Nobody has registered a text with this hash: send both, as Apollo's clients do by themselves.",
  PERSISTED_QUERY_NOT_IN_LIST: "No list that counts for this caller has an operation with this id.",
  PERSISTED_QUERY_NOT_SUPPORTED: "Persisted queries are off.",
  QUERY_NOT_IN_SAFELIST: "Only registered operations are answered, and this text is none of them.",
  QUERY_PLANNING_LIMIT: "Planning the operation takes too much time or memory, or its plan is too large.",
  RATE_LIMITED: "Too many requests, or tries: wait as long as the header `Retry-After` says (docs/RATE-LIMITS.md).",
  UNAUTHORIZED_FIELD_OR_TYPE: "Taken out of the operation; `reason` is `UNAUTHENTICATED` or `FORBIDDEN`.",
} as const;
