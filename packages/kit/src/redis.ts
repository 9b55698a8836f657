// The only place that opens Redis: one server, a master behind Sentinels, or a cluster (docs/REDIS.md).
import { type ChainableCommander, Cluster, Redis, type RedisCommander, type RedisOptions } from "ioredis";
import { type Logger } from "./logger.ts";
import { type ConnectionOptions, connectToOwner, reconnectToMaster } from "./redis-owner.ts";
import { parseRedisUrl, type RedisTarget } from "./redis-url.ts";

/**
 * What programs use of Redis, be it one server or many. So that it is right on a cluster, a command, a script, a pipeline
 * and a transaction name keys of one slot only (equal text in braces); keys of several slots are read by commands side by
 * side, which are sent together for each node. Whoever blocks takes {@link duplicateFor}.
 */
export interface RedisClient extends RedisCommander<{ type: "default"; mapping: "resp2" }> {
  /** "ready" when commands are answered. */
  readonly status: string;
  pipeline: () => ChainableCommander;
  multi: () => ChainableCommander;
  on(event: ConnectionEvent, listener: Listener): unknown;
  once(event: ConnectionEvent, listener: Listener): unknown;
  off(event: ConnectionEvent, listener: Listener): unknown;
  disconnect: () => void;
  quit: () => Promise<"OK">;
}

type ConnectionEvent = "ready" | "close" | "end";
type Listener = (nothing?: undefined) => void;

/** A connection to one server. */
export type RedisConnection = Redis;

/** Doubled with each attempt. */
const retryDelayMs = (attempt: number) => Math.min(100 * 2 ** Math.min(attempt, 5), 2_000);

const connectionOptions = {
  // With any other number ioredis 6.0.0 forgets commands that were under way when a connection is lost and made again at
  // once: they are neither sent again nor rejected, so whoever has no `commandTimeout` waits for ever (redis/ioredis#2193).
  maxRetriesPerRequest: 0,
  commandTimeout: 500,
  connectTimeout: 5_000,
  // A connection whose other end is gone without a word: given up after this long without an answer.
  socketTimeout: 3_000,
  autoResendUnfulfilledCommands: false,
} as const satisfies RedisOptions;

const serverOptions = {
  ...connectionOptions,
  enableOfflineQueue: false,
  enableAutoPipelining: true,
  retryStrategy: retryDelayMs,
  reconnectOnError: reconnectToMaster,
} as const satisfies RedisOptions;

/**
 * Connects in the background and never throws: commands fail at once while Redis is away, so callers fall back instead
 * of waiting (decision 11).
 *
 * @param options.url as redis-url.ts reads it
 * @throws Error when the address is none
 */
export function connectRedis({ url, logger, name }: { url: string; logger: Logger; name: string }): RedisClient {
  const redis = open(parseRedisUrl(url), name, logger);
  let reported = false;
  redis.on("error", (error: Error) => {
    // One line per outage, not one per attempt.
    if (!reported) logger.warn({ error: error.message }, "Redis does not answer; going on without it");
    reported = true;
  });
  redis.on("ready", () => {
    reported = false;
    logger.info("Redis connected");
  });
  return redis;
}

function open(target: RedisTarget, connectionName: string, logger: Logger): Redis | Cluster {
  if (target.kind === "single") return new Redis(target.url, { connectionName, ...serverOptions });
  const { username, password } = target;
  const shared = { connectionName, username, password, ...(target.tls && { tls: {} }) };
  if (target.kind === "cluster") return openCluster(target.nodes, shared, logger);
  return new Redis({
    ...serverOptions,
    ...shared,
    sentinels: target.sentinels,
    name: target.master,
    db: target.db,
    sentinelUsername: username,
    sentinelPassword: password,
    // Another master is taken as soon as the Sentinels have chosen it.
    failoverDetector: true,
    sentinelCommandTimeout: 1_000,
    sentinelRetryStrategy: retryDelayMs,
    ...(target.tls && { sentinelTLS: {}, enableTLSForSentinelMode: true }),
  });
}

