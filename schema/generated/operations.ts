/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
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
  DateTime: { input: string; output: string; }
  /** Decimal number as text, such as `"19.99"`, so that no client rounds it. */
  Decimal: { input: string; output: string; }
  /** Whole number up to 2^53−1 as a JSON number. */
  Long: { input: number; output: number; }
  /** http(s) address, or a path on this site. */
  URL: { input: string; output: string; }
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

/** Result of changing an API key. */
export type ApiKeyPayload = {
  /** The key, null when there are errors. */
  apiKey?: Maybe<ApiKey>;
  /** The whole key to send as `x-api-key`, only when it was made just now. */
  secret?: Maybe<Scalars['String']['output']>;
  /** What a person can put right; empty on success. */
  userErrors: Array<UserError>;
};

/** State of approval within the buyer's company. */
export type ApprovalStatus =
  /** Approved. */
  | 'APPROVED'
  /** Within the buyer's limit. */
  | 'NOT_REQUIRED'
  /** Waits for an approver. */
  | 'PENDING'
  /** Refused. */
  | 'REJECTED';

/** A free property of a product. */
export type Attribute = {
  /** Name, such as `colour`. */
  key: Scalars['String']['output'];
  /** Value, such as `black`. */
  value: Scalars['String']['output'];
};

/** Category of audit entries. */
export type AuditCategory =
  /** Operations that were run. */
  | 'ACCESS'
  /** Sign-ins, refusals, keys, permissions. */
  | 'SECURITY'
  /** Changes of data. */
  | 'WRITE';

/** Category of audit entries to filter by. */
export type AuditCategoryFilter =
  /** Operations that were run. */
  | 'ACCESS'
  /** Sign-ins, refusals, keys, permissions. */
  | 'SECURITY'
  /** Changes of data. */
  | 'WRITE';

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

/** How something ended. */
export type AuditOutcome =
  /** Went wrong. */
  | 'FAILED'
  /** Not allowed. */
  | 'REFUSED'
  /** Done. */
  | 'SUCCESS';

/** Outcome to filter by. */
export type AuditOutcomeFilter =
  /** Went wrong. */
  | 'FAILED'
  /** Not allowed. */
  | 'REFUSED'
  /** Done. */
  | 'SUCCESS';

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

/** What a buyer collects before ordering. */
export type Cart = Node & {
  /** Company it is for. */
  company?: Maybe<Company>;
  /** Currency of all amounts. */
  currencyCode: Scalars['CurrencyCode']['output'];
  /** When it is thrown away. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Id. */
  id: Scalars['ID']['output'];
  /** What is in it, at most 100 lines. */
  lines: Array<CartLine>;
  /** Graph-wide id for `node(id:)`. */
  nodeId: Scalars['ID']['output'];
  /** A note. */
  note?: Maybe<Scalars['String']['output']>;
  /** The buyer's own order number. */
  purchaseOrderNumber?: Maybe<Scalars['String']['output']>;
  /** Sum of the lines at the prices they were put in with. */
  subtotal: Money;
  /** Grows with each change. */
  version: Scalars['Int']['output'];
};

/** A product in a cart. */
export type CartLine = {
  /** Whether the quantity can be delivered now. */
  availability?: Maybe<LineAvailability>;
  /** Price of one unit now, for who asks; compare it with `unitPriceSnapshot`. */
  currentUnitPrice?: Maybe<Money>;
  /** Id. */
  id: Scalars['ID']['output'];
  /** Quantity times that price. */
  lineTotal: Money;
  /** The product. */
  product?: Maybe<Product>;
  /** Units. */
  quantity: Scalars['Int']['output'];
  /** Price of one unit when it was put in. */
  unitPriceSnapshot: Money;
};

/** A shelf of the shop; categories form a tree. */
export type Category = Node & {
  /** From the top down to the parent; at most 10. */
  ancestors: Array<Category>;
  /** Categories directly below, in the shop's order; at most 100. */
  children: Array<Category>;
  /** What it holds. */
  description?: Maybe<Scalars['String']['output']>;
  /** Id. */
  id: Scalars['ID']['output'];
  /** Picture. */
  image?: Maybe<Scalars['URL']['output']>;
  /** Description for search engines. */
  metaDescription?: Maybe<Scalars['String']['output']>;
  /** Title for search engines. */
  metaTitle?: Maybe<Scalars['String']['output']>;
  /** Name for people. */
  name: Scalars['String']['output'];
  /** Graph-wide id for `node(id:)`. */
  nodeId: Scalars['ID']['output'];
  /** The category above, null at the top. */
  parent?: Maybe<Category>;
  /** Products in it or below. */
  products: ProductConnection;
  /** Name in addresses, unique in the shop. */
  slug: Scalars['String']['output'];
  /** Place among its siblings, smallest first. */
  sortOrder: Scalars['Int']['output'];
};


/** A shelf of the shop; categories form a tree. */
export type CategoryProductsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ProductFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  sort?: InputMaybe<ProductSort>;
};

/** Which category: exactly one of these. */
export type CategoryBy =
  /** By id. */
  { id: Scalars['ID']['input']; slug?: never; }
  |  /** By slug, the name in addresses. */
  { id?: never; slug: Scalars['String']['input']; };

/** A page of categories. */
export type CategoryConnection = {
  /** Elements with their cursors. */
  edges: Array<CategoryEdge>;
  /** The elements alone. */
  nodes: Array<Category>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are, null above 10,000. */
  totalCount?: Maybe<Scalars['Int']['output']>;
};

/** An element of a page. */
export type CategoryEdge = {
  /** Its place in the list. */
  cursor: Scalars['String']['output'];
  /** The category. */
  node: Category;
};

