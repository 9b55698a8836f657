/* eslint-disable */
import type { CompanyPermission } from '../enums.ts';
import type { StoredCompanyRole as CompanyRole } from '../enums.ts';
import type { StoredCompanyStatus as CompanyStatus } from '../enums.ts';
import type { StoredCompanyStatus as CompanyStatusFilter } from '../enums.ts';
import type { StoredPaymentTerms as PaymentTerms } from '../enums.ts';
import type { StoredSpendingPeriod as SpendingPeriod } from '../enums.ts';
import type { StoredUserRole as UserRole } from '../enums.ts';
import type { StoredUserRole as UserRoleFilter } from '../enums.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { StoredMoney } from '@tradegraph/kit/money';
import type { SignInResult } from '../sign-in.ts';
import type { CompanyDocument } from '../models/company.ts';
import type { CompanyPage, MembershipPage, UserPage } from '../connections.ts';
import type { MembershipDocument } from '../models/membership.ts';
import type { UserErrorRecord } from '../user-errors.ts';
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

/** Result of signing in or registering. */
export type AuthPayload = {
  /** Token for `Authorization: Bearer …`; null when there are errors. */
  accessToken?: Maybe<Scalars['String']['output']>;
  /** When the token ends. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** The user. */
  user?: Maybe<User>;
  /** What a person can put right; empty on success. */
  userErrors: Array<UserError>;
};

