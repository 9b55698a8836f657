import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { compilePolicy } from "../src/authorization/compile-policy.ts";
import { compileCost } from "../src/limits/compile-cost.ts";

export const policyPathOf = (supergraphPath: string) => join(dirname(supergraphPath), "policy.json");

/** Writes a supergraph and the policy file made from it, as `pnpm generate` does. */
export async function writeGraph(supergraphPath: string, sdl: string): Promise<void> {
  await writeFile(supergraphPath, sdl);
  await writeFile(policyPathOf(supergraphPath), JSON.stringify({ ...compilePolicy(sdl), cost: compileCost(sdl) }));
}
