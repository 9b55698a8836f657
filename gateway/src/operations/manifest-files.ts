// The manifests of our own apps, on disk.
import { type FSWatcher, watch } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { inTurns } from "@tradegraph/kit/in-turns";
import { type Logger } from "@tradegraph/kit/logger";
import { manifestSteps } from "@tradegraph/kit/operation-manifest";
import { operationHash } from "@tradegraph/kit/operation-text";
import { listOperations } from "./listed-operations.ts";
import { type OperationList, type PersistedOperation } from "./operation-list.ts";

interface ManifestFile {
  path: string;
  text: string;
}

/** Lists of partners may be committed beside those of our apps, and are for nobody else. */
const isOfPartner = (path: string): boolean => basename(path).startsWith("partner-");

async function pathsIn(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw noManifest(`at ${path}`);
  if (!found.isDirectory()) {
    if (isOfPartner(path)) throw ofPartner(path);
    return [path];
  }
  const names = (await readdir(path)).filter((name) => name.endsWith(".json") && !isOfPartner(name));
  // A folder that was emptied, or not mounted, is a fault of its deployment: taken for a list, it would end all operations.
  if (names.length === 0) throw noManifest(`in the folder ${path}`);
  return names.sort().map((name) => join(path, name));
}

const noManifest = (where: string) =>
  new Error(`No manifest ${where}: run \`pnpm generate\` or set PERSISTED_OPERATIONS_MANIFESTS.`);

const ofPartner = (path: string) =>
  new Error(
    `${path} is the list of a partner, which is for nobody else: leave it out of PERSISTED_OPERATIONS_MANIFESTS and give it to \`pnpm partner operations upload\`.`,
  );

async function readFiles(paths: readonly string[]): Promise<ManifestFile[]> {
  const all = (await Promise.all(paths.map(pathsIn))).flat();
  return Promise.all(all.map(async (path) => ({ path, text: await readFile(path, "utf8") })));
}

/** A file is named for its client, unless its operations say otherwise. */
async function operationsOf({ path, text }: ManifestFile): Promise<PersistedOperation[]> {
  try {
    return (await inTurns(manifestSteps(text))).map((one) => ({
      ...one,
      clientName: one.clientName ?? basename(path, ".json"),
    }));
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}`, { cause: error });
  }
}

const versionOf = (files: readonly ManifestFile[]): string =>
  operationHash(JSON.stringify(files.map(({ path, text }) => [path, text])));

/** @throws Error that names the file which is missing or cannot be used */
export const readManifestFiles = async (paths: readonly string[]): Promise<OperationList> =>
  listOf(await readFiles(paths));

async function listOf(files: readonly ManifestFile[]): Promise<OperationList> {
  const operations: PersistedOperation[] = [];
  for (const file of files) operations.push(...(await operationsOf(file)));
  return listOperations({ owner: "apps", version: versionOf(files), operations });
}

export interface ManifestWatch {
  paths: readonly string[];
  /** What is used now. */
  current: OperationList;
  onChange: (list: OperationList) => Promise<void>;
  logger: Logger;
  debounceMs?: number;
  /** Looks at the files this often too: mounted volumes do not always tell about changes. */
  pollMs?: number;
}

/**
 * Calls `onChange` for every new content that can be used whole; the last one goes on until then.
 *
 * @returns a function that ends the watch
 */
export function watchManifestFiles(options: ManifestWatch): () => void {
  const { paths, onChange, logger, debounceMs = 100, pollMs = 5_000 } = options;
  let seen = options.current.version;
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  let missing = false;

  const look = async () => {
    if (running) return schedule();
    running = true;
    try {
      // Absent for a moment while a deployment replaces them.
      const files = await readFiles(paths).catch((error: unknown) => {
        if (!missing) logger.warn({ error }, "Manifests cannot be read; the last operations go on");
        missing = true;
      });
      if (!files) return;
      missing = false;
      const version = versionOf(files);
      if (version === seen) return;
      seen = version;
      const list = await listOf(files);
      await onChange(list);
      logger.info({ operations: list.operations().length }, "Manifests reloaded");
    } catch (error) {
      logger.error({ error }, "The new manifests cannot be used; the last operations go on");
    } finally {
      running = false;
    }
  };
  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), debounceMs);
  };
  const watchers = paths.flatMap((path) => watchersOf(path, schedule));
  const poll = setInterval(schedule, pollMs).unref();
  return () => {
    for (const watcher of watchers) watcher.close();
    clearInterval(poll);
    clearTimeout(timer);
  };
}

/** The folder of a file, not the file: a replaced file is another one. A folder that cannot be watched is polled. */
function watchersOf(path: string, onChange: () => void): FSWatcher[] {
  const folder = path.endsWith(".json") ? dirname(path) : path;
  try {
    return [watch(folder, onChange).on("error", () => undefined)];
  } catch {
    return [];
  }
}
