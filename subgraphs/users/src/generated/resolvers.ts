/* eslint-disable */
import type { StoredAuditCategory as AuditCategory } from '../enums.ts';
import type { StoredAuditCategory as AuditCategoryFilter } from '../enums.ts';
import type { StoredAuditOutcome as AuditOutcome } from '../enums.ts';
import type { StoredAuditOutcome as AuditOutcomeFilter } from '../enums.ts';
import type { CompanyPermission } from '../enums.ts';
import type { StoredCompanyRole as CompanyRole } from '../enums.ts';
import type { StoredCompanyRole as CompanyRoleInput } from '../enums.ts';
import type { StoredCompanyStatus as CompanyStatus } from '../enums.ts';
import type { StoredCompanyStatus as CompanyStatusFilter } from '../enums.ts';
import type { StoredOperationType as ListedOperationType } from '../enums.ts';
import type { StoredOperationListStatus as OperationListStatus } from '../enums.ts';
import type { StoredPartnerScope as PartnerScope } from '../enums.ts';
import type { StoredPartnerScope as PartnerScopeInput } from '../enums.ts';
import type { StoredPaymentTerms as PaymentTerms } from '../enums.ts';
import type { StoredPaymentTerms as PaymentTermsInput } from '../enums.ts';
import type { StoredSpendingPeriod as SpendingPeriod } from '../enums.ts';
import type { StoredSpendingPeriod as SpendingPeriodInput } from '../enums.ts';
import type { StoredStaffScope as StaffScope } from '../enums.ts';
import type { StoredStaffScope as StaffScopeInput } from '../enums.ts';
import type { StoredUserRole as UserRole } from '../enums.ts';
import type { StoredUserRole as UserRoleFilter } from '../enums.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { StoredMoney } from '@tradegraph/kit/money';
import type { ApiKeyDocument } from '../models/api-key.ts';
import type { AuditEntryDocument } from '../models/audit-entry.ts';
import type { AuditEntryPage, CompanyPage, MembershipPage, PartnerPage, UserPage } from '../connections.ts';
import type { SignInResult } from '../sign-in.ts';
import type { InvitationDocument } from '../models/invitation.ts';
import type { CompanyDocument } from '../models/company.ts';
import type { EffectiveMembership } from '../effective-memberships.ts';
import type { UserErrorRecord } from '../user-errors.ts';
import type { ListedOperationRecord, OperationListDocument } from '../models/operation-list.ts';
import type { PartnerDocument } from '../models/partner.ts';
import type { SessionDocument } from '../models/session.ts';
import type { SpendingRuleRecord } from '../queries/spending-rule.ts';
import type { UserRecord } from '../models/user.ts';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null | undefined;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type EnumResolverSignature<T, AllowedValues = any> = { [key in keyof T]?: AllowedValues };
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** ISO 4217 currency code, such as `EUR`. */
  CurrencyCode: { input: string; output: string; }
  /** Instant in RFC 3339 text, always UTC in answers, such as `2026-01-31T12:00:00.000Z`. */
  DateTime: { input: Date; output: Date; }
  /** Decimal number as text, such as `"19.99"`, so that no client rounds it. */
  Decimal: { input: string; output: string; }
  /** Whole number up to 2^53−1 as a JSON number. */
  Long: { input: number; output: number; }
  /** http(s) address, or a path on this site. */
  URL: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** An operation of a list that counts. */
export type ActiveOperation = {
  /** The document. */
  body: Scalars['String']['output'];
  /** Name. */
  name: Scalars['String']['output'];
  /** Id by which it is sent. */
  operationId: Scalars['String']['output'];
  /** Kind. */
  type: ListedOperationType;
};

/** A list that counts. */
export type ActiveOperationList = {
  /** The list. */
  id: Scalars['ID']['output'];
  /** Name of the version. */
  name: Scalars['String']['output'];
  /** Its operations. */
  operations: Array<ActiveOperation>;
};

/** A postal address. */
export type Address = {
  /** City. */
  city: Scalars['String']['output'];
  /** ISO 3166 country code, such as `DE`. */
  country: Scalars['String']['output'];
  /** State or region. */
  state?: Maybe<Scalars['String']['output']>;
  /** Street and number. */
  street: Scalars['String']['output'];
  /** Postal code. */
  zip: Scalars['String']['output'];
};

/** A postal address. */
export type AddressInput = {
  /** City, up to 100 characters. */
  city: Scalars['String']['input'];
  /** ISO 3166 country code, such as `DE`. */
  country: Scalars['String']['input'];
  /** State or region. */
  state?: InputMaybe<Scalars['String']['input']>;
  /** Street and number, up to 200 characters. */
  street: Scalars['String']['input'];
  /** Postal code, up to 20 characters. */
  zip: Scalars['String']['input'];
};

/** A key of a partner; the secret part is kept by nobody but the partner. */
export type ApiKey = {
  /** Networks it may be used from; empty for all. */
  allowedAddresses: Array<Scalars['String']['output']>;
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** When it ends. */
  expiresAt: Scalars['DateTime']['output'];
  /** Id. */
  id: Scalars['ID']['output'];
  /** When it was last used, to the minute. */
  lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Name for people. */
  name: Scalars['String']['output'];
  /** First characters, to tell it from others. */
  prefix: Scalars['String']['output'];
  /** When it was ended, null while it counts. */
  revokedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What it allows. */
  scopes: Array<PartnerScope>;
};

/** A new API key. */
export type ApiKeyCreateInput = {
  /** Networks it may be used from, such as `192.0.2.0/24`, at most 20; from everywhere without it. */
  allowedAddresses?: InputMaybe<Array<Scalars['String']['input']>>;
  /** When it ends; a year from now at most, which is also the default. */
  expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Name for people, up to 100 characters. */
  name: Scalars['String']['input'];
  /** The partner. */
  partnerId: Scalars['ID']['input'];
  /** What it allows. */
  scopes: Array<PartnerScopeInput>;
};

/** What an API key stands for. */
export type ApiKeyIdentity = {
  /** Networks it may be used from; empty for all. */
  allowedAddresses: Array<Scalars['String']['output']>;
  /** Company of the partner. */
  companyId?: Maybe<Scalars['ID']['output']>;
  /** When it ends. */
  expiresAt: Scalars['DateTime']['output'];
  /** The key. */
  keyId: Scalars['ID']['output'];
  /** The partner. */
  partnerId: Scalars['ID']['output'];
  /** Name of the partner. */
  partnerName: Scalars['String']['output'];
  /** Scopes. */
  scopes: Array<Scalars['String']['output']>;
  /** Tenant. */
  tenantId: Scalars['String']['output'];
};

/** Result of changing an API key. */
export type ApiKeyPayload = {
  /** The key, null when there are errors. */
  apiKey?: Maybe<ApiKey>;
  /** The whole key to send as `x-api-key`, only when it was made just now. */
  secret?: Maybe<Scalars['String']['output']>;
  /** What a person can put right; empty on success. */
  userErrors: Array<UserError>;
};

export type { AuditCategory };

export type { AuditCategoryFilter };

/** Something that happened. */
export type AuditEntry = {
  /** What, such as `order.placed`. */
  action: Scalars['String']['output'];
  /** Network address it came from. */
  address?: Maybe<Scalars['String']['output']>;
  /** When. */
  at: Scalars['DateTime']['output'];
  /** Category. */
  category: AuditCategory;
  /** Names of changed fields. */
  changes: Array<Scalars['String']['output']>;
  /** Code of a refusal or failure. */
  code?: Maybe<Scalars['String']['output']>;
  /** How many equal events it stands for: floods are counted, not listed. */
  count: Scalars['Int']['output'];
  /** Types whose things were read or written. */
  entityTypes: Array<Scalars['String']['output']>;
  /** Id. */
  id: Scalars['ID']['output'];
  /** Operation name. */
  operation?: Maybe<Scalars['String']['output']>;
  /** How it ended. */
  outcome: AuditOutcome;
  /** Partner whose key was used. */
  partnerId?: Maybe<Scalars['ID']['output']>;
  /** Request id, as in logs and answers. */
  requestId?: Maybe<Scalars['String']['output']>;
  /** Role of who did it. */
  role: Scalars['String']['output'];
  /** Id of the thing it is about. */
  subjectId?: Maybe<Scalars['ID']['output']>;
  /** Type of the thing it is about. */
  subjectType?: Maybe<Scalars['String']['output']>;
  /** Who did it, null when nobody was signed in. */
  user?: Maybe<User>;
};

/** A page of audit entries. */
export type AuditEntryConnection = {
  /** Elements with their cursors. */
  edges: Array<AuditEntryEdge>;
  /** The elements alone. */
  nodes: Array<AuditEntry>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are, null above 10,000. */
  totalCount?: Maybe<Scalars['Int']['output']>;
};

/** An element of a page. */
export type AuditEntryEdge = {
  /** Its place in the list. */
  cursor: Scalars['String']['output'];
  /** The entry. */
  node: AuditEntry;
};

/** Conditions on audit entries; all given ones must hold. */
export type AuditEntryFilter = {
  /** With exactly this action, such as `login.refused`. */
  action?: InputMaybe<Scalars['String']['input']>;
  /** Of this category. */
  category?: InputMaybe<AuditCategoryFilter>;
  /** At or after. */
  from?: InputMaybe<Scalars['DateTime']['input']>;
  /** With this outcome. */
  outcome?: InputMaybe<AuditOutcomeFilter>;
  /** About this thing, by its id. */
  subjectId?: InputMaybe<Scalars['ID']['input']>;
  /** Before. */
  to?: InputMaybe<Scalars['DateTime']['input']>;
  /** By this user. */
  userId?: InputMaybe<Scalars['ID']['input']>;
};

/** An entry for the audit log, from one of our own programs. */
export type AuditEntryInput = {
  /** What, such as `operation.run`. */
  action: Scalars['String']['input'];
  /** Network address of the client. */
  address?: InputMaybe<Scalars['String']['input']>;
  /** When. */
  at: Scalars['DateTime']['input'];
  /** Category. */
  category: AuditCategory;
  /** Code of a refusal or failure. */
  code?: InputMaybe<Scalars['String']['input']>;
  /** Company acted for. */
  companyId?: InputMaybe<Scalars['ID']['input']>;
  /** How many equal events it stands for; 1 if absent. */
  count?: InputMaybe<Scalars['Int']['input']>;
  /** Types whose things were read or written. */
  entityTypes?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Name of the entry; a repetition is ignored. */
  eventId: Scalars['ID']['input'];
  /** Operation name. */
  operation?: InputMaybe<Scalars['String']['input']>;
  /** How it ended. */
  outcome: AuditOutcome;
  /** Partner. */
  partnerId?: InputMaybe<Scalars['ID']['input']>;
  /** Request id. */
  requestId?: InputMaybe<Scalars['String']['input']>;
  /** Instead of `requestId`, up to 100 of them: it stands for as many entries, each named by `eventId` and its place. */
  requestIds?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Role of who did it. */
  role: Scalars['String']['input'];
  /** Session. */
  sessionId?: InputMaybe<Scalars['ID']['input']>;
  /** Tenant; `platform` when nobody knows it. */
  tenantId: Scalars['String']['input'];
  /** User. */
  userId?: InputMaybe<Scalars['ID']['input']>;
};

export type { AuditOutcome };

export type { AuditOutcomeFilter };

/** How many entries were taken over. */
export type AuditRecordPayload = {
  /** New entries. */
  added: Scalars['Int']['output'];
};

