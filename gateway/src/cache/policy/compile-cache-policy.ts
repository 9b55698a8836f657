// Makes the cache manifest from the SDL of subgraphs; runs in `pnpm generate` only.
import { type DocumentNode, type FieldDefinitionNode, print, valueFromASTUntyped, visit } from "graphql";
import { z } from "zod";
import { sha256 } from "../../authorization/policy-file.ts";
import { effectiveHint } from "./cache-hint.ts";
import { type CachedField, type CacheHint, type CacheManifest, cacheManifest } from "./cache-manifest.ts";
import {
  compositeTypes,
  directivesNamed,
  federationName,
  hintAt,
  invalidationsAt,
  namedType,
  rootNames,
  type SdlType,
} from "./sdl-hints.ts";
import { isPlaceholder, parseTagFormat } from "./tag-format.ts";

/**
 * What each subgraph allows to keep. Types and fields that no answer can be kept with are left out.
 *
 * @param documents SDL by name of the subgraph
 * @throws Error for values that directives may not have
 */
export function compileCacheManifest(documents: ReadonlyMap<string, DocumentNode>): CacheManifest {
  const parts = [...documents].map(([subgraph, document]) => [subgraph, compileSubgraph(document)] as const);
  const parsed = cacheManifest.safeParse(Object.fromEntries(parts));
  if (!parsed.success) throw new Error(`The cache directives cannot be read: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function compileSubgraph(document: DocumentNode): object {
  const all = compositeTypes(document);
  const [cacheTag, external] = ["cacheTag", "external"].map((name) => federationName(document, name)) as [
    string,
    string,
  ];
  const { query, mutation } = rootNames(document);
  const abstract = abstractTypes(all, cacheTag);
  const typeHint = (name: string): CacheHint | undefined => {
    const type = all.get(name);
    return type && hintAt(type, cacheTag);
  };
  const types: Record<string, object> = {};
  const fields: Record<string, CachedField> = {};
  const reached = new Set<string>();
  const reach = (name: string) => {
    const type = all.get(name);
    if (reached.has(name)) return;
    reached.add(name);
    for (const object of abstract[name]?.possible ?? []) reach(object);
    if (type?.kind !== "object") return;
    const plain: string[] = [];
    if (name !== query) {
      types[name] = { ...hintAt(type, cacheTag), ...(isEntity(type, document) && { isEntity: true }), plain };
    }
    for (const field of type.fields.values()) {
      const given = namedType(field.type);
      const hint = hintAt(field, cacheTag);
      // What an entity brings along from elsewhere is not asked for here.
      if (directivesNamed(field, external).length > 0) continue;
      if (effectiveHint(hint, typeHint(given), name === query).maxAge === 0) continue;
      if (!all.has(given) && Object.keys(hint).length === 0 && name !== query) {
        plain.push(field.name.value);
        continue;
      }
      const defaults = defaultsOf(field, hint.tags ?? []);
      fields[`${name}.${field.name.value}`] = {
        ...(all.has(given) && { type: given }),
        ...hint,
        ...(defaults && { defaults }),
      };
      reach(given);
    }
  };
  if (all.has(query)) reach(query);
  for (const type of all.values())
    if (isEntity(type, document) && (typeHint(type.name)?.maxAge ?? 0) > 0) reach(type.name);
  const mutations = [...(all.get(mutation)?.fields.values() ?? [])].map(
    (field) => [field.name.value, invalidationsAt(field)] as const,
  );
  return {
    schemaHash: sha256(print(withoutDescriptions(document))),
    ...{ query, mutation, types: sorted(types), fields: sorted(fields), abstract: sorted(abstract) },
    invalidations: Object.fromEntries(mutations.filter(([, given]) => given.length > 0)),
  };
}

/** A type that `_entities` gives: with a key, and not only named here. */
export const isEntity = (type: SdlType, document: DocumentNode): boolean =>
  directivesNamed(type, federationName(document, "key")).some(({ resolvable }) => resolvable !== false);

function abstractTypes(all: ReadonlyMap<string, SdlType>, cacheTag: string) {
  const found: Record<string, CacheHint & { possible: string[] }> = {};
  for (const { name, kind, directives, related } of all.values()) {
    if (kind === "object") continue;
    const implementers = [...all.values()].filter((one) => one.kind === "object" && one.related.includes(name));
    const possible = kind === "union" ? [...related] : implementers.map((one) => one.name);
    found[name] = { ...hintAt({ directives }, cacheTag), possible: possible.sort() };
  }
  return found;
}

/** Of arguments that the formats name: whoever leaves one out means its default. */
function defaultsOf(field: FieldDefinitionNode, formats: readonly string[]): Record<string, unknown> | undefined {
  const named = formats.flatMap((format) =>
    parseTagFormat(format).flatMap((part) => (isPlaceholder(part) ? part.path.slice(0, 1) : [])),
  );
  const given = (field.arguments ?? []).flatMap(({ name, defaultValue }) =>
    defaultValue && named.includes(name.value) ? [[name.value, valueFromASTUntyped(defaultValue)] as const] : [],
  );
  return given.length > 0 ? Object.fromEntries(given) : undefined;
}

const withoutDescriptions = (document: DocumentNode): DocumentNode =>
  visit(document, {
    enter: (node) => ("description" in node && node.description ? { ...node, description: undefined } : undefined),
  });

const sorted = <T>(record: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));
