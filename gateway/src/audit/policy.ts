// Which operations need no record each time. Whatever is not listed is recorded always, and refusals and failures are
// whatever is listed.
import { readFileSync } from "node:fs";
import { z } from "zod";

const policySchema = z.strictObject({
  sampled: z.array(
    z.strictObject({
      operation: z.string().regex(/^[_A-Za-z]\w{0,63}$/),
      /** Part of the runs that are recorded, such as 0.1. */
      share: z.number().min(0).max(1),
      /** Why fewer records are enough. */
      reason: z.string().min(10),
    }),
  ),
});

export interface AuditPolicy {
  /** Whether this run of an operation gets a record when it succeeds. */
  isRecorded: (operation: string | undefined) => boolean;
}

/** @throws Error naming the file when it cannot be read or is wrong */
export function readAuditPolicy(path: string, random: () => number = Math.random): AuditPolicy {
  let text: unknown;
  try {
    text = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`The audit policy ${path} cannot be read.`, { cause: error });
  }
  const { success, data, error } = policySchema.safeParse(text);
  if (!success) throw new Error(`The audit policy ${path} is wrong: ${z.prettifyError(error)}`);
  const shares = new Map(data.sampled.map(({ operation, share }) => [operation, share]));
  return {
    isRecorded: (operation) => random() < ((operation === undefined ? undefined : shares.get(operation)) ?? 1),
  };
}
