// Cache directives as they stand in the SDL of a subgraph.
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type TypeNode,
  valueFromASTUntyped,
} from "graphql";
import { type CacheHint, type CacheInvalidation } from "./cache-manifest.ts";

/** A type of a subgraph, its extensions with it. */
export interface SdlType {
  name: string;
  kind: "object" | "interface" | "union";
  directives: readonly ConstDirectiveNode[];
  fields: ReadonlyMap<string, FieldDefinitionNode>;
  /** Interfaces of an object type; object types of a union. */
  related: readonly string[];
}

const kinds: Partial<Record<Kind, SdlType["kind"]>> = {
  [Kind.OBJECT_TYPE_DEFINITION]: "object",
  [Kind.OBJECT_TYPE_EXTENSION]: "object",
  [Kind.INTERFACE_TYPE_DEFINITION]: "interface",
  [Kind.INTERFACE_TYPE_EXTENSION]: "interface",
  [Kind.UNION_TYPE_DEFINITION]: "union",
  [Kind.UNION_TYPE_EXTENSION]: "union",
};

/** Types that have fields, or are made of such. */
export function compositeTypes(document: DocumentNode): ReadonlyMap<string, SdlType> {
  const found = new Map<string, SdlType>();
  for (const node of document.definitions) {
    const kind = kinds[node.kind];
    if (!kind) continue;
    const part = node as {
      name: { value: string };
      directives?: readonly ConstDirectiveNode[];
      fields?: readonly FieldDefinitionNode[];
      interfaces?: readonly { name: { value: string } }[];
      types?: readonly { name: { value: string } }[];
    };
    const name = part.name.value;
    const before = found.get(name);
    const related = (kind === "union" ? part.types : part.interfaces) ?? [];
    found.set(name, {
      ...{ name, kind },
      directives: [...(before?.directives ?? []), ...(part.directives ?? [])],
      fields: new Map([...(before?.fields ?? []), ...(part.fields ?? []).map((one) => [one.name.value, one] as const)]),
      related: [...(before?.related ?? []), ...related.map((one) => one.name.value)],
    });
  }
  return found;
}

/** How the document calls a directive of federation: `import` gives it a name, without it there is a prefix. */
export function federationName(document: DocumentNode, directive: string): string {
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const link of definition.directives ?? []) {
      const { url, import: imported, as } = argumentsOfDirective(link);
      if (link.name.value !== "link" || typeof url !== "string" || !url.includes("/federation/v")) continue;
      const names = (imported ?? []) as (string | { name?: string; as?: string })[];
      const entry = names.find((one) => (typeof one === "string" ? one : one.name) === `@${directive}`);
      if (entry === undefined) return `${typeof as === "string" ? as : "federation"}__${directive}`;
      return (typeof entry === "string" ? entry : (entry.as ?? `@${directive}`)).slice(1);
    }
  }
  return directive;
}

const argumentsOfDirective = (directive: ConstDirectiveNode): Record<string, unknown> =>
  Object.fromEntries(
    (directive.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value) as unknown]),
  );

/** All directives of this name. */
export const directivesNamed = (node: { directives?: readonly ConstDirectiveNode[] | undefined }, name: string) =>
  (node.directives ?? []).filter((directive) => directive.name.value === name).map(argumentsOfDirective);

/**
 * What is said at one place, as it is written: the manifest is checked as a whole afterwards.
 *
 * @param cacheTag name of `@cacheTag` in this document
 */
export function hintAt(node: { directives?: readonly ConstDirectiveNode[] | undefined }, cacheTag: string): CacheHint {
  const [control = {}] = directivesNamed(node, "cacheControl");
  const [policy = {}] = directivesNamed(node, "cachePolicy");
  const tags = directivesNamed(node, cacheTag).map(({ format }) => format as string);
  const hint = {
    // As Apollo Server has it: `inheritMaxAge` beats `maxAge`.
    maxAge: control.inheritMaxAge === true ? undefined : control.maxAge,
    scope: control.scope,
    inheritMaxAge: control.inheritMaxAge === true ? true : undefined,
    ...{ swr: policy.swr, sie: policy.sie, negative: policy.negative, vary: policy.vary, bypass: policy.bypass },
    tags: tags.length > 0 ? tags : undefined,
  };
  const given = Object.entries(hint).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(given) as CacheHint;
}

/** `@cacheInvalidate` of a mutation's field. */
export const invalidationsAt = (node: FieldDefinitionNode): CacheInvalidation[] =>
  directivesNamed(node, "cacheInvalidate").map(({ tags, wait, soft }) => ({
    tags: tags as string[],
    wait: wait === "STRICT" ? "strict" : "none",
    isSoft: soft === true,
  }));

export const namedType = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);

/** Names of the query and the mutation type. */
export function rootNames(document: DocumentNode): { query: string; mutation: string } {
  const names = { query: "Query", mutation: "Mutation" };
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const { operation, type } of definition.operationTypes ?? []) {
      if (operation !== "subscription") names[operation] = type.name.value;
    }
  }
  return names;
}
