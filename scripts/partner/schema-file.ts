// The graph as files tell it: what clients see, and what it costs.
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { type CostEstimator, createCostEstimator } from "@tradegraph/gateway/limits/cost-estimator";
import { costManifest } from "@tradegraph/gateway/limits/cost-manifest";
import { buildSchema, type GraphQLSchema } from "graphql";

export const committedSchema = resolve(import.meta.dirname, "../../schema/generated/api.graphql");

/**
 * Costs are known where the policy file lies beside the schema, as `pnpm generate` writes them.
 *
 * @param listSize elements of a list about which the schema says nothing
 * @throws Error when the file has no schema
 */
export async function readGraph(
  file: string,
  listSize: number,
): Promise<{ schema: GraphQLSchema; costs: CostEstimator | undefined }> {
  const schema = await readSchema(file);
  const policy = await readFile(join(dirname(file), "policy.json"), "utf8").catch(() => undefined);
  if (policy === undefined) return { schema, costs: undefined };
  const manifest = costManifest.parse((JSON.parse(policy) as { cost: unknown }).cost);
  return { schema, costs: createCostEstimator({ schema, manifest, listSize }) };
}

async function readSchema(file: string): Promise<GraphQLSchema> {
  try {
    return buildSchema(await readFile(file, "utf8"));
  } catch (error) {
    throw new Error(`The file ${file} has no schema: ${(error as Error).message}`, { cause: error });
  }
}
