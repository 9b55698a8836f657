import { type Candidate, type RunningServer } from "./candidate.ts";
import { redisVersion } from "./start-redis.ts";
import { isAtLeast } from "./version.ts";

const limitMilliseconds = 5000;

/** A Redis somebody else runs, used as it is. */
export function redisFromUri(uri: string, minimum: string): Candidate<RunningServer> {
  const source = "REDIS_URL";
  return {
    source,
    required: true,
    async find() {
      if (!/^rediss?:/.test(uri)) throw new Error("here it must be the address of one server, redis:// or rediss://");
      const version = await redisVersion(uri, limitMilliseconds);
      if (!isAtLeast(version, minimum)) throw new Error(`it is Redis ${version}, ${minimum} or newer is needed`);
      return { source, uri, version };
    },
  };
}
