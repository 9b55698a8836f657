import { companyCreate } from "../commands/company-create.ts";
import { companyInvitationAccept } from "../commands/company-invitation-accept.ts";
import { companyInvitationRevoke } from "../commands/company-invitation-revoke.ts";
import { companyMemberInvite } from "../commands/company-member-invite.ts";
import { companyMemberRemove } from "../commands/company-member-remove.ts";
import { companyMemberUpdate } from "../commands/company-member-update.ts";
import { companyUpdate } from "../commands/company-update.ts";
import { type Context } from "../context.ts";
import { type MutationResolvers } from "../generated/resolvers.ts";

export const companyMutations: MutationResolvers = {
  companyCreate: (_, { input }, context) => afresh(context, companyCreate(context, input)),
  companyUpdate: (_, { input }, context) => afresh(context, companyUpdate(context, input)),
  companyMemberInvite: (_, { input }, context) => companyMemberInvite(context, input),
  companyInvitationRevoke: (_, { id }, context) => companyInvitationRevoke(context, id),
  companyInvitationAccept: (_, { token }, context) => afresh(context, companyInvitationAccept(context, token)),
  companyMemberUpdate: (_, { input }, context) => afresh(context, companyMemberUpdate(context, input)),
  companyMemberRemove: (_, { id }, context) => afresh(context, companyMemberRemove(context, id)),
};

/** What a loader has read before says no more what the viewer may see: the answer is read anew. */
async function afresh<T>(context: Context, result: Promise<T>): Promise<T> {
  const settled = await result;
  context.loaders = context.loadersFor(context.viewer);
  return settled;
}
