// The five scalars of the graph, alike in all subgraphs.
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from "graphql";

const refuse = (scalar: string, expected: string): never => {
  throw new GraphQLError(`${scalar} must be ${expected}.`, { extensions: { code: "BAD_USER_INPUT" } });
};

/** A stored value that cannot be written is our fault: no code, so it is masked and logged. */
const fail = (scalar: string, expected: string): never => {
  throw new TypeError(`A stored ${scalar} is not ${expected}.`);
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
    serialize: (value) => serialize(value) ?? fail(name, expected),
    parseValue,
    parseLiteral: (node: ValueNode) => (node.kind === Kind.STRING ? parseValue(node.value) : refuse(name, expected)),
  });
}

const rfc3339 = /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** JavaScript reads the 30th of February as the 2nd of March. */
function isCalendarDay([, year, month, day]: readonly string[]): boolean {
  const lastDay = new Date(0);
  lastDay.setUTCFullYear(Number(year), Number(month), 0);
  return Number(day) <= lastDay.getUTCDate();
}

/** RFC 3339 text on the wire, always UTC on the way out; a Date inside. */
export const DateTime = textScalar<Date>(
  "DateTime",
  'RFC 3339 text such as "2026-01-31T12:00:00Z"',
  (text) => {
    const date = new Date(text);
    const parts = rfc3339.exec(text);
    return parts && isCalendarDay(parts) && !Number.isNaN(date.getTime()) ? date : undefined;
  },
  (value) => (value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : undefined),
);

/** 16 digits: the largest amount of a currency without minor units has as many. */
const decimalText = (text: string) => (/^-?\d{1,16}(\.\d{1,6})?$/.test(text) ? text : undefined);

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
  // Browsers drop tabs and line breaks and read `\` as `/`: with them a path becomes another site.
  if (/[\p{Cc}\s\\]/u.test(text)) return undefined;
  // Site-relative links are allowed; `javascript:` and the like are not.
  if (/^\/(?!\/)/.test(text)) return text;
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : undefined;
};

/** http, https or site-relative address. */
export const URLScalar = textScalar<string>("URL", "an http(s) address or a path on this site", urlText, (value) =>
  typeof value === "string" ? urlText(value) : undefined,
);

const isLong = (value: unknown): value is number => Number.isSafeInteger(value);
const longText = "a whole number up to 2^53−1";
const safeInteger = (value: unknown): number => (isLong(value) ? value : refuse("Long", longText));

/** Whole number up to 2^53−1 as a JSON number; Int ends at 2^31−1, which is 21 million in cents. */
export const Long = new GraphQLScalarType<number, number>({
  name: "Long",
  serialize: (value) => (isLong(value) ? value : fail("Long", longText)),
  parseValue: safeInteger,
  parseLiteral: (node) => (node.kind === Kind.INT ? safeInteger(Number(node.value)) : refuse("Long", "a whole number")),
});

/** Resolver map to spread into a subgraph's resolvers. */
export const scalarResolvers = { DateTime, Decimal, CurrencyCode, Long, URL: URLScalar };
