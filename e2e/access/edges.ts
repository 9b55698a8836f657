// Every way to a thing inside a subgraph: fields of other types and of Query. None may show more of it than `_entities`
// does, which the matrix holds to the table.
import {
  getNamedType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isLeafType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { isDeepStrictEqual } from "node:util";
import { entityTypes } from "./entities.ts";
import { expectations } from "./expectations.ts";
import { type SubgraphName } from "./in-process-graph.ts";
import { queryOf } from "./queries.ts";
import { askAt } from "./reading.ts";
import { relationsFor, type Role } from "./roles.ts";
import { type World } from "./world.ts";

type Reached = Record<string, unknown> & { __typename: string; id: string };

const needsArguments = ({ args }: GraphQLField<unknown, unknown>) =>
  args.some(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined);

const fieldsOf = (type: GraphQLNamedType) => (isObjectType(type) ? Object.values(type.getFields()) : []);

/** All that a thing says of itself: plain fields, and those of parts that are no things, such as addresses. */
function ownSelection(type: GraphQLObjectType, entities: readonly string[]): string {
  const fields = fieldsOf(type).flatMap((field) => {
    const named = getNamedType(field.type);
    if (needsArguments(field)) return [];
    if (isLeafType(named)) return [field.name];
    if (entities.includes(named.name) || named.name.endsWith("Connection")) return [];
    const parts = fieldsOf(named).filter((part) => isLeafType(getNamedType(part.type)));
    return parts.length > 0 ? [`${field.name} { ${parts.map(({ name }) => name).join(" ")} }`] : [];
  });
  return ["__typename", ...fields].join(" ");
}

/** The fields of a type that lead to things, with all that those say of themselves. */
function edgeSelection(type: GraphQLObjectType, schema: GraphQLSchema, entities: readonly string[]): string {
  const edges = fieldsOf(type).flatMap((field) => {
    if (needsArguments(field)) return [];
    const named = getNamedType(field.type);
    const node = named.name.endsWith("Connection") ? schema.getType(named.name.replace("Connection", "")) : named;
    if (!isObjectType(node) || !entities.includes(node.name)) return [];
    const selection = ownSelection(node, entities);
    return [`${field.name} { ${node === named ? selection : `nodes { ${selection} }`} }`];
  });
  return edges.join(" ");
}

function* reachedIn(value: unknown, entities: readonly string[]): Generator<Reached> {
  if (typeof value !== "object" || value === null) return;
  const { __typename, id } = value as Partial<Reached>;
  if (typeof __typename === "string" && typeof id === "string" && entities.includes(__typename)) yield value as Reached;
  for (const part of Object.values(value)) yield* reachedIn(part, entities);
}

/** @returns a line for each field that an edge showed and `_entities` does not, and how many things were reached */
export async function looseEdges(
  world: World,
  subgraph: SubgraphName,
  schema: GraphQLSchema,
  role: Role,
): Promise<{ problems: string[]; reached: number }> {
  const { viewer } = await world.actor(role);
  const types = entityTypes(schema).filter(({ name }) => expectations[subgraph].entities[name]?.isStub !== true);
  const entities = types.map(({ name }) => name);
  const ask = (query: string, variables = {}) => askAt(world, "subgraph", subgraph, viewer, query, variables);

  /** One type at a time: fields of equal names differ in type. */
  const entitiesOf = async (type: GraphQLObjectType, ids: readonly string[], selection: string) => {
    if (ids.length === 0 || selection === "") return [];
    const { data, errors } = await ask(
      `query Things($things: [_Any!]!) { _entities(representations: $things) { ... on ${type.name} { ${selection} } } }`,
      { things: ids.map((id) => ({ __typename: type.name, id })) },
    );
    if (!data) throw new Error(`${type.name} cannot be asked for: ${JSON.stringify(errors)}`);
    return data._entities as (Reached | null)[];
  };
  const fromThings = await Promise.all(
    entityTypes(schema).map(async (type) => {
      const about = expectations[subgraph].entities[type.name]?.about ?? "nothing";
      const things = relationsFor(about, role).map((relation) => world.thing(about, role, relation));
      const ids = (await Promise.all(things)).map(({ id }) => id);
      return entitiesOf(type, ids, edgeSelection(type, schema, entities));
    }),
  );
  const fromRoots = await ask(
    `query Roots { __typename ${(await rootCalls(world, subgraph, types, role)).join(" ")} }`,
  );
  const reached = [...reachedIn([fromThings, fromRoots.data], entities)];
  const direct = new Map<string, Reached | null>();
  for (const type of types) {
    const ids = [...new Set(reached.filter(({ __typename }) => __typename === type.name).map(({ id }) => id))];
    const found = await entitiesOf(type, ids, ownSelection(type, entities));
    for (const [index, id] of ids.entries()) direct.set(`${type.name} ${id}`, found[index] ?? null);
  }
  const problems = reached.flatMap((thing) => {
    const same = direct.get(`${thing.__typename} ${thing.id}`);
    return Object.entries(thing)
      .filter(([name, value]) => value !== null && !name.startsWith("__") && !isPart(value, entities))
      .filter(([name, value]) => !isDeepStrictEqual(same?.[name], value))
      .map(([name]) => `${role} reaches ${thing.__typename}.${name} of ${thing.id} by an edge, and not directly`);
  });
  return { problems: [...new Set(problems)], reached: reached.length };
}

/** Values that an edge asked for beside what the thing says of itself. */
const isPart = (value: unknown, entities: readonly string[]) => [...reachedIn(value, entities)].length > 0;

/** Every query of the matrix that gives things of these types, for all that they say of themselves. */
async function rootCalls(
  world: World,
  subgraph: SubgraphName,
  types: readonly GraphQLObjectType[],
  role: Role,
): Promise<string[]> {
  const entities = types.map(({ name }) => name);
  const calls = Object.entries(expectations[subgraph].operations).flatMap(([operation, { about }]) => {
    const type = types.find(({ name }) => expectations[subgraph].entities[name]?.about === about);
    if (!operation.startsWith("Query.") || !type || operation.includes("node(")) return [];
    return relationsFor(about, role).map(async (relation) => {
      const call = queryOf(operation).call(await world.thing(about, role, relation));
      return call.replace(/\{ id \}/, `{ ${ownSelection(type, entities)} }`);
    });
  });
  const distinct = new Set(await Promise.all(calls));
  return [...distinct].filter((call) => call.includes("__typename")).map((call, index) => `a${index}: ${call}`);
}
