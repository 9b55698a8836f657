// Values that an attacker puts where text is wanted.

/** Stands in every object below: no command of a database may ever hold it. */
export const operand = "operand5f1c";

/** As JSON, because objects of JavaScript have no key `__proto__` of their own. */
export const objectTexts = [
  `{"$ne":"${operand}"}`,
  `{"$gt":"","x":"${operand}"}`,
  `{"$where":"sleep(100) || '${operand}'"}`,
  `{"$regex":".*${operand}"}`,
  `{"__proto__":{"polluted":"${operand}"}}`,
  `{"constructor":{"prototype":{"polluted":"${operand}"}}}`,
  `[{"$ne":"${operand}"}]`,
  `{"a.$b":"${operand}"}`,
];

/** The same as far as GraphQL's own language can say it. */
export const literals = [
  `{ __proto__: { polluted: "${operand}" } }`,
  `{ constructor: { prototype: { polluted: "${operand}" } } }`,
  `{ ne: "${operand}" }`,
  `[{ regex: "${operand}" }]`,
];

export const texts = [
  "$where",
  "$ne",
  '{"$ne":null}',
  "a.$b",
  "a.b.c",
  "__proto__",
  "constructor.prototype",
  ".*",
  "^",
  "(a+)+$",
  "[[:alpha:]",
  "\\",
  "'; return true; //",
  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
  "\u0000",
  "\ud800",
];

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const nobody = "000000000000000000000001";

/** Forged cursors of a list whose cursors have this digest. */
export const cursors = (digest: string): string[] => [
  ...[{ $gt: "" }, { d: { $gt: 0 } }, { d: 1e300 }, { d: "x" }, ["x"], null, { __proto__: null, $ne: 1 }].map((value) =>
    encode([digest, value, nobody]),
  ),
  ...["x", 0, -1e308, true, "\u0000", "\ud800", { d: 0 }].map((value) => encode([digest, value, nobody])),
  encode([digest, "x", { $ne: null }]),
  encode([digest, "x", "__proto__"]),
  encode({ digest, value: "x", id: nobody }),
  encode([digest, "x", nobody, { $ne: null }]),
  Buffer.from(`{"__proto__":{"polluted":"${operand}"}}`).toString("base64url"),
];

export const nodeIds: string[] = [
  `Order:{"$ne":null}`,
  `__proto__:${nobody}`,
  `constructor:${nobody}`,
  `hasOwnProperty:${nobody}`,
  `Order:${nobody}:x`,
  `$where:${nobody}`,
].map((text) => Buffer.from(text).toString("base64url"));
