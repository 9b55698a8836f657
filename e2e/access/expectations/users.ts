// Who sees and does what in users: people see themselves, who manages a company's members sees those, staff of this area
// and our own programs see everything of the tenant. Of others signed-in people see the name, visitors the id and what a
// seller shows (ruling 13).
import { type Expectation, type Rule, type SubgraphExpectations } from "../expectation.ts";

const clerks = "admin staffUsers services";
const everywhere = "own company child parent otherCompany other otherTenant";

/** Somebody's own things, and any for the staff of people; the others see nothing, who is nobody is refused. */
const self: Rule = {
  sees: { accounts: "own", [clerks]: "all" },
  refused: { "anonymous partners": everywhere },
  rest: "nothing",
};

const privateField: Rule = { sees: { accounts: "own", [clerks]: "all" } };

/** What comes down from a company reaches those below, never those above. */
const companies: Rule = {
  sees: { members: "company child", parentAdmin: "company child parent", [clerks]: "all" },
  refused: { "anonymous partners": everywhere },
  rest: "nothing",
};

const managed: Rule = {
  sees: { companyAdmin: "company child", parentAdmin: "company child parent", "admin staffUsers": "all" },
};

/** What the token of a message allows, whoever sends it; in its tenant only. */
const byToken = (about: Expectation["about"]): Expectation => ({
  about,
  sees: { everybody: "all" },
});

const own: Expectation = { about: "self", sees: { accounts: "own" } };
const anybody: Expectation = { about: "nothing", sees: { everybody: "all" } };
const internal = (role: string, about: Expectation["about"]): Expectation => ({
  about,
  sees: { [role]: "all" },
  nothing: { [role]: "otherTenant" },
});
const ofPartners = (about: Expectation["about"]): Expectation => ({ about, sees: { "admin staffPartners": "all" } });

