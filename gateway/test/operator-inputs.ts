// Every place of the shop's graph that takes a value, with an operator of the database in that place and good values around.
import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
} from "graphql";

export interface OperatorInput {
  query: string;
  variables: object;
}

type Place = Pick<GraphQLArgument | GraphQLInputField, "name" | "type">;

const operator = { $ne: null };
const id = "5f5f5f5f5f5f5f5f5f5f5f5f";
const samples: Record<string, unknown> = {
  ...{ Int: 1, Float: 1, Boolean: true, ID: id, String: "text", Decimal: "1.00", CurrencyCode: "EUR", Long: 1 },
  ...{ DateTime: "2026-01-31T12:00:00.000Z", URL: "https://shop.example/" },
};

function good(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return good(type.ofType);
  if (isListType(type)) return [good(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!isInputObjectType(type)) return samples[type.name];
  const fields = Object.values(type.getFields());
  const needed = type.isOneOf ? fields.slice(0, 1) : fields.filter((field) => isNonNullType(field.type));
  return Object.fromEntries(needed.map((field) => [field.name, good(field.type)]));
}

/** Each with the operator in another place. */
function withOperator(type: GraphQLInputType, above: readonly GraphQLInputType[] = []): unknown[] {
  if (isNonNullType(type)) return withOperator(type.ofType, above);
  if (isListType(type)) return withOperator(type.ofType, above).map((value) => [value]);
  if (isLeafType(type)) return [operator];
  if (above.includes(type)) return [];
  const around = type.isOneOf ? {} : (good(type) as object);
  return Object.values(type.getFields()).flatMap((field) =>
    withOperator(field.type, [...above, type]).map((value) => ({ ...around, [field.name]: value })),
  );
}

const isNeeded = ({ type }: Place) => isNonNullType(type);

/** By root field and argument, such as `Query.node.id`. */
export function operatorInputs(schema: GraphQLSchema): Map<string, OperatorInput[]> {
  const inputs = new Map<string, OperatorInput[]>();
  for (const root of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(root?.getFields() ?? {})) {
      for (const argument of field.args) {
        const given = field.args.filter((one) => one === argument || isNeeded(one));
        const declared = given.map(({ name, type }) => `$${name}: ${String(type)}`).join(", ");
        const used = given.map(({ name }) => `${name}: $${name}`).join(", ");
        const kind = root === schema.getQueryType() ? "query" : "mutation";
        const query = `${kind} (${declared}) { ${field.name}(${used}) { __typename } }`;
        const around = Object.fromEntries(given.map(({ name, type }) => [name, good(type)]));
        const made = withOperator(argument.type).map((value) => ({
          ...{ query, variables: { ...around, [argument.name]: value } },
        }));
        inputs.set(`${String(root)}.${field.name}.${argument.name}`, made);
      }
    }
  }
  return inputs;
}
