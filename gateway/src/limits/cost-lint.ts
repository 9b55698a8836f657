// Lists of which the schema does not say how long they are: their estimate would be a guess.
import {
  getNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { type CostManifest } from "./cost-manifest.ts";

const isList = (type: GraphQLOutputType): boolean =>
  isListType(type) || (isNonNullType(type) && isList(type.ofType as GraphQLOutputType));

/** Lists of scalars and enums cost nothing, however long they are. */
const isCostlyList = (type: GraphQLOutputType): boolean => isList(type) && isCompositeType(getNamedType(type));

const isConnection = (name: string): boolean => name.endsWith("Connection");

/** @param schema that clients see */
export function unsizedLists(schema: GraphQLSchema, { lists }: CostManifest): string[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) || type.name.startsWith("__") || isConnection(type.name)) return [];
    return Object.values(type.getFields()).flatMap((field) => {
      const coordinate = `${type.name}.${field.name}`;
      const size = Object.hasOwn(lists, coordinate) ? lists[coordinate] : undefined;
      if (isCostlyList(field.type)) return size ? [] : [`${coordinate} is a list and needs @listSize`];
      const page = getNamedType(field.type);
      if (!isObjectType(page) || !isConnection(page.name)) return [];
      const sized = new Set((size?.sizedFields ?? []).filter(({ length }) => length === 1).flat());
      return Object.values(page.getFields())
        .filter((one) => isCostlyList(one.type) && !sized.has(one.name))
        .map((one) => `${coordinate} is a connection and needs @listSize with sizedFields that have "${one.name}"`);
    });
  });
}
