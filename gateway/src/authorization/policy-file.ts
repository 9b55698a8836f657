// schema/generated/policy.json: what the supergraph demands of those who ask, compiled by `pnpm generate` (ruling 16).
import { createHash } from "node:crypto";
import { z } from "zod";
import { cacheManifest } from "../cache/policy/cache-manifest.ts";
import { costManifest } from "../limits/cost-manifest.ts";

const lists = z.array(z.array(z.string().min(1)).min(1)).min(1);

const requirement = z.strictObject({
  authenticated: z.literal(true).optional(),
  scopes: lists.optional(),
  policies: lists.optional(),
});

const policyFile = z.object({
  /** Raised when an older gateway must not read the file; parts that only some gateways know do not raise it. */
  version: z.literal(1),
  /** SHA-256 of the supergraph SDL it was compiled from, hex. */
  supergraphHash: z.string().regex(/^[0-9a-f]{64}$/),
  authorization: z.strictObject({
    /** By name of an object type, interface, scalar or enum. */
    types: z.record(z.string(), requirement),
    /** By `Type.field`. */
    fields: z.record(z.string(), requirement),
  }),
  /** What may be kept of answers, by subgraph; a graph without it keeps nothing. */
  cache: cacheManifest.optional(),
  /** What is expensive; without it costs are not counted. */
  cost: costManifest.optional(),
});

export type PolicyFile = z.infer<typeof policyFile>;

/** The file belongs to another supergraph. During a deployment this passes: one file is written before the other. */
export class PolicyMismatch extends Error {}

/** Hex. */
export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** @throws PolicyMismatch when it was compiled from another supergraph, Error when it is no policy file */
export function readPolicyFile(text: string, sdl: string): PolicyFile {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new Error("The policy file is not JSON: run `pnpm generate`.", { cause: error });
  }
  const parsed = policyFile.safeParse(content);
  if (!parsed.success) throw new Error(`The policy file cannot be read: ${z.prettifyError(parsed.error)}`);
  if (parsed.data.supergraphHash !== sha256(sdl)) {
    throw new PolicyMismatch(
      "The policy file was compiled from another supergraph: deploy both of one `pnpm generate`.",
    );
  }
  return parsed.data;
}
