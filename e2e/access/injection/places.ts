// Every place of the schemas where a caller puts a value, as whole documents, at the subgraphs and at the gateway.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { createSchema as createContentSchema } from "@tradegraph/content/schema";
import { createSchema as createOrdersSchema } from "@tradegraph/orders/schema";
import { createSchema as createProductsSchema } from "@tradegraph/products/schema";
import { createSchema as createUsersSchema } from "@tradegraph/users/schema";
import { buildSchema, getNamedType, type GraphQLSchema, isLeafType } from "graphql";
import { type ArgumentField, argumentsWith, fieldsWithArguments, type Leaf, leavesOf } from "../arguments.ts";
import { entityTypes } from "../entities.ts";
import { type SubgraphName, subgraphNames } from "../in-process-graph.ts";

export const api = buildSchema(
  readFileSync(resolve(import.meta.dirname, "../../../schema/generated/api.graphql"), "utf8"),
);
export const schemas: Record<SubgraphName, GraphQLSchema> = {
  products: createProductsSchema(),
  orders: createOrdersSchema(),
  users: createUsersSchema(),
  content: createContentSchema(),
};
export type Door = SubgraphName | "gateway";
export const doors: Door[] = [...subgraphNames, "gateway"];
const schemaAt = (door: Door) => (door === "gateway" ? api : schemas[door]);

/** A field with a value in one place of its arguments; `at` stands for the value in the text of the variables. */
export interface Place extends ArgumentField {
  door: Door;
  leaf: Leaf;
  name: string;
}

export const placesAt = (door: Door): Place[] =>
  fieldsWithArguments(schemaAt(door)).flatMap(({ typeName, field }) =>
    leavesOf(field.args).map((leaf) => ({
      ...{ door, typeName, field, leaf },
      name: `${door} ${typeName}.${field.name}(${leaf.path.join(".")})`,
    })),
  );

const isRoot = ({ typeName }: Place) => typeName === "Query" || typeName === "Mutation";
const hole = "@@hole@@";

/** The field as a whole document: fields of things behind `_entities`, or behind `node` at the gateway. */
function documentFor({ door, typeName, field, leaf }: Place, inline?: string) {
  const values = argumentsWith(field.args, leaf.path, hole);
  const names = Object.keys(values);
  const typeOf = (name: string) => String(field.args.find((argument) => argument.name === name)?.type);
  const text = (value: unknown): string =>
    value === hole
      ? (inline ?? "")
      : Array.isArray(value)
        ? `[${value.map(text).join(", ")}]`
        : typeof value === "object" && value !== null
          ? `{ ${Object.entries(value)
              .map(([key, one]) => `${key}: ${text(one)}`)
              .join(", ")} }`
          : /^[A-Z_]+$/.test(String(value)) && value !== "EUR"
            ? String(value)
            : JSON.stringify(value);
  const given = names.map((name) => `${name}: ${inline === undefined ? `$${name}` : text(values[name])}`).join(", ");
  const declared = inline === undefined ? names.map((name) => `$${name}: ${typeOf(name)}`) : [];
  const isLeaf = isLeafType(getNamedType(field.type));
  const call = `it: ${field.name}(${given}) ${isLeaf ? "" : "{ __typename }"}`;
  if (typeName === "Query" || typeName === "Mutation") return { kind: typeName.toLowerCase(), declared, call, values };
  const id = "000000000000000000000001";
  const inner = `... on ${typeName} { ${call} }`;
  const thing =
    door === "gateway"
      ? `node(id: "${Buffer.from(`${typeName}:${id}`).toString("base64url")}") { ${inner} }`
      : `_entities(representations: [{ __typename: "${typeName}", id: "${id}" }]) { ${inner} }`;
  return { kind: "query", declared, call: thing, values };
}

/** Types that are reached by no document of ours alone, such as parts of things. */
export const isReachable = (place: Place): boolean =>
  isRoot(place) ||
  (place.door === "gateway"
    ? api.getType("Node") !== undefined &&
      (api.getType(place.typeName) as { getInterfaces?: () => { name: string }[] })
        .getInterfaces?.()
        .some(({ name }) => name === "Node") === true
    : entityTypes(schemas[place.door]).some(({ name }) => name === place.typeName));

export function asVariable(place: Place, value: string) {
  const { kind, declared, call, values } = documentFor(place);
  const head = declared.length > 0 ? `(${declared.join(", ")})` : "";
  const variables = JSON.stringify(values).replace(JSON.stringify(hole), () => value);
  return { query: `${kind} Attack${head} { ${call} }`, variables };
}

export function asLiteral(place: Place, value: string) {
  const { kind, call } = documentFor(place, value);
  return { query: `${kind} Attack { ${call} }`, variables: "{}" };
}
