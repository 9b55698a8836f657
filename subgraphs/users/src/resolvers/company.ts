import { toNodeId } from "@tradegraph/kit/node-id";
import { pageLimit } from "@tradegraph/kit/pagination";
import { type CompanyResolvers } from "../generated/resolvers.ts";
import { sealedPlaces } from "../models/sealed-places.ts";
import { listChildren } from "../queries/list-companies.ts";
import { listMembers } from "../queries/list-members.ts";
import { openAddress } from "../sealed-address.ts";

export const Company: CompanyResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.companyById.load(String(id)),
  id: ({ _id }) => _id.toHexString(),
  nodeId: ({ _id }) => toNodeId("Company", _id.toHexString()),
  taxId: ({ taxId }, _, { cipher }) => (taxId === undefined ? null : cipher.open(taxId, sealedPlaces.taxId)),
  addresses: ({ addresses }, _, { cipher }) =>
    Promise.all(addresses.map((address) => openAddress(cipher, address, sealedPlaces.companyStreet))),
  parent: ({ parentId }, _, { loaders }) => (parentId ? loaders.companyById.load(parentId) : null),
  children: ({ _id }, args, context, info) => context.nested(() => listChildren(context, _id, args, pageLimit(info))),
  members: ({ _id }, args, context, info) => context.nested(() => listMembers(context, _id, args, pageLimit(info))),
  invitations: ({ _id }, _, { loaders }) => loaders.invitationsByCompany.load(_id),
};
