import { join } from "node:path";
import { compilePolicy } from "@tradegraph/gateway/authorization/compile-policy";
import { type PolicyFile } from "@tradegraph/gateway/authorization/policy-file";
import { unknownPolicies } from "@tradegraph/gateway/authorization/requirement";
import { cacheDirectiveFaults, protectedPublicFaults } from "@tradegraph/gateway/cache/policy/cache-lint";
import { type CacheManifest } from "@tradegraph/gateway/cache/policy/cache-manifest";
import { compileCacheManifest } from "@tradegraph/gateway/cache/policy/compile-cache-policy";
import { compileCost } from "@tradegraph/gateway/limits/compile-cost";
import { type DocumentNode } from "graphql";
import { type GeneratedFiles } from "./generated-files.ts";

/**
 * What the gateway must know of the supergraph beside its types (ruling 16): who may read what, and what may be kept. The
 * gateway refuses a file that was made from another supergraph.
 *
 * @param documents SDL of the subgraphs, which say what may be kept
 * @throws Error when a directive names a policy that the gateway does not know, or cache directives have faults
 */
export function generatePolicy(
  root: string,
  supergraph: string,
  documents: ReadonlyMap<string, DocumentNode>,
): GeneratedFiles {
  const file: PolicyFile = {
    ...{ ...compilePolicy(supergraph), cache: checkedCacheManifest(documents), cost: compileCost(supergraph) },
  };
  const { types, fields } = file.authorization;
  const unknown = unknownPolicies([...Object.values(types), ...Object.values(fields)]);
  if (unknown.length > 0)
    throw new Error(`@policy names what gateway/src/authorization/policies.ts does not: ${unknown}.`);
  return new Map([[join(root, "schema/generated/policy.json"), readable(file)]]);
}

/** @throws Error with all faults of cache directives */
export function checkedCacheManifest(documents: ReadonlyMap<string, DocumentNode>): CacheManifest {
  const refuse = (faults: string[]) => {
    if (faults.length > 0)
      throw new Error(`The cache directives are at fault:\n${faults.map((one) => `- ${one}`).join("\n")}`);
  };
  refuse(cacheDirectiveFaults(documents));
  const manifest = compileCacheManifest(documents);
  refuse(protectedPublicFaults(documents, manifest));
  return manifest;
}

/** JSON with a line for each type and field, for those who review it. */
const readable = ({ authorization, cache = {}, cost = { weights: {}, lists: {} }, ...head }: PolicyFile): string => {
  const single = Object.entries(head).map(([name, value]) => [name, value, 0] as const);
  const blocks = [
    ...single,
    ["authorization", authorization, 2] as const,
    ["cache", cache, 3] as const,
    ["cost", cost, 2] as const,
  ];
  const lines = blocks.map(([name, value, levels]) => `  ${JSON.stringify(name)}: ${block(value, levels, "  ")}`);
  return `{\n${lines.join(",\n")}\n}\n`;
};

/** @param levels what lies deeper is on one line */
function block(value: unknown, levels: number, indent: string): string {
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  if (levels === 0 || entries.length === 0) return JSON.stringify(value);
  const lines = entries.map(
    ([name, one]) => `${indent}  ${JSON.stringify(name)}: ${block(one, levels - 1, `${indent}  `)}`,
  );
  return `{\n${lines.join(",\n")}\n${indent}}`;
}
