// Values that look like those of a shop, the same each time, so that pages of the same operations are the same.
import {
  getNamedType,
  type GraphQLInputType,
  type GraphQLOutputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
} from "graphql";

const byScalar: Record<string, unknown> = {
  Boolean: true,
  Date: "2027-01-31",
  DateTime: "2027-01-31T09:30:00.000Z",
  Decimal: "19.90",
  EmailAddress: "buyer@example.com",
  Float: 0.5,
  ID: "64b7c0ffee0123456789abcd",
  Int: 1,
  JSON: {},
  Long: 1990,
  URL: "https://shop.example/",
};

/** Texts that tell by their field's name what they hold. */
const byField: Record<string, string> = {
  countryCode: "DE",
  country: "DE",
  currency: "EUR",
  currencyCode: "EUR",
  email: "buyer@example.com",
  locale: "en",
  sku: "TG-1042",
  slug: "cordless-drill",
  endCursor: "b3BhcXVl",
  cursor: "b3BhcXVl",
  after: "b3BhcXVl",
  query: "cordless drill",
};

const textOf = (field: string) => byField[field] ?? `example ${field.replace(/([A-Z])/g, " $1").toLowerCase()}`;

/** A value of a scalar or enum as it stands in an answer. @param field whose value it is */
export function exampleLeaf(type: GraphQLOutputType | GraphQLInputType, field: string): unknown {
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues()[0]?.name;
  if (!isScalarType(named)) return undefined;
  return Object.hasOwn(byScalar, named.name) ? byScalar[named.name] : textOf(field);
}

/** Inputs may name each other; a required chain always ends, see the specification, 3.10. */
const mostNested = 8;

/** The smallest value that an input takes: what may be left out of an object is left out. */
export function exampleInput(type: GraphQLInputType, field: string, nested = 0): unknown {
  if (isNonNullType(type)) return exampleInput(type.ofType, field, nested);
  if (isListType(type)) return nested > mostNested ? [] : [exampleInput(type.ofType, field, nested + 1)];
  if (!isInputObjectType(type)) return exampleLeaf(type, field);
  const fields = Object.values(type.getFields());
  // Of @oneOf all are optional, and one must be there.
  const needed = type.isOneOf
    ? fields.slice(0, 1)
    : fields.filter(({ type: inner, defaultValue }) => isNonNullType(inner) && defaultValue === undefined);
  return Object.fromEntries(needed.map((one) => [one.name, exampleInput(one.type, one.name, nested + 1)]));
}
