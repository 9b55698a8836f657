// @cost and @listSize of a supergraph → the part of the policy file that the gateway reads (ruling 16).
import {
  type ConstDirectiveNode,
  type ConstValueNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  parse,
  type TypeDefinitionNode,
  valueFromASTUntyped,
} from "graphql";
import { type CostManifest, type ListSize } from "./cost-manifest.ts";

const features = ["cost", "listSize"] as const;
type Feature = (typeof features)[number];

const argumentOf = (directive: ConstDirectiveNode | undefined, name: string): unknown => {
  const value: ConstValueNode | undefined = directive?.arguments?.find((one) => one.name.value === name)?.value;
  return value && valueFromASTUntyped(value);
};

/** How the specification "cost", which has both directives, calls them in this document: links rename and prefix. */
function namesIn(document: DocumentNode): Map<string, Feature> {
  const names = new Map<string, Feature>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const link of definition.directives ?? []) {
      const [, version] = /^https:\/\/specs\.apollo\.dev\/cost\/(.+)$/.exec(String(argumentOf(link, "url"))) ?? [];
      if (link.name.value !== "link" || version === undefined) continue;
      if (version !== "v0.1") throw new Error(`@cost ${version} is not known here, only v0.1.`);
      const imported = (argumentOf(link, "import") ?? []) as (string | { name: string; as?: string })[];
      const prefix = argumentOf(link, "as") ?? "cost";
      for (const feature of features) {
        const entry = imported.find((one) => (typeof one === "string" ? one : one.name) === `@${feature}`);
        if (entry !== undefined)
          names.set((typeof entry === "string" ? entry : (entry.as ?? entry.name)).slice(1), feature);
        else names.set(feature === "cost" ? String(prefix) : `${String(prefix)}__${feature}`, feature);
      }
    }
  }
  return names;
}

/** `page { items }` → page, items. @throws Error where it is no chain of fields */
function pathOfSelection(text: string): string[] {
  const names = text.split(/[\s{}]+/).filter(Boolean);
  const isChain = names.length > 0 && names.every((name) => /^\w+$/.test(name));
  if (!isChain) throw new Error(`@listSize cannot be read: sizedFields has "${text}".`);
  return names;
}

function listSizeOf(directive: ConstDirectiveNode): ListSize {
  const assumedSize = argumentOf(directive, "assumedSize") as number | null | undefined;
  const slicing = argumentOf(directive, "slicingArguments") as string[] | null | undefined;
  const sized = argumentOf(directive, "sizedFields") as string[] | null | undefined;
  return {
    ...(typeof assumedSize === "number" && { assumedSize }),
    ...(slicing && { slicingArguments: slicing.map((path) => path.split(".")) }),
    ...(sized && { sizedFields: sized.map(pathOfSelection) }),
  };
}

const sorted = <T>(entries: Map<string, T>): Record<string, T> =>
  Object.fromEntries([...entries].sort(([one], [other]) => (one < other ? -1 : 1)));

/**
 * What is expensive in a composed supergraph.
 *
 * @throws Error for a version of the directives, or values, that this gateway would misread
 */
export function compileCost(sdl: string): CostManifest {
  const document = parse(sdl, { noLocation: true });
  const names = namesIn(document);
  const weights = new Map<string, number>();
  const lists = new Map<string, ListSize>();
  const read = (coordinate: string, node: { directives?: readonly ConstDirectiveNode[] | undefined }) => {
    for (const directive of node.directives ?? []) {
      const feature = names.get(directive.name.value);
      if (feature === "listSize") lists.set(coordinate, listSizeOf(directive));
      if (feature !== "cost") continue;
      const weight = argumentOf(directive, "weight");
      if (!Number.isInteger(Number(weight)) || Number(weight) < 0) {
        throw new Error(`The weight of ${coordinate} must be a whole number from 0.`);
      }
      weights.set(coordinate, Number(weight));
    }
  };
  for (const definition of document.definitions) {
    if (!definition.kind.endsWith("TypeDefinition")) continue;
    const type = definition as TypeDefinitionNode;
    read(type.name.value, type);
    if (!("fields" in type)) continue;
    for (const field of type.fields ?? []) {
      const coordinate = `${type.name.value}.${field.name.value}`;
      read(coordinate, field);
      const { arguments: given = [] } = field as FieldDefinitionNode;
      for (const argument of given) read(`${coordinate}(${argument.name.value}:)`, argument);
    }
  }
  return { weights: sorted(weights), lists: sorted(lists) };
}