/** Result of signing in or registering. */
export type AuthPayload = {
  /** Token for `Authorization: Bearer …`; null when there are errors. */
  accessToken?: Maybe<Scalars['String']['output']>;
  /** When the token ends. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the refresh token ends. */
  refreshExpiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Token for `tokenRefresh`, good for one use; keep it like a password. */
  refreshToken?: Maybe<Scalars['String']['output']>;
  /** The user. */
  user?: Maybe<User>;
  /** What a person can put right; empty on success. */
  userErrors: Array<UserError>;
};

/** Callers to whom more is shown than to everybody: they are asked for as themselves, and their answers are not kept. */
export type CacheAudience =
  /** Partners with an API key. */
  | 'PARTNER'
  /** Everybody with an account. */
  | 'SIGNED_IN'
  /** Staff. */
  | 'STAFF'
  /** Suppliers. */
  | 'SUPPLIER';

/** For whom an answer may be kept: for everybody of the shop, or for one session. */
export type CacheControlScope =
  /** For who asks. */
  | 'PRIVATE'
  /** For everybody. */
  | 'PUBLIC';

/** What a value may depend on besides shop and arguments. */
export type CacheDimension =
  /** The company whose agreed prices the caller gets. */
  | 'COMPANY';

/** Whom a mutation waits for before it answers. */
export type CacheWait =
  /** The gateway that was asked. */
  | 'NONE'
  /** All gateways. */
  | 'STRICT';

/** A firm that buys or sells, seen by its members and staff. */
export type Company = Node & {
  /** Its addresses, at most 20; null when they cannot be opened. */
  addresses?: Maybe<Array<Address>>;
  /** Firms that belong to it, of those the viewer may see. */
  children: CompanyConnection;
  /** When it was added. */
  createdAt: Scalars['DateTime']['output'];
  /** Most it may owe, null without credit; for members and staff. */
  creditLimit?: Maybe<Money>;
  /** Id. */
  id: Scalars['ID']['output'];
  /** Open invitations, at most 100; for staff and for who manages its members. */
  invitations?: Maybe<Array<CompanyInvitation>>;
  /** People who act for it: all for staff and for who manages its members, else the viewer alone. */
  members?: Maybe<CompanyMembershipConnection>;
  /** Name. */
  name: Scalars['String']['output'];
  /** Graph-wide id for `node(id:)`. */
  nodeId: Scalars['ID']['output'];
  /** The firm it belongs to, null for who may not see that. */
  parent?: Maybe<Company>;
  /** When it pays. */
  paymentTerms: PaymentTerms;
  /** Whether it may trade. */
  status: CompanyStatus;
  /** Tax id, for members and staff. */
  taxId?: Maybe<Scalars['String']['output']>;
};


/** A firm that buys or sells, seen by its members and staff. */
export type CompanyChildrenArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** A firm that buys or sells, seen by its members and staff. */
export type CompanyMembersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of companies. */
export type CompanyConnection = {
  /** Elements with their cursors. */
  edges: Array<CompanyEdge>;
  /** The elements alone. */
  nodes: Array<Company>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are, null above 10,000. */
  totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A new company. */
export type CompanyCreateInput = {
  /** Its addresses, at most 20. */
  addresses?: InputMaybe<Array<AddressInput>>;
  /** Name, up to 200 characters. */
  name: Scalars['String']['input'];
  /** The company it belongs to, which the viewer must manage. */
  parentId?: InputMaybe<Scalars['ID']['input']>;
  /** Tax id, up to 50 characters. */
  taxId?: InputMaybe<Scalars['String']['input']>;
};

/** An element of a page. */
export type CompanyEdge = {
  /** Its place in the list. */
  cursor: Scalars['String']['output'];
  /** The company. */
  node: Company;
};

/** Conditions on companies; all given ones must hold. */
export type CompanyFilter = {
  /** Name begins with this, without regard to case; 2 to 100 characters. */
  namePrefix?: InputMaybe<Scalars['String']['input']>;
  /** In this state. */
  status?: InputMaybe<CompanyStatusFilter>;
};

/** An invitation to act for a company. */
export type CompanyInvitation = {
  /** When it was sent. */
  createdAt: Scalars['DateTime']['output'];
  /** E-mail address of the person. */
  email: Scalars['String']['output'];
  /** When it lapses. */
  expiresAt: Scalars['DateTime']['output'];
  /** Id. */
  id: Scalars['ID']['output'];
  /** Role in the company. */
  role: CompanyRole;
};

/** Result of inviting a person. */
export type CompanyInvitationPayload = {
  /** The invitation, null when there are errors. */
  invitation?: Maybe<CompanyInvitation>;
  /** What a person can put right; empty on success. */
  userErrors: Array<UserError>;
};

/** A person to act for a company. */
export type CompanyMemberInviteInput = {
  /** The company. */
  companyId: Scalars['ID']['input'];
  /** The person's e-mail address. */
  email: Scalars['String']['input'];
  /** Role in the company. */
  role: CompanyRoleInput;
  /** Most the person may order in a period without approval; no limit without it. */
  spendingLimit?: InputMaybe<MoneyInput>;
  /** Period of the limit; a month without it. */
  spendingPeriod?: InputMaybe<SpendingPeriodInput>;
};

/** Changes of a membership; what is absent stays. */
export type CompanyMemberUpdateInput = {
  /** The membership. */
  id: Scalars['ID']['input'];
  /** Role in the company. */
  role?: InputMaybe<CompanyRoleInput>;
  /** Most the person may order in a period without approval; null takes the limit away. */
  spendingLimit?: InputMaybe<MoneyInput>;
  /** Period of the limit. */
  spendingPeriod?: InputMaybe<SpendingPeriodInput>;
};

/** A person acting for a company, seen by that person, by who manages the company's members, and by staff. */
export type CompanyMembership = Node & {
  /** The company. */
  company: Company;
  /** Id. */
  id: Scalars['ID']['output'];
  /** The company above from which the membership comes down, null for one of its own. */
  inheritedFrom?: Maybe<Company>;
  /** Graph-wide id for `node(id:)`. */
  nodeId: Scalars['ID']['output'];
  /** What the role allows. */
  permissions: Array<CompanyPermission>;
  /** Role in the company. */
  role: CompanyRole;
  /** Most the person may order in a period without approval, null without limit. */
  spendingLimit?: Maybe<Money>;
  /** Period of the limit. */
  spendingPeriod: SpendingPeriod;
  /** The person. */
  user: User;
};

/** A page of memberships. */
export type CompanyMembershipConnection = {
  /** Elements with their cursors. */
  edges: Array<CompanyMembershipEdge>;
  /** The elements alone. */
  nodes: Array<CompanyMembership>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are, null above 10,000. */
  totalCount?: Maybe<Scalars['Int']['output']>;
};

/** An element of a page. */
export type CompanyMembershipEdge = {
  /** Its place in the list. */
  cursor: Scalars['String']['output'];
  /** The membership. */
  node: CompanyMembership;
};

/** Result of changing a membership. */
export type CompanyMembershipPayload = {
  /** The membership, null when there are errors or when it has ended. */
  membership?: Maybe<CompanyMembership>;
  /** What a person can put right; empty on success. */
  userErrors: Array<UserError>;
};

/** Result of changing a company. */
export type CompanyPayload = {
  /** The company, null when there are errors. */
  company?: Maybe<Company>;
  /** What a person can put right; empty on success. */
  userErrors: Array<UserError>;
};

export type { CompanyPermission };

export type { CompanyRole };

export type { CompanyRoleInput };

/** Order of a company list. */
export type CompanySort = {
  /** Which way. */
  direction?: SortDirection;
  /** What to sort by. */
  key: CompanySortKey;
};

/** What companies can be sorted by. */
export type CompanySortKey =
  /** When it was added. */
  | 'CREATED_AT'
  /** Name, without regard to case. */
  | 'NAME';

export type { CompanyStatus };

export type { CompanyStatusFilter };

/** Changes of a company; what is absent stays. */
export type CompanyUpdateInput = {
  /** All its addresses, at most 20. */
  addresses?: InputMaybe<Array<AddressInput>>;
  /** Most it may owe; null ends the credit; for staff. */
  creditLimit?: InputMaybe<MoneyInput>;
  /** The company. */
  id: Scalars['ID']['input'];
  /** Name, up to 200 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** When it pays; for staff. */
  paymentTerms?: InputMaybe<PaymentTermsInput>;
  /** Whether it may trade; for staff. */
  status?: InputMaybe<CompanyStatusFilter>;
  /** Tax id, up to 50 characters; null clears. */
  taxId?: InputMaybe<Scalars['String']['input']>;
};

/** The e-mail address has an account already. */
export type EmailTakenError = UserError & {
  /** Path of the input field. */
  field?: Maybe<Array<Scalars['String']['output']>>;
  /** What is wrong and what to do. */
  message: Scalars['String']['output'];
};

/** Result of sending a message. */
export type EmailVerificationSendPayload = {
  /** The user. */
  user?: Maybe<User>;
  /** What a person can put right; empty on success. */
  userErrors: Array<UserError>;
};

/** E-mail or password is wrong; which of them is not told. */
export type InvalidCredentialsError = UserError & {
  /** Path of the input field. */
  field?: Maybe<Array<Scalars['String']['output']>>;
  /** What is wrong and what to do. */
  message: Scalars['String']['output'];
};

/** An input value that is not accepted. */
export type InvalidInputError = UserError & {
  /** Path of the input field. */
  field?: Maybe<Array<Scalars['String']['output']>>;
  /** What is wrong and what to do. */
  message: Scalars['String']['output'];
};

/** A token of a link, an invitation or a session that does not count, or no more. */
export type InvalidTokenError = UserError & {
  /** Path of the input field. */
  field?: Maybe<Array<Scalars['String']['output']>>;
  /** What is wrong and what to do. */
  message: Scalars['String']['output'];
};

/** A limit of the shop is reached. */
export type LimitReachedError = UserError & {
  /** Path of the input field. */
  field?: Maybe<Array<Scalars['String']['output']>>;
  /** The limit. */
  limit: Scalars['Int']['output'];
  /** What is wrong and what to do. */
  message: Scalars['String']['output'];
};

/** An operation of a list. */
export type ListedOperation = {
  /** The document. */
  body: Scalars['String']['output'];
  /** Program of the partner that sends it. */
  clientName?: Maybe<Scalars['String']['output']>;
  /** When it was last sent, to the half minute; null for never. */
  lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Name in the document. */
  name: Scalars['String']['output'];
  /** Id by which it is sent. */
  operationId: Scalars['String']['output'];
  /** Kind. */
  type: ListedOperationType;
  /** How often it was sent. */
  uses: Scalars['Long']['output'];
  /** How often on each of the last days with uses, at most 30, the latest first. */
  usesByDay: Array<OperationDay>;
};

/** An operation for a list. */
export type ListedOperationInput = {
  /** The document: one operation with a name, up to 64 KB. */
  body: Scalars['String']['input'];
  /** Program of the partner that sends it, for people. */
  clientName?: InputMaybe<Scalars['String']['input']>;
  /** Id by which it is sent, up to 128 characters. One in the shape of a SHA-256 must be that of `body`. */
  operationId: Scalars['String']['input'];
};

export type { ListedOperationType };

/** E-mail and password. */
export type LoginInput = {
  /** Company to act for; without it the user's first one. */
  companyId?: InputMaybe<Scalars['ID']['input']>;
  /** E-mail address, in any case. */
  email: Scalars['String']['input'];
  /** Password. */
  password: Scalars['String']['input'];
};

/** Result of ending sessions. */
export type LogoutPayload = {
  /** How many sessions were ended. */
  ended: Scalars['Int']['output'];
  /** What a person can put right; empty on success. */
  userErrors: Array<UserError>;
};

/** An amount of money, exact. */
export type Money = {
  /** The same amount as decimal text: `"19.99"`. */
  amount: Scalars['Decimal']['output'];
  /** Amount in minor units of the currency: 1999 is €19.99. */
  amountMinor: Scalars['Long']['output'];
  /** Currency of the amount. */
  currencyCode: Scalars['CurrencyCode']['output'];
};

/** An amount of money. */
export type MoneyInput = {
  /** Decimal text, such as `"19.99"`. */
  amount: Scalars['Decimal']['input'];
  /** Currency of the amount. */
  currencyCode: Scalars['CurrencyCode']['input'];
};

export type Mutation = {
  /** Makes an API key, shown this once; for staff. A partner has two live keys at most, so that it can change over. */
  apiKeyCreate?: Maybe<ApiKeyPayload>;
  /** Ends an API key at once; for staff. */
  apiKeyRevoke?: Maybe<ApiKeyPayload>;
  /** Takes over audit entries, each once; for our own programs. */
  auditRecord?: Maybe<AuditRecordPayload>;
  /** Founds a company that staff will check; the viewer becomes its administrator. */
  companyCreate?: Maybe<CompanyPayload>;
  /** Accepts the invitation whose token came by e-mail; for the person with that address. */
  companyInvitationAccept?: Maybe<CompanyMembershipPayload>;
  /** Takes an invitation back. */
  companyInvitationRevoke?: Maybe<CompanyInvitationPayload>;
  /** Invites a person by e-mail to act for a company; for who manages its members. */
  companyMemberInvite?: Maybe<CompanyInvitationPayload>;
  /** Ends a membership: one's own, or another's for who manages the company's members. */
  companyMemberRemove?: Maybe<CompanyMembershipPayload>;
  /** Changes role and limit of a member; for who manages the company's members. */
  companyMemberUpdate?: Maybe<CompanyMembershipPayload>;
  /** Changes a company's data; for who manages it. Credit, terms and state are for staff. */
  companyUpdate?: Maybe<CompanyPayload>;
  /** Sends the viewer a message with a link that proves the e-mail address. */
  emailVerificationSend?: Maybe<EmailVerificationSendPayload>;
  /** Proves an e-mail address with the token of that link. */
  emailVerify?: Maybe<UserPayload>;
  /** Signs in with e-mail and password. */
  login?: Maybe<AuthPayload>;
  /** Ends the session of the access token, or all sessions of the user. */
  logout?: Maybe<LogoutPayload>;
  /** Lets the partner send the operations of a pending list, from now on; for staff. Four lists of a partner are active at most. */
  operationListActivate?: Maybe<OperationListPayload>;
  /** Adds operations to a pending list, all or none; for staff. Adding the same again changes nothing. */
  operationListAdd?: Maybe<OperationListPayload>;
  /**
   * Begins an operation list of a partner, pending and empty; for staff. A partner has 20 at most; the oldest retired ones
   * make room.
   */
  operationListCreate?: Maybe<OperationListPayload>;
  /** Ends an operation list; for staff. Refused while operations that no other active list has were used within a day. */
  operationListRetire?: Maybe<OperationListPayload>;
  /** Counts uses of operations of partners; for our own programs. */
  operationUseRecord?: Maybe<OperationUseRecordPayload>;
  /** Adds a partner; for staff. */
  partnerCreate?: Maybe<PartnerPayload>;
  /** Changes a partner; for staff. A partner that is switched off has no key that counts. */
  partnerUpdate?: Maybe<PartnerPayload>;
  /** Changes the viewer's password and ends all other sessions. */
  passwordChange?: Maybe<AuthPayload>;
  /** Sets a new password with the token of that link and ends all sessions. */
  passwordReset?: Maybe<UserPayload>;
  /** Sends a link for a new password, if the address has an account; the answer is the same if not. */
  passwordResetSend?: Maybe<PasswordResetSendPayload>;
  /** Ends one of the viewer's sessions. */
  sessionRevoke?: Maybe<LogoutPayload>;
  /** Exchanges a refresh token, which is used up by that, for new tokens. */
  tokenRefresh?: Maybe<AuthPayload>;
  /** Closes an account and ends its sessions: the viewer's own, or any for staff. */
  userDeactivate?: Maybe<UserPayload>;
  /** Opens a closed account again; for staff. */
  userReactivate?: Maybe<UserPayload>;
  /** Opens an account and signs it in. */
  userRegister?: Maybe<AuthPayload>;
  /** Makes somebody staff, a supplier or a customer; for administrators. */
  userRoleSet?: Maybe<UserPayload>;
  /** Changes the viewer's own data. */
  userUpdate?: Maybe<UserPayload>;
};


export type MutationApiKeyCreateArgs = {
  input: ApiKeyCreateInput;
};


export type MutationApiKeyRevokeArgs = {
  id: Scalars['ID']['input'];
};


export type MutationAuditRecordArgs = {
  entries: Array<AuditEntryInput>;
};


export type MutationCompanyCreateArgs = {
  input: CompanyCreateInput;
};


export type MutationCompanyInvitationAcceptArgs = {
  token: Scalars['String']['input'];
};


export type MutationCompanyInvitationRevokeArgs = {
  id: Scalars['ID']['input'];
};


export type MutationCompanyMemberInviteArgs = {
  input: CompanyMemberInviteInput;
};


export type MutationCompanyMemberRemoveArgs = {
  id: Scalars['ID']['input'];
};


export type MutationCompanyMemberUpdateArgs = {
  input: CompanyMemberUpdateInput;
};


export type MutationCompanyUpdateArgs = {
  input: CompanyUpdateInput;
};


export type MutationEmailVerifyArgs = {
  token: Scalars['String']['input'];
};


export type MutationLoginArgs = {
  input: LoginInput;
};


export type MutationLogoutArgs = {
  everywhere?: InputMaybe<Scalars['Boolean']['input']>;
};


export type MutationOperationListActivateArgs = {
  id: Scalars['ID']['input'];
};


export type MutationOperationListAddArgs = {
  input: OperationListAddInput;
};


export type MutationOperationListCreateArgs = {
  input: OperationListCreateInput;
};


export type MutationOperationListRetireArgs = {
  force?: InputMaybe<Scalars['Boolean']['input']>;
  id: Scalars['ID']['input'];
};


export type MutationOperationUseRecordArgs = {
  uses: Array<OperationUseInput>;
};


export type MutationPartnerCreateArgs = {
  input: PartnerCreateInput;
};


export type MutationPartnerUpdateArgs = {
  input: PartnerUpdateInput;
};


export type MutationPasswordChangeArgs = {
  input: PasswordChangeInput;
};


export type MutationPasswordResetArgs = {
  input: PasswordResetInput;
};


export type MutationPasswordResetSendArgs = {
  email: Scalars['String']['input'];
};


export type MutationSessionRevokeArgs = {
  id: Scalars['ID']['input'];
};


export type MutationTokenRefreshArgs = {
  input: TokenRefreshInput;
};


export type MutationUserDeactivateArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
};


