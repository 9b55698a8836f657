// A plain connection to the node of a cluster that owns a key. A cluster of ioredis shares its connections among all
// commands and subscribes silently elsewhere, so readers that block, or must know when they were away, need this.
import { setTimeout as sleep } from "node:timers/promises";
import { createConnection } from "node:net";
import { connect as connectTls } from "node:tls";
import { AbstractConnector, type Cluster, Command, Redis, type RedisOptions } from "ioredis";

export type ConnectionOptions = Omit<RedisOptions, "Connector" | "host" | "port" | "path" | "sentinels">;

/** Between two questions who owns a slot, while nobody is known to. */
const askAgainMs = 200;

/** Whether an error says that another server is now the one to ask; for `reconnectOnError`. */
export const reconnectToMaster = (error: Error): boolean => /^(MOVED|READONLY|UNBLOCKED)\b/.test(error.message);

/** The slot of a cluster in which a key lies. */
export const slotOf = (key: string): number => {
  const slot = new Command("get", [key]).getSlot();
  if (slot === null || slot === undefined) throw new Error("A key has no slot.");
  return slot;
};

/** Address of the master that owns a slot, `host:port`, as far as this client knows. */
export const ownerOf = (cluster: Cluster, slot: number): string | undefined => cluster.slots[slot]?.[0];

/** Connects to whoever owns the slot of `key`, and to the new owner when the connection is lost or was refused there. */
export function connectToOwner(cluster: Cluster, key: string, options: ConnectionOptions): Redis {
  const slot = slotOf(key);
  const { tls, disconnectTimeout = 2_000 } = options;

  // A class, because ioredis makes it.
  class OwnerConnector extends AbstractConnector {
    constructor() {
      super(disconnectTimeout);
    }

    // ioredis gives up for ever when this rejects, so it goes on until it is closed.
    override async connect() {
      this.connecting = true;
      let owner: string | undefined;
      while (owner === undefined) {
        await refresh(cluster);
        if (!this.connecting || cluster.status === "end") throw new Error("Connection is closed.");
        owner = ownerOf(cluster, slot);
        if (owner === undefined) await sleep(askAgainMs);
      }
      const colon = owner.lastIndexOf(":");
      const address = { host: owner.slice(0, colon), port: Number(owner.slice(colon + 1)) };
      const stream = tls ? connectTls({ ...address, ...tls }) : createConnection(address);
      stream.once("error", (error) => (this.firstError = error));
      this.stream = stream;
      return stream;
    }

    override check({ role }: { role?: string }) {
      return role === undefined || role === "master";
    }
  }

  return new Redis({ ...options, Connector: OwnerConnector });
}

/** Asks the cluster who owns which slot; without an answer what is known stays. */
const refresh = (cluster: Cluster) =>
  new Promise<void>((resolve) => {
    cluster.refreshSlotsCache(() => {
      resolve();
    });
  });