/** A firm that buys or sells, seen by its members and staff. */
export type Company = Node & {
  /** Its addresses, at most 20; null when they cannot be opened. */
  addresses?: Maybe<Array<Address>>;
  /** What is left of the credit, below zero when overdrawn; for members and staff. */
  availableCredit?: Maybe<Money>;
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
  /** Orders of this company, for members and staff; members without the permission for all see their own. */
  orders?: Maybe<OrderConnection>;
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


/** A firm that buys or sells, seen by its members and staff. */
export type CompanyOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OrderFilter>;
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
  /** What the person may still order in this period without approval, below zero when overdrawn, null without limit. */
  remainingSpend?: Maybe<Money>;
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

/** Something a company role allows. */
export type CompanyPermission =
  /** Change the company's data. */
  | 'COMPANY_MANAGE'
  /** Invite and remove people, change roles and limits. */
  | 'MEMBER_MANAGE'
  /** Approve orders above a buyer's limit. */
  | 'ORDER_APPROVE'
  /** Place orders. */
  | 'ORDER_PLACE'
  /** See all orders of the company. */
  | 'ORDER_READ_ALL';

/** Role in a company. */
export type CompanyRole =
  /** Orders and approves. */
  | 'APPROVER'
  /** Orders within limits. */
  | 'BUYER'
  /** Does everything for the company. */
  | 'COMPANY_ADMIN';

/** Role to give in a company. */
export type CompanyRoleInput =
  /** Orders and approves. */
  | 'APPROVER'
  /** Orders within limits. */
  | 'BUYER'
  /** Does everything for the company. */
  | 'COMPANY_ADMIN';

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

/** Whether a company may trade. */
export type CompanyStatus =
  /** Trades. */
  | 'ACTIVE'
  /** Being checked. */
  | 'PENDING'
  /** Barred from trade. */
  | 'SUSPENDED';

/** State of a company to filter by. */
export type CompanyStatusFilter =
  /** Trades. */
  | 'ACTIVE'
  /** Being checked. */
  | 'PENDING'
  /** Barred from trade. */
  | 'SUSPENDED';

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

/** A slide of the home page. */
export type HeroSlide = Node & {
  /** Background colour, `#rrggbb`. */
  backgroundColor?: Maybe<Scalars['String']['output']>;
  /** Text on the button. */
  buttonText?: Maybe<Scalars['String']['output']>;
  /** Id. */
  id: Scalars['ID']['output'];
  /** Picture. */
  imageUrl: Scalars['URL']['output'];
  /** False while switched off. */
  isActive: Scalars['Boolean']['output'];
  /** Where it leads. */
  linkUrl?: Maybe<Scalars['URL']['output']>;
  /** Graph-wide id for `node(id:)`. */
  nodeId: Scalars['ID']['output'];
  /** Place among the slides, smallest first. */
  sortOrder: Scalars['Int']['output'];
  /** Line below it. */
  subtitle?: Maybe<Scalars['String']['output']>;
  /** Text colour, `#rrggbb`. */
  textColor?: Maybe<Scalars['String']['output']>;
  /** Headline. */
  title: Scalars['String']['output'];
};

/** There is not enough of a product. */
export type InsufficientStockError = UserError & {
  /** Units there are. */
  available: Scalars['Int']['output'];
  /** Path of the input field. */
  field?: Maybe<Array<Scalars['String']['output']>>;
  /** What is wrong and what to do. */
  message: Scalars['String']['output'];
  /** The product. */
  productId: Scalars['ID']['output'];
  /** Units asked for. */
  requested: Scalars['Int']['output'];
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

/** The order is in a state that does not allow this. */
export type InvalidTransitionError = UserError & {
  /** State of approval it is in. */
  current: ApprovalStatus;
  /** Path of the input field. */
  field?: Maybe<Array<Scalars['String']['output']>>;
  /** What is wrong and what to do. */
  message: Scalars['String']['output'];
};

/** Stock of a product in a store. */
export type Inventory = Node & {
  /** Units free to sell. */
  available: Scalars['Int']['output'];
  /** Id. */
  id: Scalars['ID']['output'];
  /** Graph-wide id for `node(id:)`. */
  nodeId: Scalars['ID']['output'];
  /** Units on the shelf, reserved ones included. */
  onHand: Scalars['Int']['output'];
  /** Units set aside for orders. */
  reserved: Scalars['Int']['output'];
  /** Where it lies. */
  store: Store;
  /** When it was last changed. */
  updatedAt: Scalars['DateTime']['output'];
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

/** Whether a quantity can be delivered. */
export type LineAvailability = {
  /** Units free to sell. */
  available: Scalars['Int']['output'];
  /** True when all of it is in stock. */
  isAvailable: Scalars['Boolean']['output'];
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

/** Kind of a listed operation. */
export type ListedOperationType =
  /** Writes. */
  | 'MUTATION'
  /** Reads. */
  | 'QUERY';

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
  /** Approves or rejects an order above a buyer's limit; for approvers of its company. A rejected order is called off. */
  orderApprove?: Maybe<OrderApprovePayload>;
  /** Orders the lines at the prices of this moment and reserves the stock. Needs `@idempotent(key:)` on the field. */
  orderPlace?: Maybe<OrderPlacePayload>;
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


export type MutationOrderApproveArgs = {
  input: OrderApproveInput;
};


export type MutationOrderPlaceArgs = {
  input: OrderPlaceInput;
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

/** State of an operation list. */
export type OperationListStatus =
  /** The partner may send its operations. */
  | 'ACTIVE'
  /** Being filled. */
  | 'PENDING'
  /** Over. */
  | 'RETIRED';

/** What a buyer has ordered. */
export type Order = Node & {
  /** States it can go to from here. */
  allowedTransitions: Array<OrderStatus>;
  /** State of approval within the buyer's company. */
  approvalStatus: ApprovalStatus;
  /** Where the bill goes, if elsewhere; for the buyer and staff. */
  billingAddress?: Maybe<Address>;
  /** Company it was ordered for. */
  company?: Maybe<Company>;
  /** Who ordered. */
  customer?: Maybe<User>;
  /** When it arrived. */
  deliveredDate?: Maybe<Scalars['DateTime']['output']>;
  /** What happened to it, oldest first; at most 100. */
  history: Array<OrderHistoryEntry>;
  /** Id. */
  id: Scalars['ID']['output'];
  /** What was ordered, at most 100 lines; a supplier sees the lines that concern it. */
  items: Array<OrderItem>;
  /** Graph-wide id for `node(id:)`. */
  nodeId: Scalars['ID']['output'];
  /** What the buyer said; for the buyer and staff. */
  notes?: Maybe<Scalars['String']['output']>;
  /** Number for people. */
  number: Scalars['String']['output'];
  /** When it was placed. */
  orderDate: Scalars['DateTime']['output'];
  /** How it is paid. */
  paymentMethod: PaymentMethod;
  /** State of payment. */
  paymentStatus: PaymentStatus;
  /** Payments, oldest first, at most 20; for the buyer and staff. */
  payments?: Maybe<Array<Payment>>;
  /** The buyer's own order number; for the buyer and staff. */
  purchaseOrderNumber?: Maybe<Scalars['String']['output']>;
  /** When it was sent. */
  shippedDate?: Maybe<Scalars['DateTime']['output']>;
  /** Where it goes; null when it cannot be opened. */
  shippingAddress?: Maybe<Address>;
  /** State of delivery. */
  status: OrderStatus;
  /** Sum of all lines; for a supplier the sum of the lines it sees. */
  totalAmount: Money;
  /** Grows with each change. */
  version: Scalars['Int']['output'];
};

/** An approver's word on an order. */
export type OrderApproveInput = {
  /** True to approve, false to reject. */
  approve: Scalars['Boolean']['input'];
  /** The order. */
  id: Scalars['ID']['input'];
  /** Why, up to 500 characters. */
  reason?: InputMaybe<Scalars['String']['input']>;
  /** The order's version as it was seen; another one is a conflict. */
  version?: InputMaybe<Scalars['Int']['input']>;
};

/** Result of approving or rejecting an order. */
export type OrderApprovePayload = {
  /** The order, null when there are errors. */
  order?: Maybe<Order>;
  /** What a person can put right; empty on success. */
  userErrors: Array<UserError>;
};

/** Which order: exactly one of these. */
export type OrderBy =
  /** By id. */
  { id: Scalars['ID']['input']; number?: never; }
  |  /** By number, such as `A-2026-000042`. */
  { id?: never; number: Scalars['String']['input']; };

/** A page of orders. */
export type OrderConnection = {
  /** Elements with their cursors. */
  edges: Array<OrderEdge>;
  /** The elements alone. */
  nodes: Array<Order>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are, null above 10,000. */
  totalCount?: Maybe<Scalars['Int']['output']>;
};

/** An element of a page. */
export type OrderEdge = {
  /** Its place in the list. */
  cursor: Scalars['String']['output'];
  /** The order. */
  node: Order;
};

/** Conditions on orders; all given ones must hold. */
export type OrderFilter = {
  /** Whether they wait for the word of an approver. */
  awaitsApproval?: InputMaybe<Scalars['Boolean']['input']>;
  /** Ordered at or after. */
  from?: InputMaybe<Scalars['DateTime']['input']>;
  /** In this state of payment. */
  paymentStatus?: InputMaybe<PaymentStatusFilter>;
  /** In one of these states. */
  statuses?: InputMaybe<Array<OrderStatusFilter>>;
  /** Ordered before. */
  to?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Something that happened to an order. */
export type OrderHistoryEntry = {
  /** Who did it, null for the system. */
  actor?: Maybe<User>;
  /** When. */
  at: Scalars['DateTime']['output'];
  /** Why. */
  reason?: Maybe<Scalars['String']['output']>;
  /** State it went to. */
  status: OrderStatus;
};

/** A line of an order, as it was when ordered. */
export type OrderItem = {
  /** Id. */
  id: Scalars['ID']['output'];
  /** Quantity times price. */
  lineTotal: Money;
  /** Price of one unit. */
  price: Money;
  /** The product as it is now. */
  product?: Maybe<Product>;
  /** Its name when ordered. */
  productName: Scalars['String']['output'];
  /** Units. */
  quantity: Scalars['Int']['output'];
  /** Its stock keeping unit when ordered. */
  sku: Scalars['String']['output'];
};

/** A line to order. */
export type OrderLineInput = {
  /** The product. */
  productId: Scalars['ID']['input'];
  /** Units. */
  quantity: Scalars['Int']['input'];
};

/** An order to place. */
export type OrderPlaceInput = {
  /** Where to send the bill, if elsewhere. */
  billingAddress?: InputMaybe<AddressInput>;
  /** What to buy, 1 to 100 lines, each product once. */
  lines: Array<OrderLineInput>;
  /** Anything to say, up to 2,000 characters. */
  notes?: InputMaybe<Scalars['String']['input']>;
  /** How to pay. */
  paymentMethod: PaymentMethodInput;
  /** The buyer's own order number, up to 64 characters. */
  purchaseOrderNumber?: InputMaybe<Scalars['String']['input']>;
  /** Where to send it. */
  shippingAddress: AddressInput;
};

/** Result of placing an order. */
export type OrderPlacePayload = {
  /** The order, null when there are errors. */
  order?: Maybe<Order>;
  /** What a person can put right; empty on success. */
  userErrors: Array<UserError>;
};

/** Order of an order list. */
export type OrderSort = {
  /** Which way. */
  direction?: SortDirection;
  /** What to sort by; suppliers sort by ORDER_DATE only. */
  key: OrderSortKey;
};

/** What orders can be sorted by. */
export type OrderSortKey =
  /** When it was placed. */
  | 'ORDER_DATE'
  /** Total amount. */
  | 'TOTAL_AMOUNT';

/** State of delivery. */
export type OrderStatus =
  /** Called off. */
  | 'CANCELLED'
  /** Accepted. */
  | 'CONFIRMED'
  /** Arrived. */
  | 'DELIVERED'
  /** Placed, not yet accepted. */
  | 'PENDING'
  /** On its way. */
  | 'SHIPPED';

/** State of an order to filter by. */
export type OrderStatusFilter =
  /** Called off. */
  | 'CANCELLED'
  /** Accepted. */
  | 'CONFIRMED'
  /** Arrived. */
  | 'DELIVERED'
  /** Placed, not yet accepted. */
  | 'PENDING'
  /** On its way. */
  | 'SHIPPED';

/** A page of text, such as terms or imprint. */
export type Page = Node & {
  /** Text in Markdown. */
  body: Scalars['String']['output'];
  /** Id. */
  id: Scalars['ID']['output'];
  /** Description for search engines. */
  metaDescription?: Maybe<Scalars['String']['output']>;
  /** Title for search engines. */
  metaTitle?: Maybe<Scalars['String']['output']>;
  /** Graph-wide id for `node(id:)`. */
  nodeId: Scalars['ID']['output'];
  /** Name in the address, unique in the shop. */
  slug: Scalars['String']['output'];
  /** Headline. */
  title: Scalars['String']['output'];
  /** When it was last changed. */
  updatedAt: Scalars['DateTime']['output'];
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

/** Result of changing a partner. */
export type PartnerPayload = {
  /** The partner, null when there are errors. */
  partner?: Maybe<Partner>;
  /** What a person can put right; empty on success. */
  userErrors: Array<UserError>;
};

/** Something an API key lets a partner do. */
export type PartnerScope =
  /** Read catalogue, prices and stock; with a company, its prices. */
  | 'CATALOGUE_READ'
  /** Read the orders of the partner's company. */
  | 'ORDERS_READ';

/** Something to let an API key do. */
export type PartnerScopeInput =
  /** Read catalogue, prices and stock; with a company, its prices. */
  | 'CATALOGUE_READ'
  /** Read the orders of the partner's company. */
  | 'ORDERS_READ';

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

/** A payment, or an attempt at one. */
export type Payment = Node & {
  /** Amount. */
  amount: Money;
  /** When it was begun. */
  createdAt: Scalars['DateTime']['output'];
  /** Its id there. */
  externalId: Scalars['String']['output'];
  /** Id. */
  id: Scalars['ID']['output'];
  /** Graph-wide id for `node(id:)`. */
  nodeId: Scalars['ID']['output'];
  /** Who handles it. */
  provider: PaymentProvider;
  /** State. */
  status: PaymentStatus;
};

/** How an order is paid. */
export type PaymentMethod =
  /** By transfer in advance. */
  | 'BANK_TRANSFER'
  /** By card. */
  | 'CARD'
  /** By invoice, within the company's terms. */
  | 'INVOICE'
  /** With PayPal. */
  | 'PAYPAL';

/** How to pay. */
export type PaymentMethodInput =
  /** By transfer in advance. */
  | 'BANK_TRANSFER'
  /** By card. */
  | 'CARD'
  /** By invoice, within the company's terms. */
  | 'INVOICE'
  /** With PayPal. */
  | 'PAYPAL';

/** Who handles a payment. */
export type PaymentProvider =
  /** By hand: invoice and transfer. */
  | 'MANUAL'
  /** PayPal. */
  | 'PAYPAL'
  /** Stripe. */
  | 'STRIPE';

/** State of payment. */
export type PaymentStatus =
  /** The money is set aside. */
  | 'AUTHORIZED'
  /** Not accepted. */
  | 'FAILED'
  /** Paid. */
  | 'PAID'
  /** Paid back. */
  | 'REFUNDED'
  /** Nothing yet. */
  | 'UNPAID';

/** State of payment to filter by. */
export type PaymentStatusFilter =
  /** The money is set aside. */
  | 'AUTHORIZED'
  /** Not accepted. */
  | 'FAILED'
  /** Paid. */
  | 'PAID'
  /** Paid back. */
  | 'REFUNDED'
  /** Nothing yet. */
  | 'UNPAID';

/** When a company pays. */
export type PaymentTerms =
  /** Within 14 days of the invoice. */
  | 'NET_14'
  /** Within 30 days of the invoice. */
  | 'NET_30'
  /** Within 60 days of the invoice. */
  | 'NET_60'
  /** Before dispatch. */
  | 'PREPAID';

/** When a company pays. */
export type PaymentTermsInput =
  /** Within 14 days of the invoice. */
  | 'NET_14'
  /** Within 30 days of the invoice. */
  | 'NET_30'
  /** Within 60 days of the invoice. */
  | 'NET_60'
  /** Before dispatch. */
  | 'PREPAID';

/** Side of the market. */
export type PostAs =
  /** Wanted by a buyer. */
  | 'BUYER'
  /** Offered by a seller. */
  | 'SELLER';

/** Side of the market to filter by. */
export type PostAsFilter =
  /** Wanted by a buyer. */
  | 'BUYER'
  /** Offered by a seller. */
  | 'SELLER';

/** Prices agreed with companies. */
export type PriceList = Node & {
  /** Companies it holds for, at most 100. */
  companies?: Maybe<Array<Maybe<Company>>>;
  /** Its prices. */
  entries: PriceListEntryConnection;
  /** Id. */
  id: Scalars['ID']['output'];
  /** Name for staff. */
  name: Scalars['String']['output'];
  /** Graph-wide id for `node(id:)`. */
  nodeId: Scalars['ID']['output'];
  /** Lists of higher priority come first when several have a price. */
  priority: Scalars['Int']['output'];
};


/** Prices agreed with companies. */
export type PriceListEntriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of price lists. */
export type PriceListConnection = {
  /** Elements with their cursors. */
  edges: Array<PriceListEdge>;
  /** The elements alone. */
  nodes: Array<PriceList>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are, null above 10,000. */
  totalCount?: Maybe<Scalars['Int']['output']>;
};

/** An element of a page. */
export type PriceListEdge = {
  /** Its place in the list. */
  cursor: Scalars['String']['output'];
  /** The price list. */
  node: PriceList;
};

/** Price of a product in a price list. */
export type PriceListEntry = {
  /** From this many units. */
  minimumQuantity: Scalars['Int']['output'];
  /** Price of one unit. */
  price: Money;
  /** The product. */
  product?: Maybe<Product>;
};

/** A page of prices. */
export type PriceListEntryConnection = {
  /** Elements with their cursors. */
  edges: Array<PriceListEntryEdge>;
  /** The elements alone. */
  nodes: Array<PriceListEntry>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are, null above 10,000. */
  totalCount?: Maybe<Scalars['Int']['output']>;
};

/** An element of a page. */
export type PriceListEntryEdge = {
  /** Its place in the list. */
  cursor: Scalars['String']['output'];
  /** The price. */
  node: PriceListEntry;
};

/** List price from a quantity on. */
export type PriceTier = {
  /** From this many units. */
  minimumQuantity: Scalars['Int']['output'];
  /** Price of one unit. */
  price: Money;
};

/** Something that can be bought, or is wanted, in the shop. */
export type Product = Node & {
  /** Free properties, at most 50. */
  attributes: Array<Attribute>;
  /** Brand or maker. */
  brand?: Maybe<Scalars['String']['output']>;
  /** Category it stands in. */
  category?: Maybe<Category>;
  /** Certificates it has, at most 20. */
  certifications: Array<Scalars['String']['output']>;
  /** When it was added. */
  createdAt: Scalars['DateTime']['output'];
  /** Description in plain text. */
  description?: Maybe<Scalars['String']['output']>;
  /** Id. */
  id: Scalars['ID']['output'];
  /** Pictures, main one first; at most 20. */
  images: Array<Scalars['URL']['output']>;
  /** Stock by store, for staff and for its supplier; at most 100. */
  inventory?: Maybe<Array<Inventory>>;
  /** True while on sale. */
  isActive: Scalars['Boolean']['output'];
  /** When it was last ordered in this shop. */
  lastOrderedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Days from order to dispatch. */
  leadTime?: Maybe<Scalars['Int']['output']>;
  /** Name for people. */
  name: Scalars['String']['output'];
  /** Graph-wide id for `node(id:)`. */
  nodeId: Scalars['ID']['output'];
  /** Units ordered in this shop in the last `days`, cancelled orders left out. */
  orderedQuantity?: Maybe<Scalars['Int']['output']>;
  /** Where the record was taken over from, null for the shop's own. */
  origin?: Maybe<ProductOrigin>;
  /** Price before a reduction. */
  originalPrice?: Maybe<Money>;
  /** Offered by a seller or wanted by a buyer. */
  postAs: PostAs;
  /** Price of one unit when buying `quantity`, for who asks: the best of list price, quantity tiers and the company's price lists. */
  price: Money;
  /** List prices by quantity, smallest quantity first; at most 10. */
  priceTiers: Array<PriceTier>;
  /** Quality grade, as the trade names it. */
  qualityGrade?: Maybe<Scalars['String']['output']>;
  /** Which quantities can be ordered. */
  quantityRule: QuantityRule;
  /** Approved reviews in numbers. */
  reviewSummary?: Maybe<ReviewSummary>;
  /** Approved reviews. */
  reviews?: Maybe<ReviewConnection>;
  /** Stock keeping unit, unique in the shop. */
  sku: Scalars['String']['output'];
  /** What can be sold now, over all stores. */
  stock: StockLevel;
  /** Who supplies it. */
  supplier?: Maybe<User>;
  /** Tags, at most 20. */
  tags: Array<Scalars['String']['output']>;
  /** The same as `name`. */
  title: Scalars['String']['output'];
  /** Unit it is sold in, such as `piece` or `kg`. */
  unit: Scalars['String']['output'];
  /** When it was last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Grows with each change; send it back to change only what you saw. */
  version: Scalars['Int']['output'];
};


/** Something that can be bought, or is wanted, in the shop. */
export type ProductOrderedQuantityArgs = {
  days?: InputMaybe<Scalars['Int']['input']>;
};


/** Something that can be bought, or is wanted, in the shop. */
export type ProductPriceArgs = {
  quantity?: InputMaybe<Scalars['Int']['input']>;
};


/** Something that can be bought, or is wanted, in the shop. */
export type ProductReviewsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  sort?: InputMaybe<ReviewSort>;
};

/** Which product: exactly one of these. */
export type ProductBy =
  /** By id. */
  { id: Scalars['ID']['input']; sku?: never; }
  |  /** By stock keeping unit, which is unique in a shop. */
  { id?: never; sku: Scalars['String']['input']; };

/** A page of products. */
export type ProductConnection = {
  /** Elements with their cursors. */
  edges: Array<ProductEdge>;
  /** The elements alone. */
  nodes: Array<Product>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are, null above 10,000. */
  totalCount?: Maybe<Scalars['Int']['output']>;
};

/** An element of a page. */
export type ProductEdge = {
  /** Its place in the list. */
  cursor: Scalars['String']['output'];
  /** The product. */
  node: Product;
};

/** Conditions on products; all given ones must hold. */
export type ProductFilter = {
  /** Of one of these brands, at most 20. */
  brands?: InputMaybe<Array<Scalars['String']['input']>>;
  /** In this category or below it. */
  categoryId?: InputMaybe<Scalars['ID']['input']>;
  /** Only what is in stock (true) or sold out (false). */
  inStock?: InputMaybe<Scalars['Boolean']['input']>;
  /** Offered by a seller or wanted by a buyer. */
  postAs?: InputMaybe<PostAsFilter>;
  /** Base price at most this many minor units of the shop's currency. */
  priceMax?: InputMaybe<Scalars['Long']['input']>;
  /** Base price at least this many minor units of the shop's currency. */
  priceMin?: InputMaybe<Scalars['Long']['input']>;
  /** Of one of these quality grades, at most 10. */
  qualityGrades?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Of this supplier. */
  supplierId?: InputMaybe<Scalars['ID']['input']>;
  /** With all of these tags, at most 10. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** Where a product's record was taken over from. */
export type ProductOrigin = {
  /** Its id there. */
  externalId: Scalars['String']['output'];
  /** When it was last taken over. */
  ingestedAt: Scalars['DateTime']['output'];
  /** Marketplace, such as `amazon`. */
  marketplace: Scalars['String']['output'];
  /** Its page there. */
  url?: Maybe<Scalars['URL']['output']>;
};

/** Order of a product list. */
export type ProductSort = {
  /** Which way. */
  direction?: SortDirection;
  /** What to sort by. */
  key: ProductSortKey;
};

/** What products can be sorted by. */
export type ProductSortKey =
  /** When it was added. */
  | 'CREATED_AT'
  /** Name, without regard to case. */
  | 'NAME'
  /** Base price. */
  | 'PRICE'
  /** Best match of the search words first; needs `query`, and `direction` does not matter. */
  | 'RELEVANCE'
  /** When it was last changed. */
  | 'UPDATED_AT';

/** A product that is not, or no longer, on sale. */
export type ProductUnavailableError = UserError & {
  /** Path of the input field. */
  field?: Maybe<Array<Scalars['String']['output']>>;
  /** What is wrong and what to do. */
  message: Scalars['String']['output'];
  /** The product. */
  productId: Scalars['ID']['output'];
};

/** Which quantities can be ordered. */
export type QuantityRule = {
  /** Quantity is a multiple of this. */
  increment: Scalars['Int']['output'];
  /** Most of an order, null without limit. */
  maximum?: Maybe<Scalars['Int']['output']>;
  /** Least quantity of an order (minimum order quantity). */
  minimum: Scalars['Int']['output'];
};

/** A quantity that the product cannot be ordered in. */
export type QuantityRuleError = UserError & {
  /** Path of the input field. */
  field?: Maybe<Array<Scalars['String']['output']>>;
  /** Quantity is a multiple of this. */
  increment: Scalars['Int']['output'];
  /** Most, null without limit. */
  maximum?: Maybe<Scalars['Int']['output']>;
  /** What is wrong and what to do. */
  message: Scalars['String']['output'];
  /** Least quantity. */
  minimum: Scalars['Int']['output'];
  /** The product. */
  productId: Scalars['ID']['output'];
};

export type Query = {
  /** What happened in the shop, newest first, for staff with the audit area. */
  auditEntries?: Maybe<AuditEntryConnection>;
  /** The viewer's open cart, null when there is none; by id also a cart of the viewer's company. */
  cart?: Maybe<Cart>;
  /** Categories under a parent, the top level without one, in the shop's order. */
  categories?: Maybe<CategoryConnection>;
  /** One category by id or slug. */
  category?: Maybe<Category>;
  /** Companies: those of the viewer, all for staff. */
  companies?: Maybe<CompanyConnection>;
  /** One company by id: a company of the viewer, or any for staff. */
  company?: Maybe<Company>;
  /** Slides of the home page, in the shop's order; at most 20. */
  heroSlides?: Maybe<Array<HeroSlide>>;
  /** The signed-in user, null for visitors. */
  me?: Maybe<User>;
  /**
   * Anything that has a `nodeId`, by it; null when it does not exist or may not be seen. Ask for a field besides `id`: with
   * `id` and `__typename` alone the id is decoded and not looked up.
   */
  node?: Maybe<Node>;
  /** One operation list of a partner, for staff. */
  operationList?: Maybe<OperationList>;
  /** One order by id or number: one's own, one of the company's, or any for staff. */
  order?: Maybe<Order>;
  /** Orders: one's own, the company's with the permission for it, all for staff; for suppliers those with lines of theirs. */
  orders?: Maybe<OrderConnection>;
  /** A page by its slug, null when there is none. */
  page?: Maybe<Page>;
  /** One partner by id, for staff. */
  partner?: Maybe<Partner>;
  /** Partners of the shop by name, for staff. */
  partners?: Maybe<PartnerConnection>;
  /** Price lists of the shop, for its staff. */
  priceLists?: Maybe<PriceListConnection>;
  /** One product by id or sku, null when there is none on sale. */
  product?: Maybe<Product>;
  /** Products on sale, filtered and sorted; with `query` a text search, by relevance unless `sort` says otherwise. */
  products?: Maybe<ProductConnection>;
  /** One request for a quote: one's own or one of the company's, or any for staff. */
  quote?: Maybe<Quote>;
  /** Requests for quotes, newest first: one's own, the company's, all for staff. */
  quotes?: Maybe<QuoteConnection>;
  /** Approved reviews of a product. */
  reviews?: Maybe<ReviewConnection>;
  /** Where the viewer is signed in, latest first; at most 20. */
  sessions?: Maybe<Array<Session>>;
  /** Stores around a point, nearest first. */
  storesNear?: Maybe<Array<Store>>;
  /** One user by id: oneself, or any for staff. */
  user?: Maybe<User>;
  /** Users of the shop, for its staff. */
  users?: Maybe<UserConnection>;
};


export type QueryAuditEntriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AuditEntryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryCartArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryCategoriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  parentId?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryCategoryArgs = {
  by: CategoryBy;
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


export type QueryHeroSlidesArgs = {
  activeOnly?: InputMaybe<Scalars['Boolean']['input']>;
};


export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


export type QueryOperationListArgs = {
  id: Scalars['ID']['input'];
};


export type QueryOrderArgs = {
  by: OrderBy;
};


export type QueryOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OrderFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  sort?: InputMaybe<OrderSort>;
};


export type QueryPageArgs = {
  slug: Scalars['String']['input'];
};


export type QueryPartnerArgs = {
  id: Scalars['ID']['input'];
};


export type QueryPartnersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryPriceListsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryProductArgs = {
  by: ProductBy;
};


export type QueryProductsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ProductFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  query?: InputMaybe<Scalars['String']['input']>;
  sort?: InputMaybe<ProductSort>;
};


export type QueryQuoteArgs = {
  id: Scalars['ID']['input'];
};


export type QueryQuotesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryReviewsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  productId: Scalars['ID']['input'];
  sort?: InputMaybe<ReviewSort>;
};


export type QueryStoresNearArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  latitude: Scalars['Float']['input'];
  longitude: Scalars['Float']['input'];
  radiusKm?: Scalars['Float']['input'];
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

/** A request for a price, and the answer. */
export type Quote = Node & {
  /** Company it is for. */
  company?: Maybe<Company>;
  /** When it was asked. */
  createdAt: Scalars['DateTime']['output'];
  /** Who asks. */
  customer?: Maybe<User>;
  /** Id. */
  id: Scalars['ID']['output'];
  /** What is asked for, at most 100 lines. */
  lines: Array<QuoteLine>;
  /** What was said, oldest first; at most 100. */
  messages: Array<QuoteMessage>;
  /** Graph-wide id for `node(id:)`. */
  nodeId: Scalars['ID']['output'];
  /** Number for people. */
  number: Scalars['String']['output'];
  /** State. */
  status: QuoteStatus;
  /** Sum of the offered prices, null until answered. */
  total?: Maybe<Money>;
  /** Until when the offer holds. */
  validUntil?: Maybe<Scalars['DateTime']['output']>;
};

/** A page of quotes. */
export type QuoteConnection = {
  /** Elements with their cursors. */
  edges: Array<QuoteEdge>;
  /** The elements alone. */
  nodes: Array<Quote>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are, null above 10,000. */
  totalCount?: Maybe<Scalars['Int']['output']>;
};

/** An element of a page. */
export type QuoteEdge = {
  /** Its place in the list. */
  cursor: Scalars['String']['output'];
  /** The quote. */
  node: Quote;
};

/** A line of a request for a quote. */
export type QuoteLine = {
  /** Id. */
  id: Scalars['ID']['output'];
  /** Price of one unit that is offered, null until answered. */
  offeredPrice?: Maybe<Money>;
  /** The product. */
  product?: Maybe<Product>;
  /** Units. */
  quantity: Scalars['Int']['output'];
};

/** A message about a quote. */
export type QuoteMessage = {
  /** When. */
  at: Scalars['DateTime']['output'];
  /** Who wrote it. */
  author?: Maybe<User>;
  /** Text. */
  body: Scalars['String']['output'];
};

/** State of a request for a quote. */
export type QuoteStatus =
  /** Accepted by the buyer. */
  | 'ACCEPTED'
  /** Refused by either side. */
  | 'DECLINED'
  /** Not accepted in time. */
  | 'EXPIRED'
  /** Answered with prices. */
  | 'OFFERED'
  /** Asked. */
  | 'REQUESTED';

/** What a buyer says of a product. */
export type Review = Node & {
  /** Who wrote it. */
  author?: Maybe<User>;
  /** Text. */
  body?: Maybe<Scalars['String']['output']>;
  /** When it was written. */
  createdAt: Scalars['DateTime']['output'];
  /** Id. */
  id: Scalars['ID']['output'];
  /** Graph-wide id for `node(id:)`. */
  nodeId: Scalars['ID']['output'];
  /** The product. */
  product?: Maybe<Product>;
  /** 1 to 5. */
  rating: Scalars['Int']['output'];
  /** Whether it is shown; others than approved ones are seen by their author and staff. */
  status: ReviewStatus;
  /** Headline. */
  title?: Maybe<Scalars['String']['output']>;
  /** True when the author has received the product. */
  verifiedPurchase: Scalars['Boolean']['output'];
};

/** A page of reviews. */
export type ReviewConnection = {
  /** Elements with their cursors. */
  edges: Array<ReviewEdge>;
  /** The elements alone. */
  nodes: Array<Review>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are, null above 10,000. */
  totalCount?: Maybe<Scalars['Int']['output']>;
};

/** An element of a page. */
export type ReviewEdge = {
  /** Its place in the list. */
  cursor: Scalars['String']['output'];
  /** The review. */
  node: Review;
};

/** Order of a review list. */
export type ReviewSort = {
  /** Which way. */
  direction?: SortDirection;
  /** What to sort by. */
  key: ReviewSortKey;
};

/** What reviews can be sorted by. */
export type ReviewSortKey =
  /** When it was written. */
  | 'CREATED_AT'
  /** Rating. */
  | 'RATING';

/** Whether a review is shown. */
export type ReviewStatus =
  /** Shown. */
  | 'APPROVED'
  /** Waits for staff. */
  | 'PENDING'
  /** Refused. */
  | 'REJECTED';

/** Approved reviews of a product in numbers. */
export type ReviewSummary = {
  /** Mean rating with two decimals, null without reviews. */
  averageRating?: Maybe<Scalars['Float']['output']>;
  /** How many. */
  count: Scalars['Int']['output'];
  /** How many of each rating, from 1 to 5. */
  ratingCounts: Array<Scalars['Int']['output']>;
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

/** Direction of a sort. */
export type SortDirection =
  /** Smallest, oldest or first letter first. */
  | 'ASC'
  /** Largest, newest or last letter first. */
  | 'DESC';

/** Period of a spending limit. */
export type SpendingPeriod =
  /** Each calendar month, UTC. */
  | 'MONTH'
  /** Each order. */
  | 'ORDER'
  /** Each calendar year, UTC. */
  | 'YEAR';

/** Period of a limit to set. */
export type SpendingPeriodInput =
  /** Each calendar month, UTC. */
  | 'MONTH'
  /** Each order. */
  | 'ORDER'
  /** Each calendar year, UTC. */
  | 'YEAR';

/** Area in which a member of staff may act. */
export type StaffScope =
  /** Everything. */
  | 'ALL'
  /** The audit log. */
  | 'AUDIT'
  /** Products, categories, prices, stock. */
  | 'CATALOGUE'
  /** Slides, pages, reviews. */
  | 'CONTENT'
  /** The graph itself: any operation by any tool, and the schema. */
  | 'DEVELOPMENT'
  /** Orders, payments, quotes. */
  | 'ORDERS'
  /** Partners and their keys. */
  | 'PARTNERS'
  /** People and companies. */
  | 'USERS';

/** Area to let a member of staff into. */
export type StaffScopeInput =
  /** The audit log. */
  | 'AUDIT'
  /** Products, categories, prices, stock. */
  | 'CATALOGUE'
  /** Slides, pages, reviews. */
  | 'CONTENT'
  /** The graph itself: any operation by any tool, and the schema. */
  | 'DEVELOPMENT'
  /** Orders, payments, quotes. */
  | 'ORDERS'
  /** Partners and their keys. */
  | 'PARTNERS'
  /** People and companies. */
  | 'USERS';

/** What can be sold now. */
export type StockLevel = {
  /** Units free to sell, over all stores. */
  available: Scalars['Int']['output'];
  /** True when the least order quantity is available. */
  isInStock: Scalars['Boolean']['output'];
  /** Days until dispatch. */
  leadTimeDays?: Maybe<Scalars['Int']['output']>;
};

/** A place where goods lie and can be fetched. */
export type Store = Node & {
  /** City it stands in. */
  city: Scalars['String']['output'];
  /** ISO 3166 country code. */
  country: Scalars['String']['output'];
  /** Id. */
  id: Scalars['ID']['output'];
  /** Degrees north. */
  latitude: Scalars['Float']['output'];
  /** Degrees east. */
  longitude: Scalars['Float']['output'];
  /** Name for people. */
  name: Scalars['String']['output'];
  /** Graph-wide id for `node(id:)`. */
  nodeId: Scalars['ID']['output'];
};

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
  /** Orders of this user, for the user and staff. */
  orders?: Maybe<OrderConnection>;
  /** Telephone number, for the user and staff. */
  phone?: Maybe<Scalars['String']['output']>;
  /** Platform role, for the user and staff. */
  role?: Maybe<UserRole>;
  /** What a seller shows of itself; null for others. */
  sellerProfile?: Maybe<SellerProfile>;
  /** Areas in which the person may act as staff, null for others; for the person and staff. */
  staffScopes?: Maybe<Array<StaffScope>>;
  /** Products this user supplies: those on sale; for the user itself and staff all. */
  suppliedProducts?: Maybe<ProductConnection>;
};


/** A person with an account. Visitors see the id only. */
export type UserOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OrderFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** A person with an account. Visitors see the id only. */
export type UserSuppliedProductsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
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

/** Platform role. */
export type UserRole =
  /** Runs the shop. */
  | 'ADMIN'
  /** Buys. */
  | 'CUSTOMER'
  /** Sells. */
  | 'SUPPLIER';

/** Platform role to filter by. */
export type UserRoleFilter =
  /** Runs the shop. */
  | 'ADMIN'
  /** Buys. */
  | 'CUSTOMER'
  /** Sells. */
  | 'SUPPLIER';

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

/** A postal address. */
export type AddressInput = {
  /** City, up to 100 characters. */
  city: string;
  /** ISO 3166 country code, such as `DE`. */
  country: string;
  /** State or region. */
  state?: string | null | undefined;
  /** Street and number, up to 200 characters. */
  street: string;
  /** Postal code, up to 20 characters. */
  zip: string;
};

/** A new API key. */
export type ApiKeyCreateInput = {
  /** Networks it may be used from, such as `192.0.2.0/24`, at most 20; from everywhere without it. */
  allowedAddresses?: Array<string> | null | undefined;
  /** When it ends; a year from now at most, which is also the default. */
  expiresAt?: string | null | undefined;
  /** Name for people, up to 100 characters. */
  name: string;
  /** The partner. */
  partnerId: string | number;
  /** What it allows. */
  scopes: Array<PartnerScopeInput>;
};

/** State of approval within the buyer's company. */
export type ApprovalStatus =
  /** Approved. */
  | 'APPROVED'
  /** Within the buyer's limit. */
  | 'NOT_REQUIRED'
  /** Waits for an approver. */
  | 'PENDING'
  /** Refused. */
  | 'REJECTED';

/** Category of audit entries. */
export type AuditCategory =
  /** Operations that were run. */
  | 'ACCESS'
  /** Sign-ins, refusals, keys, permissions. */
  | 'SECURITY'
  /** Changes of data. */
  | 'WRITE';

/** Category of audit entries to filter by. */
export type AuditCategoryFilter =
  /** Operations that were run. */
  | 'ACCESS'
  /** Sign-ins, refusals, keys, permissions. */
  | 'SECURITY'
  /** Changes of data. */
  | 'WRITE';

/** Conditions on audit entries; all given ones must hold. */
export type AuditEntryFilter = {
  /** With exactly this action, such as `login.refused`. */
  action?: string | null | undefined;
  /** Of this category. */
  category?: AuditCategoryFilter | null | undefined;
  /** At or after. */
  from?: string | null | undefined;
  /** With this outcome. */
  outcome?: AuditOutcomeFilter | null | undefined;
  /** About this thing, by its id. */
  subjectId?: string | number | null | undefined;
  /** Before. */
  to?: string | null | undefined;
  /** By this user. */
  userId?: string | number | null | undefined;
};

/** How something ended. */
export type AuditOutcome =
  /** Went wrong. */
  | 'FAILED'
  /** Not allowed. */
  | 'REFUSED'
  /** Done. */
  | 'SUCCESS';

/** Outcome to filter by. */
export type AuditOutcomeFilter =
  /** Went wrong. */
  | 'FAILED'
  /** Not allowed. */
  | 'REFUSED'
  /** Done. */
  | 'SUCCESS';

/** A new company. */
export type CompanyCreateInput = {
  /** Its addresses, at most 20. */
  addresses?: Array<AddressInput> | null | undefined;
  /** Name, up to 200 characters. */
  name: string;
  /** The company it belongs to, which the viewer must manage. */
  parentId?: string | number | null | undefined;
  /** Tax id, up to 50 characters. */
  taxId?: string | null | undefined;
};

/** Conditions on companies; all given ones must hold. */
export type CompanyFilter = {
  /** Name begins with this, without regard to case; 2 to 100 characters. */
  namePrefix?: string | null | undefined;
  /** In this state. */
  status?: CompanyStatusFilter | null | undefined;
};

/** A person to act for a company. */
export type CompanyMemberInviteInput = {
  /** The company. */
  companyId: string | number;
  /** The person's e-mail address. */
  email: string;
  /** Role in the company. */
  role: CompanyRoleInput;
  /** Most the person may order in a period without approval; no limit without it. */
  spendingLimit?: MoneyInput | null | undefined;
  /** Period of the limit; a month without it. */
  spendingPeriod?: SpendingPeriodInput | null | undefined;
};

/** Changes of a membership; what is absent stays. */
export type CompanyMemberUpdateInput = {
  /** The membership. */
  id: string | number;
  /** Role in the company. */
  role?: CompanyRoleInput | null | undefined;
  /** Most the person may order in a period without approval; null takes the limit away. */
  spendingLimit?: MoneyInput | null | undefined;
  /** Period of the limit. */
  spendingPeriod?: SpendingPeriodInput | null | undefined;
};

/** Something a company role allows. */
export type CompanyPermission =
  /** Change the company's data. */
  | 'COMPANY_MANAGE'
  /** Invite and remove people, change roles and limits. */
  | 'MEMBER_MANAGE'
  /** Approve orders above a buyer's limit. */
  | 'ORDER_APPROVE'
  /** Place orders. */
  | 'ORDER_PLACE'
  /** See all orders of the company. */
  | 'ORDER_READ_ALL';

/** Role in a company. */
export type CompanyRole =
  /** Orders and approves. */
  | 'APPROVER'
  /** Orders within limits. */
  | 'BUYER'
  /** Does everything for the company. */
  | 'COMPANY_ADMIN';

/** Role to give in a company. */
export type CompanyRoleInput =
  /** Orders and approves. */
  | 'APPROVER'
  /** Orders within limits. */
  | 'BUYER'
  /** Does everything for the company. */
  | 'COMPANY_ADMIN';

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

/** Whether a company may trade. */
export type CompanyStatus =
  /** Trades. */
  | 'ACTIVE'
  /** Being checked. */
  | 'PENDING'
  /** Barred from trade. */
  | 'SUSPENDED';

/** State of a company to filter by. */
export type CompanyStatusFilter =
  /** Trades. */
  | 'ACTIVE'
  /** Being checked. */
  | 'PENDING'
  /** Barred from trade. */
  | 'SUSPENDED';

/** Changes of a company; what is absent stays. */
export type CompanyUpdateInput = {
  /** All its addresses, at most 20. */
  addresses?: Array<AddressInput> | null | undefined;
  /** Most it may owe; null ends the credit; for staff. */
  creditLimit?: MoneyInput | null | undefined;
  /** The company. */
  id: string | number;
  /** Name, up to 200 characters. */
  name?: string | null | undefined;
  /** When it pays; for staff. */
  paymentTerms?: PaymentTermsInput | null | undefined;
  /** Whether it may trade; for staff. */
  status?: CompanyStatusFilter | null | undefined;
  /** Tax id, up to 50 characters; null clears. */
  taxId?: string | null | undefined;
};

/** An operation for a list. */
export type ListedOperationInput = {
  /** The document: one operation with a name, up to 64 KB. */
  body: string;
  /** Program of the partner that sends it, for people. */
  clientName?: string | null | undefined;
  /** Id by which it is sent, up to 128 characters. One in the shape of a SHA-256 must be that of `body`. */
  operationId: string;
};

/** Kind of a listed operation. */
export type ListedOperationType =
  /** Writes. */
  | 'MUTATION'
  /** Reads. */
  | 'QUERY';

/** E-mail and password. */
export type LoginInput = {
  /** Company to act for; without it the user's first one. */
  companyId?: string | number | null | undefined;
  /** E-mail address, in any case. */
  email: string;
  /** Password. */
  password: string;
};

/** An amount of money. */
export type MoneyInput = {
  /** Decimal text, such as `"19.99"`. */
  amount: string;
  /** Currency of the amount. */
  currencyCode: string;
};

/** Operations for a pending list. */
export type OperationListAddInput = {
  /** The list. */
  id: string | number;
  /** 1 to 50 operations; a list has 100 at most. */
  operations: Array<ListedOperationInput>;
};

/** A new operation list. */
export type OperationListCreateInput = {
  /** Name of the version such as `2026-11`, up to 50 letters, digits, dots, dashes and underscores; unique for the partner. */
  name: string;
  /** The partner. */
  partnerId: string | number;
};

/** State of an operation list. */
export type OperationListStatus =
  /** The partner may send its operations. */
  | 'ACTIVE'
  /** Being filled. */
  | 'PENDING'
  /** Over. */
  | 'RETIRED';

/** An approver's word on an order. */
export type OrderApproveInput = {
  /** True to approve, false to reject. */
  approve: boolean;
  /** The order. */
  id: string | number;
  /** Why, up to 500 characters. */
  reason?: string | null | undefined;
  /** The order's version as it was seen; another one is a conflict. */
  version?: number | null | undefined;
};

/** Conditions on orders; all given ones must hold. */
export type OrderFilter = {
  /** Whether they wait for the word of an approver. */
  awaitsApproval?: boolean | null | undefined;
  /** Ordered at or after. */
  from?: string | null | undefined;
  /** In this state of payment. */
  paymentStatus?: PaymentStatusFilter | null | undefined;
  /** In one of these states. */
  statuses?: Array<OrderStatusFilter> | null | undefined;
  /** Ordered before. */
  to?: string | null | undefined;
};

/** A line to order. */
export type OrderLineInput = {
  /** The product. */
  productId: string | number;
  /** Units. */
  quantity: number;
};

/** An order to place. */
export type OrderPlaceInput = {
  /** Where to send the bill, if elsewhere. */
  billingAddress?: AddressInput | null | undefined;
  /** What to buy, 1 to 100 lines, each product once. */
  lines: Array<OrderLineInput>;
  /** Anything to say, up to 2,000 characters. */
  notes?: string | null | undefined;
  /** How to pay. */
  paymentMethod: PaymentMethodInput;
  /** The buyer's own order number, up to 64 characters. */
  purchaseOrderNumber?: string | null | undefined;
  /** Where to send it. */
  shippingAddress: AddressInput;
};

/** Order of an order list. */
export type OrderSort = {
  /** Which way. */
  direction?: SortDirection;
  /** What to sort by; suppliers sort by ORDER_DATE only. */
  key: OrderSortKey;
};

/** What orders can be sorted by. */
export type OrderSortKey =
  /** When it was placed. */
  | 'ORDER_DATE'
  /** Total amount. */
  | 'TOTAL_AMOUNT';

/** State of delivery. */
export type OrderStatus =
  /** Called off. */
  | 'CANCELLED'
  /** Accepted. */
  | 'CONFIRMED'
  /** Arrived. */
  | 'DELIVERED'
  /** Placed, not yet accepted. */
  | 'PENDING'
  /** On its way. */
  | 'SHIPPED';

/** State of an order to filter by. */
export type OrderStatusFilter =
  /** Called off. */
  | 'CANCELLED'
  /** Accepted. */
  | 'CONFIRMED'
  /** Arrived. */
  | 'DELIVERED'
  /** Placed, not yet accepted. */
  | 'PENDING'
  /** On its way. */
  | 'SHIPPED';

/** A new partner. */
export type PartnerCreateInput = {
  /** Company whose things it may see, as far as its keys allow. */
  companyId?: string | number | null | undefined;
  /** E-mail address for notices. */
  contactEmail: string;
  /** Name, up to 200 characters, unique in the shop. */
  name: string;
};

/** Something an API key lets a partner do. */
export type PartnerScope =
  /** Read catalogue, prices and stock; with a company, its prices. */
  | 'CATALOGUE_READ'
  /** Read the orders of the partner's company. */
  | 'ORDERS_READ';

/** Something to let an API key do. */
export type PartnerScopeInput =
  /** Read catalogue, prices and stock; with a company, its prices. */
  | 'CATALOGUE_READ'
  /** Read the orders of the partner's company. */
  | 'ORDERS_READ';

/** Changes of a partner; what is absent stays. */
export type PartnerUpdateInput = {
  /** E-mail address for notices. */
  contactEmail?: string | null | undefined;
  /** The partner. */
  id: string | number;
  /** False switches all its keys off. */
  isActive?: boolean | null | undefined;
  /** Name, up to 200 characters. */
  name?: string | null | undefined;
};

/** A new password beside the old one. */
export type PasswordChangeInput = {
  /** Password until now. */
  currentPassword: string;
  /** New password of 12 to 128 characters. */
  newPassword: string;
};

/** A new password for who has forgotten the old one. */
export type PasswordResetInput = {
  /** New password of 12 to 128 characters. */
  newPassword: string;
  /** Token of the link. */
  token: string;
};

/** How an order is paid. */
export type PaymentMethod =
  /** By transfer in advance. */
  | 'BANK_TRANSFER'
  /** By card. */
  | 'CARD'
  /** By invoice, within the company's terms. */
  | 'INVOICE'
  /** With PayPal. */
  | 'PAYPAL';

/** How to pay. */
export type PaymentMethodInput =
  /** By transfer in advance. */
  | 'BANK_TRANSFER'
  /** By card. */
  | 'CARD'
  /** By invoice, within the company's terms. */
  | 'INVOICE'
  /** With PayPal. */
  | 'PAYPAL';

/** Who handles a payment. */
export type PaymentProvider =
  /** By hand: invoice and transfer. */
  | 'MANUAL'
  /** PayPal. */
  | 'PAYPAL'
  /** Stripe. */
  | 'STRIPE';

/** State of payment. */
export type PaymentStatus =
  /** The money is set aside. */
  | 'AUTHORIZED'
  /** Not accepted. */
  | 'FAILED'
  /** Paid. */
  | 'PAID'
  /** Paid back. */
  | 'REFUNDED'
  /** Nothing yet. */
  | 'UNPAID';

/** State of payment to filter by. */
export type PaymentStatusFilter =
  /** The money is set aside. */
  | 'AUTHORIZED'
  /** Not accepted. */
  | 'FAILED'
  /** Paid. */
  | 'PAID'
  /** Paid back. */
  | 'REFUNDED'
  /** Nothing yet. */
  | 'UNPAID';

/** When a company pays. */
export type PaymentTerms =
  /** Within 14 days of the invoice. */
  | 'NET_14'
  /** Within 30 days of the invoice. */
  | 'NET_30'
  /** Within 60 days of the invoice. */
  | 'NET_60'
  /** Before dispatch. */
  | 'PREPAID';

/** When a company pays. */
export type PaymentTermsInput =
  /** Within 14 days of the invoice. */
  | 'NET_14'
  /** Within 30 days of the invoice. */
  | 'NET_30'
  /** Within 60 days of the invoice. */
  | 'NET_60'
  /** Before dispatch. */
  | 'PREPAID';

/** Side of the market. */
export type PostAs =
  /** Wanted by a buyer. */
  | 'BUYER'
  /** Offered by a seller. */
  | 'SELLER';

/** Side of the market to filter by. */
export type PostAsFilter =
  /** Wanted by a buyer. */
  | 'BUYER'
  /** Offered by a seller. */
  | 'SELLER';

/** Conditions on products; all given ones must hold. */
export type ProductFilter = {
  /** Of one of these brands, at most 20. */
  brands?: Array<string> | null | undefined;
  /** In this category or below it. */
  categoryId?: string | number | null | undefined;
  /** Only what is in stock (true) or sold out (false). */
  inStock?: boolean | null | undefined;
  /** Offered by a seller or wanted by a buyer. */
  postAs?: PostAsFilter | null | undefined;
  /** Base price at most this many minor units of the shop's currency. */
  priceMax?: number | null | undefined;
  /** Base price at least this many minor units of the shop's currency. */
  priceMin?: number | null | undefined;
  /** Of one of these quality grades, at most 10. */
  qualityGrades?: Array<string> | null | undefined;
  /** Of this supplier. */
  supplierId?: string | number | null | undefined;
  /** With all of these tags, at most 10. */
  tags?: Array<string> | null | undefined;
};

/** Order of a product list. */
export type ProductSort = {
  /** Which way. */
  direction?: SortDirection;
  /** What to sort by. */
  key: ProductSortKey;
};

/** What products can be sorted by. */
export type ProductSortKey =
  /** When it was added. */
  | 'CREATED_AT'
  /** Name, without regard to case. */
  | 'NAME'
  /** Base price. */
  | 'PRICE'
  /** Best match of the search words first; needs `query`, and `direction` does not matter. */
  | 'RELEVANCE'
  /** When it was last changed. */
  | 'UPDATED_AT';

/** State of a request for a quote. */
export type QuoteStatus =
  /** Accepted by the buyer. */
  | 'ACCEPTED'
  /** Refused by either side. */
  | 'DECLINED'
  /** Not accepted in time. */
  | 'EXPIRED'
  /** Answered with prices. */
  | 'OFFERED'
  /** Asked. */
  | 'REQUESTED';

/** Order of a review list. */
export type ReviewSort = {
  /** Which way. */
  direction?: SortDirection;
  /** What to sort by. */
  key: ReviewSortKey;
};

/** What reviews can be sorted by. */
export type ReviewSortKey =
  /** When it was written. */
  | 'CREATED_AT'
  /** Rating. */
  | 'RATING';

/** Whether a review is shown. */
export type ReviewStatus =
  /** Shown. */
  | 'APPROVED'
  /** Waits for staff. */
  | 'PENDING'
  /** Refused. */
  | 'REJECTED';

/** Direction of a sort. */
export type SortDirection =
  /** Smallest, oldest or first letter first. */
  | 'ASC'
  /** Largest, newest or last letter first. */
  | 'DESC';

/** Period of a spending limit. */
export type SpendingPeriod =
  /** Each calendar month, UTC. */
  | 'MONTH'
  /** Each order. */
  | 'ORDER'
  /** Each calendar year, UTC. */
  | 'YEAR';

/** Period of a limit to set. */
export type SpendingPeriodInput =
  /** Each calendar month, UTC. */
  | 'MONTH'
  /** Each order. */
  | 'ORDER'
  /** Each calendar year, UTC. */
  | 'YEAR';

/** Area in which a member of staff may act. */
export type StaffScope =
  /** Everything. */
  | 'ALL'
  /** The audit log. */
  | 'AUDIT'
  /** Products, categories, prices, stock. */
  | 'CATALOGUE'
  /** Slides, pages, reviews. */
  | 'CONTENT'
  /** The graph itself: any operation by any tool, and the schema. */
  | 'DEVELOPMENT'
  /** Orders, payments, quotes. */
  | 'ORDERS'
  /** Partners and their keys. */
  | 'PARTNERS'
  /** People and companies. */
  | 'USERS';

/** Area to let a member of staff into. */
export type StaffScopeInput =
  /** The audit log. */
  | 'AUDIT'
  /** Products, categories, prices, stock. */
  | 'CATALOGUE'
  /** Slides, pages, reviews. */
  | 'CONTENT'
  /** The graph itself: any operation by any tool, and the schema. */
  | 'DEVELOPMENT'
  /** Orders, payments, quotes. */
  | 'ORDERS'
  /** Partners and their keys. */
  | 'PARTNERS'
  /** People and companies. */
  | 'USERS';

/** Exchange of a refresh token. */
export type TokenRefreshInput = {
  /** Company to act for from now on; without it the session's own. */
  companyId?: string | number | null | undefined;
  /** The latest refresh token of the session. */
  refreshToken: string;
};

/** Conditions on users; all given ones must hold. */
export type UserFilter = {
  /** With exactly this e-mail address. */
  email?: string | null | undefined;
  /** Active accounts (true) or closed ones (false). */
  isActive?: boolean | null | undefined;
  /** Of this platform role. */
  role?: UserRoleFilter | null | undefined;
};

/** A new account. */
export type UserRegisterInput = {
  /** E-mail address, unique in the shop. */
  email: string;
  /** First name, up to 100 characters. */
  firstName: string;
  /** Last name, up to 100 characters. */
  lastName: string;
  /** Password of 12 to 128 characters. */
  password: string;
};

/** Platform role. */
export type UserRole =
  /** Runs the shop. */
  | 'ADMIN'
  /** Buys. */
  | 'CUSTOMER'
  /** Sells. */
  | 'SUPPLIER';

/** Platform role to filter by. */
export type UserRoleFilter =
  /** Runs the shop. */
  | 'ADMIN'
  /** Buys. */
  | 'CUSTOMER'
  /** Sells. */
  | 'SUPPLIER';

/** A platform role for somebody. */
export type UserRoleSetInput = {
  /** The person. */
  id: string | number;
  /** Role from now on. */
  role: UserRoleFilter;
  /** Areas of a member of staff; everything without it. */
  staffScopes?: Array<StaffScopeInput> | null | undefined;
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
  address?: AddressInput | null | undefined;
  /** First name, up to 100 characters. */
  firstName?: string | null | undefined;
  /** Last name, up to 100 characters. */
  lastName?: string | null | undefined;
  /** Telephone number, up to 30 characters. */
  phone?: string | null | undefined;
};

export type AllHeroSlidesQueryVariables = Exact<{ [key: string]: never; }>;


export type AllHeroSlidesQuery = { heroSlides: Array<{ id: string, title: string, isActive: boolean }> | null };

export type ApiKeyCreateMutationVariables = Exact<{
  input: ApiKeyCreateInput;
}>;


export type ApiKeyCreateMutation = { apiKeyCreate: { secret: string | null, apiKey: { id: string, name: string, prefix: string, scopes: Array<PartnerScope>, allowedAddresses: Array<string>, createdAt: string, expiresAt: string, lastUsedAt: string | null, revokedAt: string | null } | null, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', limit: number, message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', message: string, field: Array<string> | null }
    > } | null };

export type ApiKeyRevokeMutationVariables = Exact<{
  id: string | number;
}>;


export type ApiKeyRevokeMutation = { apiKeyRevoke: { apiKey: { id: string, name: string, prefix: string, revokedAt: string | null } | null, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string }
      | { __typename: 'InsufficientStockError', message: string }
      | { __typename: 'InvalidCredentialsError', message: string }
      | { __typename: 'InvalidInputError', message: string }
      | { __typename: 'InvalidTokenError', message: string }
      | { __typename: 'InvalidTransitionError', message: string }
      | { __typename: 'LimitReachedError', message: string }
      | { __typename: 'ProductUnavailableError', message: string }
      | { __typename: 'QuantityRuleError', message: string }
      | { __typename: 'TooManyAttemptsError', message: string }
    > } | null };

export type AuditLogQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: AuditEntryFilter | null | undefined;
}>;


export type AuditLogQuery = { auditEntries: { totalCount: number | null, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ cursor: string, node: { id: string } }>, nodes: Array<{ id: string, at: string, category: AuditCategory, action: string, outcome: AuditOutcome, code: string | null, role: string, partnerId: string | null, address: string | null, requestId: string | null, operation: string | null, entityTypes: Array<string>, subjectType: string | null, subjectId: string | null, changes: Array<string>, count: number, user: { id: string, email: string | null } | null }> } | null };

export type CompaniesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: CompanyFilter | null | undefined;
  sort?: CompanySort | null | undefined;
}>;


