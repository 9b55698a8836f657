import { toObjectId } from "@tradegraph/kit/node-id";
import { pageLimit } from "@tradegraph/kit/pagination";
import { seesPrivately } from "../access.ts";
import { type QueryResolvers } from "../generated/resolvers.ts";
import { listCompanies } from "../queries/list-companies.ts";
import { listUsers } from "../queries/list-users.ts";
import { spendingRule } from "../queries/spending-rule.ts";
import { auditQueries } from "./audit.ts";
import { sessionQueries } from "./session-queries.ts";
import { partnerQueries } from "./partner-queries.ts";

export const Query: QueryResolvers = {
  ...auditQueries,
  ...sessionQueries,
  ...partnerQueries,
  me: (_, _args, { loaders, viewer }) => (viewer.userId === undefined ? null : loaders.userById.load(viewer.userId)),
  user: (_, { id }, { loaders, viewer }) => {
    const userId = toObjectId(id);
    return seesPrivately(viewer, id) ? loaders.userById.load(userId) : null;
  },
  users: (_, args, { models, viewer }, info) => listUsers(models, viewer, args, pageLimit(info)),
  company: (_, { id }, { loaders }) => loaders.companyById.load(toObjectId(id)),
  spendingRule: (_, { userId, companyId }, { models }) => spendingRule(models, userId, companyId),
  companies: (_, args, context, info) => listCompanies(context, args, pageLimit(info)),
};