export type MutationUserReactivateArgs = {
  id: Scalars['ID']['input'];
};


export type MutationUserRegisterArgs = {
  input: UserRegisterInput;
};


export type MutationUserRoleSetArgs = {
  input: UserRoleSetInput;
};


export type MutationUserUpdateArgs = {
  input: UserUpdateInput;
};

/** Something with an id. */
export type Node = {
  /** Id, unique among things of its type. */
  id: Scalars['ID']['output'];
};

/** Uses of an operation on one day. */
export type OperationDay = {
  /** Beginning of the day, UTC. */
  day: Scalars['DateTime']['output'];
  /** How often. */
  uses: Scalars['Long']['output'];
};

/** Operations that a partner may send by their id, as one version of its programs needs them. */
export type OperationList = {
  /** When it began to count. */
  activatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was begun. */
  createdAt: Scalars['DateTime']['output'];
  /** Id. */
  id: Scalars['ID']['output'];
  /** Name of the version. */
  name: Scalars['String']['output'];
  /** How many operations it has. */
  operationCount: Scalars['Int']['output'];
  /** Its operations as they were added, at most 100. */
  operations: Array<ListedOperation>;
  /** The partner. */
  partnerId: Scalars['ID']['output'];
  /** When it ended. */
  retiredAt?: Maybe<Scalars['DateTime']['output']>;
  /** Whether it counts. */
  status: OperationListStatus;
};

/** Operations for a pending list. */
export type OperationListAddInput = {
  /** The list. */
  id: Scalars['ID']['input'];
  /** 1 to 50 operations; a list has 100 at most. */
  operations: Array<ListedOperationInput>;
};

/** A new operation list. */
export type OperationListCreateInput = {
  /** Name of the version such as `2026-11`, up to 50 letters, digits, dots, dashes and underscores; unique for the partner. */
  name: Scalars['String']['input'];
  /** The partner. */
  partnerId: Scalars['ID']['input'];
};

/** Result of changing an operation list. */
export type OperationListPayload = {
  /** The list, null when there are errors. */
  operationList?: Maybe<OperationList>;
  /** What a person can put right; empty on success. */
  userErrors: Array<UserError>;
};

export type { OperationListStatus };

/** How often an operation was used since the last report. */
export type OperationUseInput = {
  /** The list. */
  listId: Scalars['ID']['input'];
  /** The operation. */
  operationId: Scalars['String']['input'];
  /** How often. */
  uses: Scalars['Int']['input'];
};

/** Result of counting uses. */
export type OperationUseRecordPayload = {
  /** Operations whose uses were counted. */
  recorded: Scalars['Int']['output'];
};

/** An operation list without its texts. */
export type OperationVersion = {
  /** Since when the partner may send its operations; null for a pending one. */
  activatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The list. */
  id: Scalars['ID']['output'];
  /** Name of the version. */
  name: Scalars['String']['output'];
  /** Its operations. */
  operations: Array<VersionedOperation>;
  /** Since when no more. */
  retiredAt?: Maybe<Scalars['DateTime']['output']>;
};

