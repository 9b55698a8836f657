/* eslint-disable */
import type { StoredReviewStatus as ReviewStatus } from '../enums.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { StoredMoney } from '@tradegraph/kit/money';
import type { HeroSlideDocument } from '../models/hero-slide.ts';
import type { FoundNode, Reference } from '../models/references.ts';
import type { PageDocument } from '../models/page.ts';
import type { ReviewDocument } from '../models/review.ts';
import type { ReviewPage } from '../connections.ts';
import type { RatingSummary } from '../rating-summary.ts';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null | undefined;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
export type EnumResolverSignature<T, AllowedValues = any> = { [key in keyof T]?: AllowedValues };
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

export type Cart = Node & {
  id: Scalars['ID']['output'];
};

export type Category = Node & {
  id: Scalars['ID']['output'];
};

export type Company = Node & {
  id: Scalars['ID']['output'];
};

export type CompanyMembership = Node & {
  id: Scalars['ID']['output'];
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

export type Inventory = Node & {
  id: Scalars['ID']['output'];
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

/** Something with an id. */
export type Node = {
  /** Id, unique among things of its type. */
  id: Scalars['ID']['output'];
};

export type Order = Node & {
  id: Scalars['ID']['output'];
};

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

export type Payment = Node & {
  id: Scalars['ID']['output'];
};

export type PriceList = Node & {
  id: Scalars['ID']['output'];
};

export type Product = Node & {
  id: Scalars['ID']['output'];
  /** Approved reviews in numbers. */
  reviewSummary?: Maybe<ReviewSummary>;
  /** Approved reviews. */
  reviews?: Maybe<ReviewConnection>;
};


export type ProductReviewsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  sort?: InputMaybe<ReviewSort>;
};

export type Query = {
  /** Slides of the home page, in the shop's order; at most 20. */
  heroSlides?: Maybe<Array<HeroSlide>>;
  /**
   * Anything that has a `nodeId`, by it; null when it does not exist or may not be seen. Ask for a field besides `id`: with
   * `id` and `__typename` alone the id is decoded and not looked up.
   */
  node?: Maybe<Node>;
  /** A page by its slug, null when there is none. */
  page?: Maybe<Page>;
  /** Approved reviews of a product. */
  reviews?: Maybe<ReviewConnection>;
};


export type QueryHeroSlidesArgs = {
  activeOnly?: InputMaybe<Scalars['Boolean']['input']>;
};


export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


export type QueryPageArgs = {
  slug: Scalars['String']['input'];
};


export type QueryReviewsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  productId: Scalars['ID']['input'];
  sort?: InputMaybe<ReviewSort>;
};

export type Quote = Node & {
  id: Scalars['ID']['output'];
};

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

export type { ReviewStatus };

/** Approved reviews of a product in numbers. */
export type ReviewSummary = {
  /** Mean rating with two decimals, null without reviews. */
  averageRating?: Maybe<Scalars['Float']['output']>;
  /** How many. */
  count: Scalars['Int']['output'];
  /** How many of each rating, from 1 to 5. */
  ratingCounts: Array<Scalars['Int']['output']>;
};

/** Direction of a sort. */
export type SortDirection =
  /** Smallest, oldest or first letter first. */
  | 'ASC'
  /** Largest, newest or last letter first. */
  | 'DESC';

export type Store = Node & {
  id: Scalars['ID']['output'];
};

export type User = Node & {
  id: Scalars['ID']['output'];
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
  HeroSlide: HeroSlide;
  Page: Page;
  Product: Product;
  Review: Review;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  HeroSlide:
    ( { __typename: 'HeroSlide' }
    & GraphQLRecursivePick<FederationTypes['HeroSlide'], {"id":true}> );
  Page:
    ( { __typename: 'Page' }
    & GraphQLRecursivePick<FederationTypes['Page'], {"id":true}> );
  Product:
    ( { __typename: 'Product' }
    & GraphQLRecursivePick<FederationTypes['Product'], {"id":true}> );
  Review:
    ( { __typename: 'Review' }
    & GraphQLRecursivePick<FederationTypes['Review'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  CacheAudience: CacheAudience;
  CacheControlScope: CacheControlScope;
  CacheDimension: CacheDimension;
  CacheWait: CacheWait;
  Cart: ResolverTypeWrapper<Cart>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Category: ResolverTypeWrapper<Category>;
  Company: ResolverTypeWrapper<Company>;
  CompanyMembership: ResolverTypeWrapper<CompanyMembership>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  HeroSlide: ResolverTypeWrapper<HeroSlideDocument>;
  Inventory: ResolverTypeWrapper<Inventory>;
  Long: ResolverTypeWrapper<Scalars['Long']['output']>;
  Money: ResolverTypeWrapper<StoredMoney>;
  Node: ResolverTypeWrapper<FoundNode>;
  Order: ResolverTypeWrapper<Order>;
  Page: ResolverTypeWrapper<PageDocument>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Payment: ResolverTypeWrapper<Payment>;
  PriceList: ResolverTypeWrapper<PriceList>;
  Product: ResolverTypeWrapper<Reference>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Quote: ResolverTypeWrapper<Quote>;
  Review: ResolverTypeWrapper<ReviewDocument>;
  ReviewConnection: ResolverTypeWrapper<ReviewPage>;
  ReviewEdge: ResolverTypeWrapper<Omit<ReviewEdge, 'node'> & { node: ResolversTypes['Review'] }>;
  ReviewSort: ReviewSort;
  ReviewSortKey: ReviewSortKey;
  ReviewStatus: ReviewStatus;
  ReviewSummary: ResolverTypeWrapper<RatingSummary>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  SortDirection: SortDirection;
  Store: ResolverTypeWrapper<Store>;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  User: ResolverTypeWrapper<Reference>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Cart: Cart;
  ID: Scalars['ID']['output'];
  Category: Category;
  Company: Company;
  CompanyMembership: CompanyMembership;
  CurrencyCode: Scalars['CurrencyCode']['output'];
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  HeroSlide: HeroSlideDocument;
  Inventory: Inventory;
  Long: Scalars['Long']['output'];
  Money: StoredMoney;
  Node: FoundNode;
  Order: Order;
  Page: PageDocument;
  PageInfo: PageInfo;
  Payment: Payment;
  PriceList: PriceList;
  Product: Reference;
  Query: Record<PropertyKey, never>;
  Quote: Quote;
  Review: ReviewDocument;
  ReviewConnection: ReviewPage;
  ReviewEdge: Omit<ReviewEdge, 'node'> & { node: ResolversParentTypes['Review'] };
  ReviewSort: ReviewSort;
  ReviewSummary: RatingSummary;
  Float: Scalars['Float']['output'];
  Store: Store;
  URL: Scalars['URL']['output'];
  User: Reference;
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

export type CartResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Cart'] = ResolversParentTypes['Cart']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CategoryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Category'] = ResolversParentTypes['Category']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CompanyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Company'] = ResolversParentTypes['Company']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CompanyMembershipResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CompanyMembership'] = ResolversParentTypes['CompanyMembership']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type HeroSlideResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HeroSlide'] = ResolversParentTypes['HeroSlide'], FederationReferenceType extends FederationReferenceTypes['HeroSlide'] = FederationReferenceTypes['HeroSlide']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['HeroSlide']> | FederationReferenceType, FederationReferenceType, ContextType>;
  backgroundColor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  buttonText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  imageUrl?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
  isActive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  linkUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sortOrder?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  subtitle?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  textColor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InventoryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Inventory'] = ResolversParentTypes['Inventory']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
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

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Cart' | 'Category' | 'Company' | 'CompanyMembership' | 'HeroSlide' | 'Inventory' | 'Order' | 'Page' | 'Payment' | 'PriceList' | 'Product' | 'Quote' | 'Review' | 'Store' | 'User', ParentType, ContextType>;
};

