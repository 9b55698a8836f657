import { enumResolvers } from "../enums.ts";
import { type Resolvers } from "../generated/resolvers.ts";
import { AuthPayload, UserError } from "./auth-payload.ts";
import { Company } from "./company.ts";
import { CompanyMembership } from "./company-membership.ts";
import { Mutation } from "./mutation.ts";
import { Query } from "./query.ts";
import { User } from "./user.ts";

export const resolvers: Resolvers = {
  ...enumResolvers,
  AuthPayload,
  Company,
  CompanyMembership,
  Mutation,
  Query,
  User,
  UserError,
};
