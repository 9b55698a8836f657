// Files of operations that clients may ask for by id, as the tools of their frameworks write them.
import { OperationTypeNode } from "graphql";
import { z } from "zod";
import { atOnce, type Steps } from "./in-turns.ts";
import {
  bareOperationId,
  claimsHash,
  operationHash,
  operationIdPattern,
  operationIdRule,
  readOperation,
} from "./operation-text.ts";

/** One operation of a manifest. */
export interface ManifestOperation {
  /** As clients send it, without `sha256:`. */
  id: string;
  /** The document: one operation with the fragments it uses. */
  body: string;
  /** The id where the operation has none. */
  name: string;
  type: "query" | "mutation";
  /** Only Apollo's format has it: one id may have two bodies for two clients. */
  clientName?: string | undefined;
}

/** What is wrong with a manifest, everything together: whoever sends one corrects it once. */
export class ManifestError extends Error {
  override name = "ManifestError";
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The manifest cannot be used:\n${faults.map((fault) => `- ${fault}`).join("\n")}`);
    this.faults = faults;
  }
}

const apolloFormat = "apollo-persisted-query-manifest";

/** Faults that are told; a file of another kind would have one for each line. */
const maxFaults = 50;

const id = z.string().refine((given) => operationIdPattern.test(bareOperationId(given)), operationIdRule);
const apolloManifest = z.object({
  format: z.literal(apolloFormat),
  version: z.literal(1, { message: "only version 1 is known" }),
  operations: z.array(
    z.object({ id, body: z.string().min(1), clientName: z.string().min(1).max(256).nullish() }).loose(),
  ),
});
/** Relay, Hive. */
const idsToTexts = z.record(id, z.string().min(1));

interface Entry {
  id: string;
  body: string;
  clientName?: string | undefined;
}

/**
 * Reads a manifest of Apollo (`apollo-persisted-query-manifest`, version 1), or a map of ids to texts as Relay and Hive
 * write it. The whole file counts or nothing of it.
 *
 * @example readManifest('{"x1": "query Shop { shop { name } }"}'); // [{ id: "x1", name: "Shop", type: "query", … }]
 * @throws ManifestError with all faults
 */
export const readManifest = (text: string): ManifestOperation[] => atOnce(manifestSteps(text));

/** The same, with a step for each operation, for programs that answer others meanwhile: a thousand take 50 ms. */
export function* manifestSteps(text: string): Steps<ManifestOperation[]> {
  const faults: string[] = [];
  const operations: ManifestOperation[] = [];
  const known = new Map<string, string>();
  for (const entry of entriesOf(text)) {
    yield;
    const label = `${entry.id}${entry.clientName === undefined ? "" : ` of ${entry.clientName}`}`;
    const key = JSON.stringify([entry.clientName ?? null, bareOperationId(entry.id)]);
    const before = known.get(key);
    if (before !== undefined) {
      if (before !== entry.body) faults.push(`${label}: is there twice, with different texts`);
      continue;
    }
    known.set(key, entry.body);
    try {
      operations.push(operationOf(entry));
    } catch (error) {
      faults.push(`${label}: ${(error as Error).message}`);
    }
  }
  if (faults.length > 0) throw manifestError(faults);
  return operations;
}

function manifestError(faults: readonly string[]): ManifestError {
  const left = faults.length - maxFaults;
  return new ManifestError(left > 0 ? [...faults.slice(0, maxFaults), `and ${left} more`] : faults);
}

function entriesOf(text: string): Entry[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new ManifestError(["it is no JSON"]);
  }
  const isApollo = typeof content === "object" && content !== null && "format" in content;
  const read = isApollo ? apolloManifest.safeParse(content) : idsToTexts.safeParse(content);
  if (!read.success) {
    throw manifestError(read.error.issues.map(({ path, message }) => `${path.join(".") || "file"}: ${message}`));
  }
  if ("operations" in read.data && Array.isArray(read.data.operations)) {
    return read.data.operations.map((one) => ({ id: one.id, body: one.body, clientName: one.clientName ?? undefined }));
  }
  return Object.entries(read.data as Record<string, string>).map(([key, body]) => ({ id: key, body }));
}

function operationOf(entry: Entry): ManifestOperation {
  const { body, clientName } = entry;
  const bare = bareOperationId(entry.id);
  if (claimsHash(entry.id) && bare !== operationHash(body)) throw new Error("is not the SHA-256 of its text");
  const { definition, name = bare } = readOperation(body);
  const { operation: type } = definition;
  if (type === OperationTypeNode.SUBSCRIPTION) throw new Error("is a subscription; there are none here");
  return { id: bare, body, name, type, ...(clientName !== undefined && { clientName }) };
}

/** A manifest in Apollo's format, always the same for the same operations. */
export function writeManifest(operations: readonly ManifestOperation[]): string {
  const manifest = {
    format: apolloFormat,
    version: 1,
    operations: operations
      .map(({ id: key, name, type, body, clientName }) => ({
        ...{ id: key, name, type, body },
        ...(clientName !== undefined && { clientName }),
      }))
      .sort((left, right) => (left.name + left.id < right.name + right.id ? -1 : 1)),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
