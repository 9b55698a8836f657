// Makes the document of a finding small: takes out selections, arguments and what nothing uses any more, for as long as
// the finding stays.
import { type ASTNode, type DocumentNode, type GraphQLSchema, Kind, parse, print, validate, visit } from "graphql";
import { type FuzzDocument } from "./documents.ts";

/** Executions of a document that are spent on one finding. */
const maxTrials = 60;

const isPart = ({ kind }: ASTNode) =>
  kind === Kind.FIELD ||
  kind === Kind.INLINE_FRAGMENT ||
  kind === Kind.FRAGMENT_SPREAD ||
  kind === Kind.DIRECTIVE ||
  kind === Kind.ARGUMENT;

/** Without part number `index` in the order of a walk, or undefined where there are not so many. */
function without(document: DocumentNode, index: number): DocumentNode | undefined {
  let count = -1;
  let found = false;
  const left = visit(document, {
    enter(node) {
      if (!isPart(node)) return undefined;
      count += 1;
      if (count !== index) return undefined;
      found = true;
      return null;
    },
  });
  return found ? left : undefined;
}

/** Without fragments and variables that nothing uses. */
function swept(document: DocumentNode): DocumentNode {
  const used = new Set<string>();
  visit(document, {
    FragmentSpread: ({ name }) => void used.add(`...${name.value}`),
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.add(`$${name.value}`),
  });
  const left = visit(document, {
    FragmentDefinition: (node) => (used.has(`...${node.name.value}`) ? undefined : null),
    VariableDefinition: (node) => (used.has(`$${node.variable.name.value}`) ? undefined : null),
  });
  return print(left) === print(document) ? left : swept(left);
}

/** @param persists whether a document still shows the finding */
export async function shrink(
  schema: GraphQLSchema,
  found: FuzzDocument,
  persists: (smaller: FuzzDocument) => Promise<boolean>,
): Promise<FuzzDocument> {
  let best = parse(found.query);
  let trials = 0;
  for (let index = 0; trials < maxTrials;) {
    const smaller = without(best, index);
    if (!smaller) break;
    const document = tryTo(() => parse(print(swept(smaller))));
    const isValid = document && validate(schema, document).length === 0;
    if (isValid) trials += 1;
    if (isValid && (await persists({ ...found, query: print(document) }))) best = document;
    else index += 1;
  }
  const names = new Set<string>();
  visit(best, { Variable: ({ name }) => void names.add(name.value) });
  const variables = Object.fromEntries(Object.entries(found.variables).filter(([name]) => names.has(name)));
  return { ...found, query: print(best), variables };
}

/** A document with an empty selection prints as one that cannot be read. */
function tryTo<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
