import { withCacheRules } from "@tradegraph/kit/cache-rules";
import { dataKeySchema } from "@tradegraph/kit/data-key-store";
import { systemSchemas } from "@tradegraph/kit/system-models";
import { type Connection } from "mongoose";
import { type AuditRetention, defaultAuditRetention } from "./audit-retention.ts";
import { cacheRules } from "./cache-rules.ts";
import { type AuditEntryDocument, auditEntrySchema } from "./models/audit-entry.ts";
import { type CompanyDocument, companySchema } from "./models/company.ts";
import { type EventPositionDocument, eventPositionSchema } from "./models/event-position.ts";
import { type InvitationDocument, invitationSchema } from "./models/invitation.ts";
import { type MailDocument, mailSchema } from "./models/mail.ts";
import { type MembershipDocument, membershipSchema } from "./models/membership.ts";
import { type OneTimeTokenDocument, oneTimeTokenSchema } from "./models/one-time-token.ts";
import { type OperationListDocument, operationListSchema } from "./models/operation-list.ts";
import { type OperationUseDocument, operationUseSchema } from "./models/operation-use.ts";
import { type PartnerDocument, partnerSchema } from "./models/partner.ts";
import { type SessionDocument, sessionSchema } from "./models/session.ts";
import { type SignInAttemptDocument, signInAttemptSchema } from "./models/sign-in-attempt.ts";
import { type UserDocument, userSchema } from "./models/user.ts";

/** Schemas by collection: migrations and the walking tests read this list. */
export const schemas = {
  ...systemSchemas,
  dataKeys: dataKeySchema,
  auditLog: auditEntrySchema,
  eventPositions: eventPositionSchema,
  companies: companySchema,
  invitations: invitationSchema,
  mails: mailSchema,
  memberships: membershipSchema,
  oneTimeTokens: oneTimeTokenSchema,
  operationLists: operationListSchema,
  operationUses: operationUseSchema,
  partners: partnerSchema,
  sessions: sessionSchema,
  signInAttempts: signInAttemptSchema,
  users: userSchema,
};

/** Models bound to a connection; each program, and each test, has its own. */
export const createModels = (connection: Connection, auditRetention: AuditRetention = defaultAuditRetention) =>
  withCacheRules(cacheRules, {
    /** How long the entries are kept that are written through these models. */
    auditRetention,
    AuditEntry: connection.model<AuditEntryDocument>("AuditEntry", auditEntrySchema, "auditLog"),
    EventPosition: connection.model<EventPositionDocument>("EventPosition", eventPositionSchema, "eventPositions"),
    Company: connection.model<CompanyDocument>("Company", companySchema, "companies"),
    Invitation: connection.model<InvitationDocument>("Invitation", invitationSchema, "invitations"),
    Mail: connection.model<MailDocument>("Mail", mailSchema, "mails"),
    Membership: connection.model<MembershipDocument>("Membership", membershipSchema, "memberships"),
    OneTimeToken: connection.model<OneTimeTokenDocument>("OneTimeToken", oneTimeTokenSchema, "oneTimeTokens"),
    OperationList: connection.model<OperationListDocument>("OperationList", operationListSchema, "operationLists"),
    OperationUse: connection.model<OperationUseDocument>("OperationUse", operationUseSchema, "operationUses"),
    Partner: connection.model<PartnerDocument>("Partner", partnerSchema, "partners"),
    Session: connection.model<SessionDocument>("Session", sessionSchema, "sessions"),
    SignInAttempt: connection.model<SignInAttemptDocument>("SignInAttempt", signInAttemptSchema, "signInAttempts"),
    User: connection.model<UserDocument>("User", userSchema, "users"),
  });

export type Models = ReturnType<typeof createModels>;
