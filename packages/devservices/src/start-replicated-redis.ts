// A Redis with a replica, watched by Sentinels, for tests.
import { setTimeout as sleep } from "node:timers/promises";
import { openRedisGroup, type RedisNode } from "./redis-node.ts";

export interface ReplicatedRedisOptions {
  /** A redis-server, which is a Sentinel too. */
  server: { binary: string };
  sentinels?: 1 | 3;
  /** More lines of redis.conf, for master and replica. */
  configuration?: string[];
}

export interface StartedReplicatedRedis {
  /** `redis+sentinel://…/shop` with the password. */
  uri: string;
  /** As they began: the first is master, the second its replica. */
  nodes: [RedisNode, RedisNode];
  sentinels: RedisNode[];
  /** The one that the Sentinels call master. */
  master: () => Promise<RedisNode | undefined>;
  stop: () => Promise<void>;
}

const masterName = "shop";

/** After this long without an answer the master counts as dead, milliseconds. */
const downAfterMs = 500;

/** Resolves when the replica has everything and the Sentinels know of it. */
export async function startReplicatedRedis(options: ReplicatedRedisOptions): Promise<StartedReplicatedRedis> {
  const { server, sentinels: count = 1, configuration = [] } = options;
  const group = await openRedisGroup("redis-replicated", server.binary);
  const { password } = group;
  const always = ["appendonly no", 'save ""', "maxmemory 64mb", "maxmemory-policy volatile-lfu"];
  const shared = [...always, `masterauth ${password}`, "repl-diskless-sync-delay 0", ...configuration];
  try {
    const [port, replicaPort] = [await group.port(), await group.port()];
    const first = await group.add({ name: "node-0", port, configuration: shared });
    const replicaOf = [...shared, `replicaof 127.0.0.1 ${port}`];
    const second = await group.add({ name: "node-1", port: replicaPort, configuration: replicaOf });
    // A Sentinel asks for replicas at once and then each ten seconds.
    await until(async () => (await second.client.info("replication")).includes("master_link_status:up"));
    const watch = [
      `sentinel monitor ${masterName} 127.0.0.1 ${port} ${count === 1 ? 1 : 2}`,
      `sentinel auth-pass ${masterName} ${password}`,
      `sentinel down-after-milliseconds ${masterName} ${downAfterMs}`,
      `sentinel failover-timeout ${masterName} 3000`,
      `sentinel sentinel-pass ${password}`,
    ];
    const sentinels = await Promise.all(
      Array.from({ length: count }, async (_, index) =>
        group.add({ name: `sentinel-${index}`, port: await group.port(), configuration: watch, isSentinel: true }),
      ),
    );
    const nodes: [RedisNode, RedisNode] = [first, second];
    await Promise.all(sentinels.map((sentinel) => until(() => isComplete(sentinel, count))));
    const addresses = sentinels.map((sentinel) => `127.0.0.1:${sentinel.port}`).join(",");
    return {
      uri: `redis+sentinel://default:${password}@${addresses}/${masterName}`,
      ...{ nodes, sentinels, stop: group.stop },
      async master() {
        const [, found] = (await sentinels[0]?.client.call(
          "SENTINEL",
          "GET-MASTER-ADDR-BY-NAME",
          masterName,
        )) as string[];
        return nodes.find((node) => node.port === Number(found));
      },
    };
  } catch (error) {
    await group.stop();
    throw error;
  }
}

/** Whether it knows the replica and all other Sentinels. */
async function isComplete({ client }: RedisNode, sentinels: number): Promise<boolean> {
  const info = await client.info("sentinel");
  return info.includes("status=ok") && info.includes("slaves=1") && info.includes(`sentinels=${sentinels}`);
}

async function until(isSo: () => Promise<boolean>, limitMs = 20_000): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`Not every Redis is there after ${limitMs / 1_000} s.`);
    await sleep(20);
  }
}
