// Valid documents, broken by chance, and documents that are hostile from the start.
import { type FuzzDocument } from "./documents.ts";
import { type Random } from "./random.ts";
import { tokensOf } from "./spelling.ts";

const strange = [
  ..."{}()[]:!$@|&=",
  ...["...", "on", "null", "true", "fragment", "mutation", "subscription", "query", "__typename", "__schema"],
  ...['"open', '"""open', "\u0000", "\u202e", "\ud800", "é", "🛠️", "-", "1e", "0x1F", "00", "1.", "#", "\\u0000"],
  ...["9".repeat(400), "-1e999", `"${"x".repeat(2_000)}"`, "a".repeat(1_000), "@skip(if: true)", "@nothing", "$nobody"],
];

type Break = (tokens: string[], random: Random) => string[];

const at = (tokens: string[], random: Random) => random.below(Math.max(1, tokens.length));

const breaks: Break[] = [
  (tokens, random) => tokens.toSpliced(at(tokens, random), 1),
  (tokens, random) => tokens.toSpliced(at(tokens, random), 1 + random.below(5)),
  (tokens, random) => tokens.toSpliced(at(tokens, random), 0, random.pick(strange)),
  (tokens, random) => tokens.toSpliced(at(tokens, random), 1, random.pick(strange)),
  (tokens, random) => {
    const place = at(tokens, random);
    return tokens.toSpliced(place, 0, tokens[place] ?? "");
  },
  (tokens, random) => {
    const [one, other] = [at(tokens, random), at(tokens, random)];
    return tokens.with(one, tokens[other] ?? "").with(other, tokens[one] ?? "");
  },
  // The name of something else, or of nothing.
  (tokens, random) => {
    const names = [...tokens.keys()].filter((place) => /^\w+$/.test(tokens[place] ?? ""));
    const place = names.length > 0 ? random.pick(names) : 0;
    const other = random.pick(["nothing", "_entities", "_service", "constructor", "__proto__", `${tokens[place]}x`]);
    return tokens.with(place, random.chance(0.4) ? (tokens[random.pick(names)] ?? other) : other);
  },
  // Without its arguments.
  (tokens) => {
    const open = tokens.indexOf("(", 2);
    const close = tokens.indexOf(")", open);
    return open < 0 || close < 0 ? tokens.slice(1) : tokens.toSpliced(open, close - open + 1);
  },
  (tokens, random) => tokens.slice(0, at(tokens, random)),
];

const repeat = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, n) => text(n)).join(" ");

