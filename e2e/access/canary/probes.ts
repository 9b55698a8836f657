// Requests that ask for everything of a schema by what the other tenant's documents hold: each argument of each field gets
// each value that fits, and every entity is asked for by every id and key.
import { type GraphQLObjectType, type GraphQLSchema, isListType, isNonNullType } from "graphql";
import { type ArgumentField, argumentsWith, callOf, type Leaf, leavesOf, wholeSelection } from "../arguments.ts";
import { entityTypes } from "../entities.ts";

/** What of the other tenant callers try. */
export interface Pool {
  ids: readonly string[];
  texts: readonly string[];
  cursors: readonly string[];
}

interface Call {
  typeName: string;
  fieldName: string;
  call: string;
  declarations: string[];
  variables: Record<string, unknown>;
  sent: string[];
}

export interface Probe {
  /** What it asks for, for messages. */
  name: string;
  query: string;
  variables: Record<string, unknown>;
  /** What the caller said, by the path in the answer that answers it. */
  parts: { path: readonly (string | number)[]; sent: string[] }[];
}

/** Calls in one request. */
const together = 25;

/** Values for a place. */
function valuesFor({ path, type }: Leaf, { ids, texts, cursors }: Pool): readonly string[] {
  const name = path.at(-1);
  if (name === "after" || name === "before") return cursors;
  if (type.name === "ID") return ids;
  return type.name === "String" ? texts : [];
}

const namedType = ({ field }: ArgumentField): string => {
  let { type } = field;
  while (isNonNullType(type) || isListType(type)) type = type.ofType;
  return type.name;
};

function callsOf(asked: ArgumentField, pool: Pool, schema: GraphQLSchema, depth: number): Call[] {
  const { typeName, field } = asked;
  const selection = wholeSelection(schema, namedType(asked), depth);
  const isLeaf = selection === "__typename" && !("getFields" in (schema.getType(namedType(asked)) ?? {}));
  const make = (values: Record<string, unknown>, sent: string[], index: number): Call => ({
    typeName,
    fieldName: field.name,
    sent,
    ...callOf(asked, `${field.name}_${index}`, values, isLeaf ? "" : selection),
  });
  const tries = leavesOf(field.args).flatMap((leaf) =>
    valuesFor(leaf, pool).map((value) => ({ values: argumentsWith(field.args, leaf.path, value), value })),
  );
  return [make(argumentsWith(field.args), [], 0), ...tries.map(({ values, value }, n) => make(values, [value], n + 1))];
}

const chunks = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));

/** Root fields of queries. */
export function rootProbes(schema: GraphQLSchema, pool: Pool, depth: number): Probe[] {
  const type = schema.getQueryType();
  const fields = Object.values(type?.getFields() ?? {}).filter(({ name }) => !name.startsWith("_"));
  return fields.flatMap((field) =>
    chunks(callsOf({ typeName: "Query", field }, pool, schema, depth), together).map((calls) => ({
      name: `Query.${field.name}`,
      query: documentOf("query", calls),
      variables: Object.assign({}, ...calls.map(({ variables }) => variables)) as Record<string, unknown>,
      parts: calls.map(({ call, sent }) => ({ path: [call.split(":")[0] ?? ""], sent })),
    })),
  );
}

const documentOf = (kind: string, calls: readonly Call[]): string => {
  const declared = calls.flatMap(({ declarations }) => declarations).join(", ");
  return `${kind} Probe${declared === "" ? "" : `(${declared})`} { ${calls.map(({ call }) => call).join("\n")} }`;
};

/** Mutations one by one, with one value in one place. */
export function mutationProbes(schema: GraphQLSchema, pool: Pool): Probe[] {
  return Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap((field) =>
    callsOf({ typeName: "Mutation", field }, pool, schema, 1)
      .slice(1)
      .map((call) => ({
        name: `Mutation.${field.name}`,
        query: documentOf("mutation", [call]),
        variables: call.variables,
        // What one mutation wrote another shows.
        parts: [{ path: [], sent: [...pool.ids, ...pool.texts] }],
      })),
  );
}

/** Fields by which an entity is asked for. */
function keysOf(type: GraphQLObjectType): string[] {
  const nodes = [type.astNode, ...type.extensionASTNodes].flatMap((node) => node?.directives ?? []);
  return nodes
    .filter(({ name }) => name.value === "key")
    .flatMap(({ arguments: given = [] }) =>
      given.flatMap(({ name, value }) =>
        name.value === "fields" && value.kind === "StringValue" ? [value.value] : [],
      ),
    );
}

/** Every entity type by every id and key, whole. */
export function entityProbes(schema: GraphQLSchema, pool: Pool, depth: number): Probe[] {
  return entityTypes(schema).flatMap((type) => {
    const query = `query Probe($things: [_Any!]!) {
      _entities(representations: $things) { ... on ${type.name} { ${wholeSelection(schema, type.name, depth)} } } }`;
    return keysOf(type).flatMap((key) =>
      chunks(key === "id" ? pool.ids : pool.texts, together).map((values) => ({
        name: `${type.name} by ${key}`,
        query,
        variables: { things: values.map((value) => ({ __typename: type.name, [key]: value })) },
        parts: values.map((value, index) => ({ path: ["_entities", index], sent: [value] })),
      })),
    );
  });
}

/** Fields of entities that take arguments, of things of any tenant, by cursors and texts of the other. */
export function nestedProbes(schema: GraphQLSchema, things: readonly string[], pool: Pool): Probe[] {
  return entityTypes(schema).flatMap((type) =>
    Object.values(type.getFields())
      .filter(({ args }) => args.length > 0)
      .flatMap((field) =>
        chunks(callsOf({ typeName: type.name, field }, pool, schema, 1), 10).map((calls) => ({
          name: `${type.name}.${field.name}`,
          query: `query Probe($things: [_Any!]!${calls.flatMap(({ declarations }) => [", ", ...declarations]).join("")}) {
            _entities(representations: $things) { ... on ${type.name} { ${calls.map(({ call }) => call).join("\n")} } } }`,
          variables: Object.assign(
            { things: things.map((id) => ({ __typename: type.name, id })) },
            ...calls.map(({ variables }) => variables),
          ) as Record<string, unknown>,
          parts: [{ path: [], sent: [...things, ...calls.flatMap(({ sent }) => sent)] }],
        })),
      ),
  );
}
