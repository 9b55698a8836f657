// schema/generated/manifests/<client>.json: the operations of each client, which gateways know by id.
import { glob, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type ManifestOperation, writeManifest } from "@tradegraph/kit/operation-manifest";
import { operationHash } from "@tradegraph/kit/operation-text";
import {
  buildSchema,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  print,
  validate,
  visit,
} from "graphql";
import { type GeneratedFiles } from "./generated-files.ts";

const sourceFolder = "schema/operations";
const manifestFolder = "schema/generated/manifests";

/**
 * One manifest for each folder of schema/operations.
 *
 * @param api the schema that clients see
 * @throws Error naming every operation that the schema does not allow, or that has no name of its own
 */
export async function generateManifests(root: string, api: string): Promise<GeneratedFiles> {
  const clients = new Map<string, { path: string; text: string }[]>();
  const paths: string[] = [];
  for await (const path of glob("*/**/*.graphql", { cwd: join(root, sourceFolder) })) paths.push(path);
  for (const path of paths.sort()) {
    const [client = ""] = path.split(/[\\/]/);
    const file = { path: join(sourceFolder, path), text: await readFile(join(root, sourceFolder, path), "utf8") };
    clients.set(client, [...(clients.get(client) ?? []), file]);
  }
  const schema = buildSchema(api);
  const faults: string[] = [];
  const files: GeneratedFiles = new Map();
  for (const [client, sources] of clients) {
    const manifest = manifestOf(sources, schema, (fault) => faults.push(`${client}: ${fault}`));
    files.set(join(root, manifestFolder, `${client}.json`), writeManifest(manifest));
  }
  if (faults.length > 0) throw new Error(`Operations cannot be used:\n${faults.map((one) => `- ${one}`).join("\n")}`);
  return files;
}

/** @param report is told what is wrong with an operation, which is then left out */
export function manifestOf(
  sources: readonly { path: string; text: string }[],
  schema: GraphQLSchema,
  report: (fault: string) => void,
): ManifestOperation[] {
  const definitions = sources.flatMap(({ path, text }) =>
    parse(text, { noLocation: true }).definitions.map((definition) => ({ path, definition })),
  );
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const { definition } of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const operations = new Map<string, ManifestOperation>();
  for (const { path, definition } of definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const fault = operations.has(definition.name?.value ?? "") ? "is there twice" : faultOf(definition);
    const document = documentOf(definition, fragments);
    const [invalid] = fault === undefined ? validate(schema, document) : [];
    const name = definition.name?.value ?? basename(dirname(path));
    if (fault !== undefined || invalid) {
      report(`${name} (${path}): ${fault ?? invalid?.message ?? ""}`);
      continue;
    }
    const body = print(document);
    const type = definition.operation === OperationTypeNode.MUTATION ? "mutation" : "query";
    operations.set(name, { id: operationHash(body), name, type, body });
  }
  return [...operations.values()];
}

function faultOf({ name, operation }: OperationDefinitionNode): string | undefined {
  if (!name) return "has no name";
  return operation === OperationTypeNode.SUBSCRIPTION ? "is a subscription; there are none here" : undefined;
}

/** The operation with the fragments it uses, by name; one that is missing is found by validation. */
function documentOf(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): DocumentNode {
  const used = new Map<string, FragmentDefinitionNode>();
  const collect = (node: OperationDefinitionNode | FragmentDefinitionNode) => {
    visit(node, {
      FragmentSpread({ name: { value } }) {
        const fragment = fragments.get(value);
        if (!fragment || used.has(value)) return;
        used.set(value, fragment);
        collect(fragment);
      },
    });
  };
  collect(operation);
  const sorted = [...used.values()].sort((left, right) => (left.name.value < right.name.value ? -1 : 1));
  return { kind: Kind.DOCUMENT, definitions: [operation, ...sorted] };
}
