// What a schema says about cost, looked up once per field.
import {
  getNamedType,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { type CostManifest, type ListSize } from "./cost-manifest.ts";

/** What one argument, or one field of an input, costs. */
export interface InputCost {
  coordinate: string;
  type: GraphQLInputType;
  /** Undefined where the schema names none. */
  weight: number | undefined;
  defaultValue: unknown;
}

export interface FieldCost {
  coordinate: string;
  type: GraphQLNamedType;
  /** Types of which an element can be; empty for scalars and enums. */
  possibleTypes: readonly GraphQLObjectType[];
  /** How many lists lie around the type. */
  lists: number;
  listSize: ListSize | undefined;
  arguments: ReadonlyMap<string, InputCost>;
  /** Of one element. @param type which it is; scalars have none */
  weightOf: (type?: GraphQLObjectType) => number;
}

export interface CostModel {
  schema: GraphQLSchema;
  /** Undefined where the type has no such field: validation will refuse the document. */
  fieldOf: (parent: GraphQLObjectType, name: string) => FieldCost | undefined;
  inputFieldsOf: (type: GraphQLInputType) => ReadonlyMap<string, InputCost> | undefined;
  possibleTypesOf: (type: GraphQLNamedType) => readonly GraphQLObjectType[];
  /** Whether a fragment on a type is for these objects. */
  applies: (condition: string | undefined, type: GraphQLObjectType) => boolean;
  /** Elements of a list about which the schema says nothing. */
  listSize: number;
}

const listsAround = (type: GraphQLOutputType): number => {
  if (isNonNullType(type)) return listsAround(type.ofType);
  return isListType(type) ? 1 + listsAround(type.ofType) : 0;
};

export function createCostModel(schema: GraphQLSchema, { weights, lists }: CostManifest, listSize: number): CostModel {
  const fields = new Map<string, FieldCost | undefined>();
  const inputs = new Map<string, ReadonlyMap<string, InputCost>>();
  const ownWeight = (name: string): number | undefined => (Object.hasOwn(weights, name) ? weights[name] : undefined);

  const inputCost = (coordinate: string, type: GraphQLInputType, defaultValue: unknown): InputCost => {
    const weight = ownWeight(coordinate) ?? ownWeight(getNamedType(type).name);
    return { coordinate, type, weight, defaultValue };
  };
  const possibleTypesOf = (type: GraphQLNamedType): readonly GraphQLObjectType[] => {
    if (isObjectType(type)) return [type];
    return isAbstractType(type) ? schema.getPossibleTypes(type) : [];
  };
  const readField = (parent: GraphQLObjectType, name: string): FieldCost | undefined => {
    const field = parent.getFields()[name];
    if (!field) return undefined;
    const coordinate = `${parent.name}.${name}`;
    const type = getNamedType(field.type);
    const ofField = ownWeight(coordinate);
    const fallback = ofField ?? ownWeight(type.name) ?? (isCompositeType(type) ? 1 : 0);
    return {
      ...{ coordinate, type, possibleTypes: possibleTypesOf(type), lists: listsAround(field.type) },
      listSize: Object.hasOwn(lists, coordinate) ? lists[coordinate] : undefined,
      arguments: new Map(
        field.args.map((one) => [one.name, inputCost(`${coordinate}(${one.name}:)`, one.type, one.defaultValue)]),
      ),
      weightOf: (one) => ofField ?? (one && ownWeight(one.name)) ?? fallback,
    };
  };

  return {
    schema,
    listSize,
    possibleTypesOf,
    fieldOf(parent, name) {
      const key = `${parent.name}.${name}`;
      const known = fields.get(key);
      if (known) return known;
      const read = readField(parent, name);
      // Only what the schema has: names in documents are invented without end.
      if (read) fields.set(key, read);
      return read;
    },
    inputFieldsOf(type) {
      const named = getNamedType(type);
      if (!isInputObjectType(named)) return undefined;
      const known = inputs.get(named.name);
      if (known) return known;
      const read = new Map(
        Object.values(named.getFields()).map((one) => [
          one.name,
          inputCost(`${named.name}.${one.name}`, one.type, one.defaultValue),
        ]),
      );
      inputs.set(named.name, read);
      return read;
    },
    applies(condition, type) {
      if (condition === undefined || condition === type.name) return true;
      const on = schema.getType(condition);
      return isAbstractType(on) && schema.isSubType(on, type);
    },
  };
}
