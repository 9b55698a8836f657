// Values for arguments: mostly such as an app sends, sometimes the edges of what the type allows.
import {
  getNamedType,
  getNullableType,
  GraphQLNonNull,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from "graphql";
import { type Random } from "./random.ts";
import { type World } from "./world.ts";

/** Stands for an enum value, which literals write without quotes. */
export class EnumValue {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

export type Value = null | boolean | number | string | EnumValue | Value[] | { [field: string]: Value };

export interface ValuePlace {
  /** Field whose argument it is, and the type it gives. */
  field: string;
  given: string;
}

const words = [
  "",
  "a",
  "steel",
  "Öl",
  "pump %",
  "\u0000",
  "🛠️ screw",
  "x".repeat(300),
  "\"'\\",
  '{"$ne":null}',
  "\u202e\ufeff",
];
const edges = [0, -1, 1, 101, 2_147_483_647, -2_147_483_648];
const dates = ["2026-01-01T00:00:00Z", "2024-02-29T23:59:59.999+14:00", "1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z"];

/** Fields of input objects whose value names something; others are told by name alone. */
const idsOf: Record<string, string> = {
  ...{ productId: "Product", categoryId: "Category", parentId: "Category", supplierId: "User", userId: "User" },
  ...{ companyId: "Company", subjectId: "Order" },
};

function idFor(random: Random, world: World, name: string, place: ValuePlace): string {
  if (random.chance(0.06)) return random.pick(["0".repeat(24), "x", "", "f".repeat(24), "VXNlcjox", "🛠️"]);
  const type = place.field === "node" ? "node" : (idsOf[name] ?? place.given);
  // Sometimes the id of something else.
  const known = random.chance(0.05) ? world[random.pick(Object.keys(world))] : world[type];
  return random.pick(known?.length ? known : ["0".repeat(24)]);
}

function textFor(random: Random, world: World, name: string, place: ValuePlace): string {
  if (name === "after" || name === "before") {
    const known = world[`${place.field}.after`] ?? [];
    return random.chance(0.8) && known.length > 0 ? random.pick(known) : random.pick(["", "bm90aGluZw", "🛠️"]);
  }
  const known = world[name === "brands" ? "brand" : name] ?? [];
  return random.chance(0.8) && known.length > 0 ? random.pick(known) : random.pick(words);
}

const isPageSize = (name: string) => name === "first" || name === "last";

function wholeNumber(random: Random, name: string): number {
  if (random.chance(0.06)) return random.pick(edges);
  return isPageSize(name) ? 1 + random.below(3) : random.below(200);
}

function scalarValue(random: Random, world: World, type: string, name: string, place: ValuePlace): Value {
  switch (type) {
    case "Int":
      return wholeNumber(random, name);
    case "Float":
      return random.pick([0, 47.3769, 8.5417, -90, 180, 25, 1e3, 1e-9, -0.5, 1e308]);
    case "Boolean":
      return random.chance(0.5);
    case "ID":
      return idFor(random, world, name, place);
    case "DateTime":
      return random.pick(dates);
    case "Long":
      return random.pick([0, 100, 10_000, 1_000_000, "9007199254740991", -1]);
    default:
      return textFor(random, world, name, place);
  }
}

/** Fields of an input object: one of a `@oneOf`, else all that must be there and some of the others. */
function chosenFields(random: Random, fields: readonly GraphQLInputField[], isOneOf: boolean): GraphQLInputField[] {
  if (isOneOf) return [random.pick(fields)];
  return fields.filter(({ type, defaultValue }) =>
    isNonNullType(type) && defaultValue === undefined ? true : random.chance(0.25),
  );
}

/** A value that validation and coercion accept; what it means may still be refused. */
export function valueFor(
  random: Random,
  world: World,
  { name, type }: Pick<GraphQLArgument, "name" | "type">,
  place: ValuePlace,
): Value {
  if (!isNonNullType(type) && !isPageSize(name) && place.field !== "auditEntries" && random.chance(0.05)) return null;
  const nullable: GraphQLInputType = getNullableType(type);
  if (isListType(nullable)) {
    const inner = { name, type: nullable.ofType as GraphQLInputType };
    return Array.from({ length: random.below(4) }, () => valueFor(random, world, inner, place));
  }
  if (isInputObjectType(nullable)) {
    const fields = chosenFields(random, Object.values(nullable.getFields()), nullable.isOneOf);
    const required = nullable.isOneOf ? fields.map((field) => ({ ...field, type: nonNull(field.type) })) : fields;
    const value = Object.fromEntries(required.map((field) => [field.name, valueFor(random, world, field, place)]));
    // Each request of staff adds to the log; what was written before the fuzz stays as it is.
    const [end] = nullable.name === "AuditEntryFilter" ? (world["audit.to"] ?? []) : [];
    return end === undefined ? value : { ...value, to: end };
  }
  const named = getNamedType(nullable);
  if (isEnumType(named)) return new EnumValue(random.pick(named.getValues()).name);
  return scalarValue(random, world, named.name, name, place);
}

/** Of a `@oneOf` the one field may not be null, whatever its type says. */
const nonNull = (type: GraphQLInputType): GraphQLInputType =>
  isNonNullType(type) ? type : new GraphQLNonNull(type as never);

/** As a literal of GraphQL. */
export function literalOf(value: Value): string {
  if (value instanceof EnumValue) return value.name;
  if (Array.isArray(value)) return `[${value.map(literalOf).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    return `{${Object.entries(value)
      .map(([name, inner]) => `${name}: ${literalOf(inner)}`)
      .join(", ")}}`;
  }
  return JSON.stringify(value);
}

/** As JSON for the variables. */
export function jsonOf(value: Value): unknown {
  if (value instanceof EnumValue) return value.name;
  if (Array.isArray(value)) return value.map(jsonOf);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, jsonOf(inner)]));
  }
  return value;
}
