// Questions whose answers differ by who asks, or might.
import { toNodeId } from "@tradegraph/kit/node-id";
import { readOperation } from "@tradegraph/testkit/graph-client";

export type Query = [query: string, variables?: object];

type Things = Readonly<Record<string, string>>;

const node = (things: Things, typeName: string, thing: string): Query => [
  `query Any($id: ID!) { node(id: $id) { __typename id ... on Product { name isActive } ... on Review { shown: title status }
    ... on HeroSlide { slide: title } ... on User { nodeId email } ... on PriceList { list: name } ... on Inventory { onHand }
    ... on Cart { version note } ... on Order { number } ... on Company { firm: name } } }`,
  { id: toNodeId(typeName, things[thing] ?? "") },
];
const productBy = (by: object, fields = "id sku name isActive version"): Query => [
  `query By($by: ProductBy!) { product(by: $by) { ${fields} } }`,
  { by },
];

/** Questions whose answers differ by who asks, or might. */
export const questions = async (things: Things): Promise<Query[]> => [
  ...["onSale", "offSale", "foreign", "agreed"].map((name) => productBy({ id: things[name] })),
  productBy({ sku: things.offSaleSku }),
  productBy(
    { id: things.agreed },
    "price { amountMinor } large: price(quantity: 500) { amountMinor } originalPrice { amountMinor }",
  ),
  productBy({ id: things.onSale }, "id inventory { onHand store { id } }"),
  productBy({ id: things.offSale }, "id ... @include(if: true) { inventory { onHand } }"),
  [
    "query Maybe($by: ProductBy!, $all: Boolean!) { product(by: $by) { id inventory @include(if: $all) { onHand } } }",
    { by: { id: things.onSale }, all: false },
  ],
  [
    "query Maybe($by: ProductBy!, $all: Boolean!) { product(by: $by) { id inventory @include(if: $all) { onHand } } }",
    { by: { id: things.onSale }, all: true },
  ],
  productBy(
    { id: things.onSale },
    "supplier { id email firstName sellerProfile { shopName } suppliedProducts(first: 100) { totalCount nodes { id isActive } } }",
  ),
  productBy(
    { id: things.agreed },
    "reviews(first: 50) { nodes { id title status author { id firstName } } totalCount }",
  ),
  ...(
    [
      ["Product", "offSale"],
      ["Product", "foreign"],
      ["Review", "review"],
      ["Review", "approved"],
      ["HeroSlide", "slide"],
    ] as const
  ).map(([type, name]) => node(things, type, name)),
  ...(
    [
      ["User", "buyer"],
      ["User", "supplier"],
      ["PriceList", "list"],
      ["Inventory", "shelf"],
      ["Cart", "cart"],
      ["Order", "order"],
      ["Company", "company"],
    ] as const
  ).map(([type, name]) => node(things, type, name)),
  ["query Mine { me { id email firstName lastLogin staffScopes isActive } }"],
  ["query Both { me { id firstName } products(first: 3) { nodes { id price { amountMinor } } } }"],
  ["query Them($id: ID!) { user(id: $id) { id email role } }", { id: things.buyer }],
  ["query People { users(first: 3) { nodes { id email suppliedProducts(first: 5) { totalCount } } } }"],
  [`query Beside { page(slug: "imprint") { id } heroSlides(activeOnly: false) { id } }`],
  [
    `query Left($a: Boolean!, $b: Boolean!) {
      a: page(slug: "x") @include(if: $a) { id } b: page(slug: "y") @include(if: $b) { id }
    }`,
    { a: false, b: false },
  ],
  ["query Slides { heroSlides { id title } }"],
  ["query AllSlides { heroSlides(activeOnly: false) { id title isActive } }"],
  ["query Lists { priceLists(first: 5) { nodes { id name } } products(first: 2) { totalCount nodes { id } } }"],
  [
    "query Open($id: ID) { cart(id: $id) { id note company { id name } lines { id quantity product { id name } currentUnitPrice { amountMinor } } } }",
    { id: things.cart },
  ],
  ["query Own { cart { id version subtotal { amountMinor } lines { id product { name price { amountMinor } } } } }"],
  ["query Ordered { orders(first: 3) { nodes { id number items { product { id name isActive } } } } }"],
  [
    "query One($id: ID!) { order(by: { id: $id }) { number customer { id email } items { quantity product { id sku price { amountMinor } } } } }",
    { id: things.order },
  ],
  [
    "query Firm($id: ID!) { company(id: $id) { id name creditLimit { amountMinor } availableCredit { amountMinor } } }",
    { id: things.company },
  ],
  [
    "query Shelf($slug: String!) { category(by: { slug: $slug }) { name products(first: 20) { totalCount nodes { id price { amountMinor } } } } }",
    { slug: things.slug },
  ],
  [
    "query Cheap($f: ProductFilter) { products(first: 20, filter: $f) { totalCount nodes { id isActive } } }",
    { f: { supplierId: things.supplier } },
  ],
  [await readOperation("HomePage")],
  [await readOperation("ProductPage"), { sku: things.offSaleSku }],
  [await readOperation("CartPage")],
];
