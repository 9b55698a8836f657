// What a selection of one subgraph says about the answer to it.
import { type FragmentDefinitionNode, Kind, type SelectionNode, type SelectionSetNode } from "graphql";
import { type createStrictest, type EffectiveHint, effectiveHint, notKept } from "./cache-hint.ts";
import { type CachedField, type CacheHint, type SubgraphCacheManifest } from "./cache-manifest.ts";

export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** Manifest of a subgraph with the means to look into it. */
export interface CacheSchema {
  manifest: SubgraphCacheManifest;
  /** Undefined for a field that is not known: it is not kept. */
  fieldOf: (typeName: string, fieldName: string) => CachedField | undefined;
  /** Object types that a value of this type may have. The manifest has all interfaces and unions, so others are objects. */
  possible: (typeName: string) => readonly string[];
}

export function createCacheSchema(manifest: SubgraphCacheManifest): CacheSchema {
  const fields = new Map(Object.entries(manifest.fields));
  const plain: CachedField = {};
  for (const [name, type] of Object.entries(manifest.types))
    for (const field of type.plain) fields.set(`${name}.${field}`, plain);
  const abstract = new Map(Object.entries(manifest.abstract));
  return {
    manifest,
    fieldOf: (typeName, fieldName) => fields.get(`${typeName}.${fieldName}`),
    possible: (typeName) => abstract.get(typeName)?.possible ?? [typeName],
  };
}

/** What a field says: `__typename` is known everywhere and says nothing. */
export function hintOfField(schema: CacheSchema, parent: string, name: string, isRoot = false): EffectiveHint {
  const field = schema.fieldOf(parent, name);
  if (!field) return notKept;
  return effectiveHint(field, field.type === undefined ? undefined : hintOfType(schema, field.type), isRoot);
}

/** Of an interface or union: its own, and whatever makes its types more than that private or different. */
function hintOfType({ manifest }: CacheSchema, typeName: string): CacheHint {
  const abstract = own(manifest.abstract, typeName);
  if (!abstract) return own(manifest.types, typeName) ?? {};
  const types = abstract.possible.map((name): CacheHint => own(manifest.types, name) ?? {});
  const isPrivate = [abstract, ...types].some(({ scope }) => scope === "PRIVATE");
  const { possible: _possible, ...hint } = abstract;
  return {
    ...hint,
    ...(isPrivate && { scope: "PRIVATE" as const }),
    vary: [abstract, ...types].flatMap(({ vary }) => vary ?? []),
  };
}

const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

/**
 * Adds what is selected to the policy, as if every condition held and every type appeared.
 *
 * @param types object types that the value may have
 * @param into strictest policy so far, and the object types met
 * @throws Error for a fragment that is not there
 */
export function addSelection(
  schema: CacheSchema,
  selection: { set: SelectionSetNode; types: readonly string[]; fragments: Fragments },
  into: { strictest: Pick<ReturnType<typeof createStrictest>, "add">; types: Set<string> },
): void {
  const { types, fragments } = selection;
  for (const node of selection.set.selections) {
    if (node.kind !== Kind.FIELD) {
      const { set, condition } = fragmentOf(node, fragments);
      const narrowed =
        condition === undefined ? types : schema.possible(condition).filter((one) => types.includes(one));
      addSelection(schema, { set, types: narrowed, fragments }, into);
      continue;
    }
    for (const type of types) into.types.add(type);
    if (node.name.value === "__typename") continue;
    const below = new Set<string>();
    for (const type of types) {
      into.strictest.add(hintOfField(schema, type, node.name.value));
      const given = schema.fieldOf(type, node.name.value)?.type;
      if (given !== undefined) for (const one of schema.possible(given)) below.add(one);
    }
    if (node.selectionSet) addSelection(schema, { set: node.selectionSet, types: [...below], fragments }, into);
  }
}

/** What an inline or a named fragment selects. @throws Error for one that is not there */
export function fragmentOf(node: Exclude<SelectionNode, { kind: Kind.FIELD }>, fragments: Fragments) {
  if (node.kind === Kind.INLINE_FRAGMENT) return { set: node.selectionSet, condition: node.typeCondition?.name.value };
  const fragment = fragments.get(node.name.value);
  if (!fragment) throw new Error(`There is no fragment ${node.name.value}.`);
  return { set: fragment.selectionSet, condition: fragment.typeCondition.name.value };
}
