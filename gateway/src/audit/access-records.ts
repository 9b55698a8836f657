// One record for each operation: who ran what, over things of which types, and how it ended.
import { randomBytes } from "node:crypto";
import { type ApolloServerPlugin } from "@apollo/server";
import { isoNow } from "@tradegraph/kit/iso-now";
import { GraphQLError } from "graphql";
import { observeOperations, type OperationStep } from "../http/steps.ts";
import { type GraphContext, type RequestScope } from "../request-scope.ts";
import { entityTypesOf } from "./entity-types.ts";
import { type AuditPolicy } from "./policy.ts";
import { type AuditRecord, type KeepRecord } from "./record.ts";

/** Codes that say no to who asks; every other code is a failure. */
const refusals = new Set(["UNAUTHENTICATED", "FORBIDDEN", "UNAUTHORIZED_FIELD_OR_TYPE", "RATE_LIMITED"]);

const outcomeOf = (codes: readonly string[], status: number): AuditRecord["outcome"] => {
  if (codes.length > 0 && codes.some((code) => refusals.has(code))) return "REFUSED";
  return codes.length > 0 || status >= 400 ? "FAILED" : "SUCCESS";
};

/** Of this process; with a number it is of one record. */
const processId = randomBytes(12).toString("base64url");
let records = 0;
const newEventId = (): string => `${processId}-${(records += 1).toString(36)}`;

function recordOf(scope: RequestScope, codes: readonly string[], outcome: AuditRecord["outcome"]): AuditRecord {
  const { viewer, requestId, operationName, entityTypes = [] } = scope;
  const { tenantId, role, userId, partnerId, companyId, sessionId, address } = viewer;
  // One literal: copying members from others takes longer than all else here.
  return {
    eventId: newEventId(),
    category: "ACCESS",
    action: "operation.run",
    at: isoNow(),
    outcome,
    tenantId,
    role,
    userId,
    partnerId,
    companyId,
    sessionId,
    address,
    requestId,
    entityTypes,
    operation: operationName,
    code: codes.length === 0 ? undefined : (codes.find((code) => refusals.has(code)) ?? codes[0]),
  };
}

/** Around all other steps, so that refusals of theirs and answers out of a cache are recorded too. */
export function recordAccess({ keep, policy }: { keep: KeepRecord; policy: AuditPolicy }): OperationStep {
  const isRecorded = (outcome: AuditRecord["outcome"], { document }: RequestScope) =>
    outcome !== "SUCCESS" || policy.isRecorded(document);
  const record = (scope: RequestScope, codes: readonly string[], status: number): void => {
    const outcome = outcomeOf(codes, status);
    // The endpoint waits for it before the answer goes out: what somebody has seen is on record.
    if (isRecorded(outcome, scope)) scope.recorded = keep(recordOf(scope, codes, outcome));
  };
  return observeOperations({
    answered({ scope }, { status }) {
      record(scope, scope.errorCodes, status);
    },
    failed({ scope }, error) {
      const code = error instanceof GraphQLError ? error.extensions.code : undefined;
      record(scope, [typeof code === "string" ? code : "INTERNAL_SERVER_ERROR"], 500);
    },
  });
}

/** Apollo's plugin that notes the document and its types, while schema and document are at hand. */
export function auditedTypes(): ApolloServerPlugin<GraphContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation({ schema, document, operation, contextValue }) {
          contextValue.scope.document = () => document;
          contextValue.scope.entityTypes = operation
            ? entityTypesOf(schema, document, operation.name?.value ?? "")
            : [];
          return Promise.resolve();
        },
      }),
  };
}
