import { enumResolvers } from "../enums.ts";
import { type Resolvers } from "../generated/resolvers.ts";
import { ApiKey } from "./api-key.ts";
import { AuditEntry } from "./audit-entry.ts";
import { AuthPayload, UserError } from "./auth-payload.ts";
import { Company } from "./company.ts";
import { CompanyInvitation } from "./company-invitation.ts";
import { CompanyMembership } from "./company-membership.ts";
import { ListedOperation } from "./listed-operation.ts";
import { Mutation } from "./mutation.ts";
import { OperationList } from "./operation-list.ts";
import { Partner } from "./partner.ts";
import { Query } from "./query.ts";
import { Session } from "./session.ts";
import { User } from "./user.ts";

export const resolvers: Resolvers = {
  ...enumResolvers,
  ApiKey,
  AuditEntry,
  AuthPayload,
  Company,
  CompanyInvitation,
  CompanyMembership,
  ListedOperation,
  Mutation,
  OperationList,
  Partner,
  Query,
  Session,
  User,
  UserError,
};
