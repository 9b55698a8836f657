// What mutations say that they change, by `@cacheInvalidate`; beside what subgraphs tell themselves.
import { declaredTag, subgraphTag } from "@tradegraph/kit/cache-tags";
import { type DocumentNode, Kind, OperationTypeNode, parse } from "graphql";
import { type CacheInvalidation, type CacheManifest } from "./cache-manifest.ts";
import { argumentsOf } from "./root-policy.ts";
import { fragmentOf, type Fragments } from "./selection-policy.ts";
import { parseTagFormat, tagsOfFormat } from "./tag-format.ts";

export interface MutationInvalidation {
  /** Whole, as cache-tags.ts has them; empty when the operation changes nothing that is declared. */
  tags: string[];
  /** `strict` when one of its fields says so. */
  wait: "none" | "strict";
  /** Tags after which what is kept may be shown as stale. */
  softTags: string[];
}

/** More tags than this from one format are not told one by one. */
const mostTags = 500;

/**
 * Tags of what an operation of a subgraph has changed. Fields without data (null, an error) count as well: who can say
 * what was done before the error.
 *
 * @param manifest all subgraphs: a tag is told for each that declares tags, since a mutation may change what others show
 * @returns for the text of an operation, its variables and the data of its answer; throws nothing, a document that cannot
 *   be read changes nothing
 */
export function createMutationInvalidation(
  manifest: CacheManifest,
): (
  subgraph: string,
  operation: string,
  variables: Readonly<Record<string, unknown>>,
  data: unknown,
  refused?: ReadonlySet<string>,
) => MutationInvalidation {
  const declaring = Object.entries(manifest)
    .filter(([, part]) => [...Object.values(part.types), ...Object.values(part.fields)].some(({ tags }) => tags))
    .map(([name]) => name);
  return (subgraph, text, variables, data, refused) => {
    const told: MutationInvalidation = { tags: [], wait: "none", softTags: [] };
    const declared = manifest[subgraph]?.invalidations ?? {};
    if (Object.keys(declared).length === 0) return told;
    for (const { name, responseName, args, result } of mutationFields(text, variables, data)) {
      if (refused?.has(responseName)) continue;
      for (const one of Object.hasOwn(declared, name) ? (declared[name] ?? []) : []) {
        if (one.wait === "strict") told.wait = "strict";
        (one.isSoft ? told.softTags : told.tags).push(...tagsOfInvalidation(declaring, one, { args, result }));
      }
    }
    // What must not be shown at all need not be told as stale.
    const hard = new Set(told.tags);
    const softTags = [...new Set(told.softTags)].filter((tag) => !hard.has(tag));
    return { ...told, tags: [...hard], softTags };
  };
}

const tagsOfInvalidation = (
  declaring: readonly string[],
  { tags }: CacheInvalidation,
  values: { args: unknown; result: unknown },
): string[] =>
  tags.flatMap((text) => {
    const found = tagsOfFormat(parseTagFormat(text), values, mostTags);
    return declaring.flatMap((subgraph) =>
      found ? found.map((tag) => declaredTag(subgraph, tag)) : [subgraphTag(subgraph)],
    );
  });

function mutationFields(text: string, variables: Readonly<Record<string, unknown>>, data: unknown) {
  const document = parsed(text);
  const fragments: Fragments = new Map(
    document?.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  );
  const operation = document?.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (operation?.operation !== OperationTypeNode.MUTATION) return [];
  const found: { name: string; responseName: string; args: unknown; result: unknown }[] = [];
  const look = (set: typeof operation.selectionSet) => {
    for (const node of set.selections) {
      if (node.kind !== Kind.FIELD) {
        look(fragmentOf(node, fragments).set);
        continue;
      }
      const responseName = (node.alias ?? node.name).value;
      const args = argumentsOf(node, operation, variables);
      found.push({ name: node.name.value, responseName, args, result: valueAt(data, responseName) });
    }
  };
  look(operation.selectionSet);
  return found;
}

function parsed(text: string): DocumentNode | undefined {
  try {
    return parse(text, { noLocation: true });
  } catch {
    return undefined;
  }
}

const valueAt = (data: unknown, name: string): unknown =>
  typeof data === "object" && data !== null ? (data as Record<string, unknown>)[name] : undefined;
