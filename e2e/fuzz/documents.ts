// Operations that fit the schema, made by chance.
import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isRequiredArgument,
  isUnionType,
  parse,
  validate,
} from "graphql";
import { type Random } from "./random.ts";
import { respell } from "./spelling.ts";
import { jsonOf, literalOf, valueFor } from "./values.ts";
import { type World } from "./world.ts";

export interface FuzzDocument {
  query: string;
  variables: Record<string, unknown>;
  operationName?: string | undefined;
}

/** The deepest a selection goes, and how many fields an operation has at most: most stay within the gateway's limits. */
const maxDepth = 6;
const maxFields = 45;

type Field = GraphQLField<unknown, unknown>;

/** What is written so far. */
interface Draft {
  random: Random;
  schema: GraphQLSchema;
  world: World;
  definitions: string[];
  variables: Record<string, unknown>;
  fragments: { name: string; type: string; depth: number; text: string }[];
  fieldsLeft: number;
  names: number;
}

/** What a response name stands for in one object of the answer. */
type Scope = Map<string, string>;

function addVariable(draft: Draft, type: string, value: unknown, fallback?: string): string {
  const name = `v${(draft.names += 1)}`;
  draft.definitions.push(`$${name}: ${type}${fallback === undefined ? "" : ` = ${fallback}`}`);
  // A default is there to be used now and then.
  if (fallback === undefined || draft.random.chance(0.5)) draft.variables[name] = value;
  return `$${name}`;
}

function argumentText(draft: Draft, field: Field, argument: GraphQLArgument): string {
  const { random } = draft;
  const value = valueFor(random, draft.world, argument, { field: field.name, given: getNamedType(field.type).name });
  if (!random.chance(0.35)) return `${argument.name}: ${literalOf(value)}`;
  const type = String(argument.type);
  const fallback = value !== null && random.chance(0.2) ? literalOf(value) : undefined;
  return `${argument.name}: ${addVariable(draft, type, jsonOf(value), fallback)}`;
}

const pageArguments = ["first", "after", "last", "before"];

function argumentsText(draft: Draft, field: Field): string {
  const { random } = draft;
  // Pages stay small; forward ones are the rule.
  const forward = random.chance(0.9);
  const chosen = field.args.filter((argument) => {
    if (isRequiredArgument(argument)) return true;
    if (field.name === "auditEntries" && argument.name === "filter") return true;
    if (!pageArguments.includes(argument.name)) return random.chance(0.3);
    // Without it the size of a page depends on whether it is one of several, which the monolith never asks for.
    if (argument.name === (forward ? "first" : "last")) return true;
    return argument.name === (forward ? "after" : "before") ? random.chance(0.15) : random.chance(0.01);
  });
  if (chosen.length === 0) return "";
  return `(${chosen.map((argument) => argumentText(draft, field, argument)).join(", ")})`;
}

function condition(draft: Draft): string {
  const { random } = draft;
  const name = random.pick(["skip", "include"]);
  const yes = random.chance(name === "include" ? 0.75 : 0.25);
  return `@${name}(if: ${random.chance(0.5) ? String(yes) : addVariable(draft, "Boolean!", yes)})`;
}

function fieldText(draft: Draft, type: GraphQLCompositeType, field: Field, depth: number, scope: Scope): string {
  const { random } = draft;
  draft.fieldsLeft -= 1;
  const given = getNamedType(field.type);
  const args = argumentsText(draft, field);
  const meaning = `${type.name}.${field.name}${args}`;
  let name = random.chance(0.12) ? `a${(draft.names += 1)}` : field.name;
  // One name cannot stand for two things of the answer.
  if (name !== "id" && (scope.get(name) ?? meaning) !== meaning) name = `a${(draft.names += 1)}`;
  // The same object twice would have to agree all the way down.
  if (isCompositeType(given) && scope.has(name)) name = `a${(draft.names += 1)}`;
  scope.set(name, meaning);
  const alias = name === field.name ? "" : `${name}: `;
  const directive = random.chance(0.06) ? ` ${condition(draft)}` : "";
  const inner = isCompositeType(given) ? ` ${selectionText(draft, given, depth + 1)}` : "";
  return `${alias}${field.name}${args}${directive}${inner}`;
}

