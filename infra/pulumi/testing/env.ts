// The only reader of process.env among the tools of this folder.
import { homedir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";
import { z } from "zod";

const schema = z.object({
  PATH: z.string().default(""),
  // The XDG rules say that a relative path is to be ignored.
  XDG_CACHE_HOME: z.string().optional(),
  AWS_STUB_CONTROL: z.string().optional(),
});

export interface Host {
  searchPath: string[];
  /** `$XDG_CACHE_HOME/tradegraph` or `~/.cache/tradegraph`: outlives a clone, shared by all of them. */
  cacheFolder: string;
  /** File that tells the stub provider what to break (testing/aws-stub/control.ts). */
  stubControl?: string;
}

/** The host as this process sees it. */
export function readHost(environment: NodeJS.ProcessEnv = process.env): Host {
  const { PATH, XDG_CACHE_HOME, AWS_STUB_CONTROL } = schema.parse(environment);
  const caches = XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(homedir(), ".cache");
  return {
    searchPath: PATH.split(delimiter).filter(isAbsolute),
    cacheFolder: join(caches, "tradegraph"),
    ...(AWS_STUB_CONTROL ? { stubControl: AWS_STUB_CONTROL } : {}),
  };
}

/** This process's environment plus `extra`, for a child; `undefined` removes a variable. */
export function childEnvironment(extra: Record<string, string | undefined>): NodeJS.ProcessEnv {
  return { ...process.env, ...extra };
}
