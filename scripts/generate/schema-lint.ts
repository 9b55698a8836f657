// Faults of a federated schema that composition accepts.
import {
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type TypeNode,
} from "graphql";

interface OwnedField {
  subgraph: string;
  typeName: string;
  field: FieldDefinitionNode;
}

const has = (node: { directives?: readonly { name: { value: string } }[] }, name: string) =>
  node.directives?.some((directive) => directive.name.value === name) ?? false;

const namedType = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type));

const isNonNullAnywhere = (type: TypeNode): boolean =>
  type.kind === Kind.NON_NULL_TYPE || (type.kind === Kind.LIST_TYPE && isNonNullAnywhere(type.type));

function fieldsOf(documents: Map<string, DocumentNode>): OwnedField[] {
  return [...documents].flatMap(([subgraph, document]) =>
    document.definitions
      .filter((node): node is ObjectTypeDefinitionNode => node.kind === Kind.OBJECT_TYPE_DEFINITION)
      .flatMap((type) => (type.fields ?? []).map((field) => ({ subgraph, typeName: type.name.value, field }))),
  );
}

/**
 * The planner fetches a required field once per selection and mixes up its arguments: wrong rows and wrong money, and no
 * error (apollographql/router#5000).
 */
export function requiresOnFieldsWithArguments(documents: Map<string, DocumentNode>): string[] {
  const fields = fieldsOf(documents);
  const withArguments = new Set(
    fields
      .filter(({ field }) => (field.arguments?.length ?? 0) > 0)
      .map(({ typeName, field }) => `${typeName}.${field.name.value}`),
  );
  return fields.flatMap(({ subgraph, typeName, field }) => {
    const requires = field.directives?.find((directive) => directive.name.value === "requires");
    const argument = requires?.arguments?.[0]?.value;
    const selection = argument?.kind === Kind.STRING ? argument.value : "";
    const place = `${subgraph}: ${typeName}.${field.name.value}`;
    if (selection.includes("(")) return [`${place} passes arguments inside @requires`];
    return selection
      .split(/[\s{}]+/)
      .filter((name) => withArguments.has(`${typeName}.${name}`))
      .map((name) => `${place} has @requires on ${name}, which takes arguments`);
  });
}

/**
 * A field must be nullable when its value needs another subgraph: with `!` one dead subgraph turns the whole answer into
 * `data: null` (ruling 11).
 */
export function nonNullAcrossSubgraphs(documents: Map<string, DocumentNode>): string[] {
  const fields = fieldsOf(documents);
  const resolvable = new Set(
    fields
      .filter(({ field }) => !has(field, "external"))
      .map(({ subgraph, typeName, field }) => `${subgraph}/${typeName}.${field.name.value}`),
  );
  return fields.flatMap(({ subgraph, typeName, field }) => {
    if (has(field, "external") || !isNonNullAnywhere(field.type)) return [];
    const target = namedType(field.type);
    const foreign = fields.find(
      (other) =>
        other.typeName === target &&
        other.field.type.kind === Kind.NON_NULL_TYPE &&
        !has(other.field, "external") &&
        !resolvable.has(`${subgraph}/${target}.${other.field.name.value}`),
    );
    if (!foreign) return [];
    return [
      `${subgraph}: ${typeName}.${field.name.value} must be nullable, ${target}.${foreign.field.name.value} comes from ${foreign.subgraph}`,
    ];
  });
}

/** The same for the fields a query begins with: each subgraph may be away while the others answer. */
export function nonNullRootFields(documents: Map<string, DocumentNode>): string[] {
  return fieldsOf(documents)
    .filter(({ typeName, field }) => ["Query", "Mutation"].includes(typeName) && field.type.kind === Kind.NON_NULL_TYPE)
    .map(({ subgraph, typeName, field }) => `${subgraph}: ${typeName}.${field.name.value} must be nullable`);
}

/** Everything a client sees is described; fields that only repeat a key or name another subgraph's field need not be. */
export function undescribed(documents: Map<string, DocumentNode>): string[] {
  const fields = fieldsOf(documents);
  const described = new Set(
    fields.filter(({ field }) => field.description).map(({ typeName, field }) => `${typeName}.${field.name.value}`),
  );
  const missing = fields
    .filter(({ typeName, field }) => !described.has(`${typeName}.${field.name.value}`))
    .map(({ typeName, field }) => `${typeName}.${field.name.value} has no description`);
  return [...new Set(missing)];
}
