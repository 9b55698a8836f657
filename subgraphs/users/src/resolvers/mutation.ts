import { type MutationResolvers } from "../generated/resolvers.ts";
import { accountMutations } from "./account-mutations.ts";
import { auditMutations } from "./audit.ts";
import { companyMutations } from "./company-mutations.ts";
import { partnerMutations } from "./partner-mutations.ts";
import { sessionMutations } from "./session-mutations.ts";

export const Mutation: MutationResolvers = {
  ...accountMutations,
  ...auditMutations,
  ...companyMutations,
  ...partnerMutations,
  ...sessionMutations,
};
