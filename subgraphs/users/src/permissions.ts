// Who may see what (rulings 12 and 13). Which companies and memberships there are for a viewer at all is decided in
// loaders.ts and queries/.
import { forbidden, unauthenticated } from "@tradegraph/kit/errors";
import { allow, isService, type PermissionMap, signedIn, staff, viewerRule } from "@tradegraph/kit/permissions";
import { type Viewer } from "@tradegraph/kit/viewer";
import { isUnlimited, seesEverything, seesPrivately } from "./access.ts";
import { type UserRecord } from "./models/user.ts";

const orRefuse = (allowed: boolean, { role }: Viewer, message?: string) =>
  allowed || (role === "anonymous" ? unauthenticated() : forbidden(message));

/** Any account, and our own programs; partners read as visitors do. */
const isKnown = viewerRule(
  "isKnown",
  (viewer) => orRefuse(viewer.userId !== undefined || viewer.role === "service", viewer),
  "everybody with an account, or our own programs",
);

const isSelfOrStaff = viewerRule<UserRecord>(
  "isSelfOrStaff",
  (viewer, { _id }) => orRefuse(seesPrivately(viewer, _id.toHexString()), viewer, "Only the user and staff see this."),
  "the person, staff of users, or our own programs",
);

const seesAll = viewerRule(
  "seesAll",
  (viewer) => orRefuse(seesEverything(viewer), viewer),
  "staff of users, or our own programs",
);

/** Staff without limits: only they make others staff. */
const isAdministrator = viewerRule(
  "isAdministrator",
  (viewer) => orRefuse(isUnlimited(viewer), viewer, "Only administrators do this."),
  "staff without limits",
);

export const permissions: PermissionMap = {
  Query: {
    me: allow,
    user: isKnown,
    users: seesAll,
    company: isKnown,
    companies: isKnown,
    sessions: signedIn,
    auditEntries: staff("audit"),
    operationList: staff("partners"),
    partner: staff("partners"),
    partners: staff("partners"),
    sessionStates: isService("sessions"),
    apiKeyIdentity: isService("api-keys"),
    partnerOperations: isService("api-keys"),
    partnerProfile: isService("api-keys"),
    partnersInUse: isService("api-keys"),
    spendingRule: isService("spending"),
  },
  // Whose account, company or membership is changed is decided in commands/.
  Mutation: {
    "*": signedIn,
    // Visitors sign in and register, and prove who they are by tokens out of messages.
    emailVerify: allow,
    login: allow,
    passwordReset: allow,
    passwordResetSend: allow,
    tokenRefresh: allow,
    userRegister: allow,
    userReactivate: staff("users"),
    userRoleSet: isAdministrator,
    apiKeyCreate: staff("partners"),
    apiKeyRevoke: staff("partners"),
    operationListActivate: staff("partners"),
    operationListAdd: staff("partners"),
    operationListCreate: staff("partners"),
    operationListRetire: staff("partners"),
    operationUseRecord: isService("api-keys"),
    partnerCreate: staff("partners"),
    partnerUpdate: staff("partners"),
    auditRecord: isService("audit"),
  },
  User: {
    "*": isSelfOrStaff,
    id: allow,
    nodeId: allow,
    firstName: isKnown,
    lastName: isKnown,
    sellerProfile: allow,
  },
  Company: isKnown,
  CompanyMembership: isKnown,
  ActiveOperation: isService("api-keys"),
  ActiveOperationList: isService("api-keys"),
  Address: allow,
  ApiKey: staff("partners"),
  ApiKeyIdentity: isService("api-keys"),
  ApiKeyPayload: allow,
  AuditEntry: staff("audit"),
  AuditEntryConnection: allow,
  AuditEntryEdge: allow,
  AuditRecordPayload: allow,
  AuthPayload: allow,
  CompanyConnection: allow,
  CompanyEdge: allow,
  CompanyMembershipConnection: allow,
  CompanyInvitation: signedIn,
  CompanyInvitationPayload: allow,
  CompanyMembershipEdge: allow,
  CompanyMembershipPayload: allow,
  CompanyPayload: allow,
  EmailTakenError: allow,
  EmailVerificationSendPayload: allow,
  InvalidCredentialsError: allow,
  InvalidInputError: allow,
  InvalidTokenError: allow,
  LimitReachedError: allow,
  ListedOperation: staff("partners"),
  LogoutPayload: allow,
  Money: allow,
  OperationDay: staff("partners"),
  OperationList: staff("partners"),
  OperationListPayload: allow,
  OperationUseRecordPayload: isService("api-keys"),
  OperationVersion: isService("api-keys"),
  PageInfo: allow,
  Partner: staff("partners"),
  PartnerConnection: allow,
  PartnerEdge: allow,
  PartnerInUse: isService("api-keys"),
  PartnerOperations: isService("api-keys"),
  PartnerPayload: allow,
  PartnerProfile: isService("api-keys"),
  PasswordResetSendPayload: allow,
  SellerProfile: allow,
  Session: signedIn,
  SessionState: isService("sessions"),
  SpendingRule: isService("spending"),
  TooManyAttemptsError: allow,
  UserConnection: allow,
  UserEdge: allow,
  UserPayload: allow,
  VersionedOperation: isService("api-keys"),
};
