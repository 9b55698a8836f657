import { toNodeId } from "@tradegraph/kit/node-id";
import { adminScope } from "@tradegraph/kit/viewer";
import { type UserResolvers } from "../generated/resolvers.ts";
import { sealedPlaces } from "../models/sealed-places.ts";
import { openAddress } from "../sealed-address.ts";

export const User: UserResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.userById.load(String(id)),
  id: ({ _id }) => _id.toHexString(),
  nodeId: ({ _id }) => toNodeId("User", _id.toHexString()),
  phone: ({ phone }, _, { cipher }) => (phone === undefined ? null : cipher.open(phone, sealedPlaces.phone)),
  address: ({ address }, _, { cipher }) => (address ? openAddress(cipher, address, sealedPlaces.userStreet) : null),
  staffScopes: ({ role, staffScopes }) => (role === "admin" ? (staffScopes ?? [adminScope]) : null),
  memberships: ({ _id }, _, { loaders }) => loaders.membershipsByUser.load(_id),
};