/** Where a page lies in its list. https://relay.dev/graphql/connections.htm */
export type PageInfo = {
  /** Cursor of the last element, null on an empty page. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** True when there is more after this page. */
  hasNextPage: Scalars['Boolean']['output'];
  /** True when there is more before this page. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first element, null on an empty page. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** A firm that calls the graph by programs of its own, with an API key. */
export type Partner = {
  /** Its keys, newest first; at most 20, ended ones included. */
  apiKeys: Array<ApiKey>;
  /** Company whose things it may see. */
  company?: Maybe<Company>;
  /** E-mail address for notices. */
  contactEmail: Scalars['String']['output'];
  /** When it was added. */
  createdAt: Scalars['DateTime']['output'];
  /** Id. */
  id: Scalars['ID']['output'];
  /** False while switched off. */
  isActive: Scalars['Boolean']['output'];
  /** Name. */
  name: Scalars['String']['output'];
  /** Lists of operations it may send by id, newest first; at most 20, retired ones included. */
  operationLists: Array<OperationList>;
};

/** A page of partners. */
export type PartnerConnection = {
  /** Elements with their cursors. */
  edges: Array<PartnerEdge>;
  /** The elements alone. */
  nodes: Array<Partner>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are, null above 10,000. */
  totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A new partner. */
export type PartnerCreateInput = {
  /** Company whose things it may see, as far as its keys allow. */
  companyId?: InputMaybe<Scalars['ID']['input']>;
  /** E-mail address for notices. */
  contactEmail: Scalars['String']['input'];
  /** Name, up to 200 characters, unique in the shop. */
  name: Scalars['String']['input'];
};

/** An element of a page. */
export type PartnerEdge = {
  /** Its place in the list. */
  cursor: Scalars['String']['output'];
  /** The partner. */
  node: Partner;
};

/** A partner that may call now. */
export type PartnerInUse = {
  /** The partner. */
  partnerId: Scalars['ID']['output'];
  /** Tenant. */
  tenantId: Scalars['String']['output'];
};

/** What a partner may send by id. */
export type PartnerOperations = {
  /** Active lists, the last activated first; null where the caller has this version. */
  lists?: Maybe<Array<ActiveOperationList>>;
  /** Another one after each change. */
  version: Scalars['String']['output'];
};

/** Result of changing a partner. */
export type PartnerPayload = {
  /** The partner, null when there are errors. */
  partner?: Maybe<Partner>;
  /** What a person can put right; empty on success. */
  userErrors: Array<UserError>;
};

/** A partner as its own programmers see it. */
export type PartnerProfile = {
  /** Name of the partner. */
  name: Scalars['String']['output'];
  /** Versions of its operations that count, will or did, at most 20; pending ones first, then those activated last. */
  versions: Array<OperationVersion>;
};

export type { PartnerScope };

export type { PartnerScopeInput };

/** Changes of a partner; what is absent stays. */
export type PartnerUpdateInput = {
  /** E-mail address for notices. */
  contactEmail?: InputMaybe<Scalars['String']['input']>;
  /** The partner. */
  id: Scalars['ID']['input'];
  /** False switches all its keys off. */
  isActive?: InputMaybe<Scalars['Boolean']['input']>;
  /** Name, up to 200 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
};

/** A new password beside the old one. */
export type PasswordChangeInput = {
  /** Password until now. */
  currentPassword: Scalars['String']['input'];
  /** New password of 12 to 128 characters. */
  newPassword: Scalars['String']['input'];
};

/** A new password for who has forgotten the old one. */
export type PasswordResetInput = {
  /** New password of 12 to 128 characters. */
  newPassword: Scalars['String']['input'];
  /** Token of the link. */
  token: Scalars['String']['input'];
};

/** Result of asking for a new password; the same whether there is an account or not. */
export type PasswordResetSendPayload = {
  /** What a person can put right; empty on success. */
  userErrors: Array<UserError>;
};

export type { PaymentTerms };

export type { PaymentTermsInput };

export type Query = {
  /** Whose an API key is, null for one that does not count; for our own programs. */
  apiKeyIdentity?: Maybe<ApiKeyIdentity>;
  /** What happened in the shop, newest first, for staff with the audit area. */
  auditEntries?: Maybe<AuditEntryConnection>;
  /** Companies: those of the viewer, all for staff. */
  companies?: Maybe<CompanyConnection>;
  /** One company by id: a company of the viewer, or any for staff. */
  company?: Maybe<Company>;
  /** The signed-in user, null for visitors. */
  me?: Maybe<User>;
  /** One operation list of a partner, for staff. */
  operationList?: Maybe<OperationList>;
  /** One partner by id, for staff. */
  partner?: Maybe<Partner>;
  /** What a partner may send by id now; for our own programs. */
  partnerOperations?: Maybe<PartnerOperations>;
  /** A partner with the versions of its operations, null where there is none; for our own programs. */
  partnerProfile?: Maybe<PartnerProfile>;
  /** Partners of the shop by name, for staff. */
  partners?: Maybe<PartnerConnection>;
  /** The 100 partners of all tenants whose live keys were used last, these first; for our own programs. */
  partnersInUse?: Maybe<Array<PartnerInUse>>;
  /** Whether access tokens of these sessions still count; for our own programs. */
  sessionStates?: Maybe<Array<SessionState>>;
  /** Where the viewer is signed in, latest first; at most 20. */
  sessions?: Maybe<Array<Session>>;
  /** What a person may spend for a company, null when it does not act for it; for our own programs. */
  spendingRule?: Maybe<SpendingRule>;
  /** One user by id: oneself, or any for staff. */
  user?: Maybe<User>;
  /** Users of the shop, for its staff. */
  users?: Maybe<UserConnection>;
};


export type QueryApiKeyIdentityArgs = {
  keyHash: Scalars['String']['input'];
};


export type QueryAuditEntriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AuditEntryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryCompaniesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<CompanyFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  sort?: InputMaybe<CompanySort>;
};


export type QueryCompanyArgs = {
  id: Scalars['ID']['input'];
};


export type QueryOperationListArgs = {
  id: Scalars['ID']['input'];
};


export type QueryPartnerArgs = {
  id: Scalars['ID']['input'];
};


export type QueryPartnerOperationsArgs = {
  knownVersion?: InputMaybe<Scalars['String']['input']>;
  partnerId: Scalars['ID']['input'];
};


export type QueryPartnerProfileArgs = {
  partnerId: Scalars['ID']['input'];
};


export type QueryPartnersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QuerySessionStatesArgs = {
  ids: Array<Scalars['ID']['input']>;
};


export type QuerySpendingRuleArgs = {
  companyId: Scalars['ID']['input'];
  userId: Scalars['ID']['input'];
};


export type QueryUserArgs = {
  id: Scalars['ID']['input'];
};


export type QueryUsersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<UserFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  sort?: InputMaybe<UserSort>;
};

/** What a seller shows of itself. */
export type SellerProfile = {
  /** What it sells. */
  description?: Maybe<Scalars['String']['output']>;
  /** Picture. */
  logo?: Maybe<Scalars['URL']['output']>;
  /** Name of the shop. */
  shopName: Scalars['String']['output'];
  /** Since when it sells here. */
  since: Scalars['DateTime']['output'];
};

/** A place where a user is signed in. */
export type Session = {
  /** Network address it was begun from. */
  address?: Maybe<Scalars['String']['output']>;
  /** Company acted for. */
  company?: Maybe<Company>;
  /** When it began. */
  createdAt: Scalars['DateTime']['output'];
  /** When it ends unless renewed. */
  expiresAt: Scalars['DateTime']['output'];
  /** Id. */
  id: Scalars['ID']['output'];
  /** True for the session of this request. */
  isCurrent: Scalars['Boolean']['output'];
  /** When its tokens were last renewed. */
  lastUsedAt: Scalars['DateTime']['output'];
};

/** Whether access tokens of a session count. */
export type SessionState = {
  /** Session. */
  id: Scalars['ID']['output'];
  /** False for one that has ended. */
  isActive: Scalars['Boolean']['output'];
  /** Tokens issued earlier, in seconds since 1970, must be refreshed. */
  notBefore: Scalars['Int']['output'];
};

/** Direction of a sort. */
export type SortDirection =
  /** Smallest, oldest or first letter first. */
  | 'ASC'
  /** Largest, newest or last letter first. */
  | 'DESC';

export type { SpendingPeriod };

export type { SpendingPeriodInput };

/** What a person may spend for a company. */
export type SpendingRule = {
  /** Company of the membership: the one asked for, or one above. The limit is one for all companies it comes down to. */
  companyId: Scalars['ID']['output'];
  /** Most without approval in a period, null without limit. */
  limit?: Maybe<Money>;
  /** Period of the limit. */
  period: SpendingPeriod;
  /** Role in the company. */
  role: CompanyRole;
};

export type { StaffScope };

export type { StaffScopeInput };

/** Exchange of a refresh token. */
export type TokenRefreshInput = {
  /** Company to act for from now on; without it the session's own. */
  companyId?: InputMaybe<Scalars['ID']['input']>;
  /** The latest refresh token of the session. */
  refreshToken: Scalars['String']['input'];
};

/** Too many attempts; wait. */
export type TooManyAttemptsError = UserError & {
  /** Path of the input field. */
  field?: Maybe<Array<Scalars['String']['output']>>;
  /** What is wrong and what to do. */
  message: Scalars['String']['output'];
  /** When it may be tried again. */
  retryAt: Scalars['DateTime']['output'];
};

/** A person with an account. Visitors see the id only. */
export type User = Node & {
  /** Address, for the user and staff. */
  address?: Maybe<Address>;
  /** When the account was opened, for the user and staff. */
  createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** E-mail address, for the user and staff. */
  email?: Maybe<Scalars['String']['output']>;
  /** When the e-mail address was proved, null when not yet; for the user and staff. */
  emailVerifiedAt?: Maybe<Scalars['DateTime']['output']>;
  /** First name, for signed-in users. */
  firstName?: Maybe<Scalars['String']['output']>;
  /** Id. */
  id: Scalars['ID']['output'];
  /** False for a closed account; for the user and staff. */
  isActive?: Maybe<Scalars['Boolean']['output']>;
  /** Last sign-in, for the user and staff. */
  lastLogin?: Maybe<Scalars['DateTime']['output']>;
  /** Last name, for signed-in users. */
  lastName?: Maybe<Scalars['String']['output']>;
  /** Companies the user acts for, at most 100; for the user and staff. */
  memberships?: Maybe<Array<CompanyMembership>>;
  /** Graph-wide id for `node(id:)`. */
  nodeId: Scalars['ID']['output'];
  /** Telephone number, for the user and staff. */
  phone?: Maybe<Scalars['String']['output']>;
  /** Platform role, for the user and staff. */
  role?: Maybe<UserRole>;
  /** What a seller shows of itself; null for others. */
  sellerProfile?: Maybe<SellerProfile>;
  /** Areas in which the person may act as staff, null for others; for the person and staff. */
  staffScopes?: Maybe<Array<StaffScope>>;
};

/** A page of users. */
export type UserConnection = {
  /** Elements with their cursors. */
  edges: Array<UserEdge>;
  /** The elements alone. */
  nodes: Array<User>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are, null above 10,000. */
  totalCount?: Maybe<Scalars['Int']['output']>;
};

/** An element of a page. */
export type UserEdge = {
  /** Its place in the list. */
  cursor: Scalars['String']['output'];
  /** The user. */
  node: User;
};

/** Something a person can put right. Read `message` and `field` of any; more of the kinds you know. */
export type UserError = {
  /** Path of the input field. */
  field?: Maybe<Array<Scalars['String']['output']>>;
  /** What is wrong and what to do. */
  message: Scalars['String']['output'];
};

/** Conditions on users; all given ones must hold. */
export type UserFilter = {
  /** With exactly this e-mail address. */
  email?: InputMaybe<Scalars['String']['input']>;
  /** Active accounts (true) or closed ones (false). */
  isActive?: InputMaybe<Scalars['Boolean']['input']>;
  /** Of this platform role. */
  role?: InputMaybe<UserRoleFilter>;
};

/** Result of changing an account. */
export type UserPayload = {
  /** The user, null when there are errors. */
  user?: Maybe<User>;
  /** What a person can put right; empty on success. */
  userErrors: Array<UserError>;
};

/** A new account. */
export type UserRegisterInput = {
  /** E-mail address, unique in the shop. */
  email: Scalars['String']['input'];
  /** First name, up to 100 characters. */
  firstName: Scalars['String']['input'];
  /** Last name, up to 100 characters. */
  lastName: Scalars['String']['input'];
  /** Password of 12 to 128 characters. */
  password: Scalars['String']['input'];
};

export type { UserRole };

export type { UserRoleFilter };

/** A platform role for somebody. */
export type UserRoleSetInput = {
  /** The person. */
  id: Scalars['ID']['input'];
  /** Role from now on. */
  role: UserRoleFilter;
  /** Areas of a member of staff; everything without it. */
  staffScopes?: InputMaybe<Array<StaffScopeInput>>;
};

/** Order of a user list. */
export type UserSort = {
  /** Which way. */
  direction?: SortDirection;
  /** What to sort by. */
  key: UserSortKey;
};

/** What users can be sorted by. */
export type UserSortKey =
  /** When the account was opened. */
  | 'CREATED_AT'
  /** E-mail address. */
  | 'EMAIL';

/** Changes of one's own data; what is absent stays, null clears. */
export type UserUpdateInput = {
  /** Address. */
  address?: InputMaybe<AddressInput>;
  /** First name, up to 100 characters. */
  firstName?: InputMaybe<Scalars['String']['input']>;
  /** Last name, up to 100 characters. */
  lastName?: InputMaybe<Scalars['String']['input']>;
  /** Telephone number, up to 30 characters. */
  phone?: InputMaybe<Scalars['String']['input']>;
};

/** An operation of a version. */
export type VersionedOperation = {
  /** Name in the document. */
  name: Scalars['String']['output'];
  /** Id by which it is sent. */
  operationId: Scalars['String']['output'];
  /** SHA-256 of the document: ids may be mere names. */
  textHash: Scalars['String']['output'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Company: Company;
  CompanyMembership: CompanyMembership;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Company:
    ( { __typename: 'Company' }
    & GraphQLRecursivePick<FederationTypes['Company'], {"id":true}> );
  CompanyMembership:
    ( { __typename: 'CompanyMembership' }
    & GraphQLRecursivePick<FederationTypes['CompanyMembership'], {"id":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};


/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( CompanyDocument )
    | ( EffectiveMembership )
    | ( UserRecord )
  ;
  UserError:
    | ( UserErrorRecord )
    | ( UserErrorRecord )
    | ( UserErrorRecord )
    | ( UserErrorRecord )
    | ( UserErrorRecord )
    | ( UserErrorRecord )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  ActiveOperation: ResolverTypeWrapper<ActiveOperation>;
  ActiveOperationList: ResolverTypeWrapper<ActiveOperationList>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Address: ResolverTypeWrapper<Address>;
  AddressInput: AddressInput;
  ApiKey: ResolverTypeWrapper<ApiKeyDocument>;
  ApiKeyCreateInput: ApiKeyCreateInput;
  ApiKeyIdentity: ResolverTypeWrapper<ApiKeyIdentity>;
  ApiKeyPayload: ResolverTypeWrapper<Omit<ApiKeyPayload, 'apiKey' | 'userErrors'> & { apiKey?: Maybe<ResolversTypes['ApiKey']>, userErrors: Array<ResolversTypes['UserError']> }>;
  AuditCategory: AuditCategory;
  AuditCategoryFilter: AuditCategoryFilter;
  AuditEntry: ResolverTypeWrapper<AuditEntryDocument>;
  AuditEntryConnection: ResolverTypeWrapper<AuditEntryPage>;
  AuditEntryEdge: ResolverTypeWrapper<Omit<AuditEntryEdge, 'node'> & { node: ResolversTypes['AuditEntry'] }>;
  AuditEntryFilter: AuditEntryFilter;
  AuditEntryInput: AuditEntryInput;
  AuditOutcome: AuditOutcome;
  AuditOutcomeFilter: AuditOutcomeFilter;
  AuditRecordPayload: ResolverTypeWrapper<AuditRecordPayload>;
  AuthPayload: ResolverTypeWrapper<SignInResult>;
  CacheAudience: CacheAudience;
  CacheControlScope: CacheControlScope;
  CacheDimension: CacheDimension;
  CacheWait: CacheWait;
  Company: ResolverTypeWrapper<CompanyDocument>;
  CompanyConnection: ResolverTypeWrapper<CompanyPage>;
  CompanyCreateInput: CompanyCreateInput;
  CompanyEdge: ResolverTypeWrapper<Omit<CompanyEdge, 'node'> & { node: ResolversTypes['Company'] }>;
  CompanyFilter: CompanyFilter;
  CompanyInvitation: ResolverTypeWrapper<InvitationDocument>;
  CompanyInvitationPayload: ResolverTypeWrapper<Omit<CompanyInvitationPayload, 'invitation' | 'userErrors'> & { invitation?: Maybe<ResolversTypes['CompanyInvitation']>, userErrors: Array<ResolversTypes['UserError']> }>;
  CompanyMemberInviteInput: CompanyMemberInviteInput;
  CompanyMemberUpdateInput: CompanyMemberUpdateInput;
  CompanyMembership: ResolverTypeWrapper<EffectiveMembership>;
  CompanyMembershipConnection: ResolverTypeWrapper<MembershipPage>;
  CompanyMembershipEdge: ResolverTypeWrapper<Omit<CompanyMembershipEdge, 'node'> & { node: ResolversTypes['CompanyMembership'] }>;
  CompanyMembershipPayload: ResolverTypeWrapper<Omit<CompanyMembershipPayload, 'membership' | 'userErrors'> & { membership?: Maybe<ResolversTypes['CompanyMembership']>, userErrors: Array<ResolversTypes['UserError']> }>;
  CompanyPayload: ResolverTypeWrapper<Omit<CompanyPayload, 'company' | 'userErrors'> & { company?: Maybe<ResolversTypes['Company']>, userErrors: Array<ResolversTypes['UserError']> }>;
  CompanyPermission: CompanyPermission;
  CompanyRole: CompanyRole;
  CompanyRoleInput: CompanyRoleInput;
  CompanySort: CompanySort;
  CompanySortKey: CompanySortKey;
  CompanyStatus: CompanyStatus;
  CompanyStatusFilter: CompanyStatusFilter;
  CompanyUpdateInput: CompanyUpdateInput;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  EmailTakenError: ResolverTypeWrapper<UserErrorRecord>;
  EmailVerificationSendPayload: ResolverTypeWrapper<Omit<EmailVerificationSendPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversTypes['User']>, userErrors: Array<ResolversTypes['UserError']> }>;
  InvalidCredentialsError: ResolverTypeWrapper<UserErrorRecord>;
  InvalidInputError: ResolverTypeWrapper<UserErrorRecord>;
  InvalidTokenError: ResolverTypeWrapper<UserErrorRecord>;
  LimitReachedError: ResolverTypeWrapper<UserErrorRecord>;
  ListedOperation: ResolverTypeWrapper<ListedOperationRecord>;
  ListedOperationInput: ListedOperationInput;
  ListedOperationType: ListedOperationType;
  LoginInput: LoginInput;
  LogoutPayload: ResolverTypeWrapper<Omit<LogoutPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  Long: ResolverTypeWrapper<Scalars['Long']['output']>;
  Money: ResolverTypeWrapper<StoredMoney>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  OperationDay: ResolverTypeWrapper<OperationDay>;
  OperationList: ResolverTypeWrapper<OperationListDocument>;
  OperationListAddInput: OperationListAddInput;
  OperationListCreateInput: OperationListCreateInput;
  OperationListPayload: ResolverTypeWrapper<Omit<OperationListPayload, 'operationList' | 'userErrors'> & { operationList?: Maybe<ResolversTypes['OperationList']>, userErrors: Array<ResolversTypes['UserError']> }>;
  OperationListStatus: OperationListStatus;
  OperationUseInput: OperationUseInput;
  OperationUseRecordPayload: ResolverTypeWrapper<OperationUseRecordPayload>;
  OperationVersion: ResolverTypeWrapper<OperationVersion>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Partner: ResolverTypeWrapper<PartnerDocument>;
  PartnerConnection: ResolverTypeWrapper<PartnerPage>;
  PartnerCreateInput: PartnerCreateInput;
  PartnerEdge: ResolverTypeWrapper<Omit<PartnerEdge, 'node'> & { node: ResolversTypes['Partner'] }>;
  PartnerInUse: ResolverTypeWrapper<PartnerInUse>;
  PartnerOperations: ResolverTypeWrapper<PartnerOperations>;
  PartnerPayload: ResolverTypeWrapper<Omit<PartnerPayload, 'partner' | 'userErrors'> & { partner?: Maybe<ResolversTypes['Partner']>, userErrors: Array<ResolversTypes['UserError']> }>;
  PartnerProfile: ResolverTypeWrapper<PartnerProfile>;
  PartnerScope: PartnerScope;
  PartnerScopeInput: PartnerScopeInput;
  PartnerUpdateInput: PartnerUpdateInput;
  PasswordChangeInput: PasswordChangeInput;
  PasswordResetInput: PasswordResetInput;
  PasswordResetSendPayload: ResolverTypeWrapper<Omit<PasswordResetSendPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  PaymentTerms: PaymentTerms;
  PaymentTermsInput: PaymentTermsInput;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SellerProfile: ResolverTypeWrapper<SellerProfile>;
  Session: ResolverTypeWrapper<SessionDocument>;
  SessionState: ResolverTypeWrapper<SessionState>;
  SortDirection: SortDirection;
  SpendingPeriod: SpendingPeriod;
  SpendingPeriodInput: SpendingPeriodInput;
  SpendingRule: ResolverTypeWrapper<SpendingRuleRecord>;
  StaffScope: StaffScope;
  StaffScopeInput: StaffScopeInput;
  TokenRefreshInput: TokenRefreshInput;
  TooManyAttemptsError: ResolverTypeWrapper<UserErrorRecord>;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  User: ResolverTypeWrapper<UserRecord>;
  UserConnection: ResolverTypeWrapper<UserPage>;
  UserEdge: ResolverTypeWrapper<Omit<UserEdge, 'node'> & { node: ResolversTypes['User'] }>;
  UserError: ResolverTypeWrapper<UserErrorRecord>;
  UserFilter: UserFilter;
  UserPayload: ResolverTypeWrapper<Omit<UserPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversTypes['User']>, userErrors: Array<ResolversTypes['UserError']> }>;
  UserRegisterInput: UserRegisterInput;
  UserRole: UserRole;
  UserRoleFilter: UserRoleFilter;
  UserRoleSetInput: UserRoleSetInput;
  UserSort: UserSort;
  UserSortKey: UserSortKey;
  UserUpdateInput: UserUpdateInput;
  VersionedOperation: ResolverTypeWrapper<VersionedOperation>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  ActiveOperation: ActiveOperation;
  ActiveOperationList: ActiveOperationList;
  ID: Scalars['ID']['output'];
  Address: Address;
  AddressInput: AddressInput;
  ApiKey: ApiKeyDocument;
  ApiKeyCreateInput: ApiKeyCreateInput;
  ApiKeyIdentity: ApiKeyIdentity;
  ApiKeyPayload: Omit<ApiKeyPayload, 'apiKey' | 'userErrors'> & { apiKey?: Maybe<ResolversParentTypes['ApiKey']>, userErrors: Array<ResolversParentTypes['UserError']> };
  AuditEntry: AuditEntryDocument;
  AuditEntryConnection: AuditEntryPage;
  AuditEntryEdge: Omit<AuditEntryEdge, 'node'> & { node: ResolversParentTypes['AuditEntry'] };
  AuditEntryFilter: AuditEntryFilter;
  AuditEntryInput: AuditEntryInput;
  AuditRecordPayload: AuditRecordPayload;
  AuthPayload: SignInResult;
  Company: CompanyDocument;
  CompanyConnection: CompanyPage;
  CompanyCreateInput: CompanyCreateInput;
  CompanyEdge: Omit<CompanyEdge, 'node'> & { node: ResolversParentTypes['Company'] };
  CompanyFilter: CompanyFilter;
  CompanyInvitation: InvitationDocument;
  CompanyInvitationPayload: Omit<CompanyInvitationPayload, 'invitation' | 'userErrors'> & { invitation?: Maybe<ResolversParentTypes['CompanyInvitation']>, userErrors: Array<ResolversParentTypes['UserError']> };
  CompanyMemberInviteInput: CompanyMemberInviteInput;
  CompanyMemberUpdateInput: CompanyMemberUpdateInput;
  CompanyMembership: EffectiveMembership;
  CompanyMembershipConnection: MembershipPage;
  CompanyMembershipEdge: Omit<CompanyMembershipEdge, 'node'> & { node: ResolversParentTypes['CompanyMembership'] };
  CompanyMembershipPayload: Omit<CompanyMembershipPayload, 'membership' | 'userErrors'> & { membership?: Maybe<ResolversParentTypes['CompanyMembership']>, userErrors: Array<ResolversParentTypes['UserError']> };
  CompanyPayload: Omit<CompanyPayload, 'company' | 'userErrors'> & { company?: Maybe<ResolversParentTypes['Company']>, userErrors: Array<ResolversParentTypes['UserError']> };
  CompanySort: CompanySort;
  CompanyUpdateInput: CompanyUpdateInput;
  CurrencyCode: Scalars['CurrencyCode']['output'];
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  EmailTakenError: UserErrorRecord;
  EmailVerificationSendPayload: Omit<EmailVerificationSendPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversParentTypes['User']>, userErrors: Array<ResolversParentTypes['UserError']> };
  InvalidCredentialsError: UserErrorRecord;
  InvalidInputError: UserErrorRecord;
  InvalidTokenError: UserErrorRecord;
  LimitReachedError: UserErrorRecord;
  ListedOperation: ListedOperationRecord;
  ListedOperationInput: ListedOperationInput;
  LoginInput: LoginInput;
  LogoutPayload: Omit<LogoutPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  Long: Scalars['Long']['output'];
  Money: StoredMoney;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  OperationDay: OperationDay;
  OperationList: OperationListDocument;
  OperationListAddInput: OperationListAddInput;
  OperationListCreateInput: OperationListCreateInput;
  OperationListPayload: Omit<OperationListPayload, 'operationList' | 'userErrors'> & { operationList?: Maybe<ResolversParentTypes['OperationList']>, userErrors: Array<ResolversParentTypes['UserError']> };
  OperationUseInput: OperationUseInput;
  OperationUseRecordPayload: OperationUseRecordPayload;
  OperationVersion: OperationVersion;
  PageInfo: PageInfo;
  Partner: PartnerDocument;
  PartnerConnection: PartnerPage;
  PartnerCreateInput: PartnerCreateInput;
  PartnerEdge: Omit<PartnerEdge, 'node'> & { node: ResolversParentTypes['Partner'] };
  PartnerInUse: PartnerInUse;
  PartnerOperations: PartnerOperations;
  PartnerPayload: Omit<PartnerPayload, 'partner' | 'userErrors'> & { partner?: Maybe<ResolversParentTypes['Partner']>, userErrors: Array<ResolversParentTypes['UserError']> };
  PartnerProfile: PartnerProfile;
  PartnerUpdateInput: PartnerUpdateInput;
  PasswordChangeInput: PasswordChangeInput;
  PasswordResetInput: PasswordResetInput;
  PasswordResetSendPayload: Omit<PasswordResetSendPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  Query: Record<PropertyKey, never>;
  SellerProfile: SellerProfile;
  Session: SessionDocument;
  SessionState: SessionState;
  SpendingRule: SpendingRuleRecord;
  TokenRefreshInput: TokenRefreshInput;
  TooManyAttemptsError: UserErrorRecord;
  URL: Scalars['URL']['output'];
  User: UserRecord;
  UserConnection: UserPage;
  UserEdge: Omit<UserEdge, 'node'> & { node: ResolversParentTypes['User'] };
  UserError: UserErrorRecord;
  UserFilter: UserFilter;
  UserPayload: Omit<UserPayload, 'user' | 'userErrors'> & { user?: Maybe<ResolversParentTypes['User']>, userErrors: Array<ResolversParentTypes['UserError']> };
  UserRegisterInput: UserRegisterInput;
  UserRoleSetInput: UserRoleSetInput;
  UserSort: UserSort;
  UserUpdateInput: UserUpdateInput;
  VersionedOperation: VersionedOperation;
  Boolean: Scalars['Boolean']['output'];
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
};

