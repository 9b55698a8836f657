// Faults of cache directives that nothing else notices; `pnpm generate` refuses them.
import { type DocumentNode, type FieldDefinitionNode, Kind, parse, type SelectionSetNode } from "graphql";
import { effectiveHint } from "./cache-hint.ts";
import { type CacheManifest, longestAge } from "./cache-manifest.ts";
import { publicCoordinates } from "./public-coordinates.ts";
import {
  compositeTypes,
  directivesNamed,
  federationName,
  hintAt,
  namedType,
  rootNames,
  type SdlType,
} from "./sdl-hints.ts";
import { isPlaceholder, parseTagFormat, type Placeholder, type TagSource } from "./tag-format.ts";

type Types = ReadonlyMap<string, SdlType>;

interface Place {
  document: DocumentNode;
  types: Types;
  cacheTag: string;
}

/** One line per fault, before the manifest is compiled. */
export function cacheDirectiveFaults(documents: ReadonlyMap<string, DocumentNode>): string[] {
  return [...documents].flatMap(([subgraph, document]) => {
    const place = { document, types: compositeTypes(document), cacheTag: federationName(document, "cacheTag") };
    const faults = [...place.types.values()].flatMap((type) => [
      ...typeFaults(place, type),
      ...[...type.fields.values()].flatMap((field) => fieldFaults(place, type, field)),
    ]);
    return faults.map((fault) => `${subgraph}: ${fault}`);
  });
}

function typeFaults({ document, cacheTag }: Place, type: SdlType): string[] {
  const formats = directivesNamed(type, cacheTag).map(({ format }) => format as string);
  const keys = directivesNamed(type, federationName(document, "key")).filter(({ resolvable }) => resolvable !== false);
  if (formats.length > 0 && keys.length === 0) return [`${type.name} has @cacheTag and no key of its own`];
  return [
    ...hintFaults(type.name, hintAt(type, cacheTag)),
    ...formats.flatMap((format) =>
      formatFaults(`${type.name}: @cacheTag`, format, ["key"], ({ path }) =>
        keys.flatMap(({ fields }) =>
          isInKey(String(fields), path) ? [] : [`{$key.${path.join(".")}} is not in the key "${String(fields)}"`],
        ),
      ),
    ),
  ];
}

function fieldFaults({ document, types, cacheTag }: Place, type: SdlType, field: FieldDefinitionNode): string[] {
  const name = `${type.name}.${field.name.value}`;
  const { query, mutation } = rootNames(document);
  const hint = hintAt(field, cacheTag);
  const formats = hint.tags ?? [];
  const invalidated = directivesNamed(field, "cacheInvalidate").flatMap(({ tags }) => tags as string[]);
  const given = types.get(namedType(field.type));
  const effective = effectiveHint(hint, given && hintAt(given, cacheTag), type.name === query);
  const isAged = hint.maxAge !== undefined || given !== undefined || type.name === query;
  const isMutation = type.name === mutation;
  const hasPolicy = ["cacheControl", "cachePolicy"].some((one) => directivesNamed(field, one).length > 0);
  return [
    ...hintFaults(name, { ...hint, ...(effective.scope && { scope: effective.scope }) }),
    ...(isMutation && hasPolicy ? [`${name} is a mutation and cannot be kept`] : []),
    ...(formats.length > 0 && type.name !== query ? [`${name} has @cacheTag, which is for fields of ${query}`] : []),
    ...(invalidated.length > 0 && !isMutation ? [`${name} has @cacheInvalidate, which is for mutations`] : []),
    ...(isAged && effective.maxAge === 0 && (hint.vary ?? hint.bypass ?? hint.swr) !== undefined
      ? [`${name} has @cachePolicy and is not kept`]
      : []),
    ...formats.flatMap((format) =>
      formatFaults(`${name}: @cacheTag`, format, ["args"], ({ path }) => argumentFaults(field, path)),
    ),
    ...invalidated.flatMap((format) =>
      formatFaults(`${name}: @cacheInvalidate`, format, ["args", "result"], ({ source, path }) =>
        source === "args" ? argumentFaults(field, path) : resultFaults(types, namedType(field.type), path),
      ),
    ),
  ];
}

function hintFaults(name: string, { maxAge, scope, vary, swr, sie, negative }: ReturnType<typeof hintAt>): string[] {
  const tooLong = Object.entries({ maxAge, swr, sie, negative }).filter(([, value]) => (value ?? 0) > longestAge);
  return [
    ...tooLong.map(([argument]) => `${name} has ${argument} above a day`),
    ...(scope === "PRIVATE" && (vary ?? []).length > 0 ? [`${name} is PRIVATE, so \`vary\` adds nothing`] : []),
  ];
}

function formatFaults(
  place: string,
  text: string,
  allowed: readonly TagSource[],
  check: (placeholder: Placeholder) => string[],
): string[] {
  try {
    return parseTagFormat(text)
      .filter(isPlaceholder)
      .flatMap((one) => (allowed.includes(one.source) ? check(one) : [`$${one.source} is not known here`]))
      .map((fault) => `${place} "${text}": ${fault}`);
  } catch (error) {
    return [`${place} "${text}": ${(error as Error).message}`];
  }
}

const argumentFaults = (field: FieldDefinitionNode, [name = ""]: readonly string[]): string[] =>
  field.arguments?.some((argument) => argument.name.value === name) ? [] : [`there is no argument ${name}`];

function resultFaults(types: Types, typeName: string, [name, ...rest]: readonly string[]): string[] {
  if (name === undefined) return types.has(typeName) ? [`${typeName} has fields; name one of them`] : [];
  const field = types.get(typeName)?.fields.get(name);
  return field ? resultFaults(types, namedType(field.type), rest) : [`there is no ${typeName}.${name}`];
}

function isInKey(fields: string, path: readonly string[]): boolean {
  const [definition] = parse(`{${fields}}`, { noLocation: true }).definitions;
  let set = definition?.kind === Kind.OPERATION_DEFINITION ? (definition.selectionSet as SelectionSetNode) : undefined;
  for (const name of path) {
    const node = set?.selections.find((one) => one.kind === Kind.FIELD && one.name.value === name);
    if (node?.kind !== Kind.FIELD) return false;
    set = node.selectionSet;
  }
  return set === undefined;
}

/** Fields that the gateway keeps from some callers may not be in answers for everybody. */
export function protectedPublicFaults(documents: ReadonlyMap<string, DocumentNode>, manifest: CacheManifest): string[] {
  return [...documents].flatMap(([subgraph, document]) => {
    const part = manifest[subgraph];
    const names = ["authenticated", "requiresScopes", "policy"].map((one) => federationName(document, one));
    const isProtected = (node: Parameters<typeof directivesNamed>[0] | undefined) =>
      node !== undefined && names.some((name) => directivesNamed(node, name).length > 0);
    const types = compositeTypes(document);
    return [...(part ? publicCoordinates(part) : [])].flatMap((coordinate) => {
      const [typeName = "", fieldName = ""] = coordinate.split(".");
      const field = types.get(typeName)?.fields.get(fieldName);
      const given = field && types.get(namedType(field.type));
      return [types.get(typeName), field, given].some(isProtected)
        ? [`${subgraph}: ${coordinate} is not for everybody and must be PRIVATE or have maxAge 0`]
        : [];
    });
  });
}