/** By name, so that a finding can be read. */
export const hostile: Record<string, (random: Random) => string> = {
  nothing: () => "",
  "a comment only": () => "# nothing",
  "deep selections": (random) => `${"{ me ".repeat(10 + random.below(3_000))}`,
  "deep objects": (random) => {
    const depth = 10 + random.below(2_000);
    return `{ me ${"{ memberships { user ".repeat(depth)}{ id }${" } }".repeat(depth)} }`;
  },
  "deep lists": (random) => {
    const depth = 10 + random.below(4_000);
    return `{ products(filter: { tags: ${"[".repeat(depth)}"a"${"]".repeat(depth)} }) { totalCount } }`;
  },
  "deep input": (random) => `{ products(filter: ${"{a:".repeat(10 + random.below(4_000))}1) { totalCount } }`,
  "a list type without end": (random) => `query A($a: ${"[".repeat(10 + random.below(4_000))}Int) { __typename }`,
  "a cycle of fragments": () =>
    "{ me { ...A } } fragment A on User { ...B } fragment B on User { memberships { user { ...A } } }",
  "a fragment of itself": () => "{ me { ...A } } fragment A on User { id ...A }",
  "doubling fragments": (random) => {
    const height = 3 + random.below(30);
    const one = (n: number) => `fragment F${n} on Category { a: parent { ...F${n + 1} } b: parent { ...F${n + 1} } }`;
    return `{ category(by: { slug: "a" }) { ...F0 } } ${repeat(height, one)} fragment F${height} on Category { id }`;
  },
  "many aliases": (random) => `{ ${repeat(10 + random.below(1_500), (n) => `a${n}: __typename`)} }`,
  "many fields": (random) => `{ ${repeat(10 + random.below(200), (n) => `a${n}: me { id }`)} }`,
  "many operations": (random) => repeat(2 + random.below(400), (n) => `query A${n} { __typename }`),
  "many unknown directives": (random) => `{ __typename ${repeat(10 + random.below(2_000), () => "@nothing")} }`,
  "many conditions": (random) => `{ __typename ${repeat(2 + random.below(500), () => "@skip(if: true)")} }`,
  "many variables": (random) => `query A(${repeat(10 + random.below(1_000), (n) => `$a${n}: Int`)}) { __typename }`,
  "the same field": (random) => `{ ${repeat(10 + random.below(3_000), () => "__typename")} }`,
  "equal inline fragments": (random) => `{ ${repeat(10 + random.below(400), () => "... { me { id ... { id } } }")} }`,
  introspection: () => "{ __schema { types { name fields { type { fields { name } } } } } }",
  "circular introspection": () =>
    `{ __type(name: "User") ${"{ fields { type ".repeat(30)}{ name }${" } }".repeat(30)} }`,
  "what only subgraphs give": () => `{ _service { sdl } _entities(representations: []) { __typename } }`,
  "a hidden field": () => `{ sessionStates(ids: []) { id } apiKeyIdentity(keyHash: "a") { __typename } }`,
  "a subscription": () => "subscription { __typename }",
  "a mutation without its input": () => "mutation { login { accessToken } orderPlace { order { id } } }",
  "a mutation with wrong input": () => `mutation { login(input: { email: 1, password: ["a"] }) { accessToken } }`,
  "a definition of types": () => "type Query { a: Int } { __typename }",
  "names of JavaScript": () => "{ __proto__: me { constructor: id toString: id } hasOwnProperty: __typename }",
  "a deferred part": () => "{ me { id ... @defer { email } } }",
  "a streamed list": () => "{ heroSlides @stream(initialCount: 1) { id } }",
  "control characters": () => "{ me { id \u0000 \u0007 } }",
  "half a character": () => '{ page(slug: "\ud83d") { id } }',
  escapes: () => String.raw`{ page(slug: "\u{110000}\uD800\u0000\x") { id } }`,
  "huge numbers": () =>
    `{ products(first: ${"9".repeat(1_000)}) { totalCount } storesNear(latitude: 1e999, longitude: -0) { id } }`,
};

/** Values that no variable of the schema takes, or that are taken for something else. */
const wrongValues: unknown[] = [
  ...[null, true, -1, 1.5, 2 ** 53, 1e308, "", "🛠️", [], {}, [[]], [null], { $ne: null }, { __proto__: null }],
  ...[{ constructor: { prototype: {} } }, "x".repeat(5_000), { first: { first: { first: 1 } } }, ["a", 1, null]],
];

export interface BrokenDocument extends FuzzDocument {
  /** What was done to it. */
  how: string;
}

/** Breaks a document that was valid; some come out valid still. */
export function breakDocument(random: Random, valid: FuzzDocument): BrokenDocument {
  const way = random.below(10);
  if (way < 3) {
    const how = random.pick(Object.keys(hostile));
    return { query: hostile[how]?.(random) ?? "", variables: {}, how };
  }
  const names = Object.keys(valid.variables);
  if (way < 5 && names.length > 0) {
    const name = random.pick(names);
    const variables = { ...valid.variables, [name]: random.pick(wrongValues) };
    if (random.chance(0.2)) Reflect.deleteProperty(variables, name);
    return { ...valid, variables, how: `variable ${name}` };
  }
  if (way === 5)
    return { ...valid, operationName: random.pick(["Nobody", "", "__proto__", "🛠️"]), how: "operationName" };
  let tokens = tokensOf(valid.query);
  for (let count = 1 + random.below(2); count > 0 && tokens.length > 0; count -= 1)
    tokens = random.pick(breaks)(tokens, random);
  return { ...valid, query: tokens.join(" "), how: "tokens" };
}