export type CompaniesQuery = { companies: { totalCount: number | null, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ cursor: string, node: { id: string } }>, nodes: Array<{ id: string, name: string, status: CompanyStatus, parent: { id: string, name: string } | null, availableCredit: { amount: string } | null }> } | null };

export type CompanyCheckMutationVariables = Exact<{
  input: CompanyUpdateInput;
}>;


export type CompanyCheckMutation = { companyUpdate: { company: { id: string, name: string, status: CompanyStatus, paymentTerms: PaymentTerms, creditLimit: { amount: string, currencyCode: string } | null } | null, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', message: string, field: Array<string> | null }
    > } | null };

export type OperationListQueryVariables = Exact<{
  id: string | number;
}>;


export type OperationListQuery = { operationList: { id: string, partnerId: string, name: string, status: OperationListStatus, createdAt: string, activatedAt: string | null, retiredAt: string | null, operationCount: number, operations: Array<{ operationId: string, name: string, type: ListedOperationType, body: string, clientName: string | null, lastUsedAt: string | null, uses: number, usesByDay: Array<{ day: string, uses: number }> }> } | null };

export type OperationListActivateMutationVariables = Exact<{
  id: string | number;
}>;


export type OperationListActivateMutation = { operationListActivate: { operationList: { id: string, name: string, status: OperationListStatus, operationCount: number, activatedAt: string | null } | null, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', limit: number, message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', message: string, field: Array<string> | null }
    > } | null };

