// Runs the cells of mutations against the running graph. Where something is refused the databases must stay as they
// were; where it is not, something must have changed.
import { type GraphQLAnswer } from "@tradegraph/testkit/test-subgraph";
import { digestOf } from "./digest.ts";
import { type Expectation, type Verdict, verdictOf } from "./expectation.ts";
import { type MutationCase } from "./mutations.ts";
import { askAt, type Door, doorsOf } from "./reading.ts";
import { type Relation, relationsFor, type Role, roleNames } from "./roles.ts";
import { type Thing } from "./thing.ts";
import { type Cell, type Outcome, outcomeAt } from "./verdicts.ts";
import { type World } from "./world.ts";

export interface Writing {
  world: World;
  expectation: Expectation;
  asked: MutationCase;
  /** Whether the gateway has the field. */
  reachable: boolean;
}

interface Try {
  role: Role;
  relation: Relation;
  expected: Verdict;
}

/** Requests that run at the same time. */
const atOnce = 16;

export async function writeCells(writing: Writing): Promise<Cell[]> {
  const { about } = writing.expectation;
  const tries = roleNames.flatMap((role) =>
    relationsFor(about, role).map((relation): Try => ({
      role,
      relation,
      expected: verdictOf(writing.expectation, about, role, relation),
    })),
  );
  const refused = await refusedCells(
    writing,
    tries.filter(({ expected }) => expected !== "sees"),
  );
  const done: Cell[] = [];
  // One after the other, so that a change is known to be this cell's.
  for (const cell of tries.filter(({ expected }) => expected === "sees")) done.push(await doneCell(writing, cell));
  return [...refused, ...done];
}

function outcomeOf({ does }: MutationCase, answer: GraphQLAnswer): Outcome {
  const value = answer.data?.done as { userErrors?: { __typename: string; message: string }[] } | null | undefined;
  const [userError] = value?.userErrors ?? [];
  if (userError) return "refused";
  return outcomeAt(answer, [], value != null && (does?.(value as never) ?? true));
}

const send = ({ world, asked }: Writing, door: Door, viewer: Parameters<typeof askAt>[3], thing: Thing) =>
  askAt(world, door, asked.subgraph, viewer, `mutation Cell { done: ${asked.call(thing)} }`);

/** With people and things that others use too: nothing happens to them. */
async function refusedCells(writing: Writing, tries: readonly Try[]): Promise<Cell[]> {
  const { world, asked, reachable, expectation } = writing;
  const run = async ({ role, relation, expected }: Try): Promise<Cell[]> => {
    const { viewer } = await world.actor(role);
    const thing = await world.thing(expectation.about, role, relation);
    return Promise.all(
      doorsOf(viewer, reachable, {}).map(async (door) => {
        const actual = outcomeOf(asked, await send(writing, door, viewer, thing));
        return { role, relation, door, expected, actual };
      }),
    );
  };
  // Made before, so that making them is no change.
  await inTurns(tries, async ({ role, relation }) => {
    await world.actor(role);
    await world.thing(expectation.about, role, relation);
  });
  const digest = () => digestOf(world.graph, undefined, { withRecords: asked.isAudit ?? false });
  const before = await digest();
  const cells = await inTurns(tries, run);
  if ((await digest()) === before) return cells.flat();
  const guilty: Cell[] = [];
  for (const one of tries) {
    const untouched = await digest();
    const again = await run(one);
    const hasChanged = (await digest()) !== untouched;
    guilty.push(...again.map((cell) => (hasChanged ? changed(cell) : cell)));
  }
  // What changed something once only is found in no second round.
  return guilty.some(({ actual }) => actual.startsWith("broken")) ? guilty : cells.flat().map(changed);
}

const changed = (cell: Cell): Cell => ({ ...cell, actual: `broken: ${cell.actual}, but a database has changed` });

/** With somebody new and something new. */
async function doneCell(writing: Writing, { role, relation, expected }: Try): Promise<Cell> {
  const { world, asked, reachable, expectation } = writing;
  const { place, thing } = await world.fresh(expectation.about, role, relation);
  await asked.prepare?.(place);
  // All of them come from one network address, and would be locked out.
  await world.graph.databases.users.collection("signInAttempts").deleteMany({});
  const { viewer } = place.actor;
  const door = doorsOf(viewer, reachable, {})[0] ?? "subgraph";
  const digest = () => digestOf(world.graph, [asked.subgraph], { withRecords: true });
  const before = await digest();
  const answer = await send(writing, door, viewer, thing);
  const actual = outcomeOf(asked, answer);
  const cell = { role, relation, door, expected, actual };
  if (actual === "refused") return { ...cell, actual: `broken: refused ${JSON.stringify(answer).slice(0, 300)}` };
  return actual === "sees" && (await digest()) === before
    ? { ...cell, actual: "broken: sees, but nothing has changed" }
    : cell;
}

/** Runs `work` for all, a few at a time; results in their order. */
async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index] as T);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
