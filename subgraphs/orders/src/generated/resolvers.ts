/* eslint-disable */
import type { StoredApprovalStatus as ApprovalStatus } from '../enums.ts';
import type { StoredOrderStatus as OrderStatus } from '../enums.ts';
import type { StoredOrderStatus as OrderStatusFilter } from '../enums.ts';
import type { StoredPaymentMethod as PaymentMethod } from '../enums.ts';
import type { StoredPaymentMethod as PaymentMethodInput } from '../enums.ts';
import type { StoredPaymentProvider as PaymentProvider } from '../enums.ts';
import type { StoredPaymentStatus as PaymentStatus } from '../enums.ts';
import type { StoredPaymentStatus as PaymentStatusFilter } from '../enums.ts';
import type { StoredQuoteStatus as QuoteStatus } from '../enums.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { StoredMoney } from '@tradegraph/kit/money';
import type { AddressDocument } from '../models/address.ts';
import type { CartDocument, CartLineDocument } from '../models/cart.ts';
import type { CompanyReference, MembershipReference, Reference } from '../models/references.ts';
import type { OrderDocument, OrderHistoryDocument, OrderItemDocument } from '../models/order.ts';
import type { OrderPage, QuotePage } from '../connections.ts';
import type { PaymentDocument } from '../models/payment.ts';
import type { QuoteDocument, QuoteLineDocument, QuoteMessageDocument } from '../models/quote.ts';
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

export type { ApprovalStatus };

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

export type Company = {
  /** What is left of the credit, below zero when overdrawn; for members and staff. */
  availableCredit?: Maybe<Money>;
  creditLimit?: Maybe<Money>;
  id: Scalars['ID']['output'];
  /** Orders of this company, for members and staff; members without the permission for all see their own. */
  orders?: Maybe<OrderConnection>;
};


export type CompanyOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OrderFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

