// Runs the cells of queries and entities against the running graph.
import { type Viewer } from "@tradegraph/kit/viewer";
import { type GraphQLAnswer } from "@tradegraph/testkit/test-subgraph";
import { type Expectation, verdictOf } from "./expectation.ts";
import { type SubgraphName } from "./in-process-graph.ts";
import { type QueryCase } from "./queries.ts";
import { relationsFor, type Role, roleNames } from "./roles.ts";
import { type Cell, outcomeAt } from "./verdicts.ts";
import { type World } from "./world.ts";

export type Door = Cell["door"];

/** Whether the gateway can know such a caller by a token, or by none. */
export const hasToken = ({ role, userId }: Viewer): boolean => role === "anonymous" || userId !== undefined;

/** Asks as somebody, signed at the subgraph or with a token at the gateway. */
export function askAt(
  { graph }: World,
  door: Door,
  subgraph: SubgraphName,
  viewer: Viewer,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<GraphQLAnswer> {
  return door === "gateway"
    ? graph.ask(viewer, query, variables)
    : graph.subgraphs[subgraph].execute({ query, variables, viewer });
}

/** @param reachable whether the gateway has the field */
export function doorsOf(viewer: Viewer, reachable: boolean, { needsGateway = false }: Pick<QueryCase, "needsGateway">) {
  const doors: Door[] = [];
  if (reachable && hasToken(viewer)) doors.push("gateway");
  if (!needsGateway) doors.push("subgraph");
  return doors;
}

/** All cells of one query: one request for each role and door, an alias for each thing. */
export async function readCells(
  world: World,
  expectation: Expectation,
  asked: QueryCase,
  reachable: boolean,
): Promise<Cell[]> {
  const cells = await Promise.all(roleNames.map((role) => roleCells(world, expectation, asked, reachable, role)));
  return cells.flat();
}

async function roleCells(
  world: World,
  expectation: Expectation,
  asked: QueryCase,
  reachable: boolean,
  role: Role,
): Promise<Cell[]> {
  const { about } = expectation;
  const { viewer } = await world.actor(role);
  const things = await Promise.all(
    relationsFor(about, role).map(async (relation) => ({ relation, thing: await world.thing(about, role, relation) })),
  );
  // Lists are the same whatever one looks for in them.
  const calls = [...new Set(things.map(({ thing }) => asked.call(thing)))];
  const counts = [...new Set(things.map(({ thing }) => asked.count?.(thing) ?? ""))].filter(Boolean);
  const query = `query Cells { ${[
    ...calls.map((call, index) => `a${index}: ${call}`),
    ...counts.map((call, index) => `c${index}: ${call}`),
  ].join(" ")} }`;
  const cells = await Promise.all(
    doorsOf(viewer, reachable, asked).map(async (door) => {
      const answer = await askAt(world, door, asked.subgraph, viewer, query);
      return things.map(({ relation, thing }): Cell => {
        const alias = `a${calls.indexOf(asked.call(thing))}`;
        const value = answer.data?.[alias] ?? null;
        const outcome = outcomeAt(answer, [alias], value !== null && asked.shows(value, thing));
        const counted = counts.some((_, index) => (answer.data?.[`c${index}`] ?? null) !== null);
        const actual = outcome === "refused" && counted ? "broken: refused, but counted" : outcome;
        return { role, relation, door, expected: verdictOf(expectation, about, role, relation), actual };
      });
    }),
  );
  return cells.flat();
}