export const users: SubgraphExpectations = {
  operations: {
    "Query.me": { about: "self", sees: { accounts: "own" }, rest: "nothing" },
    "Query.user": { about: "user", ...self },
    "Query.users": { about: "user", sees: { [clerks]: "all" }, nothing: { [clerks]: "otherTenant" } },
    "Query.company": { about: "company", ...companies },
    "Query.companies": { about: "company", ...companies },
    "Query.sessions": {
      about: "session",
      sees: { accounts: "own" },
      nothing: { accounts: "other otherTenant" },
    },
    "Query.auditEntries": {
      about: "auditEntry",
      sees: { "admin staffAudit": "all" },
      nothing: { "admin staffAudit": "otherTenant" },
    },
    "Query.partner": { ...ofPartners("partner"), nothing: { "admin staffPartners": "otherTenant" } },
    "Query.partners": { ...ofPartners("partner"), nothing: { "admin staffPartners": "otherTenant" } },
    "Query.sessionStates": internal("serviceSessions", "session"),
    // The hash comes alone and says which tenant it is for: that is what the gateway asks it for.
    "Query.apiKeyIdentity": { about: "apiKey", sees: { serviceApiKeys: "other otherTenant" } },
    "Query.operationList": { ...ofPartners("operationList"), nothing: { "admin staffPartners": "otherTenant" } },
    "Query.partnerOperations": internal("serviceApiKeys", "operationList"),
    "Query.partnerProfile": internal("serviceApiKeys", "partner"),
    // What a gateway gets ready when it starts, for all tenants.
    "Query.partnersInUse": { about: "apiKey", sees: { serviceApiKeys: "other otherTenant" } },
    "Query.spendingRule": internal("serviceSpending", "membership"),

    "Mutation.userRegister": anybody,
    "Mutation.login": byToken("account"),
    "Mutation.tokenRefresh": byToken("session"),
    "Mutation.logout": own,
    "Mutation.logout(everywhere)": own,
    "Mutation.sessionRevoke": { about: "session", sees: { accounts: "own" } },
    "Mutation.emailVerificationSend": own,
    "Mutation.emailVerify": byToken("link"),
    "Mutation.passwordChange": own,
    // Does the same whether the address has an account or not, so that nothing tells: who sends the message finds out.
    "Mutation.passwordResetSend": { about: "account", sees: { everybody: "other otherTenant" } },
    "Mutation.passwordReset": byToken("resetLink"),
    "Mutation.userUpdate": own,
    "Mutation.userDeactivate": { about: "user", sees: { accounts: "own", "admin staffUsers": "all" } },
    "Mutation.userDeactivate(staff)": { about: "staffAccount", sees: { admin: "all" } },
    "Mutation.userReactivate": { about: "closedUser", sees: { "admin staffUsers": "all" } },
    "Mutation.userReactivate(staff)": { about: "closedStaffAccount", sees: { admin: "all" } },
    "Mutation.userRoleSet": { about: "account", sees: { admin: "all" } },
    "Mutation.companyCreate": { about: "nothing", sees: { "customers supplier": "all" } },
    "Mutation.companyCreate(below)": { about: "company", ...managed },
    "Mutation.companyUpdate": { about: "company", ...managed },
    "Mutation.companyUpdate(credit)": { about: "company", sees: { "admin staffUsers": "all" } },
    "Mutation.companyMemberInvite": { about: "company", ...managed },
    "Mutation.companyInvitationRevoke": { about: "invitation", ...managed },
    "Mutation.companyInvitationAccept": { about: "ownInvitation", sees: { accounts: "own" } },
    "Mutation.companyMemberUpdate": {
      about: "membership",
      sees: { ...managed.sees, managers: "own company child", parentAdmin: "own company child parent" },
    },
    "Mutation.companyMemberRemove": {
      about: "membership",
      sees: { ...managed.sees, members: "own" },
    },
    "Mutation.partnerCreate": { about: "nothing", sees: { "admin staffPartners": "all" } },
    "Mutation.partnerUpdate": ofPartners("partner"),
    "Mutation.apiKeyCreate": ofPartners("partner"),
    "Mutation.apiKeyRevoke": ofPartners("apiKey"),
    "Mutation.operationListCreate": ofPartners("partner"),
    "Mutation.operationListAdd": ofPartners("pendingOperationList"),
    "Mutation.operationListActivate": ofPartners("pendingOperationList"),
    "Mutation.operationListRetire": ofPartners("operationList"),
    "Mutation.operationUseRecord": internal("serviceApiKeys", "operationList"),
    "Mutation.auditRecord": { about: "nothing", sees: { serviceAudit: "all" } },
  },
  entities: {
    User: {
      about: "user",
      sees: { everybody: "all" },
      rest: "nothing",
      fields: {
        firstName: { sees: { "accounts services": "all" } },
        lastName: { sees: { "accounts services": "all" } },
        ...Object.fromEntries(
          ["email", "role", "phone", "address", "isActive", "emailVerifiedAt", "lastLogin", "createdAt"].map((name) => [
            name,
            privateField,
          ]),
        ),
        staffScopes: privateField,
        // Not everybody acts for a company.
        memberships: {
          sees: { members: "own", [clerks]: "company child parent otherCompany" },
          nothing: { accounts: "own", [clerks]: "other" },
        },
      },
    },
    Company: {
      about: "company",
      sees: companies.sees,
      rest: "nothing",
      fields: {
        // Upwards nobody sees.
        parent: {
          sees: { members: "child", parentAdmin: "company child", [clerks]: "company child otherCompany" },
          rest: "nothing",
        },
        invitations: { sees: { ...managed.sees, [clerks]: "all" }, rest: "nothing" },
      },
    },
    CompanyMembership: {
      about: "membership",
      sees: {
        members: "own",
        companyAdmin: "own company child",
        parentAdmin: "own company child parent",
        [clerks]: "all",
      },
      rest: "nothing",
      fields: { inheritedFrom: { sees: {}, rest: "nothing" } },
      also: {
        inherited: { about: "inheritedMembership", sees: { members: "own", [clerks]: "all" }, rest: "nothing" },
      },
    },
  },
};