export type CacheControlDirectiveArgs = {
  inheritMaxAge?: Maybe<Scalars['Boolean']['input']>;
  maxAge?: Maybe<Scalars['Int']['input']>;
  scope?: Maybe<CacheControlScope>;
};

export type CacheControlDirectiveResolver<Result, Parent, ContextType = Context, Args = CacheControlDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type CacheInvalidateDirectiveArgs = {
  soft?: Maybe<Scalars['Boolean']['input']>;
  tags: Array<Scalars['String']['input']>;
  wait?: Maybe<CacheWait>;
};

export type CacheInvalidateDirectiveResolver<Result, Parent, ContextType = Context, Args = CacheInvalidateDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type CachePolicyDirectiveArgs = {
  bypass?: Maybe<Array<CacheAudience>>;
  negative?: Maybe<Scalars['Int']['input']>;
  sie?: Maybe<Scalars['Int']['input']>;
  swr?: Maybe<Scalars['Int']['input']>;
  vary?: Maybe<Array<CacheDimension>>;
};

export type CachePolicyDirectiveResolver<Result, Parent, ContextType = Context, Args = CachePolicyDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type IdempotentDirectiveArgs = {
  key: Scalars['String']['input'];
};

export type IdempotentDirectiveResolver<Result, Parent, ContextType = Context, Args = IdempotentDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ActiveOperationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActiveOperation'] = ResolversParentTypes['ActiveOperation']> = {
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  operationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['ListedOperationType'], ParentType, ContextType>;
};

