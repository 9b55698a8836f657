import { isObjectIdText } from "@tradegraph/kit/node-id";
import { type AuditEntryResolvers } from "../generated/resolvers.ts";

export const AuditEntry: AuditEntryResolvers = {
  id: ({ _id }) => _id.toHexString(),
  role: ({ actor }) => actor.role,
  // A person who was erased has a name here that is no id.
  user: ({ actor }, _args, { loaders }) =>
    actor.userId !== undefined && isObjectIdText(actor.userId) ? loaders.userById.load(actor.userId) : null,
  partnerId: ({ actor }) => actor.partnerId ?? null,
  address: ({ actor }) => actor.address ?? null,
  requestId: ({ actor }) => actor.requestId ?? null,
  subjectType: ({ subject }) => subject?.type ?? null,
  subjectId: ({ subject }) => subject?.id ?? null,
  count: ({ count }) => count ?? 1,
};