/** A firm that buys or sells, seen by its members and staff. */
export type Company = Node & {
  /** Its addresses, at most 20. */
  addresses: Array<Address>;
  /** Firms that belong to it, of those the viewer may see. */
  children: CompanyConnection;
  /** When it was added. */
  createdAt: Scalars['DateTime']['output'];
  /** Most it may owe, null without credit; for members and staff. */
  creditLimit?: Maybe<Money>;
  /** Id. */
  id: Scalars['ID']['output'];
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

/** A person acting for a company, seen by that person, by who manages the company's members, and by staff. */
export type CompanyMembership = Node & {
  /** The company. */
  company: Company;
  /** Id. */
  id: Scalars['ID']['output'];
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

export type { CompanyPermission };

export type { CompanyRole };

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

/** The e-mail address has an account already. */
export type EmailTakenError = UserError & {
  /** Path of the input field. */
  field?: Maybe<Array<Scalars['String']['output']>>;
  /** What is wrong and what to do. */
  message: Scalars['String']['output'];
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

/** E-mail and password. */
export type LoginInput = {
  /** Company to act for; without it the user's first one. */
  companyId?: InputMaybe<Scalars['ID']['input']>;
  /** E-mail address, in any case. */
  email: Scalars['String']['input'];
  /** Password. */
  password: Scalars['String']['input'];
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

export type Mutation = {
  /** Signs in with e-mail and password. */
  login?: Maybe<AuthPayload>;
  /** Opens an account and signs it in. */
  userRegister?: Maybe<AuthPayload>;
};


export type MutationLoginArgs = {
  input: LoginInput;
};


export type MutationUserRegisterArgs = {
  input: UserRegisterInput;
};

/** Something with an id. */
export type Node = {
  /** Id, unique among things of its type. */
  id: Scalars['ID']['output'];
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

export type { PaymentTerms };

export type Query = {
  /** Companies: those of the viewer, all for staff. */
  companies?: Maybe<CompanyConnection>;
  /** One company by id: a company of the viewer, or any for staff. */
  company?: Maybe<Company>;
  /** The signed-in user, null for visitors. */
  me?: Maybe<User>;
  /** One user by id: oneself, or any for staff. */
  user?: Maybe<User>;
  /** Users of the shop, for its staff. */
  users?: Maybe<UserConnection>;
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

/** Direction of a sort. */
export type SortDirection =
  /** Smallest, oldest or first letter first. */
  | 'ASC'
  /** Largest, newest or last letter first. */
  | 'DESC';

export type { SpendingPeriod };

/** A person with an account. Visitors see the id only. */
export type User = Node & {
  /** Address, for the user and staff. */
  address?: Maybe<Address>;
  /** When the account was opened, for the user and staff. */
  createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** E-mail address, for the user and staff. */
  email?: Maybe<Scalars['String']['output']>;
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
    | ( MembershipDocument )
    | ( UserRecord )
  ;
  UserError:
    | ( UserErrorRecord )
    | ( UserErrorRecord )
    | ( UserErrorRecord )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Address: ResolverTypeWrapper<Address>;
  AuthPayload: ResolverTypeWrapper<SignInResult>;
  Company: ResolverTypeWrapper<CompanyDocument>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  CompanyConnection: ResolverTypeWrapper<CompanyPage>;
  CompanyEdge: ResolverTypeWrapper<Omit<CompanyEdge, 'node'> & { node: ResolversTypes['Company'] }>;
  CompanyFilter: CompanyFilter;
  CompanyMembership: ResolverTypeWrapper<MembershipDocument>;
  CompanyMembershipConnection: ResolverTypeWrapper<MembershipPage>;
  CompanyMembershipEdge: ResolverTypeWrapper<Omit<CompanyMembershipEdge, 'node'> & { node: ResolversTypes['CompanyMembership'] }>;
  CompanyPermission: CompanyPermission;
  CompanyRole: CompanyRole;
  CompanySort: CompanySort;
  CompanySortKey: CompanySortKey;
  CompanyStatus: CompanyStatus;
  CompanyStatusFilter: CompanyStatusFilter;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  EmailTakenError: ResolverTypeWrapper<UserErrorRecord>;
  InvalidCredentialsError: ResolverTypeWrapper<UserErrorRecord>;
  InvalidInputError: ResolverTypeWrapper<UserErrorRecord>;
  LoginInput: LoginInput;
  Long: ResolverTypeWrapper<Scalars['Long']['output']>;
  Money: ResolverTypeWrapper<StoredMoney>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  PaymentTerms: PaymentTerms;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SellerProfile: ResolverTypeWrapper<SellerProfile>;
  SortDirection: SortDirection;
  SpendingPeriod: SpendingPeriod;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  User: ResolverTypeWrapper<UserRecord>;
  UserConnection: ResolverTypeWrapper<UserPage>;
  UserEdge: ResolverTypeWrapper<Omit<UserEdge, 'node'> & { node: ResolversTypes['User'] }>;
  UserError: ResolverTypeWrapper<UserErrorRecord>;
  UserFilter: UserFilter;
  UserRegisterInput: UserRegisterInput;
  UserRole: UserRole;
  UserRoleFilter: UserRoleFilter;
  UserSort: UserSort;
  UserSortKey: UserSortKey;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Address: Address;
  AuthPayload: SignInResult;
  Company: CompanyDocument;
  Int: Scalars['Int']['output'];
  ID: Scalars['ID']['output'];
  CompanyConnection: CompanyPage;
  CompanyEdge: Omit<CompanyEdge, 'node'> & { node: ResolversParentTypes['Company'] };
  CompanyFilter: CompanyFilter;
  CompanyMembership: MembershipDocument;
  CompanyMembershipConnection: MembershipPage;
  CompanyMembershipEdge: Omit<CompanyMembershipEdge, 'node'> & { node: ResolversParentTypes['CompanyMembership'] };
  CompanySort: CompanySort;
  CurrencyCode: Scalars['CurrencyCode']['output'];
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  EmailTakenError: UserErrorRecord;
  InvalidCredentialsError: UserErrorRecord;
  InvalidInputError: UserErrorRecord;
  LoginInput: LoginInput;
  Long: Scalars['Long']['output'];
  Money: StoredMoney;
  Mutation: Record<PropertyKey, never>;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  Query: Record<PropertyKey, never>;
  SellerProfile: SellerProfile;
  URL: Scalars['URL']['output'];
  User: UserRecord;
  UserConnection: UserPage;
  UserEdge: Omit<UserEdge, 'node'> & { node: ResolversParentTypes['User'] };
  UserError: UserErrorRecord;
  UserFilter: UserFilter;
  UserRegisterInput: UserRegisterInput;
  UserSort: UserSort;
  String: Scalars['String']['output'];
};

export type IdempotentDirectiveArgs = {
  key: Scalars['String']['input'];
};

export type IdempotentDirectiveResolver<Result, Parent, ContextType = Context, Args = IdempotentDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AddressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Address'] = ResolversParentTypes['Address']> = {
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  country?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  street?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  zip?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AuthPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuthPayload'] = ResolversParentTypes['AuthPayload']> = {
  accessToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CompanyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Company'] = ResolversParentTypes['Company'], FederationReferenceType extends FederationReferenceTypes['Company'] = FederationReferenceTypes['Company']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Company']> | FederationReferenceType, FederationReferenceType, ContextType>;
  addresses?: Resolver<Array<ResolversTypes['Address']>, ParentType, ContextType>;
  children?: Resolver<ResolversTypes['CompanyConnection'], ParentType, ContextType, Partial<CompanyChildrenArgs>>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  creditLimit?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
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

export type CompanyMembershipResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CompanyMembership'] = ResolversParentTypes['CompanyMembership'], FederationReferenceType extends FederationReferenceTypes['CompanyMembership'] = FederationReferenceTypes['CompanyMembership']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['CompanyMembership']> | FederationReferenceType, FederationReferenceType, ContextType>;
  company?: Resolver<ResolversTypes['Company'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
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

export type CompanyPermissionResolvers = EnumResolverSignature<{ COMPANY_MANAGE?: any, MEMBER_MANAGE?: any, ORDER_APPROVE?: any, ORDER_PLACE?: any, ORDER_READ_ALL?: any }, ResolversTypes['CompanyPermission']>;

export type CompanyRoleResolvers = EnumResolverSignature<{ APPROVER?: any, BUYER?: any, COMPANY_ADMIN?: any }, ResolversTypes['CompanyRole']>;

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

export interface LongScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Long'], any> {
  name: 'Long';
}

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  amountMinor?: Resolver<ResolversTypes['Long'], ParentType, ContextType>;
  currencyCode?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  login?: Resolver<Maybe<ResolversTypes['AuthPayload']>, ParentType, ContextType, RequireFields<MutationLoginArgs, 'input'>>;
  userRegister?: Resolver<Maybe<ResolversTypes['AuthPayload']>, ParentType, ContextType, RequireFields<MutationUserRegisterArgs, 'input'>>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Company' | 'CompanyMembership' | 'User', ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PaymentTermsResolvers = EnumResolverSignature<{ NET_14?: any, NET_30?: any, NET_60?: any, PREPAID?: any }, ResolversTypes['PaymentTerms']>;

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  companies?: Resolver<Maybe<ResolversTypes['CompanyConnection']>, ParentType, ContextType, Partial<QueryCompaniesArgs>>;
  company?: Resolver<Maybe<ResolversTypes['Company']>, ParentType, ContextType, RequireFields<QueryCompanyArgs, 'id'>>;
  me?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<QueryUserArgs, 'id'>>;
  users?: Resolver<Maybe<ResolversTypes['UserConnection']>, ParentType, ContextType, Partial<QueryUsersArgs>>;
};

export type SellerProfileResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SellerProfile'] = ResolversParentTypes['SellerProfile']> = {
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  logo?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  shopName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  since?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type SpendingPeriodResolvers = EnumResolverSignature<{ MONTH?: any, ORDER?: any, YEAR?: any }, ResolversTypes['SpendingPeriod']>;

export interface UrlScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  address?: Resolver<Maybe<ResolversTypes['Address']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
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
  __resolveType: TypeResolveFn<'EmailTakenError' | 'InvalidCredentialsError' | 'InvalidInputError', ParentType, ContextType>;
};

export type UserRoleResolvers = EnumResolverSignature<{ ADMIN?: any, CUSTOMER?: any, SUPPLIER?: any }, ResolversTypes['UserRole']>;

export type UserRoleFilterResolvers = EnumResolverSignature<{ ADMIN?: any, CUSTOMER?: any, SUPPLIER?: any }, ResolversTypes['UserRoleFilter']>;

export type Resolvers<ContextType = Context> = {
  Address?: AddressResolvers<ContextType>;
  AuthPayload?: AuthPayloadResolvers<ContextType>;
  Company?: CompanyResolvers<ContextType>;
  CompanyConnection?: CompanyConnectionResolvers<ContextType>;
  CompanyEdge?: CompanyEdgeResolvers<ContextType>;
  CompanyMembership?: CompanyMembershipResolvers<ContextType>;
  CompanyMembershipConnection?: CompanyMembershipConnectionResolvers<ContextType>;
  CompanyMembershipEdge?: CompanyMembershipEdgeResolvers<ContextType>;
  CompanyPermission?: CompanyPermissionResolvers;
  CompanyRole?: CompanyRoleResolvers;
  CompanyStatus?: CompanyStatusResolvers;
  CompanyStatusFilter?: CompanyStatusFilterResolvers;
  CurrencyCode?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  EmailTakenError?: EmailTakenErrorResolvers<ContextType>;
  InvalidCredentialsError?: InvalidCredentialsErrorResolvers<ContextType>;
  InvalidInputError?: InvalidInputErrorResolvers<ContextType>;
  Long?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PaymentTerms?: PaymentTermsResolvers;
  Query?: QueryResolvers<ContextType>;
  SellerProfile?: SellerProfileResolvers<ContextType>;
  SpendingPeriod?: SpendingPeriodResolvers;
  URL?: GraphQLScalarType;
  User?: UserResolvers<ContextType>;
  UserConnection?: UserConnectionResolvers<ContextType>;
  UserEdge?: UserEdgeResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  UserRole?: UserRoleResolvers;
  UserRoleFilter?: UserRoleFilterResolvers;
};

export type DirectiveResolvers<ContextType = Context> = {
  idempotent?: IdempotentDirectiveResolver<any, any, ContextType>;
};