export type ActiveOperationListResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActiveOperationList'] = ResolversParentTypes['ActiveOperationList']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  operations?: Resolver<Array<ResolversTypes['ActiveOperation']>, ParentType, ContextType>;
};

export type AddressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Address'] = ResolversParentTypes['Address']> = {
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  country?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  street?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  zip?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ApiKeyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApiKey'] = ResolversParentTypes['ApiKey']> = {
  allowedAddresses?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  prefix?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  scopes?: Resolver<Array<ResolversTypes['PartnerScope']>, ParentType, ContextType>;
};

export type ApiKeyIdentityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApiKeyIdentity'] = ResolversParentTypes['ApiKeyIdentity']> = {
  allowedAddresses?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  companyId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  keyId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  partnerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  partnerName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  scopes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  tenantId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ApiKeyPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApiKeyPayload'] = ResolversParentTypes['ApiKeyPayload']> = {
  apiKey?: Resolver<Maybe<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AuditCategoryResolvers = EnumResolverSignature<{ ACCESS?: any, SECURITY?: any, WRITE?: any }, ResolversTypes['AuditCategory']>;

export type AuditCategoryFilterResolvers = EnumResolverSignature<{ ACCESS?: any, SECURITY?: any, WRITE?: any }, ResolversTypes['AuditCategoryFilter']>;

export type AuditEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEntry'] = ResolversParentTypes['AuditEntry']> = {
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  address?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  category?: Resolver<ResolversTypes['AuditCategory'], ParentType, ContextType>;
  changes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  code?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  entityTypes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  operation?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['AuditOutcome'], ParentType, ContextType>;
  partnerId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  requestId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  role?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subjectId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  subjectType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
};

export type AuditEntryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEntryConnection'] = ResolversParentTypes['AuditEntryConnection']> = {
  edges?: Resolver<Array<ResolversTypes['AuditEntryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['AuditEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type AuditEntryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEntryEdge'] = ResolversParentTypes['AuditEntryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuditEntry'], ParentType, ContextType>;
};

export type AuditOutcomeResolvers = EnumResolverSignature<{ FAILED?: any, REFUSED?: any, SUCCESS?: any }, ResolversTypes['AuditOutcome']>;

export type AuditOutcomeFilterResolvers = EnumResolverSignature<{ FAILED?: any, REFUSED?: any, SUCCESS?: any }, ResolversTypes['AuditOutcomeFilter']>;

export type AuditRecordPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditRecordPayload'] = ResolversParentTypes['AuditRecordPayload']> = {
  added?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AuthPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuthPayload'] = ResolversParentTypes['AuthPayload']> = {
  accessToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  refreshExpiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  refreshToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CompanyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Company'] = ResolversParentTypes['Company'], FederationReferenceType extends FederationReferenceTypes['Company'] = FederationReferenceTypes['Company']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Company']> | FederationReferenceType, FederationReferenceType, ContextType>;
  addresses?: Resolver<Maybe<Array<ResolversTypes['Address']>>, ParentType, ContextType>;
  children?: Resolver<ResolversTypes['CompanyConnection'], ParentType, ContextType, Partial<CompanyChildrenArgs>>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  creditLimit?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invitations?: Resolver<Maybe<Array<ResolversTypes['CompanyInvitation']>>, ParentType, ContextType>;
  members?: Resolver<Maybe<ResolversTypes['CompanyMembershipConnection']>, ParentType, ContextType, Partial<CompanyMembersArgs>>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Company']>, ParentType, ContextType>;
  paymentTerms?: Resolver<ResolversTypes['PaymentTerms'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['CompanyStatus'], ParentType, ContextType>;
  taxId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CompanyConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CompanyConnection'] = ResolversParentTypes['CompanyConnection']> = {
  edges?: Resolver<Array<ResolversTypes['CompanyEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Company']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type CompanyEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CompanyEdge'] = ResolversParentTypes['CompanyEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Company'], ParentType, ContextType>;
};

export type CompanyInvitationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CompanyInvitation'] = ResolversParentTypes['CompanyInvitation']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['CompanyRole'], ParentType, ContextType>;
};