function openCluster(
  nodes: Extract<RedisTarget, { kind: "cluster" }>["nodes"],
  redisOptions: RedisOptions & { tls?: object },
  logger: Logger,
): Cluster {
  const cluster = new Cluster(nodes, {
    redisOptions: { ...connectionOptions, ...redisOptions },
    enableOfflineQueue: false,
    // Together under half a second for a command whose node has just gone.
    maxRedirections: 4,
    slotsRefreshTimeout: 1_000,
    slotsRefreshInterval: 5_000,
    clusterRetryStrategy: retryDelayMs,
    // Certificates are for names (ElastiCache): they are not resolved before the connection is made.
    ...(redisOptions.tls && { dnsLookup: (address, answer) => answer(null, address) }),
  });
  // ioredis would make automatic pipelines wait for the first answer of a cluster, for ever if there is none.
  cluster.on("ready", () => (cluster.options.enableAutoPipelining = true));
  cluster.on("close", () => (cluster.options.enableAutoPipelining = false));
  const silent = new Set<string>();
  cluster.on("node error", (error: Error, node: string) => {
    if (!silent.has(node)) logger.warn({ node, error: error.message }, "A node of the Redis cluster does not answer");
    silent.add(node);
  });
  cluster.on("+node", (node: Redis) => {
    const { host, port } = node.options;
    node.on("ready", () => silent.delete(`${host}:${port}`));
    // Otherwise the first command would wait for it, and those beside it fail.
    node.connect().catch(() => undefined);
  });
  return cluster;
}

/**
 * Another connection with the same address, for those who block or subscribe. Behind Sentinels it goes to the master; on
 * a cluster to the node that owns `key`, so it may be asked for keys of that slot only, and after a failover or a
 * resharding it comes back to the new owner. The command that met the change fails (`MOVED`, `READONLY`, `UNBLOCKED`).
 *
 * @param key any of its slot
 * @param options what differs from {@link connectRedis}: give `commandTimeout` and `socketTimeout` when it blocks for long
 */
export function duplicateFor(redis: RedisClient, key: string, options: ConnectionOptions = {}): RedisConnection {
  const connection = duplicate(redis, key, options);
  // Reported by the client that was duplicated; both talk to the same servers.
  connection.on("error", () => undefined);
  return connection;
}

function duplicate(redis: RedisClient, key: string, options: ConnectionOptions): Redis {
  if (redis instanceof Cluster) {
    const { enableOfflineQueue, retryStrategy, reconnectOnError } = serverOptions;
    const own = { enableOfflineQueue, retryStrategy, reconnectOnError };
    return connectToOwner(redis, key, { ...redis.options.redisOptions, ...own, ...options });
  }
  if (redis instanceof Redis) return redis.duplicate(options);
  throw new Error("Only what connectRedis() made can be duplicated.");
}

export interface Subscription {
  close: () => void;
}

/**
 * Hears a channel over a connection of its own, for ever: it comes back when Redis does. What is said while it is away is
 * lost. On a cluster any node hears what is published to any other.
 *
 * @param on.ready called each time that the channel is heard, the first time included: before, something was missed
 */
export function subscribe(
  redis: RedisClient,
  channel: string,
  on: { message: (text: string) => void; ready: () => void },
): Subscription {
  // A cluster's own subscriber goes to another node without saying that it missed something.
  const subscriber = duplicateFor(redis, channel, { autoResubscribe: false });
  subscriber.on("message", (_channel: string, text: string) => {
    on.message(text);
  });
  subscriber.on("ready", () => {
    // ioredis would subscribe again by itself, but says nowhere when it is done.
    subscriber.subscribe(channel).then(on.ready, () => {
      subscriber.disconnect(true);
    });
  });
  return {
    close: () => {
      subscriber.disconnect();
    },
  };
}
