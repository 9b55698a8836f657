// Which operations need no record each time. Whatever is not listed is recorded always, and refusals and failures are
// whatever is listed.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type DocumentNode, parse, print } from "graphql";
import { z } from "zod";

const policySchema = z.strictObject({
  sampled: z.array(
    z.strictObject({
      /** File under `operations` beside the policy. The name of an operation would not do: callers choose it. */
      document: z.string().regex(/^[a-z][a-z0-9-]*\/\w{1,64}\.graphql$/, "must be such as storefront/HomePage.graphql"),
      /** Part of the runs that are recorded, such as 0.1. */
      share: z.number().min(0).max(1),
      /** Why fewer records are enough. */
      reason: z.string().min(10),
    }),
  ),
});

export interface AuditPolicy {
  /** Whether this run of a document gets a record when it succeeds. */
  isRecorded: (documentOf: (() => DocumentNode) | undefined) => boolean;
}

/** @throws Error naming the file when it, or a document that it lists, cannot be read or is wrong */
export function readAuditPolicy(path: string, random: () => number = Math.random): AuditPolicy {
  const { success, data, error } = policySchema.safeParse(readOr(path, () => JSON.parse(readFileSync(path, "utf8"))));
  if (!success) throw new Error(`The audit policy ${path} is wrong: ${z.prettifyError(error)}`);
  const shares = new Map(
    data.sampled.map(({ document, share }) => {
      const file = join(dirname(path), "operations", document);
      return [readOr(path, () => print(parse(readFileSync(file, "utf8")))), share];
    }),
  );
  const known = new WeakMap<DocumentNode, number>();
  // Comments and spaces make no difference; anything else does, and then every run is recorded.
  const shareOf = (document: DocumentNode) => {
    const share = known.get(document) ?? shares.get(print(document)) ?? 1;
    known.set(document, share);
    return share;
  };
  return {
    isRecorded: (documentOf) => shares.size === 0 || documentOf === undefined || random() < shareOf(documentOf()),
  };
}

function readOr<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Error(`The audit policy ${path} cannot be read.`, { cause: error });
  }
}