export type CompanyInvitationPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CompanyInvitationPayload'] = ResolversParentTypes['CompanyInvitationPayload']> = {
  invitation?: Resolver<Maybe<ResolversTypes['CompanyInvitation']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CompanyMembershipResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CompanyMembership'] = ResolversParentTypes['CompanyMembership'], FederationReferenceType extends FederationReferenceTypes['CompanyMembership'] = FederationReferenceTypes['CompanyMembership']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['CompanyMembership']> | FederationReferenceType, FederationReferenceType, ContextType>;
  company?: Resolver<ResolversTypes['Company'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  inheritedFrom?: Resolver<Maybe<ResolversTypes['Company']>, ParentType, ContextType>;
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  permissions?: Resolver<Array<ResolversTypes['CompanyPermission']>, ParentType, ContextType>;
  role?: Resolver<ResolversTypes['CompanyRole'], ParentType, ContextType>;
  spendingLimit?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  spendingPeriod?: Resolver<ResolversTypes['SpendingPeriod'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CompanyMembershipConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CompanyMembershipConnection'] = ResolversParentTypes['CompanyMembershipConnection']> = {
  edges?: Resolver<Array<ResolversTypes['CompanyMembershipEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['CompanyMembership']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type CompanyMembershipEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CompanyMembershipEdge'] = ResolversParentTypes['CompanyMembershipEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['CompanyMembership'], ParentType, ContextType>;
};

export type CompanyMembershipPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CompanyMembershipPayload'] = ResolversParentTypes['CompanyMembershipPayload']> = {
  membership?: Resolver<Maybe<ResolversTypes['CompanyMembership']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CompanyPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CompanyPayload'] = ResolversParentTypes['CompanyPayload']> = {
  company?: Resolver<Maybe<ResolversTypes['Company']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CompanyPermissionResolvers = EnumResolverSignature<{ COMPANY_MANAGE?: any, MEMBER_MANAGE?: any, ORDER_APPROVE?: any, ORDER_PLACE?: any, ORDER_READ_ALL?: any }, ResolversTypes['CompanyPermission']>;

export type CompanyRoleResolvers = EnumResolverSignature<{ APPROVER?: any, BUYER?: any, COMPANY_ADMIN?: any }, ResolversTypes['CompanyRole']>;

export type CompanyRoleInputResolvers = EnumResolverSignature<{ APPROVER?: any, BUYER?: any, COMPANY_ADMIN?: any }, ResolversTypes['CompanyRoleInput']>;

export type CompanyStatusResolvers = EnumResolverSignature<{ ACTIVE?: any, PENDING?: any, SUSPENDED?: any }, ResolversTypes['CompanyStatus']>;

export type CompanyStatusFilterResolvers = EnumResolverSignature<{ ACTIVE?: any, PENDING?: any, SUSPENDED?: any }, ResolversTypes['CompanyStatusFilter']>;

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type EmailTakenErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EmailTakenError'] = ResolversParentTypes['EmailTakenError']> = {
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EmailVerificationSendPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EmailVerificationSendPayload'] = ResolversParentTypes['EmailVerificationSendPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type InvalidCredentialsErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvalidCredentialsError'] = ResolversParentTypes['InvalidCredentialsError']> = {
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvalidInputErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvalidInputError'] = ResolversParentTypes['InvalidInputError']> = {
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvalidTokenErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvalidTokenError'] = ResolversParentTypes['InvalidTokenError']> = {
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LimitReachedErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LimitReachedError'] = ResolversParentTypes['LimitReachedError']> = {
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  limit?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ListedOperationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListedOperation'] = ResolversParentTypes['ListedOperation']> = {
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  clientName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  operationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['ListedOperationType'], ParentType, ContextType>;
  uses?: Resolver<ResolversTypes['Long'], ParentType, ContextType>;
  usesByDay?: Resolver<Array<ResolversTypes['OperationDay']>, ParentType, ContextType>;
};

export type ListedOperationTypeResolvers = EnumResolverSignature<{ MUTATION?: any, QUERY?: any }, ResolversTypes['ListedOperationType']>;

export type LogoutPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LogoutPayload'] = ResolversParentTypes['LogoutPayload']> = {
  ended?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export interface LongScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Long'], any> {
  name: 'Long';
}

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  amountMinor?: Resolver<ResolversTypes['Long'], ParentType, ContextType>;
  currencyCode?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  apiKeyCreate?: Resolver<Maybe<ResolversTypes['ApiKeyPayload']>, ParentType, ContextType, RequireFields<MutationApiKeyCreateArgs, 'input'>>;
  apiKeyRevoke?: Resolver<Maybe<ResolversTypes['ApiKeyPayload']>, ParentType, ContextType, RequireFields<MutationApiKeyRevokeArgs, 'id'>>;
  auditRecord?: Resolver<Maybe<ResolversTypes['AuditRecordPayload']>, ParentType, ContextType, RequireFields<MutationAuditRecordArgs, 'entries'>>;
  companyCreate?: Resolver<Maybe<ResolversTypes['CompanyPayload']>, ParentType, ContextType, RequireFields<MutationCompanyCreateArgs, 'input'>>;
  companyInvitationAccept?: Resolver<Maybe<ResolversTypes['CompanyMembershipPayload']>, ParentType, ContextType, RequireFields<MutationCompanyInvitationAcceptArgs, 'token'>>;
  companyInvitationRevoke?: Resolver<Maybe<ResolversTypes['CompanyInvitationPayload']>, ParentType, ContextType, RequireFields<MutationCompanyInvitationRevokeArgs, 'id'>>;
  companyMemberInvite?: Resolver<Maybe<ResolversTypes['CompanyInvitationPayload']>, ParentType, ContextType, RequireFields<MutationCompanyMemberInviteArgs, 'input'>>;
  companyMemberRemove?: Resolver<Maybe<ResolversTypes['CompanyMembershipPayload']>, ParentType, ContextType, RequireFields<MutationCompanyMemberRemoveArgs, 'id'>>;
  companyMemberUpdate?: Resolver<Maybe<ResolversTypes['CompanyMembershipPayload']>, ParentType, ContextType, RequireFields<MutationCompanyMemberUpdateArgs, 'input'>>;
  companyUpdate?: Resolver<Maybe<ResolversTypes['CompanyPayload']>, ParentType, ContextType, RequireFields<MutationCompanyUpdateArgs, 'input'>>;
  emailVerificationSend?: Resolver<Maybe<ResolversTypes['EmailVerificationSendPayload']>, ParentType, ContextType>;
  emailVerify?: Resolver<Maybe<ResolversTypes['UserPayload']>, ParentType, ContextType, RequireFields<MutationEmailVerifyArgs, 'token'>>;
  login?: Resolver<Maybe<ResolversTypes['AuthPayload']>, ParentType, ContextType, RequireFields<MutationLoginArgs, 'input'>>;
  logout?: Resolver<Maybe<ResolversTypes['LogoutPayload']>, ParentType, ContextType, RequireFields<MutationLogoutArgs, 'everywhere'>>;
  operationListActivate?: Resolver<Maybe<ResolversTypes['OperationListPayload']>, ParentType, ContextType, RequireFields<MutationOperationListActivateArgs, 'id'>>;
  operationListAdd?: Resolver<Maybe<ResolversTypes['OperationListPayload']>, ParentType, ContextType, RequireFields<MutationOperationListAddArgs, 'input'>>;
  operationListCreate?: Resolver<Maybe<ResolversTypes['OperationListPayload']>, ParentType, ContextType, RequireFields<MutationOperationListCreateArgs, 'input'>>;
  operationListRetire?: Resolver<Maybe<ResolversTypes['OperationListPayload']>, ParentType, ContextType, RequireFields<MutationOperationListRetireArgs, 'id'>>;
  operationUseRecord?: Resolver<Maybe<ResolversTypes['OperationUseRecordPayload']>, ParentType, ContextType, RequireFields<MutationOperationUseRecordArgs, 'uses'>>;
  partnerCreate?: Resolver<Maybe<ResolversTypes['PartnerPayload']>, ParentType, ContextType, RequireFields<MutationPartnerCreateArgs, 'input'>>;
  partnerUpdate?: Resolver<Maybe<ResolversTypes['PartnerPayload']>, ParentType, ContextType, RequireFields<MutationPartnerUpdateArgs, 'input'>>;
  passwordChange?: Resolver<Maybe<ResolversTypes['AuthPayload']>, ParentType, ContextType, RequireFields<MutationPasswordChangeArgs, 'input'>>;
  passwordReset?: Resolver<Maybe<ResolversTypes['UserPayload']>, ParentType, ContextType, RequireFields<MutationPasswordResetArgs, 'input'>>;
  passwordResetSend?: Resolver<Maybe<ResolversTypes['PasswordResetSendPayload']>, ParentType, ContextType, RequireFields<MutationPasswordResetSendArgs, 'email'>>;
  sessionRevoke?: Resolver<Maybe<ResolversTypes['LogoutPayload']>, ParentType, ContextType, RequireFields<MutationSessionRevokeArgs, 'id'>>;
  tokenRefresh?: Resolver<Maybe<ResolversTypes['AuthPayload']>, ParentType, ContextType, RequireFields<MutationTokenRefreshArgs, 'input'>>;
  userDeactivate?: Resolver<Maybe<ResolversTypes['UserPayload']>, ParentType, ContextType, Partial<MutationUserDeactivateArgs>>;
  userReactivate?: Resolver<Maybe<ResolversTypes['UserPayload']>, ParentType, ContextType, RequireFields<MutationUserReactivateArgs, 'id'>>;
  userRegister?: Resolver<Maybe<ResolversTypes['AuthPayload']>, ParentType, ContextType, RequireFields<MutationUserRegisterArgs, 'input'>>;
  userRoleSet?: Resolver<Maybe<ResolversTypes['UserPayload']>, ParentType, ContextType, RequireFields<MutationUserRoleSetArgs, 'input'>>;
  userUpdate?: Resolver<Maybe<ResolversTypes['UserPayload']>, ParentType, ContextType, RequireFields<MutationUserUpdateArgs, 'input'>>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Company' | 'CompanyMembership' | 'User', ParentType, ContextType>;
};

export type OperationDayResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OperationDay'] = ResolversParentTypes['OperationDay']> = {
  day?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  uses?: Resolver<ResolversTypes['Long'], ParentType, ContextType>;
};

export type OperationListResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OperationList'] = ResolversParentTypes['OperationList']> = {
  activatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  operationCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  operations?: Resolver<Array<ResolversTypes['ListedOperation']>, ParentType, ContextType>;
  partnerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  retiredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OperationListStatus'], ParentType, ContextType>;
};

export type OperationListPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OperationListPayload'] = ResolversParentTypes['OperationListPayload']> = {
  operationList?: Resolver<Maybe<ResolversTypes['OperationList']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type OperationListStatusResolvers = EnumResolverSignature<{ ACTIVE?: any, PENDING?: any, RETIRED?: any }, ResolversTypes['OperationListStatus']>;

export type OperationUseRecordPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OperationUseRecordPayload'] = ResolversParentTypes['OperationUseRecordPayload']> = {
  recorded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OperationVersionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OperationVersion'] = ResolversParentTypes['OperationVersion']> = {
  activatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  operations?: Resolver<Array<ResolversTypes['VersionedOperation']>, ParentType, ContextType>;
  retiredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PartnerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Partner'] = ResolversParentTypes['Partner']> = {
  apiKeys?: Resolver<Array<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  company?: Resolver<Maybe<ResolversTypes['Company']>, ParentType, ContextType>;
  contactEmail?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isActive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  operationLists?: Resolver<Array<ResolversTypes['OperationList']>, ParentType, ContextType>;
};

export type PartnerConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PartnerConnection'] = ResolversParentTypes['PartnerConnection']> = {
  edges?: Resolver<Array<ResolversTypes['PartnerEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Partner']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type PartnerEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PartnerEdge'] = ResolversParentTypes['PartnerEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Partner'], ParentType, ContextType>;
};

export type PartnerInUseResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PartnerInUse'] = ResolversParentTypes['PartnerInUse']> = {
  partnerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  tenantId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PartnerOperationsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PartnerOperations'] = ResolversParentTypes['PartnerOperations']> = {
  lists?: Resolver<Maybe<Array<ResolversTypes['ActiveOperationList']>>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PartnerPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PartnerPayload'] = ResolversParentTypes['PartnerPayload']> = {
  partner?: Resolver<Maybe<ResolversTypes['Partner']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PartnerProfileResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PartnerProfile'] = ResolversParentTypes['PartnerProfile']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  versions?: Resolver<Array<ResolversTypes['OperationVersion']>, ParentType, ContextType>;
};

export type PartnerScopeResolvers = EnumResolverSignature<{ CATALOGUE_READ?: any, ORDERS_READ?: any }, ResolversTypes['PartnerScope']>;

export type PartnerScopeInputResolvers = EnumResolverSignature<{ CATALOGUE_READ?: any, ORDERS_READ?: any }, ResolversTypes['PartnerScopeInput']>;

