// Every place in the arguments of a schema where a caller can put a value, and a call with one value in one place.
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLLeafType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";

/** A place for a value: names of fields, `*` for the elements of a list. */
export interface Leaf {
  path: readonly string[];
  type: GraphQLLeafType;
}

type Given = GraphQLArgument | GraphQLInputField;

/** Input types that hold themselves end here. */
const deepest = 6;

/** Places in the arguments of one field. */
export const leavesOf = (args: readonly Given[], above: readonly string[] = []): Leaf[] =>
  args.flatMap(({ name, type }) => leavesIn(type, [...above, name]));

function leavesIn(type: GraphQLInputType, path: readonly string[]): Leaf[] {
  if (path.length > deepest) return [];
  if (isNonNullType(type)) return leavesIn(type.ofType, path);
  if (isListType(type)) return leavesIn(type.ofType, [...path, "*"]);
  if (isInputObjectType(type)) return leavesOf(Object.values(type.getFields()), path);
  return [{ path, type }];
}

const plain: Readonly<Record<string, unknown>> = {
  ID: "000000000000000000000001",
  String: "text",
  Int: 1,
  Float: 1,
  Boolean: true,
  Long: 1,
  Decimal: "1.00",
  CurrencyCode: "EUR",
  DateTime: "2026-01-31T12:00:00Z",
  URL: "/path",
};

/** The least that is valid for a type. @throws Error for a scalar that nobody has written down */
export function leastValue(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return leastValue(type.ofType);
  if (isListType(type)) return [leastValue(type.ofType)];
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const needed = type.isOneOf ? fields.slice(0, 1) : fields.filter(isNeeded);
    return Object.fromEntries(needed.map((field) => [field.name, leastValue(field.type)]));
  }
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!(type.name in plain)) throw new Error(`What is a valid ${type.name}?`);
  return plain[type.name];
}

const isNeeded = ({ type, defaultValue }: Given) => isNonNullType(type) && defaultValue === undefined;

/** Arguments with `value` at one place and nothing else that is not needed. */
export const argumentsWith = (
  args: readonly Given[],
  path: readonly string[] = [],
  value?: unknown,
): Record<string, unknown> =>
  Object.fromEntries(
    args
      .filter((given) => given.name === path[0] || isNeeded(given))
      .map(({ name, type }) => [name, name === path[0] ? valueWith(type, path.slice(1), value) : leastValue(type)]),
  );

function valueWith(type: GraphQLInputType, path: readonly string[], value: unknown): unknown {
  if (isNonNullType(type)) return valueWith(type.ofType, path, value);
  if (path.length === 0) return value;
  if (isListType(type)) return [valueWith(type.ofType, path.slice(1), value)];
  if (!isInputObjectType(type)) throw new Error(`${type.name} has no fields.`);
  const fields = Object.values(type.getFields());
  return argumentsWith(type.isOneOf ? fields.filter(({ name }) => name === path[0]) : fields, path, value);
}

export interface ArgumentField {
  typeName: string;
  field: GraphQLField<unknown, unknown>;
}

/** Every field of a schema that takes arguments, root fields first; none of federation's own. */
export function fieldsWithArguments(schema: GraphQLSchema): ArgumentField[] {
  const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((type) => (type ? [type] : []));
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  return [...new Set([...roots, ...types])].flatMap((type) =>
    Object.values(type.getFields())
      .filter(({ name, args }) => args.length > 0 && !name.startsWith("_") && !type.name.startsWith("__"))
      .map((field) => ({ typeName: type.name, field })),
  );
}

/** A name for `name` of a type in answers, so that each value of an answer tells which field it is. */
export const aliasOf = (typeName: string, name: string): string => `${typeName}__${name}`;

/** Everything that can be asked of a type without arguments that are needed, down to a depth. */
export function wholeSelection(schema: GraphQLSchema, typeName: string, depth: number): string {
  const type = schema.getType(typeName);
  if (isInterfaceType(type) || (type && "getTypes" in type)) {
    const parts = schema
      .getPossibleTypes(type)
      .map(({ name }) => `... on ${name} { ${wholeSelection(schema, name, depth)} }`);
    return `__typename ${parts.join(" ")}`;
  }
  if (!isObjectType(type)) return "__typename";
  const fields = Object.values(type.getFields()).flatMap((field) => {
    if (field.args.some(isNeeded)) return [];
    const asked = `${aliasOf(typeName, field.name)}: ${field.name}`;
    const named = namedOf(field);
    if (isLeafType(named)) return [asked];
    // Pages and what they consist of are no step down.
    const isFrame = /(Connection|Edge|PageInfo|Payload)$/.test(named.name);
    if (depth === 0 && !isFrame) return [];
    const inner = wholeSelection(schema, named.name, isFrame ? depth : depth - 1);
    return inner === "__typename" ? [] : [`${asked} { ${inner} }`];
  });
  return ["__typename", ...fields].join(" ");
}

function namedOf({ type }: GraphQLField<unknown, unknown>) {
  let inner = type;
  while (isNonNullType(inner) || isListType(inner)) inner = inner.ofType as typeof type;
  return inner;
}

/** The field with its arguments as variables, for a document of several such calls. */
export function callOf({ field }: ArgumentField, alias: string, values: Record<string, unknown>, selection: string) {
  const names = Object.keys(values);
  const given = names.map((name) => `${name}: $${alias}_${name}`).join(", ");
  const typeOf = (name: string) => String(field.args.find((argument) => argument.name === name)?.type);
  return {
    call: `${alias}: ${field.name}${names.length > 0 ? `(${given})` : ""} ${selection === "" ? "" : `{ ${selection} }`}`,
    declarations: names.map((name) => `$${alias}_${name}: ${typeOf(name)}`),
    variables: Object.fromEntries(names.map((name) => [`${alias}_${name}`, values[name]])),
  };
}
