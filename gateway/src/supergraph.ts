// The supergraph file: what of it the gateway loads, and when it changed.
import { watch } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type Logger } from "@tradegraph/kit/logger";
import { type ConstDirectiveNode, Kind, parse, print, visit } from "graphql";

/** @link specifications whose directives say who may see a field. Without a guard that enforces them they protect nothing. */
const securityFeatures = ["authenticated", "requiresScopes", "policy"];
/** Linked for execution, yet an answer without them is still right: cache tags only tell caches what to forget. */
const harmlessFeatures = ["cacheTag"];

function linkOf(directive: ConstDirectiveNode): { feature: string; version: string } | undefined {
  const url = directive.arguments?.find(({ name }) => name.value === "url")?.value;
  const purpose = directive.arguments?.some(({ name }) => name.value === "for");
  if (directive.name.value !== "link" || url?.kind !== Kind.STRING || !purpose) return undefined;
  const [, feature, version] = /^https:\/\/specs\.apollo\.dev\/(\w+)\/(v[\d.]+)$/.exec(url.value) ?? [];
  return feature && version ? { feature, version } : undefined;
}

/**
 * The supergraph as ApolloGateway takes it. It refuses every feature linked `for: SECURITY` or `for: EXECUTION` that it
 * does not know, so the purpose is removed from those that this program handles itself (ruling 16). All others keep
 * theirs, and ApolloGateway refuses them.
 *
 * @param enforced names of the security features that a guard of this gateway enforces
 * @throws Error for a security feature that nothing enforces: better no gateway than an open one
 */
export function loadableSupergraph(sdl: string, enforced: ReadonlySet<string> = new Set()): string {
  let changed = false;
  const document = visit(parse(sdl, { noLocation: true }), {
    Directive(directive) {
      const link = linkOf(directive as ConstDirectiveNode);
      if (link?.version !== "v0.1") return undefined;
      if (securityFeatures.includes(link.feature) && !enforced.has(link.feature)) {
        throw new Error(`The supergraph uses @${link.feature}, which this gateway does not enforce yet.`);
      }
      if (![...securityFeatures, ...harmlessFeatures].includes(link.feature)) return undefined;
      changed = true;
      return { ...directive, arguments: directive.arguments?.filter(({ name }) => name.value !== "for") };
    },
  });
  return changed ? print(document) : sdl;
}

/** @throws Error that says which command makes the file */
export async function readSupergraph(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new Error(`No supergraph at ${path}: run \`pnpm generate\` or set SUPERGRAPH_PATH.`, { cause: error });
  }
}

export interface SupergraphWatch {
  path: string;
  /** What is loaded now. */
  current: string;
  /** Rejects when the new text cannot be used; the watch goes on and waits for the next change. */
  onChange: (sdl: string) => Promise<void>;
  logger: Logger;
  debounceMs?: number;
  /** Looks at the file this often too: mounted volumes do not always tell about changes. */
  pollMs?: number;
}

/** Calls `onChange` for every new content, one at a time. @returns a function that ends the watch */
export function watchSupergraph(options: SupergraphWatch): () => void {
  const { path, onChange, logger, debounceMs = 100, pollMs = 5_000 } = options;
  let seen = options.current;
  let timer: NodeJS.Timeout | undefined;
  let running = false;

  const look = async () => {
    if (running) return schedule();
    running = true;
    try {
      // Absent for a moment while an editor or a deployment replaces it: the next look finds it.
      const sdl = await readFile(path, "utf8").catch(() => undefined);
      if (sdl === undefined || sdl.trim() === "" || sdl === seen) return;
      seen = sdl;
      await onChange(sdl);
      logger.info("Supergraph reloaded");
    } catch (error) {
      logger.error({ error }, "The new supergraph cannot be used; the old one goes on");
    } finally {
      running = false;
    }
  };
  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), debounceMs);
  };
  // The folder, not the file: a replaced file is another one, and mounts swap a link beside it.
  const watcher = watch(dirname(path), schedule);
  watcher.on("error", (error) => {
    logger.warn({ error }, "The supergraph's folder cannot be watched; looking at it from time to time");
  });
  const poll = setInterval(schedule, pollMs).unref();
  return () => {
    watcher.close();
    clearInterval(poll);
    clearTimeout(timer);
  };
}