export type CompanyMembership = {
  company: Company;
  id: Scalars['ID']['output'];
  inheritedFrom?: Maybe<Company>;
  /** What the person may still order in this period without approval, below zero when overdrawn, null without limit. */
  remainingSpend?: Maybe<Money>;
  spendingLimit?: Maybe<Money>;
  spendingPeriod: SpendingPeriod;
  user: User;
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

/** An input value that is not accepted. */
export type InvalidInputError = UserError & {
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
  /** Approves or rejects an order above a buyer's limit; for approvers of its company. A rejected order is called off. */
  orderApprove?: Maybe<OrderApprovePayload>;
  /** Orders the lines at the prices of this moment and reserves the stock. Needs `@idempotent(key:)` on the field. */
  orderPlace?: Maybe<OrderPlacePayload>;
};


export type MutationOrderApproveArgs = {
  input: OrderApproveInput;
};


export type MutationOrderPlaceArgs = {
  input: OrderPlaceInput;
};

/** Something with an id. */
export type Node = {
  /** Id, unique among things of its type. */
  id: Scalars['ID']['output'];
};

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

export type { OrderStatus };

export type { OrderStatusFilter };

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

export type { PaymentMethod };

export type { PaymentMethodInput };

export type { PaymentProvider };

export type { PaymentStatus };

export type { PaymentStatusFilter };

export type Product = {
  id: Scalars['ID']['output'];
  /** When it was last ordered in this shop. */
  lastOrderedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Units ordered in this shop in the last `days`, cancelled orders left out. */
  orderedQuantity?: Maybe<Scalars['Int']['output']>;
};


export type ProductOrderedQuantityArgs = {
  days?: InputMaybe<Scalars['Int']['input']>;
};

/** A product that is not, or no longer, on sale. */
export type ProductUnavailableError = UserError & {
  /** Path of the input field. */
  field?: Maybe<Array<Scalars['String']['output']>>;
  /** What is wrong and what to do. */
  message: Scalars['String']['output'];
  /** The product. */
  productId: Scalars['ID']['output'];
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
  /** The viewer's open cart, null when there is none; by id also a cart of the viewer's company. */
  cart?: Maybe<Cart>;
  /** One order by id or number: one's own, one of the company's, or any for staff. */
  order?: Maybe<Order>;
  /** Orders: one's own, the company's with the permission for it, all for staff; for suppliers those with lines of theirs. */
  orders?: Maybe<OrderConnection>;
  /** One request for a quote: one's own or one of the company's, or any for staff. */
  quote?: Maybe<Quote>;
  /** Requests for quotes, newest first: one's own, the company's, all for staff. */
  quotes?: Maybe<QuoteConnection>;
};


export type QueryCartArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
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


export type QueryQuoteArgs = {
  id: Scalars['ID']['input'];
};


export type QueryQuotesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
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

export type { QuoteStatus };

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

export type User = {
  id: Scalars['ID']['output'];
  /** Orders of this user, for the user and staff. */
  orders?: Maybe<OrderConnection>;
};


export type UserOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OrderFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** Something a person can put right. Read `message` and `field` of any; more of the kinds you know. */
export type UserError = {
  /** Path of the input field. */
  field?: Maybe<Array<Scalars['String']['output']>>;
  /** What is wrong and what to do. */
  message: Scalars['String']['output'];
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
  Cart: Cart;
  CartLine: CartLine;
  Company: Company;
  CompanyMembership: CompanyMembership;
  Order: Order;
  Payment: Payment;
  Product: Product;
  Quote: Quote;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Cart:
    ( { __typename: 'Cart' }
    & GraphQLRecursivePick<FederationTypes['Cart'], {"id":true}> );
  CartLine:
    ( { __typename: 'CartLine' }
    & GraphQLRecursivePick<FederationTypes['CartLine'], {"id":true}> );
  Company:
    ( { __typename: 'Company' }
    & GraphQLRecursivePick<FederationTypes['Company'], {"id":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['Company'], {"creditLimit":{"amountMinor":true,"currencyCode":true}}> ) );
  CompanyMembership:
    ( { __typename: 'CompanyMembership' }
    & GraphQLRecursivePick<FederationTypes['CompanyMembership'], {"id":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['CompanyMembership'], {"user":{"id":true},"company":{"id":true},"inheritedFrom":{"id":true},"spendingPeriod":true,"spendingLimit":{"amountMinor":true,"currencyCode":true}}> ) );
  Order:
    ( { __typename: 'Order' }
    & ( GraphQLRecursivePick<FederationTypes['Order'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Order'], {"number":true}> ) );
  Payment:
    ( { __typename: 'Payment' }
    & GraphQLRecursivePick<FederationTypes['Payment'], {"id":true}> );
  Product:
    ( { __typename: 'Product' }
    & GraphQLRecursivePick<FederationTypes['Product'], {"id":true}> );
  Quote:
    ( { __typename: 'Quote' }
    & GraphQLRecursivePick<FederationTypes['Quote'], {"id":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};


/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( CartDocument )
    | ( OrderDocument )
    | ( PaymentDocument )
    | ( QuoteDocument )
  ;
  UserError:
    | ( InsufficientStockError )
    | ( InvalidInputError )
    | ( InvalidTransitionError )
    | ( ProductUnavailableError )
    | ( QuantityRuleError )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Address: ResolverTypeWrapper<AddressDocument>;
  AddressInput: AddressInput;
  ApprovalStatus: ApprovalStatus;
  CacheAudience: CacheAudience;
  CacheControlScope: CacheControlScope;
  CacheDimension: CacheDimension;
  CacheWait: CacheWait;
  Cart: ResolverTypeWrapper<CartDocument>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  CartLine: ResolverTypeWrapper<CartLineDocument>;
  Company: ResolverTypeWrapper<CompanyReference>;
  CompanyMembership: ResolverTypeWrapper<MembershipReference>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  InsufficientStockError: ResolverTypeWrapper<InsufficientStockError>;
  InvalidInputError: ResolverTypeWrapper<InvalidInputError>;
  InvalidTransitionError: ResolverTypeWrapper<InvalidTransitionError>;
  Long: ResolverTypeWrapper<Scalars['Long']['output']>;
  Money: ResolverTypeWrapper<StoredMoney>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  Order: ResolverTypeWrapper<OrderDocument>;
  OrderApproveInput: OrderApproveInput;
  OrderApprovePayload: ResolverTypeWrapper<Omit<OrderApprovePayload, 'order' | 'userErrors'> & { order?: Maybe<ResolversTypes['Order']>, userErrors: Array<ResolversTypes['UserError']> }>;
  OrderBy: OrderBy;
  OrderConnection: ResolverTypeWrapper<OrderPage>;
  OrderEdge: ResolverTypeWrapper<Omit<OrderEdge, 'node'> & { node: ResolversTypes['Order'] }>;
  OrderFilter: OrderFilter;
  OrderHistoryEntry: ResolverTypeWrapper<OrderHistoryDocument>;
  OrderItem: ResolverTypeWrapper<OrderItemDocument>;
  OrderLineInput: OrderLineInput;
  OrderPlaceInput: OrderPlaceInput;
  OrderPlacePayload: ResolverTypeWrapper<Omit<OrderPlacePayload, 'order' | 'userErrors'> & { order?: Maybe<ResolversTypes['Order']>, userErrors: Array<ResolversTypes['UserError']> }>;
  OrderSort: OrderSort;
  OrderSortKey: OrderSortKey;
  OrderStatus: OrderStatus;
  OrderStatusFilter: OrderStatusFilter;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Payment: ResolverTypeWrapper<PaymentDocument>;
  PaymentMethod: PaymentMethod;
  PaymentMethodInput: PaymentMethodInput;
  PaymentProvider: PaymentProvider;
  PaymentStatus: PaymentStatus;
  PaymentStatusFilter: PaymentStatusFilter;
  Product: ResolverTypeWrapper<Reference>;
  ProductUnavailableError: ResolverTypeWrapper<ProductUnavailableError>;
  QuantityRuleError: ResolverTypeWrapper<QuantityRuleError>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Quote: ResolverTypeWrapper<QuoteDocument>;
  QuoteConnection: ResolverTypeWrapper<QuotePage>;
  QuoteEdge: ResolverTypeWrapper<Omit<QuoteEdge, 'node'> & { node: ResolversTypes['Quote'] }>;
  QuoteLine: ResolverTypeWrapper<QuoteLineDocument>;
  QuoteMessage: ResolverTypeWrapper<QuoteMessageDocument>;
  QuoteStatus: QuoteStatus;
  SortDirection: SortDirection;
  SpendingPeriod: SpendingPeriod;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  User: ResolverTypeWrapper<Reference>;
  UserError: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['UserError']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Address: AddressDocument;
  AddressInput: AddressInput;
  Cart: CartDocument;
  ID: Scalars['ID']['output'];
  CartLine: CartLineDocument;
  Company: CompanyReference;
  CompanyMembership: MembershipReference;
  CurrencyCode: Scalars['CurrencyCode']['output'];
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  InsufficientStockError: InsufficientStockError;
  InvalidInputError: InvalidInputError;
  InvalidTransitionError: InvalidTransitionError;
  Long: Scalars['Long']['output'];
  Money: StoredMoney;
  Mutation: Record<PropertyKey, never>;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  Order: OrderDocument;
  OrderApproveInput: OrderApproveInput;
  OrderApprovePayload: Omit<OrderApprovePayload, 'order' | 'userErrors'> & { order?: Maybe<ResolversParentTypes['Order']>, userErrors: Array<ResolversParentTypes['UserError']> };
  OrderBy: OrderBy;
  OrderConnection: OrderPage;
  OrderEdge: Omit<OrderEdge, 'node'> & { node: ResolversParentTypes['Order'] };
  OrderFilter: OrderFilter;
  OrderHistoryEntry: OrderHistoryDocument;
  OrderItem: OrderItemDocument;
  OrderLineInput: OrderLineInput;
  OrderPlaceInput: OrderPlaceInput;
  OrderPlacePayload: Omit<OrderPlacePayload, 'order' | 'userErrors'> & { order?: Maybe<ResolversParentTypes['Order']>, userErrors: Array<ResolversParentTypes['UserError']> };
  OrderSort: OrderSort;
  PageInfo: PageInfo;
  Payment: PaymentDocument;
  Product: Reference;
  ProductUnavailableError: ProductUnavailableError;
  QuantityRuleError: QuantityRuleError;
  Query: Record<PropertyKey, never>;
  Quote: QuoteDocument;
  QuoteConnection: QuotePage;
  QuoteEdge: Omit<QuoteEdge, 'node'> & { node: ResolversParentTypes['Quote'] };
  QuoteLine: QuoteLineDocument;
  QuoteMessage: QuoteMessageDocument;
  URL: Scalars['URL']['output'];
  User: Reference;
  UserError: ResolversInterfaceTypes<ResolversParentTypes>['UserError'];
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

export type AddressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Address'] = ResolversParentTypes['Address']> = {
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  country?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  street?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  zip?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ApprovalStatusResolvers = EnumResolverSignature<{ APPROVED?: any, NOT_REQUIRED?: any, PENDING?: any, REJECTED?: any }, ResolversTypes['ApprovalStatus']>;

export type CartResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Cart'] = ResolversParentTypes['Cart'], FederationReferenceType extends FederationReferenceTypes['Cart'] = FederationReferenceTypes['Cart']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Cart']> | FederationReferenceType, FederationReferenceType, ContextType>;
  company?: Resolver<Maybe<ResolversTypes['Company']>, ParentType, ContextType>;
  currencyCode?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['CartLine']>, ParentType, ContextType>;
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  purchaseOrderNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  subtotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CartLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CartLine'] = ResolversParentTypes['CartLine'], FederationReferenceType extends FederationReferenceTypes['CartLine'] = FederationReferenceTypes['CartLine']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['CartLine']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lineTotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unitPriceSnapshot?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type CompanyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Company'] = ResolversParentTypes['Company'], FederationReferenceType extends FederationReferenceTypes['Company'] = FederationReferenceTypes['Company']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Company']> | FederationReferenceType, FederationReferenceType, ContextType>;
  availableCredit?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  orders?: Resolver<Maybe<ResolversTypes['OrderConnection']>, ParentType, ContextType, Partial<CompanyOrdersArgs>>;
};

export type CompanyMembershipResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CompanyMembership'] = ResolversParentTypes['CompanyMembership'], FederationReferenceType extends FederationReferenceTypes['CompanyMembership'] = FederationReferenceTypes['CompanyMembership']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['CompanyMembership']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  remainingSpend?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
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

export type InsufficientStockErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InsufficientStockError'] = ResolversParentTypes['InsufficientStockError']> = {
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  productId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  requested?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvalidInputErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvalidInputError'] = ResolversParentTypes['InvalidInputError']> = {
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvalidTransitionErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvalidTransitionError'] = ResolversParentTypes['InvalidTransitionError']> = {
  current?: Resolver<ResolversTypes['ApprovalStatus'], ParentType, ContextType>;
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
  orderApprove?: Resolver<Maybe<ResolversTypes['OrderApprovePayload']>, ParentType, ContextType, RequireFields<MutationOrderApproveArgs, 'input'>>;
  orderPlace?: Resolver<Maybe<ResolversTypes['OrderPlacePayload']>, ParentType, ContextType, RequireFields<MutationOrderPlaceArgs, 'input'>>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Cart' | 'Order' | 'Payment' | 'Quote', ParentType, ContextType>;
};

export type OrderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'], FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Order']> | FederationReferenceType, FederationReferenceType, ContextType>;
  allowedTransitions?: Resolver<Array<ResolversTypes['OrderStatus']>, ParentType, ContextType>;
  approvalStatus?: Resolver<ResolversTypes['ApprovalStatus'], ParentType, ContextType>;
  billingAddress?: Resolver<Maybe<ResolversTypes['Address']>, ParentType, ContextType>;
  company?: Resolver<Maybe<ResolversTypes['Company']>, ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  deliveredDate?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  history?: Resolver<Array<ResolversTypes['OrderHistoryEntry']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  items?: Resolver<Array<ResolversTypes['OrderItem']>, ParentType, ContextType>;
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  notes?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  orderDate?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  paymentMethod?: Resolver<ResolversTypes['PaymentMethod'], ParentType, ContextType>;
  paymentStatus?: Resolver<ResolversTypes['PaymentStatus'], ParentType, ContextType>;
  payments?: Resolver<Maybe<Array<ResolversTypes['Payment']>>, ParentType, ContextType>;
  purchaseOrderNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  shippedDate?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  shippingAddress?: Resolver<Maybe<ResolversTypes['Address']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  totalAmount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderApprovePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderApprovePayload'] = ResolversParentTypes['OrderApprovePayload']> = {
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type OrderConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderConnection'] = ResolversParentTypes['OrderConnection']> = {
  edges?: Resolver<Array<ResolversTypes['OrderEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Order']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type OrderEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderEdge'] = ResolversParentTypes['OrderEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
};

