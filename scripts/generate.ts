// pnpm generate [--check]: composes the supergraph and writes every generated file; --check only compares.
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import process from "node:process";
import { compileCost } from "@tradegraph/gateway/limits/compile-cost";
import { unsizedLists } from "@tradegraph/gateway/limits/cost-lint";
import { buildSchema } from "graphql";
import { subgraphs } from "../services.ts";
import { describeAccess } from "./generate/access-matrix.ts";
import { describeCachePolicies } from "./generate/cache-page.ts";
import { generateTypes } from "./generate/codegen.ts";
import { describeDataClasses } from "./generate/data-classification.ts";
import { describeDatabases } from "./generate/databases.ts";
import { describeErrors } from "./generate/errors-page.ts";
import { compose } from "./generate/compose.ts";
import { type GeneratedFiles, shortPath, staleFiles, writeGenerated } from "./generate/generated-files.ts";
import { describeKubernetes } from "./generate/kubernetes.ts";
import { generateManifests } from "./generate/manifests.ts";
import { describeLimits } from "./generate/limits-page.ts";
import { checkedCacheManifest, generatePolicy } from "./generate/policy.ts";
import { describePermissions } from "./generate/permissions-page.ts";
import { describeSettings } from "./generate/settings-page.ts";
import {
  nonNullAcrossSubgraphs,
  nonNullRootFields,
  requiresOnFieldsWithArguments,
  undescribed,
} from "./generate/schema-lint.ts";

const root = resolve(import.meta.dirname, "..");

async function main(): Promise<void> {
  const sources = await Promise.all(
    subgraphs.map(async ({ name, port }) => ({
      name,
      url: `http://127.0.0.1:${port}/graphql`,
      sdl: await readFile(join(root, "schema/subgraphs", `${name}.graphql`), "utf8"),
    })),
  );
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

  const files: GeneratedFiles = new Map([
    [join(root, "schema/generated/supergraph.graphql"), composed.supergraph],
    [join(root, "schema/generated/api.graphql"), composed.api],
    ...generatePolicy(root, composed.supergraph, composed.documents),
    ...(await describeCachePolicies(root, composed.supergraph, checkedCacheManifest(composed.documents))),
    ...(await generateTypes(root, composed.api)),
    ...(await generateManifests(root, composed.api)),
    ...(await describeDatabases(root)),
    ...(await describeDataClasses(root)),
    ...(await describePermissions(root, composed.documents)),
    ...(await describeAccess(root)),
    ...(await describeSettings(root)),
    ...(await describeErrors(root, composed.api)),
    ...(await describeLimits(root, composed.api, composed.supergraph)),
    ...(await describeKubernetes(root)),
  ]);
  if (process.argv.includes("--check")) {
    const stale = await staleFiles(files);
    if (stale.length === 0) return;
    throw new Error(
      `Generated files are stale: ${stale.map((path) => shortPath(root, path)).join(", ")}.\nRun: npx --yes pnpm@12 generate`,
    );
  }
  const written = await writeGenerated(files);
  console.log(
    written.length === 0
      ? "Everything is up to date."
      : written.map((path) => `wrote ${shortPath(root, path)}`).join("\n"),
  );
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