export type OperationListAddMutationVariables = Exact<{
  input: OperationListAddInput;
}>;


export type OperationListAddMutation = { operationListAdd: { operationList: { id: string, name: string, status: OperationListStatus, operationCount: number } | null, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', limit: number, message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', message: string, field: Array<string> | null }
    > } | null };

export type OperationListCreateMutationVariables = Exact<{
  input: OperationListCreateInput;
}>;


export type OperationListCreateMutation = { operationListCreate: { operationList: { id: string, partnerId: string, name: string, status: OperationListStatus, operationCount: number, createdAt: string } | null, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', limit: number, message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', message: string, field: Array<string> | null }
    > } | null };

export type OperationListRetireMutationVariables = Exact<{
  id: string | number;
  force?: boolean | null | undefined;
}>;


export type OperationListRetireMutation = { operationListRetire: { operationList: { id: string, name: string, status: OperationListStatus, operationCount: number, retiredAt: string | null } | null, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', message: string, field: Array<string> | null }
    > } | null };

export type PartnerQueryVariables = Exact<{
  id: string | number;
}>;


export type PartnerQuery = { partner: { id: string, name: string, contactEmail: string, isActive: boolean, createdAt: string, company: { id: string, name: string } | null, apiKeys: Array<{ id: string, name: string, prefix: string, scopes: Array<PartnerScope>, allowedAddresses: Array<string>, createdAt: string, expiresAt: string, lastUsedAt: string | null, revokedAt: string | null }> } | null };