export type OrderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Page'] = ResolversParentTypes['Page'], FederationReferenceType extends FederationReferenceTypes['Page'] = FederationReferenceTypes['Page']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Page']> | FederationReferenceType, FederationReferenceType, ContextType>;
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  metaDescription?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  metaTitle?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PaymentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Payment'] = ResolversParentTypes['Payment']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PriceListResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PriceList'] = ResolversParentTypes['PriceList']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ProductResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product'], FederationReferenceType extends FederationReferenceTypes['Product'] = FederationReferenceTypes['Product']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Product']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reviewSummary?: Resolver<Maybe<ResolversTypes['ReviewSummary']>, ParentType, ContextType>;
  reviews?: Resolver<Maybe<ResolversTypes['ReviewConnection']>, ParentType, ContextType, Partial<ProductReviewsArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  heroSlides?: Resolver<Maybe<Array<ResolversTypes['HeroSlide']>>, ParentType, ContextType, RequireFields<QueryHeroSlidesArgs, 'activeOnly'>>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  page?: Resolver<Maybe<ResolversTypes['Page']>, ParentType, ContextType, RequireFields<QueryPageArgs, 'slug'>>;
  reviews?: Resolver<Maybe<ResolversTypes['ReviewConnection']>, ParentType, ContextType, RequireFields<QueryReviewsArgs, 'productId'>>;
};

export type QuoteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Quote'] = ResolversParentTypes['Quote']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReviewResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Review'] = ResolversParentTypes['Review'], FederationReferenceType extends FederationReferenceTypes['Review'] = FederationReferenceTypes['Review']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Review']> | FederationReferenceType, FederationReferenceType, ContextType>;
  author?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  body?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  rating?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReviewStatus'], ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  verifiedPurchase?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReviewConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewConnection'] = ResolversParentTypes['ReviewConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ReviewEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Review']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ReviewEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewEdge'] = ResolversParentTypes['ReviewEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Review'], ParentType, ContextType>;
};

export type ReviewStatusResolvers = EnumResolverSignature<{ APPROVED?: any, PENDING?: any, REJECTED?: any }, ResolversTypes['ReviewStatus']>;

export type ReviewSummaryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewSummary'] = ResolversParentTypes['ReviewSummary']> = {
  averageRating?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ratingCounts?: Resolver<Array<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type StoreResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Store'] = ResolversParentTypes['Store']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface UrlScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Cart?: CartResolvers<ContextType>;
  Category?: CategoryResolvers<ContextType>;
  Company?: CompanyResolvers<ContextType>;
  CompanyMembership?: CompanyMembershipResolvers<ContextType>;
  CurrencyCode?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  HeroSlide?: HeroSlideResolvers<ContextType>;
  Inventory?: InventoryResolvers<ContextType>;
  Long?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  Page?: PageResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Payment?: PaymentResolvers<ContextType>;
  PriceList?: PriceListResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Quote?: QuoteResolvers<ContextType>;
  Review?: ReviewResolvers<ContextType>;
  ReviewConnection?: ReviewConnectionResolvers<ContextType>;
  ReviewEdge?: ReviewEdgeResolvers<ContextType>;
  ReviewStatus?: ReviewStatusResolvers;
  ReviewSummary?: ReviewSummaryResolvers<ContextType>;
  Store?: StoreResolvers<ContextType>;
  URL?: GraphQLScalarType;
  User?: UserResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
  cacheInvalidate?: CacheInvalidateDirectiveResolver<any, any, ContextType>;
  cachePolicy?: CachePolicyDirectiveResolver<any, any, ContextType>;
  idempotent?: IdempotentDirectiveResolver<any, any, ContextType>;
};
