// A folder with a manifest, as tests want it.
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ManifestOperation, writeManifest } from "@tradegraph/kit/operation-manifest";
import { operationHash, readOperation } from "@tradegraph/kit/operation-text";
import { type OperationMode, type OperationRules } from "../src/operations/settings.ts";

export interface ManifestFolder {
  path: string;
  /** Replaces a client's file, as deployments do. */
  write: (client: string, content: string | readonly ManifestOperation[]) => Promise<void>;
  remove: () => Promise<void>;
}

export async function makeManifestFolder(): Promise<ManifestFolder> {
  const path = await mkdtemp(join(tmpdir(), "manifests-"));
  return {
    path,
    async write(client, content) {
      const text = typeof content === "string" ? content : writeManifest(content);
      await writeFile(join(path, `${client}.new`), text);
      await rename(join(path, `${client}.new`), join(path, `${client}.json`));
    },
    remove: () => rm(path, { recursive: true }),
  };
}

/** An operation of a manifest, by default with the hash of its text as id. */
export function operation(body: string, more: Partial<ManifestOperation> = {}): ManifestOperation {
  const { definition, name } = readOperation(body);
  const id = more.id ?? operationHash(body);
  return { id, body, name: name ?? id, type: definition.operation === "mutation" ? "mutation" : "query", ...more };
}

/** Rules in which all is off, but for what a test says. */
export const rulesWith = (
  manifests: readonly string[],
  modes: Partial<Record<"app" | "developer" | "partner", OperationMode>> = {},
  more: Partial<OperationRules> = {},
): OperationRules => ({
  ...{ modes: { app: "off", developer: "off", partner: "off", ...modes }, manifests },
  ...{ automatic: false, redisNamespace: "persisted-tests", ...more },
});