export type PartnerCreateMutationVariables = Exact<{
  input: PartnerCreateInput;
}>;


export type PartnerCreateMutation = { partnerCreate: { partner: { id: string, name: string, contactEmail: string, isActive: boolean } | null, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', message: string, field: Array<string> | null }
    > } | null };

export type PartnerOperationListsQueryVariables = Exact<{
  id: string | number;
}>;


export type PartnerOperationListsQuery = { partner: { id: string, name: string, operationLists: Array<{ id: string, name: string, status: OperationListStatus, operationCount: number, createdAt: string, activatedAt: string | null, retiredAt: string | null, operations: Array<{ operationId: string, name: string, type: ListedOperationType, lastUsedAt: string | null, uses: number }> }> } | null };

export type PartnerUpdateMutationVariables = Exact<{
  input: PartnerUpdateInput;
}>;


export type PartnerUpdateMutation = { partnerUpdate: { partner: { id: string, name: string, contactEmail: string, isActive: boolean } | null, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', message: string, field: Array<string> | null }
    > } | null };

export type PartnersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type PartnersQuery = { partners: { totalCount: number | null, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ cursor: string, node: { id: string } }>, nodes: Array<{ id: string, name: string, contactEmail: string, isActive: boolean, createdAt: string, company: { id: string, name: string } | null }> } | null };

