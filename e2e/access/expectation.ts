// The language in which expectations/*.ts say who sees and does what.
import { type KindName, type Relation, relations, relationsFor, type Role, rolesOf } from "./roles.ts";

/**
 * - `sees`: gets the thing, or does it
 * - `nothing`: gets null or an empty list without an error, and changes nothing
 * - `refused`: gets an error that says so (or, of a mutation, user errors), and changes nothing
 */
export type Verdict = "sees" | "nothing" | "refused";

/** Roles and groups → relations, or `all` for every one inside the tenant. */
export type Cells = Readonly<Record<string, string>>;

/** Who sees one field or does one thing; what is not named gets `rest`. */
export interface Rule {
  sees: Cells;
  nothing?: Cells;
  refused?: Cells;
  rest?: "nothing" | "refused";
}

/** What one root field does to whom. The key in a table is `Type.field`, and `Type.field(variant)` for one way to ask. */
export interface Expectation extends Rule {
  about: KindName;
}

/** What `_entities` of one type gives, and which of its fields fewer may see than the rest. */
export interface EntityExpectation extends Expectation {
  fields?: Readonly<Record<string, Rule>>;
  /** Other kinds of things of the same type, by a name for them. */
  also?: Readonly<Record<string, Expectation>>;
  /** Known by id alone in this subgraph, which therefore has one for every id; only the fields say anything. */
  isStub?: boolean;
}

export interface SubgraphExpectations {
  operations: Readonly<Record<string, Expectation>>;
  entities: Readonly<Record<string, EntityExpectation>>;
}

/** @throws Error for a relation that does not exist */
const named = (text: string, existing: readonly Relation[]): Relation[] =>
  text.split(" ").flatMap((name) => {
    if (name === "all") return existing.filter((relation) => relation !== "otherTenant");
    if (!Object.hasOwn(relations, name)) throw new Error(`There is no relation "${name}".`);
    return [name as Relation];
  });

const covers = (cells: Cells | undefined, role: Role, relation: Relation, all: readonly Relation[]): boolean =>
  Object.entries(cells ?? {}).some(
    ([names, text]) => rolesOf(names).includes(role) && named(text, all).includes(relation),
  );

/** What a rule says of one cell. */
export function verdictOf(rule: Rule, about: KindName, role: Role, relation: Relation): Verdict {
  const all = relationsFor(about, role);
  if (covers(rule.sees, role, relation, all)) return "sees";
  if (covers(rule.nothing, role, relation, all)) return "nothing";
  if (covers(rule.refused, role, relation, all)) return "refused";
  return rule.rest ?? "refused";
}

/** What `_entities` of a type gives of one field: where there is no such thing for the viewer, nothing of it. */
export function fieldVerdict(entity: EntityExpectation, field: string, role: Role, relation: Relation): Verdict {
  const own = verdictOf(entity, entity.about, role, relation);
  const rule = entity.fields?.[field];
  return own !== "sees" || !rule ? own : verdictOf(rule, entity.about, role, relation);
}

/** All of the tenant's for these, nothing for everybody else and of another tenant. */
export const onlyFor = (names: string): Rule => ({ sees: { [names]: "all" }, rest: "nothing" });

/** The same where everybody else is refused. */
export const reservedFor = (names: string): Rule => ({
  sees: { [names]: "all" },
  nothing: { [names]: "otherTenant" },
  rest: "refused",
});

/** Everybody sees it, in its tenant. */
export const open: Rule = onlyFor("everybody");
