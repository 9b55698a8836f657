// The programs there are, in the order in which they go up: each reads outputs of those before it.
import { existsSync } from "node:fs";
import { join } from "node:path";

const order = ["bootstrap", "foundation", "application", "recovery"] as const;
export type Program = (typeof order)[number];

export const programs: Program[] = order.filter((name) => existsSync(join(import.meta.dirname, name, "Pulumi.yaml")));

/** The reviewed tree of a program in an environment (testing/engine/tree.ts). */
export const goldenFile = (program: Program, stack: string): string =>
  join(import.meta.dirname, program, "golden", `${stack}.txt`);