export type PriceListsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type PriceListsQuery = { priceLists: { totalCount: number | null, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ cursor: string, node: { id: string } }>, nodes: Array<{ id: string, nodeId: string, name: string, priority: number, companies: Array<{ id: string, name: string } | null> | null, entries: { totalCount: number | null, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ cursor: string, node: { minimumQuantity: number } }>, nodes: Array<{ minimumQuantity: number, price: { amount: string, currencyCode: string }, product: { id: string, name: string } | null }> } }> } | null };

export type StockQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: ProductFilter | null | undefined;
}>;


export type StockQuery = { products: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, sku: string, inventory: Array<{ id: string, nodeId: string, onHand: number, reserved: number, available: number, updatedAt: string, store: { id: string, name: string, city: string } }> | null }> } | null };

export type UserPageQueryVariables = Exact<{
  id: string | number;
}>;


export type UserPageQuery = { user: { id: string, email: string | null, role: UserRole | null } | null };

export type UserReactivateMutationVariables = Exact<{
  id: string | number;
}>;


export type UserReactivateMutation = { userReactivate: { user: { id: string, isActive: boolean | null } | null, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', message: string, field: Array<string> | null }
    > } | null };

export type UserRoleSetMutationVariables = Exact<{
  input: UserRoleSetInput;
}>;


