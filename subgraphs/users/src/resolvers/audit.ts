import { pageLimit } from "@tradegraph/kit/pagination";
import { recordAudit } from "../commands/audit-record.ts";
import { type MutationResolvers, type QueryResolvers } from "../generated/resolvers.ts";
import { listAuditEntries } from "../queries/list-audit-entries.ts";

export const auditQueries = {
  auditEntries: (_, args, { models }, info) => listAuditEntries(models, args, pageLimit(info)),
} satisfies QueryResolvers;

export const auditMutations: MutationResolvers = {
  // Only the gateway has records to ship; subgraphs write events.
  auditRecord: async (_, { entries }, { models }) => ({ added: await recordAudit(models, "gateway", entries) }),
};