export type PasswordResetSendPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PasswordResetSendPayload'] = ResolversParentTypes['PasswordResetSendPayload']> = {
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PaymentTermsResolvers = EnumResolverSignature<{ NET_14?: any, NET_30?: any, NET_60?: any, PREPAID?: any }, ResolversTypes['PaymentTerms']>;

export type PaymentTermsInputResolvers = EnumResolverSignature<{ NET_14?: any, NET_30?: any, NET_60?: any, PREPAID?: any }, ResolversTypes['PaymentTermsInput']>;

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  apiKeyIdentity?: Resolver<Maybe<ResolversTypes['ApiKeyIdentity']>, ParentType, ContextType, RequireFields<QueryApiKeyIdentityArgs, 'keyHash'>>;
  auditEntries?: Resolver<Maybe<ResolversTypes['AuditEntryConnection']>, ParentType, ContextType, Partial<QueryAuditEntriesArgs>>;
  companies?: Resolver<Maybe<ResolversTypes['CompanyConnection']>, ParentType, ContextType, Partial<QueryCompaniesArgs>>;
  company?: Resolver<Maybe<ResolversTypes['Company']>, ParentType, ContextType, RequireFields<QueryCompanyArgs, 'id'>>;
  me?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  operationList?: Resolver<Maybe<ResolversTypes['OperationList']>, ParentType, ContextType, RequireFields<QueryOperationListArgs, 'id'>>;
  partner?: Resolver<Maybe<ResolversTypes['Partner']>, ParentType, ContextType, RequireFields<QueryPartnerArgs, 'id'>>;
  partnerOperations?: Resolver<Maybe<ResolversTypes['PartnerOperations']>, ParentType, ContextType, RequireFields<QueryPartnerOperationsArgs, 'partnerId'>>;
  partnerProfile?: Resolver<Maybe<ResolversTypes['PartnerProfile']>, ParentType, ContextType, RequireFields<QueryPartnerProfileArgs, 'partnerId'>>;
  partners?: Resolver<Maybe<ResolversTypes['PartnerConnection']>, ParentType, ContextType, Partial<QueryPartnersArgs>>;
  partnersInUse?: Resolver<Maybe<Array<ResolversTypes['PartnerInUse']>>, ParentType, ContextType>;
  sessionStates?: Resolver<Maybe<Array<ResolversTypes['SessionState']>>, ParentType, ContextType, RequireFields<QuerySessionStatesArgs, 'ids'>>;
  sessions?: Resolver<Maybe<Array<ResolversTypes['Session']>>, ParentType, ContextType>;
  spendingRule?: Resolver<Maybe<ResolversTypes['SpendingRule']>, ParentType, ContextType, RequireFields<QuerySpendingRuleArgs, 'companyId' | 'userId'>>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<QueryUserArgs, 'id'>>;
  users?: Resolver<Maybe<ResolversTypes['UserConnection']>, ParentType, ContextType, Partial<QueryUsersArgs>>;
};

export type SellerProfileResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SellerProfile'] = ResolversParentTypes['SellerProfile']> = {
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  logo?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  shopName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  since?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type SessionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Session'] = ResolversParentTypes['Session']> = {
  address?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  company?: Resolver<Maybe<ResolversTypes['Company']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isCurrent?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lastUsedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type SessionStateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SessionState'] = ResolversParentTypes['SessionState']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isActive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  notBefore?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SpendingPeriodResolvers = EnumResolverSignature<{ MONTH?: any, ORDER?: any, YEAR?: any }, ResolversTypes['SpendingPeriod']>;

export type SpendingPeriodInputResolvers = EnumResolverSignature<{ MONTH?: any, ORDER?: any, YEAR?: any }, ResolversTypes['SpendingPeriodInput']>;

export type SpendingRuleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SpendingRule'] = ResolversParentTypes['SpendingRule']> = {
  companyId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  limit?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  period?: Resolver<ResolversTypes['SpendingPeriod'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['CompanyRole'], ParentType, ContextType>;
};

export type StaffScopeResolvers = EnumResolverSignature<{ ALL?: any, AUDIT?: any, CATALOGUE?: any, CONTENT?: any, DEVELOPMENT?: any, ORDERS?: any, PARTNERS?: any, USERS?: any }, ResolversTypes['StaffScope']>;

export type StaffScopeInputResolvers = EnumResolverSignature<{ AUDIT?: any, CATALOGUE?: any, CONTENT?: any, DEVELOPMENT?: any, ORDERS?: any, PARTNERS?: any, USERS?: any }, ResolversTypes['StaffScopeInput']>;

export type TooManyAttemptsErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TooManyAttemptsError'] = ResolversParentTypes['TooManyAttemptsError']> = {
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface UrlScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  address?: Resolver<Maybe<ResolversTypes['Address']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  emailVerifiedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  firstName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isActive?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  lastLogin?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  memberships?: Resolver<Maybe<Array<ResolversTypes['CompanyMembership']>>, ParentType, ContextType>;
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  role?: Resolver<Maybe<ResolversTypes['UserRole']>, ParentType, ContextType>;
  sellerProfile?: Resolver<Maybe<ResolversTypes['SellerProfile']>, ParentType, ContextType>;
  staffScopes?: Resolver<Maybe<Array<ResolversTypes['StaffScope']>>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserConnection'] = ResolversParentTypes['UserConnection']> = {
  edges?: Resolver<Array<ResolversTypes['UserEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['User']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type UserEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserEdge'] = ResolversParentTypes['UserEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'EmailTakenError' | 'InvalidCredentialsError' | 'InvalidInputError' | 'InvalidTokenError' | 'LimitReachedError' | 'TooManyAttemptsError', ParentType, ContextType>;
};

export type UserPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserPayload'] = ResolversParentTypes['UserPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UserRoleResolvers = EnumResolverSignature<{ ADMIN?: any, CUSTOMER?: any, SUPPLIER?: any }, ResolversTypes['UserRole']>;

export type UserRoleFilterResolvers = EnumResolverSignature<{ ADMIN?: any, CUSTOMER?: any, SUPPLIER?: any }, ResolversTypes['UserRoleFilter']>;

export type VersionedOperationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VersionedOperation'] = ResolversParentTypes['VersionedOperation']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  operationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  textHash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  ActiveOperation?: ActiveOperationResolvers<ContextType>;
  ActiveOperationList?: ActiveOperationListResolvers<ContextType>;
  Address?: AddressResolvers<ContextType>;
  ApiKey?: ApiKeyResolvers<ContextType>;
  ApiKeyIdentity?: ApiKeyIdentityResolvers<ContextType>;
  ApiKeyPayload?: ApiKeyPayloadResolvers<ContextType>;
  AuditCategory?: AuditCategoryResolvers;
  AuditCategoryFilter?: AuditCategoryFilterResolvers;
  AuditEntry?: AuditEntryResolvers<ContextType>;
  AuditEntryConnection?: AuditEntryConnectionResolvers<ContextType>;
  AuditEntryEdge?: AuditEntryEdgeResolvers<ContextType>;
  AuditOutcome?: AuditOutcomeResolvers;
  AuditOutcomeFilter?: AuditOutcomeFilterResolvers;
  AuditRecordPayload?: AuditRecordPayloadResolvers<ContextType>;
  AuthPayload?: AuthPayloadResolvers<ContextType>;
  Company?: CompanyResolvers<ContextType>;
  CompanyConnection?: CompanyConnectionResolvers<ContextType>;
  CompanyEdge?: CompanyEdgeResolvers<ContextType>;
  CompanyInvitation?: CompanyInvitationResolvers<ContextType>;
  CompanyInvitationPayload?: CompanyInvitationPayloadResolvers<ContextType>;
  CompanyMembership?: CompanyMembershipResolvers<ContextType>;
  CompanyMembershipConnection?: CompanyMembershipConnectionResolvers<ContextType>;
  CompanyMembershipEdge?: CompanyMembershipEdgeResolvers<ContextType>;
  CompanyMembershipPayload?: CompanyMembershipPayloadResolvers<ContextType>;
  CompanyPayload?: CompanyPayloadResolvers<ContextType>;
  CompanyPermission?: CompanyPermissionResolvers;
  CompanyRole?: CompanyRoleResolvers;
  CompanyRoleInput?: CompanyRoleInputResolvers;
  CompanyStatus?: CompanyStatusResolvers;
  CompanyStatusFilter?: CompanyStatusFilterResolvers;
  CurrencyCode?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  EmailTakenError?: EmailTakenErrorResolvers<ContextType>;
  EmailVerificationSendPayload?: EmailVerificationSendPayloadResolvers<ContextType>;
  InvalidCredentialsError?: InvalidCredentialsErrorResolvers<ContextType>;
  InvalidInputError?: InvalidInputErrorResolvers<ContextType>;
  InvalidTokenError?: InvalidTokenErrorResolvers<ContextType>;
  LimitReachedError?: LimitReachedErrorResolvers<ContextType>;
  ListedOperation?: ListedOperationResolvers<ContextType>;
  ListedOperationType?: ListedOperationTypeResolvers;
  LogoutPayload?: LogoutPayloadResolvers<ContextType>;
  Long?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  OperationDay?: OperationDayResolvers<ContextType>;
  OperationList?: OperationListResolvers<ContextType>;
  OperationListPayload?: OperationListPayloadResolvers<ContextType>;
  OperationListStatus?: OperationListStatusResolvers;
  OperationUseRecordPayload?: OperationUseRecordPayloadResolvers<ContextType>;
  OperationVersion?: OperationVersionResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Partner?: PartnerResolvers<ContextType>;
  PartnerConnection?: PartnerConnectionResolvers<ContextType>;
  PartnerEdge?: PartnerEdgeResolvers<ContextType>;
  PartnerInUse?: PartnerInUseResolvers<ContextType>;
  PartnerOperations?: PartnerOperationsResolvers<ContextType>;
  PartnerPayload?: PartnerPayloadResolvers<ContextType>;
  PartnerProfile?: PartnerProfileResolvers<ContextType>;
  PartnerScope?: PartnerScopeResolvers;
  PartnerScopeInput?: PartnerScopeInputResolvers;
  PasswordResetSendPayload?: PasswordResetSendPayloadResolvers<ContextType>;
  PaymentTerms?: PaymentTermsResolvers;
  PaymentTermsInput?: PaymentTermsInputResolvers;
  Query?: QueryResolvers<ContextType>;
  SellerProfile?: SellerProfileResolvers<ContextType>;
  Session?: SessionResolvers<ContextType>;
  SessionState?: SessionStateResolvers<ContextType>;
  SpendingPeriod?: SpendingPeriodResolvers;
  SpendingPeriodInput?: SpendingPeriodInputResolvers;
  SpendingRule?: SpendingRuleResolvers<ContextType>;
  StaffScope?: StaffScopeResolvers;
  StaffScopeInput?: StaffScopeInputResolvers;
  TooManyAttemptsError?: TooManyAttemptsErrorResolvers<ContextType>;
  URL?: GraphQLScalarType;
  User?: UserResolvers<ContextType>;
  UserConnection?: UserConnectionResolvers<ContextType>;
  UserEdge?: UserEdgeResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  UserPayload?: UserPayloadResolvers<ContextType>;
  UserRole?: UserRoleResolvers;
  UserRoleFilter?: UserRoleFilterResolvers;
  VersionedOperation?: VersionedOperationResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
  cacheInvalidate?: CacheInvalidateDirectiveResolver<any, any, ContextType>;
  cachePolicy?: CachePolicyDirectiveResolver<any, any, ContextType>;
  idempotent?: IdempotentDirectiveResolver<any, any, ContextType>;
};
