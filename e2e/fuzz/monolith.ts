// What the graph must answer, found out without planner, cache or batches: graphql-js executes the API schema, and each
// field of an object that another subgraph gives is one question to that subgraph about that object.
import { randomUUID } from "node:crypto";
import { type SigningKeys, signRequest } from "@tradegraph/kit/internal-assertion";
import { scalarResolvers } from "@tradegraph/kit/scalars";
import { type Viewer } from "@tradegraph/kit/viewer";
import {
  buildSchema,
  execute,
  getNamedType,
  getOperationAST,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isCompositeType,
  isScalarType,
  type OperationDefinitionNode,
  parse,
  print,
  responsePathAsArray,
  visit,
} from "graphql";
import { Pool } from "undici";
import { type Ownership } from "./ownership.ts";
import { argumentsText, type Asking, idKey, pushedSelection, typeKey } from "./pushed-selection.ts";

export type Path = readonly (string | number)[];

export interface Question {
  query: string;
  variables: Readonly<Record<string, unknown>>;
  operationName?: string | undefined;
}

export interface PeerError {
  path: Path | undefined;
  code: string;
}

export interface PeerAnswer {
  /** Undefined when nothing was executed, because the variables are wrong. */
  data: Record<string, unknown> | null | undefined;
  errors: PeerError[];
}

export interface MonolithOptions {
  apiSdl: string;
  ownership: Ownership;
  /** Whether the gateway lets the viewer ask for a field. */
  mayRead: (viewer: Viewer, type: string, field: string) => boolean;
  /** GraphQL endpoint of each subgraph. */
  urls: Readonly<Record<string, string>>;
  keys: SigningKeys;
}

export interface Monolith {
  schema: GraphQLSchema;
  answer: (question: Question, viewer: Viewer) => Promise<PeerAnswer>;
  close: () => Promise<void>;
}

type Json = Record<string, unknown>;

interface SubgraphAnswer {
  data?: Json | null;
  errors?: { path?: Path; extensions?: { code?: string } }[];
}

/** One execution. */
interface Running {
  viewer: Viewer;
  question: Question;
  operation: OperationDefinitionNode;
  /** Which subgraph told an object. */
  origins: WeakMap<object, string>;
  errors: PeerError[];
}

const refused = "UNAUTHORIZED_FIELD_OR_TYPE";

function readScalars(schema: GraphQLSchema): void {
  for (const known of Object.values(scalarResolvers)) {
    const type = schema.getType(known.name);
    if (!isScalarType(type)) continue;
    type.parseValue = known.parseValue;
    type.parseLiteral = known.parseLiteral;
  }
}

function rememberOrigin({ origins }: Running, value: unknown, graph: string): void {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) origins.set(value, graph);
  for (const inner of Object.values(value)) rememberOrigin({ origins } as Running, inner, graph);
}

/** @returns the definitions and values of the variables that a text uses */
function variablesOf({ operation, question }: Running, text: string): { definitions: string[]; values: Json } {
  const names = new Set<string>();
  visit(parse(text), { Variable: ({ name }) => void names.add(name.value) });
  const used = (operation.variableDefinitions ?? []).filter(({ variable }) => names.has(variable.name.value));
  const given = Object.entries(question.variables).filter(([name]) => names.has(name));
  return { definitions: used.map((one) => print(one)), values: Object.fromEntries(given) };
}

