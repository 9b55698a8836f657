// What REDIS_URL says: one server, a master that Sentinels watch, or a cluster.

export interface RedisAddress {
  host: string;
  port: number;
}

interface Shared {
  /** Both for the servers and for Sentinels. */
  username?: string;
  password?: string;
  tls: boolean;
}

export type RedisTarget =
  | { kind: "single"; url: string }
  | (Shared & { kind: "sentinel"; sentinels: RedisAddress[]; master: string; db: number })
  | (Shared & { kind: "cluster"; nodes: RedisAddress[] });

const forms =
  "must be redis://host:port, redis+sentinel://host:port,host:port/<name of the master> or " +
  "redis+cluster://host:port,host:port; rediss for TLS";

const defaultPorts = { sentinel: 26_379, cluster: 6_379 };

/**
 * Reads an address such as `rediss://host`, `redis+sentinel://user:password@a:26379,b:26379/shop/0` or
 * `rediss+cluster://configuration-endpoint:6379`. User and password are percent-encoded.
 *
 * @throws Error whose message says what is wrong, without the value
 */
export function parseRedisUrl(url: string): RedisTarget {
  if (/^rediss?:\/\//.test(url)) {
    if (!URL.canParse(url)) throw new Error(forms);
    return { kind: "single", url };
  }
  const parts = /^(rediss?)\+(sentinel|cluster):\/\/(?:([^/]*)@)?([^/@]*)(?:\/(.*))?$/.exec(url);
  const [, scheme, kind, credentials, hosts = "", path = ""] = parts ?? [];
  if (kind !== "sentinel" && kind !== "cluster") throw new Error(forms);
  const addresses = hosts.split(",").map((text) => addressOf(text, defaultPorts[kind]));
  const shared = { ...credentialsOf(credentials), tls: scheme === "rediss" };
  if (kind === "sentinel") return { kind, sentinels: addresses, ...masterOf(path), ...shared };
  if (path !== "") throw new Error("must end after the addresses: a cluster has no database numbers");
  return { kind, nodes: addresses, ...shared };
}

function addressOf(text: string, defaultPort: number): RedisAddress {
  const [, name, bare, digits] = /^(?:\[([\da-f:.]+)\]|([\w.-]+))(?::(\d{1,5}))?$/i.exec(text) ?? [];
  const host = name ?? bare;
  const port = digits === undefined ? defaultPort : Number(digits);
  if (host === undefined || port < 1 || port > 65_535)
    throw new Error("must name each server as host:port, several joined by commas");
  return { host, port };
}

function credentialsOf(text: string | undefined): { username?: string; password?: string } {
  if (text === undefined) return {};
  const colon = text.indexOf(":");
  if (colon < 0) throw new Error("must name user and password as user:password@, or :password@");
  try {
    const username = decodeURIComponent(text.slice(0, colon));
    return { ...(username !== "" && { username }), password: decodeURIComponent(text.slice(colon + 1)) };
  } catch {
    throw new Error("must have user and password percent-encoded");
  }
}

function masterOf(path: string): { master: string; db: number } {
  const [, master, db = "0"] = /^([\w.-]+)(?:\/(\d{1,4}))?\/?$/.exec(path) ?? [];
  if (master === undefined) throw new Error("must end with the name of the master: redis+sentinel://host:port/<name>");
  return { master, db: Number(db) };
}
