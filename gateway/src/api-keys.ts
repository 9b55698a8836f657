// All that the gateway has for API keys, put together.
import { unauthenticated } from "@tradegraph/kit/errors";
import { type InternalClient } from "@tradegraph/kit/internal-client";
import { type Logger } from "@tradegraph/kit/logger";
import { type RedisClient } from "@tradegraph/kit/redis";
import { type ApiKeyTimes, createApiKeyIdentities } from "./api-key-identities.ts";
import { followKeySignals } from "./api-key-signal.ts";
import { createApiKeyVerifier, type KeyRefusal, type VerifyApiKey } from "./api-key.ts";

export interface ApiKeyRules {
  /** Under which users says in Redis that a key has changed. */
  redisNamespace: string;
  times?: Partial<ApiKeyTimes>;
}

export interface ApiKeys {
  verify: VerifyApiKey;
  close: () => void;
}

/** Without rules or users every key is refused: its sender believes to be known. */
export function openApiKeys(options: {
  rules: ApiKeyRules | undefined;
  users: Pick<InternalClient, "call"> | undefined;
  redis: RedisClient | undefined;
  logger: Logger;
}): ApiKeys {
  const { rules, users, redis, logger } = options;
  if (!rules || !users) {
    return { verify: () => Promise.reject(unauthenticated("API keys are not accepted here.")), close: () => undefined };
  }
  const identities = createApiKeyIdentities({ users, logger, ...(rules.times && { times: rules.times }) });
  const signals = redis && followKeySignals(redis, rules.redisNamespace, identities);
  const onRefused = ({ reason, address, identity }: KeyRefusal) => {
    const known = identity && { keyId: identity.keyId, partnerId: identity.partnerId, tenant: identity.tenantId };
    logger.info({ reason, address, ...known }, "An API key was refused");
  };
  return {
    verify: createApiKeyVerifier({ identities, onRefused }),
    close: () => signals?.close(),
  };
}
