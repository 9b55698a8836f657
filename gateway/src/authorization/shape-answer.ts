// Gives the answer to a filtered operation the shape of the operation that was sent: null where something was taken out,
// and null above it as far as GraphQL demands.
import {
  type FieldNode,
  type FragmentDefinitionNode,
  getDirectiveValues,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  isAbstractType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { maxRefusals } from "./refusal.ts";

export type Path = (string | number)[];

export interface ShapeInput {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Coerced values. */
  variables: Record<string, unknown>;
  /** Where the filtered operation asked objects of abstract types for their type. */
  typenameKey: string;
  data: Record<string, unknown>;
}

export interface ShapedAnswer {
  data: Record<string, unknown> | null;
  /** Fields of the answer that are missing because nobody was asked for them, at most `maxRefusals`. */
  refused: Path[];
}

/** A response name with everything that the operation asks under it; one object type at a time. */
interface Entry {
  name: string;
  /** Undefined for introspection. */
  type: GraphQLOutputType | undefined;
  nodes: FieldNode[];
  /** By name of the object's type, found out when first needed. */
  inside: Map<string, Map<string, Entry>>;
}

/** Stands for "null is not allowed here, so what surrounds it is null". */
const tooNull = Symbol("tooNull");

/** A place in the answer and the way to it; made for every value, so it must cost nothing. */
interface Place {
  key: string | number;
  before: Place | undefined;
}

const pathTo = (place: Place | undefined): Path => (place ? [...pathTo(place.before), place.key] : []);

const keyOf = ({ alias, name }: FieldNode) => alias?.value ?? name.value;

export function shapeAnswer(input: ShapeInput): ShapedAnswer {
  const { schema, operation, fragments, variables, typenameKey } = input;
  const refused: Path[] = [];

  const isIncluded = (node: SelectionNode) =>
    getDirectiveValues(GraphQLSkipDirective, node, variables)?.if !== true &&
    getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if !== false;

  const appliesTo = (type: GraphQLObjectType, condition: string | undefined) => {
    if (condition === undefined || condition === type.name) return true;
    const named = schema.getType(condition);
    return isAbstractType(named) && schema.isSubType(named, type);
  };

  const collect = (type: GraphQLObjectType, sets: Iterable<SelectionSetNode | undefined>): Map<string, Entry> => {
    const entries = new Map<string, Entry>();
    const spread = new Set<string>();
    const take = (set: SelectionSetNode | undefined) => {
      for (const node of set?.selections ?? []) {
        if (!isIncluded(node)) continue;
        if (node.kind === Kind.FIELD) {
          const name = node.name.value;
          const known = entries.get(keyOf(node));
          const fresh = { name, type: type.getFields()[name]?.type, nodes: [], inside: new Map<never, never>() };
          const entry = known ?? fresh;
          entry.nodes.push(node);
          entries.set(keyOf(node), entry);
        } else if (node.kind === Kind.INLINE_FRAGMENT) {
          if (appliesTo(type, node.typeCondition?.name.value)) take(node.selectionSet);
        } else if (!spread.has(node.name.value)) {
          spread.add(node.name.value);
          const fragment = fragments.get(node.name.value);
          if (fragment && appliesTo(type, fragment.typeCondition.name.value)) take(fragment.selectionSet);
        }
      }
    };
    for (const set of sets) take(set);
    return entries;
  };

  const shapeObject = (
    type: GraphQLObjectType,
    entries: Map<string, Entry>,
    given: Record<string, unknown>,
    before: Place | undefined,
  ): Record<string, unknown> | null => {
    // Response names are the client's: without a prototype, none of them means anything.
    const shaped = Object.create(null) as Record<string, unknown>;
    for (const [key, entry] of entries) {
      const value = Object.hasOwn(given, key) ? given[key] : undefined;
      if (entry.name === "__typename") shaped[key] = type.name;
      else if (!entry.type) shaped[key] = value ?? null;
      else {
        const place = { key, before };
        if (value === undefined && refused.length < maxRefusals) refused.push(pathTo(place));
        const result = complete(entry.type, value ?? null, entry, place);
        if (result === tooNull) return null;
        shaped[key] = result;
      }
    }
    return shaped;
  };

  const complete = (type: GraphQLOutputType, value: unknown, entry: Entry, place: Place): unknown => {
    if (isNonNullType(type)) return complete(type.ofType, value, entry, place) ?? tooNull;
    if (value === null || value === undefined) return null;
    if (isListType(type)) {
      const items: unknown[] = [];
      for (const [index, item] of (value as unknown[]).entries()) {
        const result = complete(type.ofType, item, entry, { key: index, before: place });
        if (result === tooNull) return null;
        items.push(result);
      }
      return items;
    }
    if (!isCompositeType(type)) return value;
    const object = value as Record<string, unknown>;
    const actual = isObjectType(type) ? type : schema.getType(String(object[typenameKey]));
    if (!isObjectType(actual)) return null;
    const entries =
      entry.inside.get(actual.name) ??
      collect(
        actual,
        entry.nodes.map(({ selectionSet }) => selectionSet),
      );
    entry.inside.set(actual.name, entries);
    return shapeObject(actual, entries, object, place);
  };

  const root = schema.getRootType(operation.operation);
  if (!root) throw new Error(`The schema has no root type for a ${operation.operation}.`);
  return { data: shapeObject(root, collect(root, [operation.selectionSet]), input.data, undefined), refused };
}
