// The two files that make a graph: the supergraph, and the policy file compiled from it. They are used as a pair or not
// at all: rules of another supergraph would leave fields open.
import { watch } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type Logger } from "@tradegraph/kit/logger";
import { type PolicyFile, PolicyMismatch, readPolicyFile, sha256 } from "./authorization/policy-file.ts";

export interface GraphPaths {
  supergraph: string;
  /** Undefined while the guard "authorization" is off. */
  policy: string | undefined;
}

export interface GraphFiles {
  sdl: string;
  policy: PolicyFile | undefined;
  /** Tells one pair of contents from another. */
  fingerprint: string;
}

interface Texts {
  sdl: string | undefined;
  policy: string | undefined;
}

async function readTexts({ supergraph, policy }: GraphPaths): Promise<Texts> {
  // Absent for a moment while an editor or a deployment replaces them.
  const read = (path: string) => readFile(path, "utf8").catch(() => undefined);
  const [sdl, text] = await Promise.all([read(supergraph), policy === undefined ? undefined : read(policy)]);
  return { sdl, policy: text };
}

const fingerprintOf = ({ sdl = "", policy = "" }: Texts) => `${sha256(sdl)} ${sha256(policy)}`;

function fromTexts(paths: GraphPaths, texts: Texts): GraphFiles {
  if (texts.sdl === undefined) {
    throw new Error(`No supergraph at ${paths.supergraph}: run \`pnpm generate\` or set SUPERGRAPH_PATH.`);
  }
  const fingerprint = fingerprintOf(texts);
  if (paths.policy === undefined) return { sdl: texts.sdl, policy: undefined, fingerprint };
  if (texts.policy === undefined) {
    throw new Error(`No policy file at ${paths.policy}: run \`pnpm generate\` or set POLICY_PATH.`);
  }
  return { sdl: texts.sdl, policy: readPolicyFile(texts.policy, texts.sdl), fingerprint };
}

/** @throws Error that says which file is missing, unreadable or does not belong to the other */
export const readGraphFiles = async (paths: GraphPaths): Promise<GraphFiles> =>
  fromTexts(paths, await readTexts(paths));

export interface GraphWatch {
  paths: GraphPaths;
  /** Of what is loaded now. */
  current: string;
  /** Rejects when the new files cannot be used; the watch goes on and waits for the next change. */
  onChange: (files: GraphFiles) => Promise<void>;
  logger: Logger;
  debounceMs?: number;
  /** Looks at the files this often too: mounted volumes do not always tell about changes. */
  pollMs?: number;
}

/**
 * Calls `onChange` for every new pair that belongs together, one at a time. While one file is new and the other is not,
 * nothing happens.
 *
 * @returns a function that ends the watch
 */
export function watchGraphFiles(options: GraphWatch): () => void {
  const { paths, onChange, logger, debounceMs = 100, pollMs = 5_000 } = options;
  let seen = options.current;
  let timer: NodeJS.Timeout | undefined;
  let running = false;

  const look = async () => {
    if (running) return schedule();
    running = true;
    try {
      const texts = await readTexts(paths);
      if (texts.sdl === undefined || texts.sdl.trim() === "") return;
      const fingerprint = fingerprintOf(texts);
      if (fingerprint === seen) return;
      seen = fingerprint;
      await onChange(fromTexts(paths, texts));
      logger.info("Supergraph reloaded");
    } catch (error) {
      if (error instanceof PolicyMismatch) {
        logger.warn(
          "The supergraph and its policy file cannot be used yet: one of them is older; the old graph goes on",
        );
      } else logger.error({ error }, "The new supergraph cannot be used; the old one goes on");
    } finally {
      running = false;
    }
  };
  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), debounceMs);
  };
  // The folders, not the files: a replaced file is another one, and mounts swap a link beside it.
  const folders = new Set([paths.supergraph, ...(paths.policy === undefined ? [] : [paths.policy])].map(dirname));
  const watchers = [...folders].map((folder) =>
    watch(folder, schedule).on("error", (error) => {
      logger.warn({ error }, "The supergraph's folder cannot be watched; looking at it from time to time");
    }),
  );
  const poll = setInterval(schedule, pollMs).unref();
  return () => {
    for (const watcher of watchers) watcher.close();
    clearInterval(poll);
    clearTimeout(timer);
  };
}
