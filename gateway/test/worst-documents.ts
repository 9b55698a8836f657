// Documents that make parsing and validation of the shop's graph work as hard as the limits let them: each is within the
// limits, or invalid in a way that only validation finds.
import { times } from "./attack-stage.ts";

const repeated = (count: number, text: string) => times(count, () => text);
const page = (selections: string) => `{ products(first: 1) { ${selections} } }`;
const productOf = (selections: string) => `{ product(by: { id: "1" }) { ${selections} } }`;
const productWith = (value: string) => `{ product(by: { id: ${value} }) { id } }`;
/** Arguments that are objects and lists are compared between fields of one name. */
const filtered = 'products(first: 1, filter: { tags: ["a", "b"], priceMin: 1 }) { pageInfo { hasNextPage } }';
/** Each spreads all that follow. */
const spreadsOfAll = (count: number, last: string) =>
  `${times(count, (n) => `fragment F${n} on Product { ${times(count - n, (m) => `...F${n + m + 1}`)} }`)} fragment F${count} on Product { ${last} }`;
const chain = (count: number, on: string, inner: string, last: string) =>
  `${times(count, (n) => `fragment F${n} on ${on} { ${inner} ...F${n + 1} }`)} fragment F${count} on ${on} { ${last} }`;

/** Name → text. */
export const withinLimits: Record<string, string> = {
  // Pairs of fields with the same name, all of which are compared: the square of their number.
  "the same field 490 times": productOf(repeated(490, "id")),
  "the same object 240 times": page(repeated(240, "nodes { id }")),
  "the same object in itself, 160 times": page(repeated(160, "nodes { category { id } }")),
  "the same five levels 90 times": page(repeated(90, "nodes { category { parent { parent { id } } } }")),
  "the same arguments 50 times": `{ ${repeated(50, filtered)} }`,
  "the same name with long texts 190 times": `{ ${repeated(190, `node(id: "${"a".repeat(400)}") { id }`)} }`,
  "the same name with long block texts 190 times": `{ ${repeated(190, `node(id: """${"a\n".repeat(150)}""") { id }`)} }`,
  "one name for 30 different fields": `{ ${times(30, (n) => `x: node(id: "${n}") { id }`)} }`,
  "one name for 190 fields with other values": `{ ${times(190, (n) => `node(id: "${n}") { id }`)} }`,
  "equal names on all types of an interface": `{ node(id: 1) { ${repeated(60, "... on Product { id category { id } } ... on Category { id parent { id } }")} } }`,
  // Fragments that are compared with each other.
  "220 fragments beside each other": `${productOf(times(220, (n) => `...F${n}`))} ${times(220, (n) => `fragment F${n} on Product { id }`)}`,
  "120 fragments with objects beside each other": `${productOf(times(120, (n) => `...F${n}`))} ${times(120, (n) => `fragment F${n} on Product { id category { id } }`)}`,
  "8 fragments that spread all that follow": `${productOf("...F0")} ${spreadsOfAll(8, "__typename")}`,
  "a chain of 150 fragments": `${productOf("...F0")} ${chain(150, "Product", "id", "id")}`,
  "two chains of 100 fragments side by side": `${productOf("...F0 ...G0")} ${chain(100, "Product", "id", "id")} ${chain(100, "Product", "name", "name").replaceAll("F", "G")}`,
  "150 fragments in a circle": `${productOf("...F0")} ${times(150, (n) => `fragment F${n} on Product { ...F${(n + 1) % 150} }`)}`,
  "29 fragments that all spread all": `${productOf("...F0")} ${times(29, (n) => `fragment F${n} on Product { ${times(29, (m) => `...F${m}`)} }`)}`,
  "440 times the same fragment": `${productOf(repeated(440, "...F"))} fragment F on Product { id }`,
  "inline fragments on an interface, 320 times": `{ node(id: 1) { ${repeated(320, "... on Product { id }")} } }`,
  "490 inline fragments": productOf(repeated(490, "... { id }")),
  "600 inline fragments in each other": productOf(`${"... { ".repeat(600)}id${" }".repeat(600)}`),
  "a fragment nobody spreads, with 190 fields of one argument": `{ __typename } fragment F on Query { ${repeated(190, 'node(id: "1") { id }')} }`,
  "a fragment nobody spreads, with one object 245 times": `{ __typename } fragment F on ProductConnection { ${repeated(245, "nodes { id }")} }`,
  // Names that nobody knows, of which the first five are told.
  "480 fields that nobody knows": `{ node(id: 1) { ${times(480, (n) => `nothing${n}`)} } }`,
  "20 unknown fields like those that are there": `{ ${times(20, (n) => `produkts${n}`)} }`,
  "600 fragments that nobody knows": `{ node(id: 1) { ${times(600, (n) => `...F${n}`)} } }`,
  "300 types that nobody knows": `{ node(id: 1) { ${times(300, (n) => `... on Produkt${n} { id }`)} } }`,
  "600 arguments that nobody knows": `{ node(${times(600, (n) => `nothing${n}: 1`)}) { id } }`,
  "600 members that nobody knows": `{ products(filter: { ${times(600, (n) => `nothing${n}: 1`)} }) { totalCount } }`,
  "a name of 90,000 letters that nobody knows": `{ ${"a".repeat(90_000)} }`,
  "five names of 18,000 letters that nobody knows": `{ ${times(5, (n) => `${"product".repeat(2_600)}${n}`)} }`,
  "50 directives that nobody knows": `{ node(id: 1) { id ${times(50, (n) => `@nothing${n}`)} } }`,
  "50 directives at one field": `{ node(id: 1) { id ${repeated(50, "@include(if: true)")} } }`,
  // Variables.
  "480 variables that nobody uses": `query (${times(480, (n) => `$v${n}: Int`)}) { __typename }`,
  "480 variables that nobody declares": `{ products(filter: { tags: [${times(480, (n) => `$v${n}`)}] }) { totalCount } }`,
  "240 variables, each used": `query (${times(240, (n) => `$v${n}: String!`)}) { products(filter: { tags: [${times(240, (n) => `$v${n}`)}] }) { totalCount } }`,
  "one variable 900 times": `query ($v: String!) { products(filter: { tags: [${repeated(900, "$v")}] }) { totalCount } }`,
  "240 variables of a wrong type": `query (${times(240, (n) => `$v${n}: Int`)}) { products(filter: { tags: [${times(240, (n) => `$v${n}`)}] }) { totalCount } }`,
  "a variable of 60 operations in one fragment": `${times(60, (n) => `query Q${n}($v: ID!) { ...F }`)} fragment F on Query { node(id: $v) { id } }`,
  "100 operations that spread a chain of 60": `${times(100, (n) => `query Q${n} { ...F0 }`)} ${chain(60, "Query", "", "__typename")}`,
  "330 operations": times(330, (n) => `query Q${n} { __typename }`),
  "390 operations of one name": repeated(390, "query Q0 { __typename }"),
  // Values.
  "980 lists in each other": productWith(`${"[".repeat(980)}${"]".repeat(980)}`),
  "490 objects in each other": `{ products(filter: ${"{ not: ".repeat(490)}{}${" }".repeat(490)}) { totalCount } }`,
  "a list of 1,900 wrong elements": `{ products(filter: { tags: [${repeated(1_900, "1")}] }) { totalCount } }`,
  "a list of 1,900 texts": `{ products(filter: { tags: [${repeated(1_900, '"a"')}] }) { totalCount } }`,
  "an object with one member 600 times": `{ products(filter: { ${repeated(600, "inStock: true")} }) { totalCount } }`,
  "a text of 90,000 letters": productWith(`"${"a".repeat(90_000)}"`),
  "a text of 14,000 escapes": productWith(`"${String.raw`\u0041`.repeat(14_000)}"`),
  "a text of 9,000 long escapes": productWith(`"${String.raw`\u{1F600}`.repeat(9_000)}"`),
  "a text of 32,000 short escapes": productWith(`"${String.raw`\n`.repeat(32_000)}"`),
  "a block text of 32,000 lines": productWith(`"""${"\n ".repeat(32_000)}a"""`),
  "a block text of 90,000 spaces": productWith(`"""a${" ".repeat(90_000)}"""`),
  "a block text of 12,000 quotes": productWith(`"""${String.raw`\"""`.repeat(12_000)}"""`),
  "a wrong value of 90,000 letters": `{ products(first: "${"a".repeat(90_000)}") { totalCount } }`,
  "a number of 90,000 digits": `{ products(first: ${"9".repeat(90_000)}) { totalCount } }`,
  "a list type of 980 levels": `query ($v: ${"[".repeat(980)}Int${"]".repeat(980)}) { __typename }`,
  // What is not read.
  "90,000 commas": `{ __typename${",".repeat(90_000)} }`,
  "48,000 lines": `{ __typename${"\n".repeat(48_000)} }`,
  "types, 280 of them": times(280, (n) => `type T${n} { a: Int }`),
};

/** What no operation spreads is validated too, and counts for the limit on the height. */
export const spreadByNobody: Record<string, string> = {
  "a fragment nobody spreads, with one field 1,900 times": `{ __typename } fragment F on Product { ${repeated(1_900, "id")} }`,
  "a fragment nobody spreads, with one object 480 times": `{ __typename } fragment F on ProductConnection { ${repeated(480, "nodes { id }")} }`,
  "a fragment nobody spreads, with three levels 240 times": `{ __typename } fragment F on ProductConnection { ${repeated(240, "nodes { category { id } }")} }`,
  "fragments in a circle, with one object 450 times": `{ __typename } fragment F on ProductConnection { ...F ${repeated(450, "nodes { id }")} }`,
};
