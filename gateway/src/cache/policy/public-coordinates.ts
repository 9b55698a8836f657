import { entityHint } from "./cache-hint.ts";
import { type SubgraphCacheManifest } from "./cache-manifest.ts";
import { createCacheSchema, hintOfField } from "./selection-policy.ts";

/**
 * Fields that an answer kept for everybody may show, as `Type.field`: those are asked for as an anonymous visitor of the
 * shop.
 */
export function publicCoordinates(manifest: SubgraphCacheManifest): Set<string> {
  const schema = createCacheSchema(manifest);
  const found = new Set<string>();
  const look = (typeName: string) => {
    for (const name of cachedFields(manifest, typeName)) {
      const coordinate = `${typeName}.${name}`;
      const hint = hintOfField(schema, typeName, name, typeName === manifest.query);
      if (found.has(coordinate) || hint.maxAge === 0 || hint.scope === "PRIVATE") continue;
      found.add(coordinate);
      const given = schema.fieldOf(typeName, name)?.type;
      if (given !== undefined) schema.possible(given).forEach(look);
    }
  };
  look(manifest.query);
  for (const [name, type] of Object.entries(manifest.types)) {
    const { maxAge, scope } = entityHint(type);
    if (type.isEntity && maxAge !== 0 && scope !== "PRIVATE") look(name);
  }
  return found;
}

/** Fields of an object type that can be kept. */
const cachedFields = ({ types, fields }: SubgraphCacheManifest, typeName: string): string[] => [
  ...(types[typeName]?.plain ?? []),
  ...Object.keys(fields).flatMap((coordinate) =>
    coordinate.startsWith(`${typeName}.`) ? [coordinate.slice(typeName.length + 1)] : [],
  ),
];
