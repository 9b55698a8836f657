import { type FieldNode, Kind, type OperationDefinitionNode, valueFromASTUntyped } from "graphql";
import { declaredTag } from "@tradegraph/kit/cache-tags";
import { createStrictest } from "./cache-hint.ts";
import { type FetchPolicy, type RootPart } from "./cache-policy.ts";
import { partOfOperation, type ReadOperation } from "./operation-document.ts";
import { addSelection, type CacheSchema, hintOfField } from "./selection-policy.ts";
import { parseTagFormat, tagsOfFormat } from "./tag-format.ts";

type Variables = Readonly<Record<string, unknown>>;

/** Each root field of an operation for itself, so that one that may not be kept does not spoil the others. */
export function rootPolicy(subgraph: string, schema: CacheSchema, read: ReadOperation): FetchPolicy {
  // Introspection, and `_service`, are asked for by nobody who would gain from a cache.
  if ([...read.roots.values()].flat().some(({ name }) => name.value.startsWith("_"))) return { kind: "none" };
  const parts = [...read.roots].map(([name, nodes]) => rootPart({ subgraph, schema, read }, name, nodes));
  if (parts.every(({ policy }) => policy.maxAge === 0)) return { kind: "none" };
  const whole = partOfOperation(read, () => true).document;
  return {
    kind: "roots",
    parts,
    documentOf(responseNames) {
      const [first] = responseNames;
      if (responseNames.length === 1) {
        const part = parts.find(({ responseName }) => responseName === first);
        if (part) return part.document;
      }
      if (parts.every(({ responseName }) => responseNames.includes(responseName))) return whole;
      return partOfOperation(read, (name) => responseNames.includes(name)).document;
    },
  };
}

interface RootSource {
  subgraph: string;
  schema: CacheSchema;
  read: ReadOperation;
}

function rootPart({ subgraph, schema, read }: RootSource, responseName: string, nodes: readonly FieldNode[]): RootPart {
  const root = schema.manifest.query;
  const [node] = nodes as [FieldNode, ...FieldNode[]];
  const field = schema.fieldOf(root, node.name.value);
  const strictest = createStrictest(hintOfField(schema, root, node.name.value, true));
  const types = new Set([root]);
  const given = field?.type === undefined ? [] : schema.possible(field.type);
  for (const { selectionSet } of nodes) {
    if (!selectionSet) continue;
    addSelection(schema, { set: selectionSet, types: given, fragments: read.fragments }, { strictest, types });
  }
  const formats = (field?.tags ?? []).map(parseTagFormat);
  return {
    responseName,
    fieldName: node.name.value,
    policy: strictest.policy(),
    types: [...types].sort(),
    tagsOf(variables) {
      if (formats.length === 0) return [];
      const args = { ...field?.defaults, ...argumentsOf(node, read.operation, variables) };
      return formats.flatMap((format) => tagsOfFormat(format, { args }) ?? []).map((tag) => declaredTag(subgraph, tag));
    },
    ...partOfOperation(read, (name) => name === responseName),
  };
}

/** Arguments as given; those that are not given, or by a variable without a value, are left out. */
export function argumentsOf(
  node: FieldNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { variable, defaultValue } of operation.variableDefinitions ?? [])
    if (defaultValue) values[variable.name.value] = valueFromASTUntyped(defaultValue);
  for (const [name, value] of Object.entries(variables)) if (value !== undefined) values[name] = value;
  return Object.fromEntries(
    (node.arguments ?? []).flatMap(({ name, value }) =>
      value.kind === Kind.VARIABLE && !Object.hasOwn(values, value.name.value)
        ? []
        : [[name.value, valueFromASTUntyped(value, values)]],
    ),
  );
}