export type OrderHistoryEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderHistoryEntry'] = ResolversParentTypes['OrderHistoryEntry']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
};

export type OrderItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderItem'] = ResolversParentTypes['OrderItem']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lineTotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  productName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OrderPlacePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderPlacePayload'] = ResolversParentTypes['OrderPlacePayload']> = {
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type OrderStatusResolvers = EnumResolverSignature<{ CANCELLED?: any, CONFIRMED?: any, DELIVERED?: any, PENDING?: any, SHIPPED?: any }, ResolversTypes['OrderStatus']>;

export type OrderStatusFilterResolvers = EnumResolverSignature<{ CANCELLED?: any, CONFIRMED?: any, DELIVERED?: any, PENDING?: any, SHIPPED?: any }, ResolversTypes['OrderStatusFilter']>;

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PaymentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Payment'] = ResolversParentTypes['Payment'], FederationReferenceType extends FederationReferenceTypes['Payment'] = FederationReferenceTypes['Payment']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Payment']> | FederationReferenceType, FederationReferenceType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['PaymentProvider'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PaymentStatus'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PaymentMethodResolvers = EnumResolverSignature<{ BANK_TRANSFER?: any, CARD?: any, INVOICE?: any, PAYPAL?: any }, ResolversTypes['PaymentMethod']>;

export type PaymentMethodInputResolvers = EnumResolverSignature<{ BANK_TRANSFER?: any, CARD?: any, INVOICE?: any, PAYPAL?: any }, ResolversTypes['PaymentMethodInput']>;

export type PaymentProviderResolvers = EnumResolverSignature<{ MANUAL?: any, PAYPAL?: any, STRIPE?: any }, ResolversTypes['PaymentProvider']>;

export type PaymentStatusResolvers = EnumResolverSignature<{ AUTHORIZED?: any, FAILED?: any, PAID?: any, REFUNDED?: any, UNPAID?: any }, ResolversTypes['PaymentStatus']>;

export type PaymentStatusFilterResolvers = EnumResolverSignature<{ AUTHORIZED?: any, FAILED?: any, PAID?: any, REFUNDED?: any, UNPAID?: any }, ResolversTypes['PaymentStatusFilter']>;

export type ProductResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product'], FederationReferenceType extends FederationReferenceTypes['Product'] = FederationReferenceTypes['Product']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Product']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastOrderedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  orderedQuantity?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType, RequireFields<ProductOrderedQuantityArgs, 'days'>>;
};