export type UserRoleSetMutation = { userRoleSet: { user: { id: string, role: UserRole | null, staffScopes: Array<StaffScope> | null } | null, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', message: string, field: Array<string> | null }
    > } | null };

export type UsersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: UserFilter | null | undefined;
  sort?: UserSort | null | undefined;
}>;


export type UsersQuery = { users: { totalCount: number | null, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ cursor: string, node: { id: string } }>, nodes: Array<{ id: string, email: string | null, role: UserRole | null, isActive: boolean | null, orders: { totalCount: number | null, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ cursor: string, node: { id: string } }>, nodes: Array<{ id: string, number: string }> } | null, suppliedProducts: { totalCount: number | null, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ cursor: string, node: { id: string } }>, nodes: Array<{ id: string }> } | null }> } | null };

export type CartPageQueryVariables = Exact<{ [key: string]: never; }>;


export type CartPageQuery = { cart: { id: string, nodeId: string, version: number, currencyCode: string, note: string | null, purchaseOrderNumber: string | null, expiresAt: string | null, company: { id: string, name: string } | null, subtotal: { amountMinor: number, amount: string, currencyCode: string }, lines: Array<{ id: string, quantity: number, unitPriceSnapshot: { amount: string, currencyCode: string }, lineTotal: { amount: string }, currentUnitPrice: { amount: string, currencyCode: string } | null, availability: { isAvailable: boolean, available: number } | null, product: { id: string, name: string, images: Array<string> } | null }> } | null };

export type CategoryPageQueryVariables = Exact<{
  slug: string;
  categoryId: string | number;
  filter?: ProductFilter | null | undefined;
  sort?: ProductSort | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CategoryPageQuery = { category: { id: string, nodeId: string, slug: string, name: string, description: string | null, image: string | null, sortOrder: number, metaTitle: string | null, metaDescription: string | null, parent: { id: string, slug: string, name: string } | null, ancestors: Array<{ id: string, slug: string, name: string }>, children: Array<{ id: string, slug: string, name: string }>, products: { totalCount: number | null, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ cursor: string, node: { id: string, sku: string, name: string, brand: string | null, price: { amount: string, currencyCode: string }, stock: { isInStock: boolean }, supplier: { id: string, sellerProfile: { shopName: string } | null } | null, reviewSummary: { averageRating: number | null, count: number } | null } }> } } | null, categories: { totalCount: number | null, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ cursor: string, node: { id: string, name: string } }>, nodes: Array<{ id: string }> } | null };

export type CompanyApprovalsQueryVariables = Exact<{
  id: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CompanyApprovalsQuery = { company: { id: string, orders: { totalCount: number | null, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, number: string, orderDate: string, approvalStatus: ApprovalStatus, totalAmount: { amount: string, currencyCode: string }, customer: { id: string, firstName: string | null, lastName: string | null } | null }> } | null } | null };

export type CompanyCreateMutationVariables = Exact<{
  input: CompanyCreateInput;
}>;


export type CompanyCreateMutation = { companyCreate: { company: { id: string, name: string, status: CompanyStatus, parent: { id: string, name: string } | null } | null, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', limit: number, message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', message: string, field: Array<string> | null }
    > } | null };

export type CompanyDashboardQueryVariables = Exact<{
  id: string | number;
}>;


export type CompanyDashboardQuery = { company: { id: string, nodeId: string, name: string, taxId: string | null, status: CompanyStatus, paymentTerms: PaymentTerms, createdAt: string, parent: { id: string } | null, children: { totalCount: number | null, nodes: Array<{ id: string, name: string }>, edges: Array<{ cursor: string, node: { id: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } }, addresses: Array<{ street: string, city: string, state: string | null, zip: string, country: string }> | null, creditLimit: { amountMinor: number, amount: string, currencyCode: string } | null, availableCredit: { amountMinor: number, amount: string, currencyCode: string } | null, members: { totalCount: number | null, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ cursor: string, node: { id: string } }>, nodes: Array<{ id: string, role: CompanyRole, permissions: Array<CompanyPermission>, spendingPeriod: SpendingPeriod, inheritedFrom: { id: string, name: string } | null, spendingLimit: { amount: string } | null, remainingSpend: { amount: string } | null, user: { id: string, firstName: string | null, lastName: string | null } }> } | null, orders: { totalCount: number | null, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ cursor: string, node: { id: string } }>, nodes: Array<{ id: string, number: string, status: OrderStatus, totalAmount: { amount: string, currencyCode: string } }> } | null } | null };

export type CompanyInvitationAcceptMutationVariables = Exact<{
  token: string;
}>;


export type CompanyInvitationAcceptMutation = { companyInvitationAccept: { membership: { id: string, role: CompanyRole, permissions: Array<CompanyPermission>, spendingPeriod: SpendingPeriod, spendingLimit: { amount: string, currencyCode: string } | null, company: { id: string, name: string, status: CompanyStatus } } | null, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', limit: number, message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', message: string, field: Array<string> | null }
    > } | null };

export type CompanyInvitationRevokeMutationVariables = Exact<{
  id: string | number;
}>;


export type CompanyInvitationRevokeMutation = { companyInvitationRevoke: { invitation: { id: string, email: string } | null, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', message: string, field: Array<string> | null }
    > } | null };

export type CompanyInvitationsQueryVariables = Exact<{
  id: string | number;
}>;


export type CompanyInvitationsQuery = { company: { id: string, invitations: Array<{ id: string, email: string, role: CompanyRole, expiresAt: string, createdAt: string }> | null } | null };

export type CompanyMemberInviteMutationVariables = Exact<{
  input: CompanyMemberInviteInput;
}>;


export type CompanyMemberInviteMutation = { companyMemberInvite: { invitation: { id: string, email: string, role: CompanyRole, expiresAt: string, createdAt: string } | null, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', limit: number, message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', message: string, field: Array<string> | null }
    > } | null };

export type CompanyMemberRemoveMutationVariables = Exact<{
  id: string | number;
}>;


export type CompanyMemberRemoveMutation = { companyMemberRemove: { membership: { id: string } | null, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', message: string, field: Array<string> | null }
    > } | null };

export type CompanyMemberUpdateMutationVariables = Exact<{
  input: CompanyMemberUpdateInput;
}>;


export type CompanyMemberUpdateMutation = { companyMemberUpdate: { membership: { id: string, role: CompanyRole, permissions: Array<CompanyPermission>, spendingPeriod: SpendingPeriod, spendingLimit: { amount: string, currencyCode: string } | null, remainingSpend: { amount: string, currencyCode: string } | null, user: { id: string, firstName: string | null, lastName: string | null } } | null, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', message: string, field: Array<string> | null }
    > } | null };

export type CompanyMembersQueryVariables = Exact<{
  id: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CompanyMembersQuery = { company: { id: string, members: { totalCount: number | null, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, role: CompanyRole, permissions: Array<CompanyPermission>, spendingPeriod: SpendingPeriod, spendingLimit: { amount: string, currencyCode: string } | null, remainingSpend: { amount: string, currencyCode: string } | null, user: { id: string, firstName: string | null, lastName: string | null } }> } | null } | null };

export type CompanyUpdateMutationVariables = Exact<{
  input: CompanyUpdateInput;
}>;


export type CompanyUpdateMutation = { companyUpdate: { company: { id: string, name: string, taxId: string | null, addresses: Array<{ street: string, city: string, state: string | null, zip: string, country: string }> | null } | null, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', message: string, field: Array<string> | null }
    > } | null };

export type EmailVerificationSendMutationVariables = Exact<{ [key: string]: never; }>;


export type EmailVerificationSendMutation = { emailVerificationSend: { user: { id: string, emailVerifiedAt: string | null } | null, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', retryAt: string, message: string, field: Array<string> | null }
    > } | null };

export type EmailVerifyMutationVariables = Exact<{
  token: string;
}>;


export type EmailVerifyMutation = { emailVerify: { user: { id: string } | null, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', message: string, field: Array<string> | null }
    > } | null };

export type HomePageQueryVariables = Exact<{ [key: string]: never; }>;


export type HomePageQuery = { heroSlides: Array<{ id: string, nodeId: string, title: string, subtitle: string | null, imageUrl: string, linkUrl: string | null, buttonText: string | null, isActive: boolean, sortOrder: number, backgroundColor: string | null, textColor: string | null }> | null, categories: { nodes: Array<{ id: string, slug: string, name: string, image: string | null, children: Array<{ id: string, slug: string, name: string, sortOrder: number }> }> } | null, products: { nodes: Array<{ id: string, sku: string, name: string, brand: string | null, images: Array<string>, price: { amountMinor: number, amount: string, currencyCode: string }, originalPrice: { amount: string } | null, stock: { available: number, isInStock: boolean, leadTimeDays: number | null }, supplier: { id: string, sellerProfile: { shopName: string } | null } | null, reviewSummary: { count: number, averageRating: number | null } | null }> } | null };

export type ProductCardFragment = { id: string, sku: string, name: string, brand: string | null, images: Array<string>, price: { amountMinor: number, amount: string, currencyCode: string }, originalPrice: { amount: string } | null, stock: { available: number, isInStock: boolean, leadTimeDays: number | null }, supplier: { id: string, sellerProfile: { shopName: string } | null } | null, reviewSummary: { count: number, averageRating: number | null } | null };

export type LoginMutationVariables = Exact<{
  input: LoginInput;
}>;


export type LoginMutation = { login: { accessToken: string | null, expiresAt: string | null, refreshToken: string | null, refreshExpiresAt: string | null, user: { id: string, nodeId: string, email: string | null, firstName: string | null, lastName: string | null, role: UserRole | null, lastLogin: string | null } | null, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', message: string, field: Array<string> | null }
    > } | null };

export type LogoutMutationVariables = Exact<{
  everywhere?: boolean | null | undefined;
}>;


export type LogoutMutation = { logout: { ended: number, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string }
      | { __typename: 'InsufficientStockError', message: string }
      | { __typename: 'InvalidCredentialsError', message: string }
      | { __typename: 'InvalidInputError', message: string }
      | { __typename: 'InvalidTokenError', message: string }
      | { __typename: 'InvalidTransitionError', message: string }
      | { __typename: 'LimitReachedError', message: string }
      | { __typename: 'ProductUnavailableError', message: string }
      | { __typename: 'QuantityRuleError', message: string }
      | { __typename: 'TooManyAttemptsError', message: string }
    > } | null };

export type MyAccountQueryVariables = Exact<{ [key: string]: never; }>;


export type MyAccountQuery = { me: { id: string, nodeId: string, email: string | null, firstName: string | null, lastName: string | null, role: UserRole | null, phone: string | null, isActive: boolean | null, emailVerifiedAt: string | null, staffScopes: Array<StaffScope> | null, lastLogin: string | null, createdAt: string | null, address: { street: string, city: string, state: string | null, zip: string, country: string } | null, memberships: Array<{ id: string, nodeId: string, role: CompanyRole, permissions: Array<CompanyPermission>, spendingPeriod: SpendingPeriod, inheritedFrom: { id: string, name: string } | null, spendingLimit: { amountMinor: number, amount: string, currencyCode: string } | null, remainingSpend: { amountMinor: number, amount: string, currencyCode: string } | null, user: { id: string }, company: { id: string, name: string, status: CompanyStatus } }> | null } | null };

