import { type Dependency } from "@tradegraph/kit/health";
import { type RedisClient } from "@tradegraph/kit/redis";
import { type SubgraphClient } from "./subgraph-client.ts";

/** How long one subgraph may take to say that it is ready. */
const probeTimeoutMs = 900;

/** None is required: with a dead subgraph the rest of the graph still answers (ruling 25). */
export function gatewayDependencies(
  subgraphs: readonly { name: string; url: string }[],
  client: SubgraphClient,
  redis: RedisClient | undefined,
): Dependency[] {
  const probes = subgraphs.map(({ name, url }): Dependency => {
    const { origin } = new URL(url);
    return {
      name,
      required: false,
      async check() {
        const { status } = await client.send({ method: "GET", origin, path: "/ready", timeoutMs: probeTimeoutMs });
        // A subgraph that is not ours may have no such path; it answers all the same.
        if (status >= 500) throw new Error(`status ${status}`);
      },
    };
  });
  return redis ? [...probes, { name: "redis", required: false, check: () => redis.ping() }] : probes;
}