export type ProductUnavailableErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductUnavailableError'] = ResolversParentTypes['ProductUnavailableError']> = {
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  productId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QuantityRuleErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['QuantityRuleError'] = ResolversParentTypes['QuantityRuleError']> = {
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  increment?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  maximum?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  minimum?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  productId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  cart?: Resolver<Maybe<ResolversTypes['Cart']>, ParentType, ContextType, Partial<QueryCartArgs>>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType, RequireFields<QueryOrderArgs, 'by'>>;
  orders?: Resolver<Maybe<ResolversTypes['OrderConnection']>, ParentType, ContextType, Partial<QueryOrdersArgs>>;
  quote?: Resolver<Maybe<ResolversTypes['Quote']>, ParentType, ContextType, RequireFields<QueryQuoteArgs, 'id'>>;
  quotes?: Resolver<Maybe<ResolversTypes['QuoteConnection']>, ParentType, ContextType, Partial<QueryQuotesArgs>>;
};

export type QuoteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Quote'] = ResolversParentTypes['Quote'], FederationReferenceType extends FederationReferenceTypes['Quote'] = FederationReferenceTypes['Quote']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Quote']> | FederationReferenceType, FederationReferenceType, ContextType>;
  company?: Resolver<Maybe<ResolversTypes['Company']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['QuoteLine']>, ParentType, ContextType>;
  messages?: Resolver<Array<ResolversTypes['QuoteMessage']>, ParentType, ContextType>;
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['QuoteStatus'], ParentType, ContextType>;
  total?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  validUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QuoteConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['QuoteConnection'] = ResolversParentTypes['QuoteConnection']> = {
  edges?: Resolver<Array<ResolversTypes['QuoteEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Quote']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type QuoteEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['QuoteEdge'] = ResolversParentTypes['QuoteEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Quote'], ParentType, ContextType>;
};

