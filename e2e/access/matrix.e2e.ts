// Every cell of docs/ACCESS-MATRIX.md against the running graph.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { createSchema as createContentSchema } from "@tradegraph/content/schema";
import { permissions as contentPermissions } from "@tradegraph/content/permissions";
import { watchVerdicts } from "@tradegraph/kit/permissions";
import { createSchema as createOrdersSchema } from "@tradegraph/orders/schema";
import { permissions as ordersPermissions } from "@tradegraph/orders/permissions";
import { permissions as productsPermissions } from "@tradegraph/products/permissions";
import { permissions as usersPermissions } from "@tradegraph/users/permissions";
import { createSchema as createProductsSchema } from "@tradegraph/products/schema";
import { createSchema as createUsersSchema } from "@tradegraph/users/schema";
import { buildSchema, type GraphQLSchema } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { looseEdges } from "./edges.ts";
import { entityCells, entityTypes } from "./entities.ts";
import { type SubgraphExpectations } from "./expectation.ts";
import { expectations, rootField } from "./expectations.ts";
import { type InProcessGraph, startInProcessGraph, type SubgraphName, subgraphNames } from "./in-process-graph.ts";
import { mutationOf } from "./mutations.ts";
import { queryOf } from "./queries.ts";
import { readCells } from "./reading.ts";
import { guardedFields, isBothWays, tryDirectly, type Verdicts } from "./rules.ts";
import { roleNames } from "./roles.ts";
import { expectCells } from "./verdicts.ts";
import { writeCells } from "./writing.ts";
import { createWorld, type World } from "./world.ts";

const read = (path: string) => readFileSync(resolve(import.meta.dirname, "../../schema", path), "utf8");
const api = buildSchema(read("generated/api.graphql"));
const schemas: Record<SubgraphName, GraphQLSchema> = {
  products: createProductsSchema(),
  orders: createOrdersSchema(),
  users: createUsersSchema(),
  content: createContentSchema(),
};

const permissions = {
  products: productsPermissions,
  orders: ordersPermissions,
  users: usersPermissions,
  content: contentPermissions,
};

const isReachable = (operation: string) => {
  const [typeName = "", field = ""] = rootField(operation).split(".");
  const type = typeName === "Query" ? api.getQueryType() : api.getMutationType();
  return type?.getFields()[field] !== undefined;
};

let graph: InProcessGraph;
let world: World;
let count = 0;

const verdicts: Verdicts = new Map();
const unwatch = watchVerdicts((coordinate, isAllowed) => {
  const seen = verdicts.get(coordinate) ?? new Set();
  verdicts.set(coordinate, seen.add(isAllowed));
});

beforeAll(async () => {
  graph = await startInProcessGraph();
  world = await createWorld(graph);
});

afterAll(async () => {
  unwatch();
  await graph.stop();
});

const tables = Object.entries(expectations) as [SubgraphName, SubgraphExpectations][];

/** With all of them in the message. */
const expectNone = (problems: readonly string[]) => {
  if (problems.length > 0) throw new Error(`${problems.length} problems:\n${problems.slice(0, 100).join("\n")}`);
};

describe("the table", () => {
  it.each(subgraphNames)("names every root field of %s", (name) => {
    const { Query = {}, Mutation = {} } = Object.fromEntries(
      [schemas[name].getQueryType(), schemas[name].getMutationType()].flatMap((type) =>
        type ? [[type.name, type.getFields()]] : [],
      ),
    );
    const fields = [
      ...Object.keys(Query).map((field) => `Query.${field}`),
      ...Object.keys(Mutation).map((field) => `Mutation.${field}`),
    ].filter((field) => !/^Query\._(entities|service)$/.test(field));
    expect([...new Set(Object.keys(expectations[name].operations).map(rootField))].sort()).toEqual(fields.sort());
  });

  it.each(subgraphNames)("names every entity type of %s", (name) => {
    const types = entityTypes(schemas[name]).map((type) => type.name);
    expect(Object.keys(expectations[name].entities).sort()).toEqual(types.sort());
  });
});

describe("reading", () => {
  for (const [, { operations }] of tables) {
    for (const [operation, expectation] of Object.entries(operations)) {
      if (!operation.startsWith("Query.")) continue;
      it(operation, async () => {
        const cells = await readCells(world, expectation, queryOf(operation), isReachable(operation));
        count += cells.length;
        expectCells(cells);
      });
    }
  }
});

describe("entities", () => {
  for (const [subgraph, { entities }] of tables) {
    for (const [typeName, expectation] of Object.entries(entities)) {
      it(`${subgraph}: ${typeName}`, async () => {
        const type = entityTypes(schemas[subgraph]).find(({ name }) => name === typeName);
        if (!type) throw new Error("There is no such type.");
        const cells = await entityCells(world, { subgraph, type, expectation });
        count += cells.length;
        expectCells(cells);
      });
    }
  }
});

describe("edges", () => {
  it.each(subgraphNames)("of %s show no more of a thing than asking for it does", async (subgraph) => {
    const schema = schemas[subgraph];
    const found = await Promise.all(roleNames.map((role) => looseEdges(world, subgraph, schema, role)));
    expectNone(found.flatMap(({ problems }) => problems));
    // Each role reaches some; content has little that leads to other things.
    expect(found.reduce((sum, { reached }) => sum + reached, 0)).toBeGreaterThan(3 * roleNames.length);
  });
});

describe("the gateway", () => {
  const hidden = subgraphNames.flatMap((name) =>
    [schemas[name].getQueryType(), schemas[name].getMutationType()].flatMap((type) =>
      Object.values(type?.getFields() ?? {})
        .map((field) => ({ type: type?.name ?? "", field }))
        .filter(({ field }) => !isReachable(`${type?.name ?? ""}.${field.name}`)),
    ),
  );

  it.each(hidden.map(({ type, field }) => [type, field.name]))("does not know %s.%s", async (type, field) => {
    const { viewer } = await world.actor("admin");
    const answer = await graph.ask(viewer, `${type.toLowerCase()} Hidden { ${field} { __typename } }`);
    expect(answer.data ?? null).toBe(null);
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toContain("GRAPHQL_VALIDATION_FAILED");
  });
});

describe("writing", () => {
  for (const [, { operations }] of tables) {
    for (const [operation, expectation] of Object.entries(operations)) {
      if (!operation.startsWith("Mutation.")) continue;
      it(operation, async () => {
        const reachable = isReachable(operation);
        const cells = await writeCells({ world, expectation, asked: mutationOf(operation), reachable });
        count += cells.length;
        expectCells(cells);
      });
    }
  }

  it("and reading are thousands of cells", () => {
    expect(count).toBeGreaterThan(20_000);
  });
});

describe("rules", () => {
  it.each(subgraphNames)("of %s have all let somebody in and refused somebody", async (subgraph) => {
    const schema = schemas[subgraph];
    const guarded = guardedFields(schema, permissions[subgraph]);
    const missing = guarded.filter((coordinate) => !isBothWays(verdicts, coordinate));
    for (const coordinate of missing) await tryDirectly(world, { subgraph, schema, coordinate }, verdicts);
    expect(missing.filter((coordinate) => !isBothWays(verdicts, coordinate))).toEqual([]);
    // Most are reached by requests.
    expect(guarded.length).toBeGreaterThan(0);
  });
});
