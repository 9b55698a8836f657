// What the databases hold, in a text that is equal exactly when nothing has changed.
import { type mongo } from "mongoose";
import { type InProcessGraph, type SubgraphName, subgraphNames } from "./in-process-graph.ts";

/** Where it is written down that somebody was refused, which is no change of what was asked for. */
const records = ["auditLog", "securityRecords", "signInAttempts"];

/** The server's own checksum of every collection. */
async function checksums(db: mongo.Db): Promise<Record<string, string>> {
  const { collections } = (await db.command({ dbHash: 1 })) as unknown as { collections: Record<string, string> };
  return collections;
}

/** @param options `withRecords` counts what is written down of refusals too */
export async function digestOf(
  { databases }: InProcessGraph,
  names: readonly SubgraphName[] = subgraphNames,
  options: { withRecords: boolean } = { withRecords: false },
): Promise<string> {
  const all = await Promise.all(names.map(async (name) => [name, await checksums(databases[name])] as const));
  return JSON.stringify(all, (key, value: unknown) =>
    !options.withRecords && records.includes(key) ? undefined : value,
  );
}
