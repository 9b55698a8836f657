// The part of a client's selection that one subgraph answers by itself.
import {
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isCompositeType,
  isAbstractType,
  isUnionType,
  Kind,
  print,
  type DirectiveNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { type Ownership } from "./ownership.ts";

/** Response names under which the monolith asks for itself; clients of the fuzz never use them. */
export const typeKey = "monolith_type";
export const idKey = "monolith_id";

export interface Asking {
  schema: GraphQLSchema;
  ownership: Ownership;
  fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  mayRead: (type: string, field: string) => boolean;
  graph: string;
}

const directivesText = (nodes: readonly DirectiveNode[] | undefined) => (nodes ?? []).map(print).join(" ");

const compositeNamed = (schema: GraphQLSchema, name: string): GraphQLCompositeType | undefined => {
  const type: GraphQLNamedType | undefined = schema.getType(name);
  return isCompositeType(type) ? type : undefined;
};

function selectionText(asking: Asking, type: GraphQLCompositeType, node: SelectionNode): string {
  const { schema, ownership, graph, fragments } = asking;
  if (node.kind !== Kind.FIELD) {
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments[node.name.value] : node;
    if (!fragment) return "";
    const condition = fragment.typeCondition?.name.value ?? type.name;
    const narrowed = compositeNamed(schema, condition);
    // What the subgraph does not know it cannot have given.
    if (!narrowed || !ownership.isIn(condition, graph)) return "";
    const inner = pushedSelection(asking, narrowed, [fragment.selectionSet]);
    return `... on ${condition} ${directivesText(node.directives)} ${inner}`;
  }
  const name = node.name.value;
  const field = isUnionType(type) ? undefined : type.getFields()[name];
  if (!field || !asking.mayRead(type.name, name)) return "";
  if (isJoined(asking, type) && !ownership.ownersOf(type.name, name).includes(graph)) return "";
  if (ownership.requiredFor(type.name, name) !== undefined) return "";
  const head = `${node.alias?.value ?? name}: ${name}${argumentsText(node)} ${directivesText(node.directives)}`;
  const given = getNamedType(field.type);
  const inner = isCompositeType(given) && node.selectionSet ? pushedSelection(asking, given, [node.selectionSet]) : "";
  return `${head} ${inner}`;
}

/** Whether several subgraphs may know the same object. */
const isJoined = ({ ownership }: Asking, type: GraphQLCompositeType) =>
  isAbstractType(type) || ownership.isEntity(type.name);

export const argumentsText = ({ arguments: given = [] }: FieldNode): string =>
  given.length > 0 ? `(${given.map((one) => print(one)).join(", ")})` : "";

/** In braces. Of an entity that is joined, what other subgraphs give is left out. */
export function pushedSelection(asking: Asking, type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): string {
  const hasId = !isUnionType(type) && type.getFields().id !== undefined;
  const own = [`${typeKey}: __typename`, ...(hasId && isJoined(asking, type) ? [`${idKey}: id`] : [])];
  const asked = sets.flatMap(({ selections }) => selections.map((node) => selectionText(asking, type, node)));
  return `{ ${[...own, ...asked.filter(Boolean)].join(" ")} }`;
}