export type QuoteLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['QuoteLine'] = ResolversParentTypes['QuoteLine']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  offeredPrice?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type QuoteMessageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['QuoteMessage'] = ResolversParentTypes['QuoteMessage']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  author?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type QuoteStatusResolvers = EnumResolverSignature<{ ACCEPTED?: any, DECLINED?: any, EXPIRED?: any, OFFERED?: any, REQUESTED?: any }, ResolversTypes['QuoteStatus']>;

export interface UrlScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  orders?: Resolver<Maybe<ResolversTypes['OrderConnection']>, ParentType, ContextType, Partial<UserOrdersArgs>>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'InsufficientStockError' | 'InvalidInputError' | 'InvalidTransitionError' | 'ProductUnavailableError' | 'QuantityRuleError', ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Address?: AddressResolvers<ContextType>;
  ApprovalStatus?: ApprovalStatusResolvers;
  Cart?: CartResolvers<ContextType>;
  CartLine?: CartLineResolvers<ContextType>;
  Company?: CompanyResolvers<ContextType>;
  CompanyMembership?: CompanyMembershipResolvers<ContextType>;
  CurrencyCode?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  InsufficientStockError?: InsufficientStockErrorResolvers<ContextType>;
  InvalidInputError?: InvalidInputErrorResolvers<ContextType>;
  InvalidTransitionError?: InvalidTransitionErrorResolvers<ContextType>;
  Long?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  OrderApprovePayload?: OrderApprovePayloadResolvers<ContextType>;
  OrderConnection?: OrderConnectionResolvers<ContextType>;
  OrderEdge?: OrderEdgeResolvers<ContextType>;
  OrderHistoryEntry?: OrderHistoryEntryResolvers<ContextType>;
  OrderItem?: OrderItemResolvers<ContextType>;
  OrderPlacePayload?: OrderPlacePayloadResolvers<ContextType>;
  OrderStatus?: OrderStatusResolvers;
  OrderStatusFilter?: OrderStatusFilterResolvers;
  PageInfo?: PageInfoResolvers<ContextType>;
  Payment?: PaymentResolvers<ContextType>;
  PaymentMethod?: PaymentMethodResolvers;
  PaymentMethodInput?: PaymentMethodInputResolvers;
  PaymentProvider?: PaymentProviderResolvers;
  PaymentStatus?: PaymentStatusResolvers;
  PaymentStatusFilter?: PaymentStatusFilterResolvers;
  Product?: ProductResolvers<ContextType>;
  ProductUnavailableError?: ProductUnavailableErrorResolvers<ContextType>;
  QuantityRuleError?: QuantityRuleErrorResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Quote?: QuoteResolvers<ContextType>;
  QuoteConnection?: QuoteConnectionResolvers<ContextType>;
  QuoteEdge?: QuoteEdgeResolvers<ContextType>;
  QuoteLine?: QuoteLineResolvers<ContextType>;
  QuoteMessage?: QuoteMessageResolvers<ContextType>;
  QuoteStatus?: QuoteStatusResolvers;
  URL?: GraphQLScalarType;
  User?: UserResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
  cacheInvalidate?: CacheInvalidateDirectiveResolver<any, any, ContextType>;
  cachePolicy?: CachePolicyDirectiveResolver<any, any, ContextType>;
  idempotent?: IdempotentDirectiveResolver<any, any, ContextType>;
};
