// Which fields of the API have given something, over all answers of a test run.
import {
  type DocumentNode,
  getNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  Kind,
  parse,
  print,
  type SelectionSetNode,
  visit,
} from "graphql";

type Data = Record<string, unknown>;

export interface ApiCoverage {
  /** The same document, asking for `__typename` everywhere, so that answers can be told apart. */
  prepare: (query: string) => string;
  record: (query: string, data: Data) => void;
  /** Fields of object types that never gave anything, as `Type.field`. */
  missing: () => string[];
}

const isSomething = (value: unknown) =>
  value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);

export function createApiCoverage(schema: GraphQLSchema): ApiCoverage {
  const seen = new Set<string>();

  function visitObject(
    document: DocumentNode,
    selectionSet: SelectionSetNode,
    type: GraphQLObjectType,
    data: Data,
  ): void {
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value;
        const field = type.getFields()[name];
        const value = data[selection.alias?.value ?? name];
        if (!field || !isSomething(value)) continue;
        seen.add(`${type.name}.${name}`);
        if (!selection.selectionSet) continue;
        for (const element of [value].flat(3) as (Data | null)[]) {
          if (element === null) continue;
          const declared = getNamedType(field.type);
          const actual = isAbstractType(declared) ? schema.getType(String(element.__typename)) : declared;
          if (isObjectType(actual)) visitObject(document, selection.selectionSet, actual, element);
        }
        continue;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT
          ? selection
          : document.definitions.find(
              (node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === selection.name.value,
            );
      if (!fragment || !("selectionSet" in fragment)) continue;
      const condition = "typeCondition" in fragment ? fragment.typeCondition?.name.value : undefined;
      const target = condition ? schema.getType(condition) : type;
      const applies = target === type || (isAbstractType(target) && schema.isSubType(target, type));
      if (applies && fragment.selectionSet) visitObject(document, fragment.selectionSet, type, data);
    }
  }

  return {
    prepare: (query) =>
      print(
        visit(parse(query), {
          SelectionSet: (node, _key, parent) =>
            parent && "kind" in parent && parent.kind === Kind.OPERATION_DEFINITION
              ? undefined
              : {
                  ...node,
                  selections: [
                    { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } },
                    ...node.selections,
                  ],
                },
        }),
      ),
    record(query, data) {
      const document = parse(query);
      for (const operation of document.definitions) {
        if (operation.kind !== Kind.OPERATION_DEFINITION) continue;
        const root = schema.getRootType(operation.operation);
        if (root) visitObject(document, operation.selectionSet, root, data);
      }
    },
    missing: () =>
      Object.values(schema.getTypeMap())
        .filter((type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith("__"))
        .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`))
        .filter((coordinate) => !seen.has(coordinate)),
  };
}
