// From an answer to a verdict, and from verdicts to the cells that are wrong.
import { type GraphQLAnswer } from "@tradegraph/testkit/test-subgraph";
import { type Verdict } from "./expectation.ts";
import { type Relation, type Role } from "./roles.ts";

/** Codes that say: not for you. */
const refusals = ["UNAUTHENTICATED", "FORBIDDEN", "UNAUTHORIZED_FIELD_OR_TYPE", "NOT_FOUND"];

/** A verdict, or what else happened, which no cell expects. */
export type Outcome = Verdict | `broken: ${string}`;

export interface Cell {
  role: Role;
  relation: Relation;
  door: "gateway" | "subgraph";
  expected: Verdict;
  actual: Outcome;
  /** Field, for cells of a type. */
  field?: string;
}

type Path = readonly (string | number)[];

const startsWith = (path: Path | undefined, prefix: Path) => prefix.every((step, index) => path?.[index] === step);

/** The errors at a place of the answer or below it; one without a path counts for all of it. */
export const errorsAt = ({ errors = [] }: GraphQLAnswer<unknown>, prefix: Path) =>
  errors.filter(({ path }) => path === undefined || startsWith(path, prefix));

/** @param shown whether the thing is in the answer */
export function outcomeAt(answer: GraphQLAnswer<unknown>, prefix: Path, shown: boolean): Outcome {
  const errors = errorsAt(answer, prefix);
  const other = errors.find(({ extensions }) => !refusals.includes(String(extensions?.code)));
  if (other) return `broken: ${String(other.extensions?.code)} ${other.message}`;
  if (errors.length > 0) return shown ? "broken: shown and refused" : "refused";
  return shown ? "sees" : "nothing";
}

/** @throws Error with a line for the cells that are not what they should be, equal ones together */
export function expectCells(cells: readonly Cell[]): void {
  const wrong = cells.filter(({ expected, actual }) => expected !== actual);
  const lines = Map.groupBy(
    wrong,
    ({ role, door, field, expected, actual }) =>
      `${role}${field === undefined ? "" : ` .${field}`} through the ${door}: should be ${expected}, is ${actual}: `,
  );
  const text = [...lines].map(([line, group]) => line + group.map(({ relation }) => relation).join(", "));
  if (text.length > 0) throw new Error(`${wrong.length} of ${cells.length} cells are wrong:\n${text.join("\n")}`);
}