export type MyOrdersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: OrderFilter | null | undefined;
  sort?: OrderSort | null | undefined;
}>;


export type MyOrdersQuery = { orders: { totalCount: number | null, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ cursor: string, node: { id: string, nodeId: string, number: string, version: number, status: OrderStatus, paymentStatus: PaymentStatus, approvalStatus: ApprovalStatus, allowedTransitions: Array<OrderStatus>, paymentMethod: PaymentMethod, purchaseOrderNumber: string | null, orderDate: string, shippedDate: string | null, deliveredDate: string | null, notes: string | null, totalAmount: { amountMinor: number, amount: string, currencyCode: string }, shippingAddress: { street: string, city: string, state: string | null, zip: string, country: string } | null, billingAddress: { street: string, city: string, state: string | null, zip: string, country: string } | null, customer: { id: string, firstName: string | null, lastName: string | null } | null, company: { id: string, name: string } | null, items: Array<{ id: string, productName: string, sku: string, quantity: number, price: { amount: string, currencyCode: string }, lineTotal: { amount: string }, product: { id: string, name: string, images: Array<string>, isActive: boolean } | null }>, history: Array<{ status: OrderStatus, at: string, reason: string | null, actor: { id: string } | null }>, payments: Array<{ id: string, nodeId: string, provider: PaymentProvider, externalId: string, status: PaymentStatus, createdAt: string, amount: { amount: string, currencyCode: string } }> | null } }> } | null };

export type MyQuotesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type MyQuotesQuery = { quotes: { totalCount: number | null, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ cursor: string, node: { id: string } }>, nodes: Array<{ id: string, nodeId: string, number: string, status: QuoteStatus, validUntil: string | null, createdAt: string, total: { amount: string, currencyCode: string } | null, customer: { id: string } | null, company: { id: string, name: string } | null, lines: Array<{ id: string, quantity: number, offeredPrice: { amount: string } | null, product: { id: string, name: string } | null }>, messages: Array<{ body: string, at: string, author: { id: string, firstName: string | null } | null }> }> } | null };

export type NodeQueryVariables = Exact<{
  id: string | number;
}>;


export type NodeQuery = { node:
    | { __typename: 'Cart', nodeId: string, version: number, id: string }
    | { __typename: 'Category', nodeId: string, name: string, id: string }
    | { __typename: 'Company', nodeId: string, name: string, id: string }
    | { __typename: 'CompanyMembership', nodeId: string, role: CompanyRole, id: string }
    | { __typename: 'HeroSlide', nodeId: string, title: string, id: string }
    | { __typename: 'Inventory', nodeId: string, onHand: number, id: string }
    | { __typename: 'Order', nodeId: string, number: string, id: string }
    | { __typename: 'Page', nodeId: string, slug: string, id: string }
    | { __typename: 'Payment', nodeId: string, status: PaymentStatus, id: string }
    | { __typename: 'PriceList', nodeId: string, name: string, id: string }
    | { __typename: 'Product', nodeId: string, name: string, id: string }
    | { __typename: 'Quote', nodeId: string, number: string, id: string }
    | { __typename: 'Review', nodeId: string, rating: number, id: string }
    | { __typename: 'Store', nodeId: string, name: string, id: string }
    | { __typename: 'User', nodeId: string, id: string }
   | null };

export type OrderApproveMutationVariables = Exact<{
  input: OrderApproveInput;
}>;


export type OrderApproveMutation = { orderApprove: { order: { id: string, number: string, version: number, status: OrderStatus, approvalStatus: ApprovalStatus, history: Array<{ status: OrderStatus, at: string, reason: string | null, actor: { id: string } | null }> } | null, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', current: ApprovalStatus, message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', message: string, field: Array<string> | null }
    > } | null };

export type OrderPageQueryVariables = Exact<{
  number: string;
}>;


export type OrderPageQuery = { order: { id: string, number: string, version: number, status: OrderStatus, approvalStatus: ApprovalStatus, totalAmount: { amount: string, currencyCode: string }, items: Array<{ sku: string, quantity: number }> } | null };

export type OrderPlaceMutationVariables = Exact<{
  key: string;
  input: OrderPlaceInput;
}>;


export type OrderPlaceMutation = { orderPlace: { order: { id: string, number: string, version: number, status: OrderStatus, approvalStatus: ApprovalStatus, totalAmount: { amount: string, currencyCode: string }, items: Array<{ productName: string, quantity: number }> } | null, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', productId: string, requested: number, available: number, message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', productId: string, message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', productId: string, minimum: number, maximum: number | null, increment: number, message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', message: string, field: Array<string> | null }
    > } | null };

export type PasswordChangeMutationVariables = Exact<{
  input: PasswordChangeInput;
}>;


export type PasswordChangeMutation = { passwordChange: { accessToken: string | null, expiresAt: string | null, refreshToken: string | null, refreshExpiresAt: string | null, user: { id: string } | null, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', retryAt: string, message: string, field: Array<string> | null }
    > } | null };

export type PasswordResetMutationVariables = Exact<{
  input: PasswordResetInput;
}>;


export type PasswordResetMutation = { passwordReset: { user: { id: string } | null, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', message: string, field: Array<string> | null }
    > } | null };

export type PasswordResetSendMutationVariables = Exact<{
  email: string;
}>;


export type PasswordResetSendMutation = { passwordResetSend: { userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', retryAt: string, message: string, field: Array<string> | null }
    > } | null };

export type ProductListQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  sort?: ProductSort | null | undefined;
  filter?: ProductFilter | null | undefined;
}>;


export type ProductListQuery = { products: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, sku: string, name: string, price: { amount: string, currencyCode: string }, category: { id: string, name: string } | null, supplier: { id: string, sellerProfile: { shopName: string } | null } | null, stock: { available: number }, reviewSummary: { count: number, averageRating: number | null } | null }> } | null };

export type ProductPageQueryVariables = Exact<{
  sku: string;
  quantity?: number | null | undefined;
}>;


export type ProductPageQuery = { product: { id: string, nodeId: string, sku: string, name: string, title: string, description: string | null, brand: string | null, images: Array<string>, unit: string, qualityGrade: string | null, certifications: Array<string>, leadTime: number | null, postAs: PostAs, tags: Array<string>, isActive: boolean, version: number, createdAt: string, updatedAt: string, lastOrderedAt: string | null, orderedQuantity: number | null, attributes: Array<{ key: string, value: string }>, origin: { marketplace: string, externalId: string, url: string | null, ingestedAt: string } | null, category: { id: string, slug: string, name: string, ancestors: Array<{ id: string, slug: string, name: string }> } | null, price: { amountMinor: number, amount: string, currencyCode: string }, originalPrice: { amount: string, currencyCode: string } | null, priceTiers: Array<{ minimumQuantity: number, price: { amount: string, currencyCode: string } }>, quantityRule: { minimum: number, maximum: number | null, increment: number }, stock: { available: number, isInStock: boolean, leadTimeDays: number | null }, supplier: { id: string, sellerProfile: { shopName: string, description: string | null, logo: string | null, since: string } | null, suppliedProducts: { nodes: Array<{ id: string, name: string }> } | null } | null, reviewSummary: { count: number, averageRating: number | null, ratingCounts: Array<number> } | null, reviews: { totalCount: number | null, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ cursor: string, node: { id: string, nodeId: string, rating: number, title: string | null, body: string | null, verifiedPurchase: boolean, status: ReviewStatus, createdAt: string, author: { id: string } | null } }> } | null } | null };

export type ProductReviewsQueryVariables = Exact<{
  productId: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
  sort?: ReviewSort | null | undefined;
}>;


export type ProductReviewsQuery = { reviews: { totalCount: number | null, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ cursor: string, node: { id: string } }>, nodes: Array<{ id: string, rating: number, product: { id: string, name: string, reviews: { nodes: Array<{ id: string }> } | null } | null, author: { id: string, firstName: string | null, lastName: string | null } | null }> } | null };

export type QuotePageQueryVariables = Exact<{
  id: string | number;
}>;


export type QuotePageQuery = { quote: { id: string, number: string, status: QuoteStatus } | null };

export type SearchQueryVariables = Exact<{
  text: string;
  filter?: ProductFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type SearchQuery = { products: { totalCount: number | null, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, edges: Array<{ cursor: string, node: { id: string, sku: string, name: string, price: { amount: string, currencyCode: string }, category: { id: string, name: string } | null, supplier: { id: string, sellerProfile: { shopName: string } | null } | null, stock: { isInStock: boolean }, reviewSummary: { averageRating: number | null, count: number } | null } }> } | null };

export type SessionRevokeMutationVariables = Exact<{
  id: string | number;
}>;


export type SessionRevokeMutation = { sessionRevoke: { ended: number, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', message: string, field: Array<string> | null }
    > } | null };

export type SessionsQueryVariables = Exact<{ [key: string]: never; }>;


export type SessionsQuery = { sessions: Array<{ id: string, createdAt: string, lastUsedAt: string, expiresAt: string, address: string | null, isCurrent: boolean, company: { id: string, name: string } | null }> | null };

export type StoresNearQueryVariables = Exact<{
  latitude: number;
  longitude: number;
  radiusKm?: number | null | undefined;
}>;


export type StoresNearQuery = { storesNear: Array<{ id: string, nodeId: string, name: string, city: string, country: string, latitude: number, longitude: number }> | null };

export type TextPageQueryVariables = Exact<{
  slug: string;
}>;


export type TextPageQuery = { page: { id: string, nodeId: string, slug: string, title: string, body: string, metaTitle: string | null, metaDescription: string | null, updatedAt: string } | null };

export type TokenRefreshMutationVariables = Exact<{
  input: TokenRefreshInput;
}>;


export type TokenRefreshMutation = { tokenRefresh: { accessToken: string | null, expiresAt: string | null, refreshToken: string | null, refreshExpiresAt: string | null, user: { id: string, role: UserRole | null } | null, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', message: string, field: Array<string> | null }
    > } | null };

export type UserDeactivateMutationVariables = Exact<{
  id?: string | number | null | undefined;
}>;


export type UserDeactivateMutation = { userDeactivate: { user: { id: string, isActive: boolean | null } | null, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', message: string, field: Array<string> | null }
    > } | null };

export type UserRegisterMutationVariables = Exact<{
  input: UserRegisterInput;
}>;


export type UserRegisterMutation = { userRegister: { accessToken: string | null, expiresAt: string | null, refreshToken: string | null, refreshExpiresAt: string | null, user: { id: string } | null, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', message: string, field: Array<string> | null }
    > } | null };

export type UserUpdateMutationVariables = Exact<{
  input: UserUpdateInput;
}>;


export type UserUpdateMutation = { userUpdate: { user: { id: string, firstName: string | null, lastName: string | null, phone: string | null, address: { street: string, city: string, state: string | null, zip: string, country: string } | null } | null, userErrors: Array<
      | { __typename: 'EmailTakenError', message: string, field: Array<string> | null }
      | { __typename: 'InsufficientStockError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidCredentialsError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidInputError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTokenError', message: string, field: Array<string> | null }
      | { __typename: 'InvalidTransitionError', message: string, field: Array<string> | null }
      | { __typename: 'LimitReachedError', message: string, field: Array<string> | null }
      | { __typename: 'ProductUnavailableError', message: string, field: Array<string> | null }
      | { __typename: 'QuantityRuleError', message: string, field: Array<string> | null }
      | { __typename: 'TooManyAttemptsError', message: string, field: Array<string> | null }
    > } | null };
