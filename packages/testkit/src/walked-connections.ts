// The connections of a schema: how to ask for a page of one, and which orders they have.
import { getNamedType, type GraphQLSchema, isEnumType, isInputObjectType, isObjectType } from "graphql";
import { type Types } from "mongoose";

/** Which list, in which order. */
export interface WalkedConnection {
  /** `Type.field` of the schema. */
  connection: string;
  /** Whose list it is, for fields of entities. */
  of?: Types.ObjectId;
  /** Beside those that choose the page. */
  arguments?: { sort?: { key: string; direction: "ASC" | "DESC" } } & Record<string, unknown>;
}

export interface Page {
  nodes: Record<string, unknown>[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
  totalCount: number | null;
}

/** What to send for a page of {@link Page}; `first`, `after`, `last` and `before` go to the variables. */
export function pageRequest(
  schema: GraphQLSchema,
  { connection, of, arguments: values }: WalkedConnection,
  nameField: string,
): { query: string; variables: Record<string, unknown> } {
  const [typeName = "", fieldName = ""] = connection.split(".");
  const type = schema.getType(typeName);
  const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
  if (!field) throw new Error(`The schema has no ${connection}.`);
  const declared = field.args.map(({ name, type }) => `$${name}: ${String(type)}`).join(", ");
  const passed = field.args.map(({ name }) => `${name}: $${name}`).join(", ");
  const selected = `nodes { ${nameField} } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount`;
  const page = `page: ${fieldName}(${passed}) { ${selected} }`;
  if (!of) return { query: `query (${declared}) { ${page} }`, variables: { ...values } };
  return {
    query: `query ($representations: [_Any!]!, ${declared}) {
      _entities(representations: $representations) { ... on ${typeName} { ${page} } }
    }`,
    variables: { ...values, representations: [{ __typename: typeName, id: of.toHexString() }] },
  };
}

/** The page in the answer to {@link pageRequest}. */
export function findPage(data: { page?: Page | null; _entities?: ({ page?: Page | null } | null)[] }): Page {
  const page = data.page ?? data._entities?.[0]?.page;
  if (!page) throw new Error(`No page in ${JSON.stringify(data)}`);
  return page;
}

/**
 * Connections and orders that no walk takes, and walks of orders that there are not: each sort key in both directions, and
 * the order without `sort`.
 *
 * @param refused orders that a list refuses, with the reason: `Type.field by KEY ASC`
 * @returns one line per problem
 */
export function walkProblems(
  schema: GraphQLSchema,
  walks: readonly WalkedConnection[],
  refused: Readonly<Record<string, string>> = {},
): string[] {
  const existing = new Set(listNames(schema));
  const walked = new Set(
    walks.map(({ connection, arguments: values }) =>
      values?.sort ? `${connection} by ${values.sort.key} ${values.sort.direction}` : connection,
    ),
  );
  return [
    ...[...existing].filter((name) => !walked.has(name) && !refused[name]).map((name) => `${name} is not walked`),
    ...[...walked, ...Object.keys(refused)]
      .filter((name) => !existing.has(name))
      .map((name) => `${name} does not exist`),
  ];
}

/** `Type.field` of every connection, and `Type.field by KEY ASC` of every order it can be asked for. */
function listNames(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ field, name: `${type.name}.${field.name}` })))
    .filter(({ field }) => /Connection!?$/.test(String(field.type)))
    .flatMap(({ field, name }) => {
      const sort = field.args.find((argument) => argument.name === "sort")?.type;
      const keys = isInputObjectType(sort) ? getNamedType(sort.getFields().key?.type) : undefined;
      if (!isEnumType(keys)) return [name];
      const orders = keys.getValues().flatMap((key) => [`${key.name} ASC`, `${key.name} DESC`]);
      return [name, ...orders.map((order) => `${name} by ${order}`)];
    });
}
