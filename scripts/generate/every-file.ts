// Every generated file, made from the schemas of the subgraphs and what else is in the repository.
import { join } from "node:path";
import { compileCost } from "@tradegraph/gateway/limits/compile-cost";
import { unsizedLists } from "@tradegraph/gateway/limits/cost-lint";
import { buildSchema } from "graphql";
import { describeAccess } from "./access-matrix.ts";
import { describeCachePolicies } from "./cache-page.ts";
import { generateTypes } from "./codegen.ts";
import { compose, type SubgraphSource } from "./compose.ts";
import { describeDataClasses } from "./data-classification.ts";
import { describeDatabases } from "./databases.ts";
import { describeErrors } from "./errors-page.ts";
import { type GeneratedFiles } from "./generated-files.ts";
import { describeKubernetes } from "./kubernetes.ts";
import { describeLimits } from "./limits-page.ts";
import { generateManifests } from "./manifests.ts";
import { describePermissions } from "./permissions-page.ts";
import { checkedCacheManifest, generatePolicy } from "./policy.ts";
import {
  nonNullAcrossSubgraphs,
  nonNullRootFields,
  requiresOnFieldsWithArguments,
  undescribed,
} from "./schema-lint.ts";
import { describeSettings } from "./settings-page.ts";

/** @throws Error with everything that is wrong with the schema, or else with every operation that does not fit it */
export async function generateFiles(root: string, sources: SubgraphSource[]): Promise<GeneratedFiles> {
  const composed = compose(sources);
  const faults = [
    ...requiresOnFieldsWithArguments(composed.documents),
    ...nonNullAcrossSubgraphs(composed.documents),
    ...nonNullRootFields(composed.documents),
    ...undescribed(composed.documents),
    ...unsizedLists(buildSchema(composed.api), compileCost(composed.supergraph)),
  ];
  if (faults.length > 0)
    throw new Error(`The schema composes, but:\n${faults.map((fault) => `- ${fault}`).join("\n")}`);

  return new Map([
    // First of what reads operations: it names all that no longer fit, the others end at the first without a name.
    ...(await generateManifests(root, composed.api)),
    [join(root, "schema/generated/supergraph.graphql"), composed.supergraph],
    [join(root, "schema/generated/api.graphql"), composed.api],
    ...generatePolicy(root, composed.supergraph, composed.documents),
    ...(await describeCachePolicies(root, composed.supergraph, checkedCacheManifest(composed.documents))),
    ...(await generateTypes(root, composed.api)),
    ...(await describeDatabases(root)),
    ...(await describeDataClasses(root)),
    ...(await describePermissions(root, composed.documents)),
    ...(await describeAccess(root)),
    ...(await describeSettings(root)),
    ...(await describeErrors(root, composed.api)),
    ...(await describeLimits(root, composed.api, composed.supergraph)),
    ...(await describeKubernetes(root)),
  ]);
}
