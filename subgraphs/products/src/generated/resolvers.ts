/* eslint-disable */
import type { StoredPostAs as PostAs } from '../enums.ts';
import type { StoredPostAs as PostAsFilter } from '../enums.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { StoredMoney } from '@tradegraph/kit/money';
import type { CartLineReference, Reference } from '../models/references.ts';
import type { CategoryDocument } from '../models/category.ts';
import type { CategoryPage, PriceListPage, PriceListEntryPage, ProductPage } from '../connections.ts';
import type { InventoryDocument } from '../models/inventory.ts';
import type { PriceListDocument, PriceListEntryDocument } from '../models/price-list.ts';
import type { ProductDocument } from '../models/product.ts';
import type { Offer } from '../queries/product-offers.ts';
import type { StoreDocument } from '../models/store.ts';
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

/** A free property of a product. */
export type Attribute = {
  /** Name, such as `colour`. */
  key: Scalars['String']['output'];
  /** Value, such as `black`. */
  value: Scalars['String']['output'];
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

export type CartLine = {
  /** Whether the quantity can be delivered now. */
  availability?: Maybe<LineAvailability>;
  /** Price of one unit now, for who asks; compare it with `unitPriceSnapshot`. */
  currentUnitPrice?: Maybe<Money>;
  id: Scalars['ID']['output'];
  product?: Maybe<Product>;
  quantity: Scalars['Int']['output'];
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

export type Company = {
  id: Scalars['ID']['output'];
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

/** Whether a quantity can be delivered. */
export type LineAvailability = {
  /** Units free to sell. */
  available: Scalars['Int']['output'];
  /** True when all of it is in stock. */
  isAvailable: Scalars['Boolean']['output'];
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
  /** Turns a reservation into a sale. */
  stockConfirm?: Maybe<StockReservationPayload>;
  /** Gives reserved units back. */
  stockRelease?: Maybe<StockReservationPayload>;
  /** Sets units aside for an order, all lines or none, until `expiresAt`. Repeating a key changes nothing. */
  stockReserve?: Maybe<StockReservePayload>;
};


export type MutationStockConfirmArgs = {
  key: Scalars['String']['input'];
};


export type MutationStockReleaseArgs = {
  key: Scalars['String']['input'];
};


export type MutationStockReserveArgs = {
  input: StockReserveInput;
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

export type { PostAs };

export type { PostAsFilter };

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
  /** Days from order to dispatch. */
  leadTime?: Maybe<Scalars['Int']['output']>;
  /** Name for people. */
  name: Scalars['String']['output'];
  /** Graph-wide id for `node(id:)`. */
  nodeId: Scalars['ID']['output'];
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
export type ProductPriceArgs = {
  quantity?: InputMaybe<Scalars['Int']['input']>;
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

/** What a line costs, and the facts an order keeps of the product. */
export type ProductOffer = {
  /** False when it is unknown or not on sale; the other fields are then null. */
  isAvailable: Scalars['Boolean']['output'];
  /** Name at this time. */
  name?: Maybe<Scalars['String']['output']>;
  /** The product. */
  productId: Scalars['ID']['output'];
  /** Which quantities can be ordered. */
  quantityRule?: Maybe<QuantityRule>;
  /** Stock keeping unit. */
  sku?: Maybe<Scalars['String']['output']>;
  /** Who supplies it. */
  supplierId?: Maybe<Scalars['ID']['output']>;
  /** Price of one unit at this quantity. */
  unitPrice?: Maybe<Money>;
};

/** A line to be priced. */
export type ProductOfferInput = {
  /** The product. */
  productId: Scalars['ID']['input'];
  /** Units. */
  quantity: Scalars['Int']['input'];
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

/** Which quantities can be ordered. */
export type QuantityRule = {
  /** Quantity is a multiple of this. */
  increment: Scalars['Int']['output'];
  /** Most of an order, null without limit. */
  maximum?: Maybe<Scalars['Int']['output']>;
  /** Least quantity of an order (minimum order quantity). */
  minimum: Scalars['Int']['output'];
};

export type Query = {
  /** Categories under a parent, the top level without one, in the shop's order. */
  categories?: Maybe<CategoryConnection>;
  /** One category by id or slug. */
  category?: Maybe<Category>;
  /** Price lists of the shop, for its staff. */
  priceLists?: Maybe<PriceListConnection>;
  /** One product by id or sku, null when there is none on sale. */
  product?: Maybe<Product>;
  /** What lines would cost and whether they can be sold: asked by the order service before it takes an order. */
  productOffers?: Maybe<Array<ProductOffer>>;
  /** Products on sale, filtered and sorted; with `query` a text search, by relevance unless `sort` says otherwise. */
  products?: Maybe<ProductConnection>;
  /** Stores around a point, nearest first. */
  storesNear?: Maybe<Array<Store>>;
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


export type QueryPriceListsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryProductArgs = {
  by: ProductBy;
};


export type QueryProductOffersArgs = {
  lines: Array<ProductOfferInput>;
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


export type QueryStoresNearArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  latitude: Scalars['Float']['input'];
  longitude: Scalars['Float']['input'];
  radiusKm?: Scalars['Float']['input'];
};

/** Direction of a sort. */
export type SortDirection =
  /** Smallest, oldest or first letter first. */
  | 'ASC'
  /** Largest, newest or last letter first. */
  | 'DESC';

/** What can be sold now. */
export type StockLevel = {
  /** Units free to sell, over all stores. */
  available: Scalars['Int']['output'];
  /** True when the least order quantity is available. */
  isInStock: Scalars['Boolean']['output'];
  /** Days until dispatch. */
  leadTimeDays?: Maybe<Scalars['Int']['output']>;
};

/** A product and how many of it. */
export type StockLineInput = {
  /** The product. */
  productId: Scalars['ID']['input'];
  /** Units. */
  quantity: Scalars['Int']['input'];
};

/** Result of ending a reservation. */
export type StockReservationPayload = {
  /** Units moved; 0 when the key was ended before or never known. */
  units: Scalars['Int']['output'];
};

/** Units to set aside. */
export type StockReserveInput = {
  /** When it lapses. */
  expiresAt: Scalars['DateTime']['input'];
  /** Name of the reservation, given by the caller. */
  key: Scalars['String']['input'];
  /** What to reserve, 1 to 100 lines. */
  lines: Array<StockLineInput>;
};

/** Result of a reservation. */
export type StockReservePayload = {
  /** True when everything is set aside. */
  reserved: Scalars['Boolean']['output'];
  /** Products that are short; nothing is reserved then. */
  shortages: Array<StockShortage>;
};

/** A product of which there is not enough. */
export type StockShortage = {
  /** Units there are. */
  available: Scalars['Int']['output'];
  /** The product. */
  productId: Scalars['ID']['output'];
  /** Units asked for. */
  requested: Scalars['Int']['output'];
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

export type User = {
  id: Scalars['ID']['output'];
  /** Products this user supplies: those on sale; for the user itself and staff all. */
  suppliedProducts?: Maybe<ProductConnection>;
};


export type UserSuppliedProductsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
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
  CartLine: CartLine;
  Category: Category;
  Inventory: Inventory;
  PriceList: PriceList;
  Product: Product;
  Store: Store;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  CartLine:
    ( { __typename: 'CartLine' }
    & GraphQLRecursivePick<FederationTypes['CartLine'], {"id":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['CartLine'], {"quantity":true,"product":{"id":true}}>
        | GraphQLRecursivePick<FederationTypes['CartLine'], {"quantity":true,"product":{"id":true}}>
        | GraphQLRecursivePick<FederationTypes['CartLine'], {"quantity":true,"product":{"id":true}}> ) );
  Category:
    ( { __typename: 'Category' }
    & ( GraphQLRecursivePick<FederationTypes['Category'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Category'], {"slug":true}> ) );
  Inventory:
    ( { __typename: 'Inventory' }
    & GraphQLRecursivePick<FederationTypes['Inventory'], {"id":true}> );
  PriceList:
    ( { __typename: 'PriceList' }
    & GraphQLRecursivePick<FederationTypes['PriceList'], {"id":true}> );
  Product:
    ( { __typename: 'Product' }
    & ( GraphQLRecursivePick<FederationTypes['Product'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Product'], {"sku":true}> ) );
  Store:
    ( { __typename: 'Store' }
    & GraphQLRecursivePick<FederationTypes['Store'], {"id":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};


/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( CategoryDocument )
    | ( InventoryDocument )
    | ( PriceListDocument )
    | ( ProductDocument )
    | ( StoreDocument )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Attribute: ResolverTypeWrapper<Attribute>;
  CacheAudience: CacheAudience;
  CacheControlScope: CacheControlScope;
  CacheDimension: CacheDimension;
  CacheWait: CacheWait;
  CartLine: ResolverTypeWrapper<CartLineReference>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Category: ResolverTypeWrapper<CategoryDocument>;
  CategoryBy: CategoryBy;
  CategoryConnection: ResolverTypeWrapper<CategoryPage>;
  CategoryEdge: ResolverTypeWrapper<Omit<CategoryEdge, 'node'> & { node: ResolversTypes['Category'] }>;
  Company: ResolverTypeWrapper<Reference>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  Inventory: ResolverTypeWrapper<InventoryDocument>;
  LineAvailability: ResolverTypeWrapper<LineAvailability>;
  Long: ResolverTypeWrapper<Scalars['Long']['output']>;
  Money: ResolverTypeWrapper<StoredMoney>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PostAs: PostAs;
  PostAsFilter: PostAsFilter;
  PriceList: ResolverTypeWrapper<PriceListDocument>;
  PriceListConnection: ResolverTypeWrapper<PriceListPage>;
  PriceListEdge: ResolverTypeWrapper<Omit<PriceListEdge, 'node'> & { node: ResolversTypes['PriceList'] }>;
  PriceListEntry: ResolverTypeWrapper<PriceListEntryDocument>;
  PriceListEntryConnection: ResolverTypeWrapper<PriceListEntryPage>;
  PriceListEntryEdge: ResolverTypeWrapper<Omit<PriceListEntryEdge, 'node'> & { node: ResolversTypes['PriceListEntry'] }>;
  PriceTier: ResolverTypeWrapper<Omit<PriceTier, 'price'> & { price: ResolversTypes['Money'] }>;
  Product: ResolverTypeWrapper<ProductDocument>;
  ProductBy: ProductBy;
  ProductConnection: ResolverTypeWrapper<ProductPage>;
  ProductEdge: ResolverTypeWrapper<Omit<ProductEdge, 'node'> & { node: ResolversTypes['Product'] }>;
  ProductFilter: ProductFilter;
  ProductOffer: ResolverTypeWrapper<Offer>;
  ProductOfferInput: ProductOfferInput;
  ProductOrigin: ResolverTypeWrapper<ProductOrigin>;
  ProductSort: ProductSort;
  ProductSortKey: ProductSortKey;
  QuantityRule: ResolverTypeWrapper<QuantityRule>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  SortDirection: SortDirection;
  StockLevel: ResolverTypeWrapper<StockLevel>;
  StockLineInput: StockLineInput;
  StockReservationPayload: ResolverTypeWrapper<StockReservationPayload>;
  StockReserveInput: StockReserveInput;
  StockReservePayload: ResolverTypeWrapper<StockReservePayload>;
  StockShortage: ResolverTypeWrapper<StockShortage>;
  Store: ResolverTypeWrapper<StoreDocument>;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  User: ResolverTypeWrapper<Reference>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Attribute: Attribute;
  CartLine: CartLineReference;
  ID: Scalars['ID']['output'];
  Category: CategoryDocument;
  CategoryBy: CategoryBy;
  CategoryConnection: CategoryPage;
  CategoryEdge: Omit<CategoryEdge, 'node'> & { node: ResolversParentTypes['Category'] };
  Company: Reference;
  CurrencyCode: Scalars['CurrencyCode']['output'];
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  Inventory: InventoryDocument;
  LineAvailability: LineAvailability;
  Long: Scalars['Long']['output'];
  Money: StoredMoney;
  Mutation: Record<PropertyKey, never>;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  PageInfo: PageInfo;
  PriceList: PriceListDocument;
  PriceListConnection: PriceListPage;
  PriceListEdge: Omit<PriceListEdge, 'node'> & { node: ResolversParentTypes['PriceList'] };
  PriceListEntry: PriceListEntryDocument;
  PriceListEntryConnection: PriceListEntryPage;
  PriceListEntryEdge: Omit<PriceListEntryEdge, 'node'> & { node: ResolversParentTypes['PriceListEntry'] };
  PriceTier: Omit<PriceTier, 'price'> & { price: ResolversParentTypes['Money'] };
  Product: ProductDocument;
  ProductBy: ProductBy;
  ProductConnection: ProductPage;
  ProductEdge: Omit<ProductEdge, 'node'> & { node: ResolversParentTypes['Product'] };
  ProductFilter: ProductFilter;
  ProductOffer: Offer;
  ProductOfferInput: ProductOfferInput;
  ProductOrigin: ProductOrigin;
  ProductSort: ProductSort;
  QuantityRule: QuantityRule;
  Query: Record<PropertyKey, never>;
  Float: Scalars['Float']['output'];
  StockLevel: StockLevel;
  StockLineInput: StockLineInput;
  StockReservationPayload: StockReservationPayload;
  StockReserveInput: StockReserveInput;
  StockReservePayload: StockReservePayload;
  StockShortage: StockShortage;
  Store: StoreDocument;
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

export type AttributeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Attribute'] = ResolversParentTypes['Attribute']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CartLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CartLine'] = ResolversParentTypes['CartLine'], FederationReferenceType extends FederationReferenceTypes['CartLine'] = FederationReferenceTypes['CartLine']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['CartLine']> | FederationReferenceType, FederationReferenceType, ContextType>;
  availability?: Resolver<Maybe<ResolversTypes['LineAvailability']>, ParentType, ContextType>;
  currentUnitPrice?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type CategoryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Category'] = ResolversParentTypes['Category'], FederationReferenceType extends FederationReferenceTypes['Category'] = FederationReferenceTypes['Category']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Category']> | FederationReferenceType, FederationReferenceType, ContextType>;
  ancestors?: Resolver<Array<ResolversTypes['Category']>, ParentType, ContextType>;
  children?: Resolver<Array<ResolversTypes['Category']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  image?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  metaDescription?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  metaTitle?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  products?: Resolver<ResolversTypes['ProductConnection'], ParentType, ContextType, Partial<CategoryProductsArgs>>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sortOrder?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CategoryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CategoryConnection'] = ResolversParentTypes['CategoryConnection']> = {
  edges?: Resolver<Array<ResolversTypes['CategoryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Category']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type CategoryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CategoryEdge'] = ResolversParentTypes['CategoryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Category'], ParentType, ContextType>;
};

export type CompanyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Company'] = ResolversParentTypes['Company']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
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

export type InventoryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Inventory'] = ResolversParentTypes['Inventory'], FederationReferenceType extends FederationReferenceTypes['Inventory'] = FederationReferenceTypes['Inventory']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Inventory']> | FederationReferenceType, FederationReferenceType, ContextType>;
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  onHand?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reserved?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  store?: Resolver<ResolversTypes['Store'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LineAvailabilityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LineAvailability'] = ResolversParentTypes['LineAvailability']> = {
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  isAvailable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
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
  stockConfirm?: Resolver<Maybe<ResolversTypes['StockReservationPayload']>, ParentType, ContextType, RequireFields<MutationStockConfirmArgs, 'key'>>;
  stockRelease?: Resolver<Maybe<ResolversTypes['StockReservationPayload']>, ParentType, ContextType, RequireFields<MutationStockReleaseArgs, 'key'>>;
  stockReserve?: Resolver<Maybe<ResolversTypes['StockReservePayload']>, ParentType, ContextType, RequireFields<MutationStockReserveArgs, 'input'>>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Category' | 'Inventory' | 'PriceList' | 'Product' | 'Store', ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PostAsResolvers = EnumResolverSignature<{ BUYER?: any, SELLER?: any }, ResolversTypes['PostAs']>;

export type PostAsFilterResolvers = EnumResolverSignature<{ BUYER?: any, SELLER?: any }, ResolversTypes['PostAsFilter']>;

export type PriceListResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PriceList'] = ResolversParentTypes['PriceList'], FederationReferenceType extends FederationReferenceTypes['PriceList'] = FederationReferenceTypes['PriceList']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['PriceList']> | FederationReferenceType, FederationReferenceType, ContextType>;
  companies?: Resolver<Maybe<Array<Maybe<ResolversTypes['Company']>>>, ParentType, ContextType>;
  entries?: Resolver<ResolversTypes['PriceListEntryConnection'], ParentType, ContextType, Partial<PriceListEntriesArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  priority?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PriceListConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PriceListConnection'] = ResolversParentTypes['PriceListConnection']> = {
  edges?: Resolver<Array<ResolversTypes['PriceListEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['PriceList']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type PriceListEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PriceListEdge'] = ResolversParentTypes['PriceListEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['PriceList'], ParentType, ContextType>;
};

export type PriceListEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PriceListEntry'] = ResolversParentTypes['PriceListEntry']> = {
  minimumQuantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
};

export type PriceListEntryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PriceListEntryConnection'] = ResolversParentTypes['PriceListEntryConnection']> = {
  edges?: Resolver<Array<ResolversTypes['PriceListEntryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['PriceListEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type PriceListEntryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PriceListEntryEdge'] = ResolversParentTypes['PriceListEntryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['PriceListEntry'], ParentType, ContextType>;
};

export type PriceTierResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PriceTier'] = ResolversParentTypes['PriceTier']> = {
  minimumQuantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type ProductResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product'], FederationReferenceType extends FederationReferenceTypes['Product'] = FederationReferenceTypes['Product']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Product']> | FederationReferenceType, FederationReferenceType, ContextType>;
  attributes?: Resolver<Array<ResolversTypes['Attribute']>, ParentType, ContextType>;
  brand?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  certifications?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  images?: Resolver<Array<ResolversTypes['URL']>, ParentType, ContextType>;
  inventory?: Resolver<Maybe<Array<ResolversTypes['Inventory']>>, ParentType, ContextType>;
  isActive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  leadTime?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  origin?: Resolver<Maybe<ResolversTypes['ProductOrigin']>, ParentType, ContextType>;
  originalPrice?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  postAs?: Resolver<ResolversTypes['PostAs'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType, RequireFields<ProductPriceArgs, 'quantity'>>;
  priceTiers?: Resolver<Array<ResolversTypes['PriceTier']>, ParentType, ContextType>;
  qualityGrade?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  quantityRule?: Resolver<ResolversTypes['QuantityRule'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  stock?: Resolver<ResolversTypes['StockLevel'], ParentType, ContextType>;
  supplier?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  tags?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  unit?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ProductConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductConnection'] = ResolversParentTypes['ProductConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ProductEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Product']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ProductEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductEdge'] = ResolversParentTypes['ProductEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
};

export type ProductOfferResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductOffer'] = ResolversParentTypes['ProductOffer']> = {
  isAvailable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  productId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  quantityRule?: Resolver<Maybe<ResolversTypes['QuantityRule']>, ParentType, ContextType>;
  sku?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  supplierId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  unitPrice?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type ProductOriginResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductOrigin'] = ResolversParentTypes['ProductOrigin']> = {
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ingestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  marketplace?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
};

export type QuantityRuleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['QuantityRule'] = ResolversParentTypes['QuantityRule']> = {
  increment?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  maximum?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  minimum?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  categories?: Resolver<Maybe<ResolversTypes['CategoryConnection']>, ParentType, ContextType, Partial<QueryCategoriesArgs>>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType, RequireFields<QueryCategoryArgs, 'by'>>;
  priceLists?: Resolver<Maybe<ResolversTypes['PriceListConnection']>, ParentType, ContextType, Partial<QueryPriceListsArgs>>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType, RequireFields<QueryProductArgs, 'by'>>;
  productOffers?: Resolver<Maybe<Array<ResolversTypes['ProductOffer']>>, ParentType, ContextType, RequireFields<QueryProductOffersArgs, 'lines'>>;
  products?: Resolver<Maybe<ResolversTypes['ProductConnection']>, ParentType, ContextType, Partial<QueryProductsArgs>>;
  storesNear?: Resolver<Maybe<Array<ResolversTypes['Store']>>, ParentType, ContextType, RequireFields<QueryStoresNearArgs, 'latitude' | 'longitude' | 'radiusKm'>>;
};

export type StockLevelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockLevel'] = ResolversParentTypes['StockLevel']> = {
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  isInStock?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  leadTimeDays?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type StockReservationPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockReservationPayload'] = ResolversParentTypes['StockReservationPayload']> = {
  units?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type StockReservePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockReservePayload'] = ResolversParentTypes['StockReservePayload']> = {
  reserved?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  shortages?: Resolver<Array<ResolversTypes['StockShortage']>, ParentType, ContextType>;
};

export type StockShortageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockShortage'] = ResolversParentTypes['StockShortage']> = {
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  productId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  requested?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type StoreResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Store'] = ResolversParentTypes['Store'], FederationReferenceType extends FederationReferenceTypes['Store'] = FederationReferenceTypes['Store']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Store']> | FederationReferenceType, FederationReferenceType, ContextType>;
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  country?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  latitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  longitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface UrlScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  suppliedProducts?: Resolver<Maybe<ResolversTypes['ProductConnection']>, ParentType, ContextType, Partial<UserSuppliedProductsArgs>>;
};

export type Resolvers<ContextType = Context> = {
  Attribute?: AttributeResolvers<ContextType>;
  CartLine?: CartLineResolvers<ContextType>;
  Category?: CategoryResolvers<ContextType>;
  CategoryConnection?: CategoryConnectionResolvers<ContextType>;
  CategoryEdge?: CategoryEdgeResolvers<ContextType>;
  Company?: CompanyResolvers<ContextType>;
  CurrencyCode?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  Inventory?: InventoryResolvers<ContextType>;
  LineAvailability?: LineAvailabilityResolvers<ContextType>;
  Long?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PostAs?: PostAsResolvers;
  PostAsFilter?: PostAsFilterResolvers;
  PriceList?: PriceListResolvers<ContextType>;
  PriceListConnection?: PriceListConnectionResolvers<ContextType>;
  PriceListEdge?: PriceListEdgeResolvers<ContextType>;
  PriceListEntry?: PriceListEntryResolvers<ContextType>;
  PriceListEntryConnection?: PriceListEntryConnectionResolvers<ContextType>;
  PriceListEntryEdge?: PriceListEntryEdgeResolvers<ContextType>;
  PriceTier?: PriceTierResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  ProductConnection?: ProductConnectionResolvers<ContextType>;
  ProductEdge?: ProductEdgeResolvers<ContextType>;
  ProductOffer?: ProductOfferResolvers<ContextType>;
  ProductOrigin?: ProductOriginResolvers<ContextType>;
  QuantityRule?: QuantityRuleResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  StockLevel?: StockLevelResolvers<ContextType>;
  StockReservationPayload?: StockReservationPayloadResolvers<ContextType>;
  StockReservePayload?: StockReservePayloadResolvers<ContextType>;
  StockShortage?: StockShortageResolvers<ContextType>;
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
