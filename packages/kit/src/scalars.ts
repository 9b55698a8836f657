// The five scalars of the graph, alike in all subgraphs.
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from "graphql";

const refuse = (scalar: string, expected: string): never => {
  throw new GraphQLError(`${scalar} must be ${expected}.`, { extensions: { code: "BAD_USER_INPUT" } });
};

/** A scalar that is text on the wire. `parse` gives undefined for text it does not accept. */
function textScalar<T>(
  name: string,
  expected: string,
  parse: (text: string) => T | undefined,
  serialize: (value: unknown) => string | undefined,
) {
  const parseValue = (value: unknown): T =>
    (typeof value === "string" ? parse(value) : undefined) ?? refuse(name, expected);
  return new GraphQLScalarType<T, string>({
    name,
    serialize: (value) => serialize(value) ?? refuse(name, expected),
    parseValue,
    parseLiteral: (node: ValueNode) => (node.kind === Kind.STRING ? parseValue(node.value) : refuse(name, expected)),
  });
}

const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** RFC 3339 text on the wire, always UTC on the way out; a Date inside. */
export const DateTime = textScalar<Date>(
  "DateTime",
  'RFC 3339 text such as "2026-01-31T12:00:00Z"',
  (text) => {
    const date = new Date(text);
    return rfc3339.test(text) && !Number.isNaN(date.getTime()) ? date : undefined;
  },
  (value) => (value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : undefined),
);

const decimalText = (text: string) => (/^-?\d{1,15}(\.\d{1,6})?$/.test(text) ? text : undefined);

/** Decimal number as text, so that no client rounds it. */
export const Decimal = textScalar<string>(
  "Decimal",
  'a decimal number as text such as "19.99"',
  decimalText,
  (value) => (typeof value === "string" ? decimalText(value) : undefined),
);

const currencyText = (text: string) => (/^[A-Z]{3}$/.test(text) ? text : undefined);

/** ISO 4217 code. */
export const CurrencyCode = textScalar<string>(
  "CurrencyCode",
  'an ISO 4217 code such as "EUR"',
  currencyText,
  (value) => (typeof value === "string" ? currencyText(value) : undefined),
);

const urlText = (text: string) => {
  // Site-relative links are allowed; `javascript:` and the like are not.
  if (/^\/(?!\/)/.test(text)) return text;
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : undefined;
};

/** http, https or site-relative address. */
export const URLScalar = textScalar<string>("URL", "an http(s) address or a path on this site", urlText, (value) =>
  typeof value === "string" ? urlText(value) : undefined,
);

const safeInteger = (value: unknown): number =>
  typeof value === "number" && Number.isSafeInteger(value) ? value : refuse("Long", "a whole number up to 2^53−1");

/** Whole number up to 2^53−1 as a JSON number; Int ends at 2^31−1, which is 21 million in cents. */
export const Long = new GraphQLScalarType<number, number>({
  name: "Long",
  serialize: safeInteger,
  parseValue: safeInteger,
  parseLiteral: (node) => (node.kind === Kind.INT ? safeInteger(Number(node.value)) : refuse("Long", "a whole number")),
});

/** Resolver map to spread into a subgraph's resolvers. */
export const scalarResolvers = { DateTime, Decimal, CurrencyCode, Long, URL: URLScalar };
