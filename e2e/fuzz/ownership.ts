// Which subgraph gives which field, read from the join directives of the supergraph (Apollo's join v0.5).
import {
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  Kind,
  type InterfaceTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
  parse,
} from "graphql";

export interface Ownership {
  /** Whether subgraphs tell objects of this type by key. */
  isEntity: (type: string) => boolean;
  /** Whether the subgraph knows the type. */
  isIn: (type: string, graph: string) => boolean;
  /** Subgraphs that resolve the field. */
  ownersOf: (type: string, field: string) => readonly string[];
  /** Field set that the owner must be told first. */
  requiredFor: (type: string, field: string) => string | undefined;
}

type Definition = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

const named = (nodes: readonly ConstDirectiveNode[] | undefined, name: string) =>
  (nodes ?? []).filter((node) => node.name.value === name);

function argument(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((one) => one.name.value === name)?.value;
  return value && "value" in value ? String(value.value) : undefined;
}

const graphOf = (directive: ConstDirectiveNode) => argument(directive, "graph")?.toLowerCase() ?? "";

function ownersIn(type: Definition, field: FieldDefinitionNode): string[] {
  const joins = named(field.directives, "join__field");
  const all = joins.length > 0 ? joins : named(type.directives, "join__type");
  return [...new Set(all.filter((join) => argument(join, "external") !== "true").map(graphOf))];
}

export function readOwnership(supergraphSdl: string): Ownership {
  const types = new Map<string, Definition>();
  for (const definition of parse(supergraphSdl).definitions) {
    const isComposite =
      definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION;
    if (isComposite) types.set(definition.name.value, definition);
  }
  const owners = new Map<string, string[]>();
  const required = new Map<string, string>();
  for (const [name, type] of types) {
    for (const field of type.fields ?? []) {
      const place = `${name}.${field.name.value}`;
      owners.set(place, ownersIn(type, field));
      for (const join of named(field.directives, "join__field")) {
        const set = argument(join, "requires");
        if (set !== undefined) required.set(place, set);
      }
    }
  }
  const joinsOf = (type: string) => named(types.get(type)?.directives, "join__type");
  return {
    isEntity: (type) => joinsOf(type).some((join) => argument(join, "key") !== undefined),
    isIn: (type, graph) => joinsOf(type).some((join) => graphOf(join) === graph),
    ownersOf: (type, field) => owners.get(`${type}.${field}`) ?? [],
    requiredFor: (type, field) => required.get(`${type}.${field}`),
  };
}
