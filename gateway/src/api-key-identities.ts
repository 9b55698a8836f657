// What the gateway remembers of API keys. users owns them (ruling 22): it is asked again every half minute while a key is
// in use, a signal makes it be asked sooner, and what it said last goes on while it is away.
import { createLimit } from "@tradegraph/kit/concurrency";
import { serviceUnavailable } from "@tradegraph/kit/errors";
import { type InternalClient } from "@tradegraph/kit/internal-client";
import { type Logger } from "@tradegraph/kit/logger";
import { networkMatcher, networkOf } from "@tradegraph/kit/networks";
import { serviceViewer } from "@tradegraph/kit/viewer";
import { LRUCache } from "lru-cache";
import { createSharedQuestions } from "./shared-questions.ts";

/** What users says of a key that counts. */
interface Answer {
  keyId: string;
  partnerId: string;
  tenantId: string;
  companyId: string | null;
  scopes: string[];
  allowedAddresses: string[];
  expiresAt: string;
}

export interface ApiKeyIdentity extends Omit<Answer, "expiresAt" | "allowedAddresses"> {
  /** Milliseconds since 1970. */
  expiresAt: number;
  /** Undefined allows every address. */
  allows: ((address: string) => boolean) | undefined;
}

interface Memory {
  identity: ApiKeyIdentity;
  /** When users is asked again, on `performance.now()`'s clock. */
  askAgainAt: number;
}

export interface ApiKeyIdentities {
  /** @returns undefined for a key that does not count. @throws PublicError SERVICE_UNAVAILABLE when nobody can tell */
  find: (keyHash: string, address?: string | undefined) => Promise<ApiKeyIdentity | undefined>;
  /** The key has changed. */
  forget: (keyHash: string) => void;
  /** Any key may have changed. */
  doubtAll: () => void;
}

export interface ApiKeyTimes {
  /** How long an answer is believed, in milliseconds. */
  freshMs: number;
  /** How long a key that does not count is not asked for again. */
  refusedMs: number;
  /** How long after it did not answer users is left alone about a known key. */
  restMs: number;
  /** How long the last answer goes on while users is away; never beyond the key's own end. */
  lastKnownMs: number;
}

const usualTimes: ApiKeyTimes = { freshMs: 30_000, refusedMs: 5_000, restMs: 2_000, lastKnownMs: 86_400_000 };

/** Keys in use, and keys that somebody made up. Each bounded by itself, so that the latter never push out the former. */
const mostKnown = 10_000;
const mostRefused = 10_000;
/** Questions about keys nobody knows yet: so many at once, and so many that wait; keys in use do not wait for them. */
const strangersAtOnce = 4;
const strangersWaiting = 100;
/** Of one network: who makes up keys shall not take the places of others, such as after a restart. */
const strangersOfNetwork = 8;

/** The gateway asks before it knows a tenant: the key says which one. */
const viewer = serviceViewer("any-tenant", ["api-keys"]);
const query = `query ApiKeyIdentity($keyHash: String!) {
  apiKeyIdentity(keyHash: $keyHash) { keyId partnerId tenantId companyId scopes allowedAddresses expiresAt }
}`;

export function createApiKeyIdentities(options: {
  users: Pick<InternalClient, "call">;
  logger: Logger;
  times?: Partial<ApiKeyTimes>;
}): ApiKeyIdentities {
  const { users, logger } = options;
  const times = { ...usualTimes, ...options.times };
  const known = new LRUCache<string, Memory>({ max: mostKnown, ttl: times.lastKnownMs });
  const refused = new LRUCache<string, true>({ max: mostRefused, ttl: times.refusedMs });
  const questions = createSharedQuestions<ApiKeyIdentity | undefined>((keyHash, identity) => {
    if (identity) known.set(keyHash, { identity, askAgainAt: performance.now() + times.freshMs });
    else {
      known.delete(keyHash);
      refused.set(keyHash, true);
    }
  });
  const oneOfStrangers = createLimit(strangersAtOnce);
  const strangers = new Map<string, number>();
  let allStrangers = 0;

  const ask = async (keyHash: string): Promise<ApiKeyIdentity | undefined> => {
    const { apiKeyIdentity } = await users.call<{ apiKeyIdentity: Answer | null }>({
      ...{ query, variables: { keyHash }, viewer },
    });
    return apiKeyIdentity ? identityOf(apiKeyIdentity) : undefined;
  };

  const askAboutStranger = async (
    keyHash: string,
    address?: string | undefined,
  ): Promise<ApiKeyIdentity | undefined> => {
    const network = networkOf(address);
    const here = strangers.get(network) ?? 0;
    if (here >= strangersOfNetwork || allStrangers >= strangersAtOnce + strangersWaiting) throw tooMany();
    strangers.set(network, here + 1);
    allStrangers += 1;
    try {
      return await oneOfStrangers(() => ask(keyHash));
    } finally {
      allStrangers -= 1;
      const left = (strangers.get(network) ?? 1) - 1;
      if (left > 0) strangers.set(network, left);
      else strangers.delete(network);
    }
  };

  const lookUp = (keyHash: string, isKnown: boolean, address?: string | undefined) =>
    questions.ask(keyHash, () => (isKnown ? ask(keyHash) : askAboutStranger(keyHash, address)));

  return {
    async find(keyHash, address) {
      if (refused.has(keyHash)) return undefined;
      const memory = known.get(keyHash);
      if (memory && performance.now() < memory.askAgainAt) return memory.identity;
      try {
        return await lookUp(keyHash, memory !== undefined, address);
      } catch (error) {
        const last = known.get(keyHash);
        if (!last) throw error;
        logger.warn({ error: String(error), keyId: last.identity.keyId }, "users does not answer; an API key goes on");
        // The entry's own age goes on: it was users who gave it, not this silence.
        last.askAgainAt = performance.now() + times.restMs;
        return last.identity;
      }
    },
    forget(keyHash) {
      known.delete(keyHash);
      refused.delete(keyHash);
      questions.outdate(keyHash);
    },
    doubtAll() {
      for (const memory of known.values()) memory.askAgainAt = 0;
      questions.outdateAll();
      refused.clear();
    },
  };
}

const identityOf = ({ expiresAt, allowedAddresses, ...answer }: Answer): ApiKeyIdentity => ({
  ...answer,
  expiresAt: Date.parse(expiresAt),
  allows: allowedAddresses.length > 0 ? networkMatcher(allowedAddresses) : undefined,
});

const tooMany = () => serviceUnavailable("API keys cannot be checked at the moment; try again.", "users");
