import {
  type ConstDirectiveNode,
  type ConstValueNode,
  type DocumentNode,
  Kind,
  parse,
  type TypeDefinitionNode,
  valueFromASTUntyped,
} from "graphql";
import { type PolicyFile, sha256 } from "./policy-file.ts";
import { type Requirement } from "./requirement.ts";

const features = ["authenticated", "requiresScopes", "policy"] as const;
type Feature = (typeof features)[number];

const argumentOf = (directive: ConstDirectiveNode, name: string): ConstValueNode | undefined =>
  directive.arguments?.find((argument) => argument.name.value === name)?.value;

/** How a linked specification calls its directive in this document: `import` renames one name, `as` the whole of it. */
function nameIn(link: ConstDirectiveNode, feature: Feature): string {
  const imported = argumentOf(link, "import");
  const names = (imported ? valueFromASTUntyped(imported) : []) as (string | { name?: string; as?: string })[];
  const entry = names.find((one) => (typeof one === "string" ? one : one.name) === `@${feature}`);
  if (entry !== undefined) return (typeof entry === "string" ? entry : (entry.as ?? `@${feature}`)).slice(1);
  const alias = argumentOf(link, "as");
  return alias?.kind === Kind.STRING ? alias.value : feature;
}

/** Directive name in this document → feature. */
function featureNames(document: DocumentNode): Map<string, Feature> {
  const defined = new Set(
    document.definitions.flatMap((d) => (d.kind === Kind.DIRECTIVE_DEFINITION ? [d.name.value] : [])),
  );
  const names = new Map<string, Feature>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const directive of definition.directives ?? []) {
      const url = argumentOf(directive, "url");
      const text = url?.kind === Kind.STRING ? url.value : "";
      const [, linked, version] = /^https:\/\/specs\.apollo\.dev\/(\w+)\/(.+)$/.exec(text) ?? [];
      const feature = features.find((name) => name === linked);
      if (directive.name.value !== "link" || !feature) continue;
      if (version !== "v0.1") throw new Error(`@${feature} ${version} is not known here, only v0.1.`);
      const name = nameIn(directive, feature);
      // A rule that nobody finds would protect nothing.
      if (!defined.has(name)) throw new Error(`The supergraph links @${feature} but does not define @${name}.`);
      names.set(name, feature);
    }
  }
  return names;
}

/** The lists of names of a directive, smallest first, so that the same demand is always the same text. */
function listsOf(directive: ConstDirectiveNode, argument: string): string[][] {
  const value = argumentOf(directive, argument);
  const lists = (value ? valueFromASTUntyped(value) : []) as unknown;
  const valid =
    Array.isArray(lists) &&
    lists.length > 0 &&
    lists.every((list) => Array.isArray(list) && list.length > 0 && list.every((name) => typeof name === "string"));
  // An empty list would be a demand that everybody or nobody meets, and readers would guess differently.
  if (!valid) throw new Error(`@${directive.name.value} needs ${argument}: [["a", "b"], ["c"]], no list empty.`);
  return (lists as string[][])
    .map((list) => [...new Set(list)].sort())
    .sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}

function requirementOf(
  directives: readonly ConstDirectiveNode[] | undefined,
  names: ReadonlyMap<string, Feature>,
): Requirement | undefined {
  const found: Requirement = {};
  for (const directive of directives ?? []) {
    const feature = names.get(directive.name.value);
    if (feature === "authenticated") found.authenticated = true;
    if (feature === "requiresScopes") found.scopes = listsOf(directive, "scopes");
    if (feature === "policy") found.policies = listsOf(directive, "policies");
  }
  const { authenticated, scopes, policies } = found;
  // In one order of keys, whatever the order of directives.
  return Object.keys(found).length === 0
    ? undefined
    : { ...(authenticated && { authenticated }), ...(scopes && { scopes }), ...(policies && { policies }) };
}

const sorted = <T>(entries: [string, T][]): Record<string, T> =>
  Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));

/**
 * What a composed supergraph demands of those who ask, as composition merged it from the subgraphs: demands of several
 * subgraphs hold together, and an interface carries those of all types that implement it.
 *
 * @throws Error for a version of the directives, or lists, that this gateway would misread
 */
export function compilePolicy(sdl: string): PolicyFile {
  const document = parse(sdl, { noLocation: true });
  const names = featureNames(document);
  const types: [string, Requirement][] = [];
  const fields: [string, Requirement][] = [];
  for (const definition of document.definitions) {
    if (!definition.kind.endsWith("TypeDefinition")) continue;
    const type = definition as TypeDefinitionNode;
    const demanded = requirementOf(type.directives, names);
    if (demanded) types.push([type.name.value, demanded]);
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of type.fields ?? []) {
      const demandedOfField = requirementOf(field.directives, names);
      if (demandedOfField) fields.push([`${type.name.value}.${field.name.value}`, demandedOfField]);
    }
  }
  const authorization = { types: sorted(types), fields: sorted(fields) };
  return { version: 1, supergraphHash: sha256(sdl), authorization };
}
