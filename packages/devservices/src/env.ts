// The only reader of process.env here. MONGODB_URI and REDIS_URL are read by the caller and passed in as options.
import { homedir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";
import { z } from "zod";

const schema = z.object({
  PATH: z.string().default(""),
  // The XDG rules say that a relative path is to be ignored.
  XDG_CACHE_HOME: z.string().optional(),
});

/** Where programs are looked for and where downloads are kept. */
export interface Host {
  searchPath: string[];
  /** `$XDG_CACHE_HOME/tradegraph` or `~/.cache/tradegraph`. */
  cacheDir: string;
}

/** The host as this process sees it. */
export function readHost(environment: NodeJS.ProcessEnv = process.env): Host {
  const { PATH, XDG_CACHE_HOME } = schema.parse(environment);
  const caches = XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(homedir(), ".cache");
  return { searchPath: PATH.split(delimiter).filter(isAbsolute), cacheDir: join(caches, "tradegraph") };
}

/** This process's environment plus `extra`, for a child; `undefined` removes a variable. */
export function childEnvironment(extra: Record<string, string | undefined>): NodeJS.ProcessEnv {
  return { ...process.env, ...extra };
}
