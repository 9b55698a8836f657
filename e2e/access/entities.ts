// What `_entities` gives of every field of every type, asked at the subgraph as the gateway would ask.
import { type GraphQLAnswer } from "@tradegraph/testkit/test-subgraph";
import {
  type FieldDefinitionNode,
  getNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isLeafType,
  isObjectType,
} from "graphql";
import { type EntityExpectation, fieldVerdict } from "./expectation.ts";
import { type SubgraphName } from "./in-process-graph.ts";
import { askAt } from "./reading.ts";
import { type KindName, relationsFor, type Role, roleNames } from "./roles.ts";
import { type Thing } from "./thing.ts";
import { type Cell, errorsAt, outcomeAt } from "./verdicts.ts";
import { type World } from "./world.ts";

const money = { amountMinor: 5_000_000, currencyCode: "EUR" };

/** Fields that the gateway sends along because `@requires` names them. */
const required: Readonly<Record<string, (thing: Thing) => object>> = {
  "products CartLine": ({ productId }) => ({ quantity: 1, product: { id: productId } }),
  "orders Company": () => ({ creditLimit: money }),
  "orders CompanyMembership": ({ ownerId, companyId }) => ({
    user: { id: ownerId },
    company: { id: companyId },
    spendingPeriod: "MONTH",
    spendingLimit: money,
  }),
};

/** Fields that have a value also when there is nothing to see. */
const emptyValues: Readonly<Record<string, (value: never) => boolean>> = {
  "Product.orderedQuantity": (units: number) => units === 0,
  "Product.reviewSummary": ({ count }: { count: number }) => count === 0,
  "CartLine.availability": ({ available }: { available: number }) => available === 0,
};

/** Fields that are empty for some who may see them: not everybody acts for a company, or is staff. */
const optional = ["Cart.company", "Order.company", "Quote.company", "User.staffScopes"];

/** What the field is asked for, so that an empty list and an empty page can be told. */
function selectionOf({ name, type }: GraphQLObjectType["getFields"] extends () => Record<string, infer F> ? F : never) {
  const named = getNamedType(type);
  if (isLeafType(named)) return name;
  if (named.name === "ReviewSummary") return `${name} { count }`;
  if (named.name === "LineAvailability") return `${name} { available }`;
  return `${name} { __typename ${named.name.endsWith("Connection") ? "nodes { __typename }" : ""} }`;
}

function isEmpty(coordinate: string, value: unknown): boolean {
  if (optional.includes(coordinate)) return false;
  if (value === null || value === undefined) return true;
  if (Array.isArray(value)) return value.length === 0;
  const test = emptyValues[coordinate];
  if (test) return test(value as never);
  const { nodes } = value as { nodes?: unknown[] };
  return nodes?.length === 0;
}

export interface EntityCase {
  subgraph: SubgraphName;
  type: GraphQLObjectType;
  expectation: EntityExpectation;
}

/** Fields of a type that its owner resolves: not those which the gateway brings along. */
const ownFields = (type: GraphQLObjectType, isStub: boolean) =>
  Object.values(type.getFields()).filter(({ name, astNode }) => !isExternal(astNode) && !(isStub && name === "id"));

const isExternal = (node: FieldDefinitionNode | null | undefined) =>
  node?.directives?.some(({ name }) => name.value === "external") ?? false;

export async function entityCells(world: World, entity: EntityCase): Promise<Cell[]> {
  const { also = {}, ...main } = entity.expectation;
  const expectations = [main, ...Object.values(also)];
  const cells = await Promise.all(
    expectations.flatMap((expectation) =>
      roleNames.map((role) => roleCells(world, { ...entity, expectation }, expectation.about, role)),
    ),
  );
  return cells.flat();
}

async function roleCells(world: World, entity: EntityCase, about: KindName, role: Role): Promise<Cell[]> {
  const { subgraph, type, expectation } = entity;
  const { viewer } = await world.actor(role);
  const relations = relationsFor(about, role);
  const things = await Promise.all(relations.map((relation) => world.thing(about, role, relation)));
  const along = required[`${subgraph} ${type.name}`];
  const representations = things.map((thing) => ({ __typename: type.name, id: thing.id, ...along?.(thing) }));
  const fields = ownFields(type, expectation.isStub ?? false);
  const query = `query Cells($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on ${type.name} { ${fields.map(selectionOf).join(" ")} } }
  }`;
  const answer = await askAt(world, "subgraph", subgraph, viewer, query, { representations });
  return relations.flatMap((relation, index) =>
    fields.map(({ name }): Cell => {
      const expected = fieldVerdict(expectation, name, role, relation);
      const actual = fieldOutcome(answer, index, type.name, name);
      return { role, relation, door: "subgraph", field: name, expected, actual };
    }),
  );
}

function fieldOutcome(answer: GraphQLAnswer, index: number, typeName: string, field: string) {
  const entity = (answer.data?._entities as (Record<string, unknown> | null)[] | undefined)?.[index];
  // A refused field that cannot be null takes the whole thing away.
  const path = entity ? ["_entities", index, field] : ["_entities", index];
  const shown = entity != null && !isEmpty(`${typeName}.${field}`, entity[field]);
  return outcomeAt(answer, path, shown && errorsAt(answer, path).length === 0);
}

/** Types that this subgraph resolves by `_entities`. */
export const entityTypes = (schema: GraphQLSchema): GraphQLObjectType[] =>
  Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType =>
      isObjectType(type) &&
      [type.astNode, ...type.extensionASTNodes].some((node) =>
        node?.directives?.some(
          ({ name, arguments: given }) =>
            name.value === "key" &&
            !given?.some(
              (argument) =>
                argument.name.value === "resolvable" && "value" in argument.value && argument.value.value === false,
            ),
        ),
      ),
  );
