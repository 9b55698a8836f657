// Who has applied an entry. Acknowledgements go by publish and subscribe: one that is lost costs time, nothing else,
// because whoever does not acknowledge has no lease any more when the wait is over.
import { randomBytes } from "node:crypto";
import { invalidationKeys } from "@tradegraph/kit/invalidation";
import { type RedisClient, subscribe } from "@tradegraph/kit/redis";

export interface LogBarrier {
  /** A new barrier, to be put into an entry. */
  open: () => OpenBarrier;
  /** Tells whoever asks that this gateway has applied an entry, or has given up its lease before. */
  acknowledge: (barrier: string) => void;
  close: () => void;
}

export interface OpenBarrier {
  id: string;
  /** Resolves when all other `members` have acknowledged, or after `limitMs`. Without members they are not known. */
  settled: (members: readonly string[] | undefined, limitMs: number) => Promise<void>;
  close: () => void;
}

interface Waiting {
  acknowledged: Set<string>;
  onAcknowledged: () => void;
}

export function createLogBarrier(options: { redis: RedisClient; namespace: string; member: string }): LogBarrier {
  const { redis, namespace, member } = options;
  const waiting = new Map<string, Waiting>();
  const onMessage = (text: string) => {
    const [barrier = "", from = ""] = text.split(" ");
    const found = waiting.get(barrier);
    found?.acknowledged.add(from);
    found?.onAcknowledged();
  };
  const ready = () => undefined;
  const channel = invalidationKeys.acknowledgements(namespace, member);
  const subscription = subscribe(redis, channel, { message: onMessage, ready });
  return {
    open() {
      const id = `${member}/${randomBytes(9).toString("base64url")}`;
      const own: Waiting = { acknowledged: new Set(), onAcknowledged: () => undefined };
      waiting.set(id, own);
      return {
        id,
        async settled(members, limitMs) {
          const { promise, resolve } = Promise.withResolvers<void>();
          const timer = setTimeout(resolve, limitMs);
          own.onAcknowledged = () => {
            if (members?.every((other) => other === member || own.acknowledged.has(other))) resolve();
          };
          own.onAcknowledged();
          await promise;
          clearTimeout(timer);
        },
        close: () => waiting.delete(id),
      };
    },
    acknowledge(barrier) {
      const asker = barrier.slice(0, barrier.lastIndexOf("/"));
      if (asker === member || asker === "") return;
      const channel = invalidationKeys.acknowledgements(namespace, asker);
      redis.publish(channel, `${barrier} ${member}`).catch(() => undefined);
    },
    close: subscription.close,
  };
}
