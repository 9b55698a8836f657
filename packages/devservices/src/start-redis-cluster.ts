// A Redis Cluster on this machine, for tests.
import { type Redis } from "ioredis";
import { setTimeout as sleep } from "node:timers/promises";
import { openRedisGroup, type RedisNode } from "./redis-node.ts";

export interface RedisClusterOptions {
  server: { binary: string };
  masters?: number;
  /** Of each master. */
  replicas?: number;
  /** More lines of redis.conf, for all nodes. */
  configuration?: string[];
  /** Under which port clients are sent to the node that listens on one: that of a proxy before it; its own unless given. */
  announce?: (port: number) => Promise<number>;
}

export interface StartedRedisCluster {
  /** `redis+cluster://…` with the password. */
  uri: string;
  /** Masters first, then replicas in the order of their masters. */
  nodes: RedisNode[];
  /** The master that owns the slot of a key, as a node that runs sees it; undefined while there is none. */
  ownerOf: (key: string) => Promise<RedisNode | undefined>;
  /** Resolves when every node that runs sees a master for each slot, and every replica has what its master has. */
  untilWhole: (limitMs?: number) => Promise<void>;
  stop: () => Promise<void>;
}

const slots = 16_384;

/** After this long without an answer a node counts as dead, milliseconds; its replica follows within as much again. */
const nodeTimeoutMs = 1_500;

/** Starts the nodes and joins them; takes about two seconds. */
export async function startRedisCluster(options: RedisClusterOptions): Promise<StartedRedisCluster> {
  const { server, masters = 3, replicas = 0, configuration = [], announce = (port) => Promise.resolve(port) } = options;
  const group = await openRedisGroup("redis-cluster", server.binary);
  const buses = new Map<RedisNode, number>();
  const announced = new Map<RedisNode, number>();
  const add = async (index: number) => {
    const [port, bus] = [await group.port(), await group.port()];
    const told = await announce(port);
    const ports = [`cluster-port ${bus}`, `cluster-announce-port ${told}`];
    const lines = ["cluster-enabled yes", `cluster-node-timeout ${nodeTimeoutMs}`, ...ports];
    const always = ["cluster-replica-validity-factor 0", "repl-diskless-sync-delay 0", `masterauth ${group.password}`];
    const memory = ["appendonly no", 'save ""', "maxmemory 64mb", "maxmemory-policy volatile-lfu"];
    const node = await group.add({
      ...{ name: `node-${index}`, port, configuration: [...lines, ...always, ...memory, ...configuration] },
    });
    buses.set(node, bus);
    announced.set(node, told);
    return node;
  };
  try {
    const nodes = await Promise.all(Array.from({ length: masters * (1 + replicas) }, (_, index) => add(index)));
    await join(nodes, buses, masters);
    const addresses = nodes.map((node) => `127.0.0.1:${announced.get(node)}`).join(",");
    return {
      uri: `redis+cluster://default:${group.password}@${addresses}`,
      nodes,
      ownerOf: (key) => findOwner(nodes, announced, key),
      untilWhole: (limitMs) => untilWhole(nodes, limitMs),
      stop: group.stop,
    };
  } catch (error) {
    await group.stop();
    throw error;
  }
}

async function join(nodes: readonly RedisNode[], buses: Map<RedisNode, number>, masters: number): Promise<void> {
  const ids = await Promise.all(nodes.map(({ client }) => client.cluster("MYID") as Promise<string>));
  for (const [index, { client }] of nodes.entries()) {
    await client.call("CLUSTER", "SET-CONFIG-EPOCH", index + 1);
    if (index >= masters) continue;
    const [first, next] = [index, index + 1].map((place) => Math.round((slots * place) / masters));
    await client.call("CLUSTER", "ADDSLOTSRANGE", first ?? 0, (next ?? 0) - 1);
  }
  // Each hears of each from us: gossip alone would take seconds.
  for (const [index, { client }] of nodes.entries())
    for (const other of nodes.slice(index + 1))
      await client.call("CLUSTER", "MEET", "127.0.0.1", other.port, buses.get(other) ?? 0);
  await until(async () => {
    const views = await Promise.all(nodes.map(({ client }) => client.cluster("NODES") as Promise<string>));
    return views.every((view) => ids.every((id) => view.includes(id)) && !view.includes("handshake"));
  });
  for (const [index, { client }] of nodes.entries())
    if (index >= masters) await client.call("CLUSTER", "REPLICATE", ids[index % masters] ?? "");
  await untilWhole(nodes);
}

async function untilWhole(nodes: readonly RedisNode[], limitMs?: number): Promise<void> {
  const running = nodes.filter((node) => node.isRunning());
  await until(async () => {
    const infos = await Promise.all(
      running.map((node) =>
        answerOf(node, async (client) => `${String(await client.cluster("INFO"))}${await client.info("replication")}`),
      ),
    );
    return infos.every(
      (info) => info && /cluster_state:ok[^]*cluster_slots_ok:16384/.test(info) && !info.includes("link_status:down"),
    );
  }, limitMs);
}

async function findOwner(
  nodes: readonly RedisNode[],
  announced: ReadonlyMap<RedisNode, number>,
  key: string,
): Promise<RedisNode | undefined> {
  for (const node of nodes) {
    const isOwner = await answerOf(node, async (client) => {
      const [slot, role] = [await client.call("CLUSTER", "KEYSLOT", key), (await client.call("ROLE")) as unknown[]];
      const ranges = (await client.call("CLUSTER", "SLOTS")) as [number, number, [string, number]][];
      const range = ranges.find(([first, last]) => Number(slot) >= first && Number(slot) <= last);
      return role[0] === "master" && range?.[2][1] === announced.get(node);
    });
    if (isOwner === true) return node;
  }
  return undefined;
}

/** Longer than a node takes that runs. */
const answerMs = 1_000;

/** Undefined when it does not run, or died over the question: its client would ask again when it comes back. */
async function answerOf<T>({ client }: RedisNode, ask: (client: Redis) => Promise<T>): Promise<T | undefined> {
  if (client.status !== "ready") return undefined;
  const answered = new AbortController();
  const late = sleep(answerMs, undefined, { signal: answered.signal });
  try {
    return await Promise.race([ask(client).catch(() => undefined), late]);
  } finally {
    answered.abort();
  }
}

async function until(isSo: () => Promise<boolean>, limitMs = 20_000): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`The Redis cluster is not whole after ${limitMs / 1_000} s.`);
    await sleep(20);
  }
}