export function createMonolith({ apiSdl, ownership, mayRead, urls, keys }: MonolithOptions): Monolith {
  const schema = buildSchema(apiSdl);
  readScalars(schema);
  const pools = new Map(
    Object.entries(urls).map(([graph, url]) => [graph, new Pool(new URL(url).origin, { connections: 16 })]),
  );

  const send = async (graph: string, viewer: Viewer, query: string, variables: Json): Promise<SubgraphAnswer> => {
    const path = new URL(urls[graph] ?? "").pathname;
    const body = JSON.stringify({ query, variables });
    const request = { audience: graph, method: "POST", path, body, requestId: randomUUID() };
    const headers = { ...signRequest(keys, viewer, request), "content-type": "application/json" };
    const response = await pools.get(graph)?.request({ method: "POST", path, body, headers });
    return (await response?.body.json()) as SubgraphAnswer;
  };

  /** Asks for one field, of the query type or of an entity. */
  const ask = async (graph: string, running: Running, field: string, entity?: Json): Promise<SubgraphAnswer> => {
    const { definitions, values } = variablesOf(running, `{ ${field} }`);
    if (!entity) {
      const head = definitions.length > 0 ? `(${definitions.join(", ")})` : "";
      return send(graph, running.viewer, `query Monolith${head} { ${field} }`, values);
    }
    const head = ["$representations: [_Any!]!", ...definitions].join(", ");
    const query = `query Monolith(${head}) {
      _entities(representations: $representations) { ... on ${String(entity.__typename)} { ${field} } }
    }`;
    return send(graph, running.viewer, query, { ...values, representations: [entity] });
  };

  /** @returns null for what one of the owners does not know: without what is required nobody asks for the field */
  const askRequired = async (running: Running, type: string, field: string, entity: Json): Promise<Json | null> => {
    const required = parse(`{ ${ownership.requiredFor(type, field)} }`).definitions[0] as OperationDefinitionNode;
    const found = await Promise.all(
      required.selectionSet.selections.map(async (node) => {
        const name = "name" in node && node.name ? node.name.value : "";
        const [owner = ""] = ownership.ownersOf(type, name);
        const answer = await ask(owner, running, print(node), entity);
        return (answer.data?._entities as (Json | null)[] | undefined)?.[0] ?? null;
      }),
    );
    if (found.includes(null)) return null;
    return Object.assign({ ...entity }, ...found) as Json;
  };

  const fetchField = async (source: Json | undefined, running: Running, info: GraphQLResolveInfo): Promise<unknown> => {
    const type = info.parentType.name;
    const [node] = info.fieldNodes;
    const key = String(info.path.key);
    const owners = ownership.ownersOf(type, info.fieldName);
    const origin = source && running.origins.get(source);
    const graph = origin !== undefined && owners.includes(origin) ? origin : (owners[0] ?? "");
    const asking: Asking = {
      ...{ schema, ownership, fragments: info.fragments, graph },
      mayRead: (parent, field) => mayRead(running.viewer, parent, field),
    };
    const given = getNamedType(info.returnType);
    const sets = info.fieldNodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const inner = isCompositeType(given) ? pushedSelection(asking, given, sets) : "";
    const text = `${key}: ${info.fieldName}${node ? argumentsText(node) : ""} ${inner}`;

    const plain = source && { __typename: source[typeKey], id: source[idKey] };
    const needs = ownership.requiredFor(type, info.fieldName) !== undefined;
    const entity = plain && needs ? await askRequired(running, type, info.fieldName, plain) : plain;
    if (entity === null) return null;
    const { data, errors = [] } = await ask(graph, running, text, entity);
    const here = responsePathAsArray(info.path);
    for (const { path, extensions } of errors) {
      // After `_entities` and its only place, or the whole of it for a field of the query type.
      const inside = path?.slice(entity ? 3 : 1) ?? [];
      running.errors.push({ path: [...here, ...inside], code: extensions?.code ?? "none" });
    }
    const holder = entity ? (data?._entities as (Json | null)[] | undefined)?.[0] : data;
    const value = holder?.[key];
    rememberOrigin(running, value, graph);
    return value;
  };

  const fieldResolver: GraphQLFieldResolver<Json | undefined, Running> = (source, _args, running, info) => {
    if (!mayRead(running.viewer, info.parentType.name, info.fieldName)) {
      throw new GraphQLError("Not for this caller.", { extensions: { code: refused } });
    }
    const known = source?.[info.path.key];
    return known === undefined ? fetchField(source, running, info) : known;
  };

  return {
    schema,
    async answer(question, viewer) {
      const document = parse(question.query);
      const operation = getOperationAST(document, question.operationName) as OperationDefinitionNode;
      const running: Running = { viewer, question, operation, origins: new WeakMap(), errors: [] };
      const result = await execute({
        ...{ schema, document, fieldResolver, contextValue: running, variableValues: question.variables },
        operationName: question.operationName,
        typeResolver: (value) => String((value as Json)[typeKey]),
      });
      if (!("data" in result)) return { data: undefined, errors: [{ path: undefined, code: "BAD_USER_INPUT" }] };
      const own = (result.errors ?? []).flatMap(({ path, extensions }): PeerError[] =>
        // Others say that null stands where none may be, which the gateway mends in silence.
        extensions.code === refused ? [{ path, code: refused }] : [],
      );
      return { data: result.data, errors: [...running.errors, ...own] };
    },
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.close()));
    },
  };
}
