// Reads an operation that the planner made for a subgraph, and writes smaller ones that ask for a part of it.
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  stripIgnoredCharacters,
  visit,
} from "graphql";
import { type Fragments, fragmentOf } from "./selection-policy.ts";

export interface ReadOperation {
  operation: OperationDefinitionNode;
  fragments: Fragments;
  /** Fields of the root by response name; several nodes where fragments repeat one. */
  roots: ReadonlyMap<string, readonly FieldNode[]>;
}

/** What may stand on fields and fragments without a change of meaning that we do not know. */
const knownDirectives = ["include", "skip"];

/** @returns undefined for all but one query whose directives we know. @throws Error when the text is no document */
export function readOperation(text: string): ReadOperation | undefined {
  const document = parse(text, { noLocation: true });
  const fragments = new Map<string, FragmentDefinitionNode>();
  const operations: OperationDefinitionNode[] = [];
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    else if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
    else return undefined;
  }
  const [operation] = operations;
  if (operation?.operation !== OperationTypeNode.QUERY || operations.length > 1) return undefined;
  if (hasForeignDirective(document)) return undefined;
  const roots = new Map<string, FieldNode[]>();
  const collect = (set: SelectionSetNode) => {
    for (const node of set.selections) {
      if (node.kind !== Kind.FIELD) {
        collect(fragmentOf(node, fragments).set);
        continue;
      }
      const name = responseName(node);
      roots.set(name, [...(roots.get(name) ?? []), node]);
    }
  };
  collect(operation.selectionSet);
  return { operation, fragments, roots };
}

function hasForeignDirective(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Directive({ name }) {
      found ||= !knownDirectives.includes(name.value);
    },
  });
  return found;
}

export const responseName = ({ alias, name }: FieldNode): string => (alias ?? name).value;

/** The operation with these root fields only, without a name, and with the fragments and variables that they use. */
export function partOfOperation(
  { operation, fragments }: ReadOperation,
  isKept: (responseName: string) => boolean,
): { document: string; variables: string[] } {
  const selectionSet = { kind: Kind.SELECTION_SET as const, selections: rootSelections(operation, fragments, isKept) };
  const used = usedIn(selectionSet, fragments);
  const variableDefinitions = operation.variableDefinitions?.filter(({ variable }) =>
    used.variables.has(variable.name.value),
  );
  const definitions = [
    { ...operation, name: undefined, directives: [], selectionSet, variableDefinitions },
    ...used.fragments,
  ];
  const document = stripIgnoredCharacters(print({ kind: Kind.DOCUMENT, definitions }));
  return { document, variables: [...used.variables].sort() };
}

/** Named fragments of the root are written out: some of their fields may not be wanted. */
function rootSelections(
  { selectionSet }: { selectionSet: SelectionSetNode },
  fragments: Fragments,
  isKept: (responseName: string) => boolean,
): SelectionNode[] {
  return selectionSet.selections.flatMap((node): SelectionNode[] => {
    if (node.kind === Kind.FIELD) return isKept(responseName(node)) ? [node] : [];
    const { set, condition } = fragmentOf(node, fragments);
    const selections = rootSelections({ selectionSet: set }, fragments, isKept);
    if (selections.length === 0) return [];
    const typeCondition = condition && {
      kind: Kind.NAMED_TYPE as const,
      name: { kind: Kind.NAME as const, value: condition },
    };
    return [
      {
        kind: Kind.INLINE_FRAGMENT,
        directives: node.directives,
        selectionSet: { kind: Kind.SELECTION_SET, selections },
        ...(typeCondition && { typeCondition }),
      },
    ];
  });
}

function usedIn(selectionSet: SelectionSetNode, fragments: Fragments) {
  const variables = new Set<string>();
  const found = new Set<FragmentDefinitionNode>();
  const look = (node: SelectionSetNode | FragmentDefinitionNode) => {
    visit(node, {
      Variable({ name }) {
        variables.add(name.value);
      },
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (!fragment || found.has(fragment)) return;
        found.add(fragment);
        look(fragment);
      },
    });
  };
  look(selectionSet);
  return { variables, fragments: [...found] };
}