/** A fragment on the type, or on one that it may turn out to be, with what it selects. */
function fragmentText(draft: Draft, type: GraphQLCompositeType, depth: number, scope: Scope): string {
  const { random, schema } = draft;
  const reusable = draft.fragments.filter((one) => one.type === type.name && one.depth >= depth);
  const [again] = reusable.length > 0 && random.chance(0.4) ? [random.pick(reusable)] : [];
  if (again) return `...${again.name}`;
  const target = isAbstractType(type) && random.chance(0.8) ? random.pick(schema.getPossibleTypes(type)) : type;
  const directive = random.chance(0.15) ? ` ${condition(draft)}` : "";
  if (random.chance(0.6)) {
    const on = target === type && random.chance(0.3) ? "" : ` on ${target.name}`;
    return `...${on}${directive} ${selectionText(draft, target, depth, scope)}`;
  }
  const name = `F${(draft.names += 1)}`;
  // A fragment may stand in several places; names of its own never clash with theirs.
  const text = selectionText(draft, target, depth, scope);
  draft.fragments.push({ name, type: target.name, depth, text: `fragment ${name} on ${target.name} ${text}` });
  return `...${name}${directive}`;
}

const fieldsOf = (type: GraphQLCompositeType): Field[] => (isUnionType(type) ? [] : Object.values(type.getFields()));

function selectionText(draft: Draft, type: GraphQLCompositeType, depth: number, scope: Scope = new Map()): string {
  const { random } = draft;
  const all = fieldsOf(type).filter(({ name, type: given }) => {
    if (name === "node" || !isCompositeType(getNamedType(given))) return true;
    return depth < maxDepth && draft.fieldsLeft > 0;
  });
  // Objects are what joins subgraphs, so they are taken more often than their number says.
  const objects = all.filter(({ type: given }) => isCompositeType(getNamedType(given)));
  const leaves = all.filter((field) => !objects.includes(field));
  const isRoot = depth === 0;
  const room = draft.fieldsLeft > 0;
  const chosen = [
    ...random.some(leaves, room ? random.below(5) : 1),
    ...random.some(objects, isRoot ? 1 + random.below(2) : room ? random.below(3) : 0),
  ];
  const parts = chosen.map((field) => fieldText(draft, type, field, depth, scope));
  const mayNest = draft.fieldsLeft > 0 && depth <= maxDepth;
  if (mayNest && random.chance(isAbstractType(type) ? 0.95 : 0.15)) {
    const count = isAbstractType(type) ? 1 + random.below(3) : 1;
    for (let made = 0; made < count; made += 1) parts.push(fragmentText(draft, type, depth, scope));
  }
  if (parts.length === 0 || random.chance(0.1)) parts.push("__typename");
  // The same field twice is one field.
  if (random.chance(0.03) && leaves.length > 0 && parts[0] && /^\w+$/.test(parts[0])) parts.push(parts[0]);
  return `{ ${parts.join(" ")} }`;
}

function draftOnce(random: Random, schema: GraphQLSchema, world: World): FuzzDocument | undefined {
  const draft: Draft = {
    ...{ random, schema, world, definitions: [], variables: {}, fragments: [] },
    ...{ fieldsLeft: 4 + random.below(maxFields), names: 0 },
  };
  const query = schema.getQueryType();
  if (!query) throw new Error("The schema has no queries.");
  const selection = selectionText(draft, query, 0);
  const head = draft.definitions.length > 0 ? `(${draft.definitions.join(", ")})` : "";
  const isNamed = random.chance(0.6) || head !== "";
  const several = isNamed && random.chance(0.1);
  const others = several ? ["query Other { __typename }"] : [];
  const operation = isNamed ? `query Fuzz${head} ${selection}` : selection;
  const text = [operation, ...others, ...draft.fragments.map((one) => one.text)].join("\n");
  if (validate(schema, parse(text)).length > 0) return undefined;
  return {
    ...{ query: respell(random, text), variables: draft.variables },
    ...((several || (isNamed && random.chance(0.5))) && { operationName: "Fuzz" }),
  };
}

/** A document that is valid for the schema, with variables that it takes. */
export function generateDocument(random: Random, schema: GraphQLSchema, world: World): FuzzDocument {
  // Few are thrown away: fragments that turn out to clash with where they are used.
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const document = draftOnce(random, schema, world);
    if (document) return document;
  }
  throw new Error("A hundred documents by chance were all invalid: the generator does not fit the schema.");
}
