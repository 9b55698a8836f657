import { apiKeyChannel, isApiKeyHash } from "@tradegraph/kit/api-key";
import { type RedisClient, subscribe, type Subscription } from "@tradegraph/kit/redis";
import { type ApiKeyIdentities } from "./api-key-identities.ts";

/** Forgets keys as soon as users says that they have changed. Signals may be missed while Redis is away. */
export const followKeySignals = (
  redis: RedisClient,
  namespace: string,
  identities: Pick<ApiKeyIdentities, "forget" | "doubtAll">,
): Subscription =>
  subscribe(redis, apiKeyChannel(namespace), {
    ready: identities.doubtAll,
    message: (keyHash) => {
      if (isApiKeyHash(keyHash)) identities.forget(keyHash);
    },
  });
