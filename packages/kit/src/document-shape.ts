// How large a document is by its text alone, before anybody validates it: validation is where large ones hurt.
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
  visit,
} from "graphql";
import { largest, plus } from "./saturating.ts";

export interface DocumentShape {
  /** Fields inside fields, the top one included. */
  depth: number;
  /** Fields, as often as fragments repeat them; those of fragments that nobody spreads too. */
  height: number;
  /** Aliases, as often as fragments repeat them. */
  aliases: number;
  /** Names at the top of the operation. */
  rootFields: number;
  /** Directives in the text. */
  directives: number;
  isMutation: boolean;
}

type Measure = Pick<DocumentShape, "depth" | "height" | "aliases">;
type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

const nothing: Measure = { depth: 0, height: 0, aliases: 0 };
const beside = (one: Measure, other: Measure): Measure => ({
  depth: Math.max(one.depth, other.depth),
  height: plus(one.height, other.height),
  aliases: plus(one.aliases, other.aliases),
});

/** Each fragment is measured once, however often it is spread; one in itself, which validation refuses, counts as nothing. */
function createMeasure(fragments: Fragments): (set: SelectionSetNode | undefined) => Measure {
  const known = new Map<string, Measure>();
  const measureFragment = (name: string): Measure => {
    const measured = known.get(name);
    if (measured) return measured;
    known.set(name, nothing);
    const counted = measure(fragments.get(name)?.selectionSet);
    known.set(name, counted);
    return counted;
  };
  const measure = (set: SelectionSetNode | undefined): Measure => {
    let sum = nothing;
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) sum = beside(sum, measureFragment(selection.name.value));
      else if (selection.kind === Kind.INLINE_FRAGMENT) sum = beside(sum, measure(selection.selectionSet));
      else {
        const inner = measure(selection.selectionSet);
        sum = beside(sum, {
          depth: Math.min(inner.depth + 1, largest),
          height: plus(inner.height, 1),
          aliases: plus(inner.aliases, selection.alias ? 1 : 0),
        });
      }
    }
    return sum;
  };
  return measure;
}

/** Response names at the top: equal names answer once. */
function rootNames(operation: OperationDefinitionNode, fragments: Fragments): Set<string> {
  const names = new Set<string>();
  const seen = new Set<string>();
  const collect = (set: SelectionSetNode | undefined) => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) names.add(selection.alias?.value ?? selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        collect(fragments.get(selection.name.value)?.selectionSet);
      }
    }
  };
  collect(operation.selectionSet);
  return names;
}

/**
 * All operations count, because all are validated, and so do fragments that nobody spreads: a document with one is not
 * valid, but that is found out late. Root fields are those of the operation that runs.
 */
export function documentShape(document: DocumentNode, operationName: string | undefined): DocumentShape {
  const fragments = new Map(
    document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  );
  const measure = createMeasure(fragments);
  let measured = nothing;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) measured = beside(measured, measure(definition.selectionSet));
  }
  let directives = 0;
  let fields = 0;
  visit(document, { Directive: () => void (directives += 1), Field: () => void (fields += 1) });
  const operation = getOperationAST(document, operationName);
  return {
    ...measured,
    height: Math.max(measured.height, fields),
    rootFields: operation ? rootNames(operation, fragments).size : 0,
    directives,
    isMutation: operation?.operation === OperationTypeNode.MUTATION,
  };
}
