// Kinds by token, kept in the user's cache by version of @pulumi/aws: each is read from the .d.ts files once per machine.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readHost } from "../env.ts";
import { type Kind } from "./kind.ts";
import { awsVersion, cachedIn } from "./version.ts";

const known = new Map<string, Kind>();

/**
 * The kind of a resource token.
 * @throws where @pulumi/aws has no such resource.
 */
export async function kindOf(token: string): Promise<Kind> {
  const before = known.get(token);
  if (before) return before;
  const folder = join(readHost().cacheFolder, cachedIn(awsVersion));
  const file = join(folder, `${token.replace(/[:/]/g, "-")}.json`);
  const kind = fromFile(file) ?? (await fromDeclarations(token, folder, file));
  known.set(token, kind);
  return kind;
}

function fromFile(file: string): Kind | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Kind;
  } catch {
    return undefined; // not there yet, or cut off: read again
  }
}

async function fromDeclarations(token: string, folder: string, file: string): Promise<Kind> {
  // TypeScript takes 200 ms to load: not where the cache has the answer.
  const { readKind } = await import("./read-kind.ts");
  const kind = readKind(token);
  if (!kind) throw new Error(`@pulumi/aws ${awsVersion} has no resource ${token}`);
  mkdirSync(folder, { recursive: true });
  // Several providers may write the same file at once: each its own, then a rename, which is atomic.
  const own = `${file}.${process.pid}`;
  writeFileSync(own, JSON.stringify(kind));
  renameSync(own, file);
  return kind;
}
