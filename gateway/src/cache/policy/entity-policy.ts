import { Kind, type SelectionSetNode } from "graphql";
import { declaredTag } from "@tradegraph/kit/cache-tags";
import { createStrictest, entityHint } from "./cache-hint.ts";
import { type EntityPart, type FetchPolicy } from "./cache-policy.ts";
import { partOfOperation, type ReadOperation, responseName } from "./operation-document.ts";
import { addSelection, type CacheSchema, type Fragments, fragmentOf } from "./selection-policy.ts";
import { parseTagFormat, tagsOfFormat } from "./tag-format.ts";

/** What `_entities` is asked for, by type. Types that are not in it are not kept. */
export function entityPolicy(subgraph: string, schema: CacheSchema, read: ReadOperation): FetchPolicy {
  const [node] = [...read.roots.values()].flat();
  const [argument, ...more] = node?.arguments ?? [];
  const isOurs = node?.name.value === "_entities" && (node.directives ?? []).length === 0;
  // Inside of a fragment a condition could leave all of it out.
  const isDirect =
    read.operation.selectionSet.selections.length === 1 && read.operation.selectionSet.selections[0] === node;
  if (!isOurs || !isDirect || !node?.selectionSet || argument?.value.kind !== Kind.VARIABLE || more.length > 0)
    return { kind: "none" };
  const set = node.selectionSet;
  const byType = new Map<string, EntityPart>();
  for (const [typeName, type] of Object.entries(schema.manifest.types)) {
    if (!type.isEntity || !isAsked(schema, set, typeName, read.fragments)) continue;
    const part = entityPart({ subgraph, schema, read }, set, typeName);
    if (part.policy.maxAge > 0) byType.set(typeName, part);
  }
  if (byType.size === 0) return { kind: "none" };
  const { document, variables } = partOfOperation(read, () => true);
  const representations = argument.value.name.value;
  return {
    ...{ kind: "entities", document, representations, byType, responseName: responseName(node) },
    variables: variables.filter((name) => name !== representations),
  };
}

/** Whether anything is asked of the type. */
const isAsked = (schema: CacheSchema, set: SelectionSetNode, typeName: string, fragments: Fragments): boolean =>
  set.selections.some((node) => {
    if (node.kind === Kind.FIELD) return false;
    const { condition } = fragmentOf(node, fragments);
    return condition !== undefined && schema.possible(condition).includes(typeName);
  });

interface EntitySource {
  subgraph: string;
  schema: CacheSchema;
  read: ReadOperation;
}

function entityPart({ subgraph, schema, read }: EntitySource, set: SelectionSetNode, typeName: string): EntityPart {
  const type = schema.manifest.types[typeName] ?? { plain: [] };
  const strictest = createStrictest(entityHint(type));
  const types = new Set([typeName]);
  addSelection(schema, { set, types: [typeName], fragments: read.fragments }, { strictest, types });
  const formats = (type.tags ?? []).map(parseTagFormat);
  return {
    typeName,
    policy: strictest.policy(),
    types: [...types].sort(),
    tagsOf: (key) =>
      formats.flatMap((format) => tagsOfFormat(format, { key }) ?? []).map((tag) => declaredTag(subgraph, tag)),
  };
}
