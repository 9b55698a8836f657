// How each kind of secret is made new, brought to where it counts, and tried.
import { type ElastiCacheClient, ModifyUserCommand } from "@aws-sdk/client-elasticache";
import { readAddress, withNewPassword } from "./cache-address.ts";
import { logIn } from "./cache-login.ts";
import { type KindName } from "./kind-name.ts";
import { nextKeys, readKeys } from "./signing-keys.ts";
import { nextTokenKeys, readTokenKeys } from "./token-keys.ts";

export interface SecretKind {
  next: (current: string, token: string) => string;
  /** Brings the new value to where it counts, so that the old one goes on to be good. May be called twice. */
  bring?: (current: string, pending: string) => Promise<void>;
  /** @throws where the value would not do */
  test: (value: string) => Promise<void> | void;
}

export interface CacheAccess {
  elasticache: Pick<ElastiCacheClient, "send">;
  /** Id of the user at ElastiCache, which is not the name it logs in by. */
  userId: string;
  /** A changed user takes ElastiCache some seconds. */
  patienceMs: number;
  /** Between two attempts. */
  pauseMs: number;
}

export function secretKinds({ elasticache, userId, ...pace }: CacheAccess): Record<KindName, SecretKind> {
  return {
    "signing-keys": { next: nextKeys, test: (value) => void readKeys(value) },
    "token-keys": { next: nextTokenKeys, test: (value) => void readTokenKeys(value) },
    "cache-password": {
      next: (current) => withNewPassword(current),
      bring: async (current, pending) => {
        // A user of ElastiCache has two passwords at most: those of the period before no longer count.
        const Passwords = [...new Set([readAddress(current).password, readAddress(pending).password])];
        await elasticache.send(new ModifyUserCommand({ UserId: userId, Passwords }));
      },
      test: (value) => untilTrue(() => logIn(readAddress(value)), pace),
    },
  };
}

/** @throws the last error when time is over */
async function untilTrue(
  attempt: () => Promise<void>,
  { patienceMs, pauseMs }: { patienceMs: number; pauseMs: number },
): Promise<void> {
  for (const end = Date.now() + patienceMs; ;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() >= end) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
