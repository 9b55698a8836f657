import { join } from "node:path";
import { compilePolicy } from "@tradegraph/gateway/authorization/compile-policy";
import { type PolicyFile } from "@tradegraph/gateway/authorization/policy-file";
import { unknownPolicies } from "@tradegraph/gateway/authorization/requirement";
import { type GeneratedFiles } from "./generated-files.ts";

/**
 * What the gateway must know of the supergraph beside its types (ruling 16): who may read what. The gateway refuses a
 * file that was made from another supergraph.
 *
 * @throws Error when a directive names a policy that the gateway does not know
 */
export function generatePolicy(root: string, supergraph: string): GeneratedFiles {
  const file = compilePolicy(supergraph);
  const { types, fields } = file.authorization;
  const unknown = unknownPolicies([...Object.values(types), ...Object.values(fields)]);
  if (unknown.length > 0)
    throw new Error(`@policy names what gateway/src/authorization/policies.ts does not: ${unknown}.`);
  return new Map([[join(root, "schema/generated/policy.json"), readable(file)]]);
}

/** JSON with a line for each type and field, for those who review it. */
function readable({ authorization: { types, fields }, ...head }: PolicyFile): string {
  const lines = (record: object) =>
    Object.entries(record).map(([name, demand]) => `      ${JSON.stringify(name)}: ${JSON.stringify(demand)}`);
  const block = (record: object) => (Object.keys(record).length > 0 ? `{\n${lines(record).join(",\n")}\n    }` : "{}");
  const first = JSON.stringify(head, null, 2).slice(0, -2);
  return `${first},\n  "authorization": {\n    "types": ${block(types)},\n    "fields": ${block(fields)}\n  }\n}\n`;
}
