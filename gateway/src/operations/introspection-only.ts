import { type DocumentNode, Kind, OperationTypeNode, parse, type SelectionSetNode } from "graphql";
import { parseOptions } from "../parsed-document.ts";

const metaFields = new Set(["__schema", "__type", "__typename"]);

/** Whether a text asks about the schema and for nothing else: such operations are in no list. */
export function isIntrospectionOnly(text: string): boolean {
  // Most texts need not be parsed.
  if (!text.includes("__schema") && !text.includes("__type")) return false;
  try {
    const document = parse(text, parseOptions);
    const seen = new Set<string>();
    return document.definitions.every(
      (one) =>
        one.kind === Kind.FRAGMENT_DEFINITION ||
        (one.kind === Kind.OPERATION_DEFINITION &&
          one.operation === OperationTypeNode.QUERY &&
          hasMetaFieldsOnly(one.selectionSet, document, seen)),
    );
  } catch {
    return false;
  }
}

/** @param seen fragments that were looked at, each once: they may be spread a million times */
function hasMetaFieldsOnly({ selections }: SelectionSetNode, document: DocumentNode, seen: Set<string>): boolean {
  return selections.every((selection) => {
    if (selection.kind === Kind.FIELD) return metaFields.has(selection.name.value);
    if (selection.kind === Kind.INLINE_FRAGMENT) return hasMetaFieldsOnly(selection.selectionSet, document, seen);
    const { value: name } = selection.name;
    if (seen.has(name)) return true;
    seen.add(name);
    const fragment = document.definitions.find(
      (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name,
    );
    if (fragment?.kind !== Kind.FRAGMENT_DEFINITION) return false;
    return hasMetaFieldsOnly(fragment.selectionSet, document, seen);
  });
}
