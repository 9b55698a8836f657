// Secrets Manager starts it four times for each rotation, once for each step.
import { ElastiCacheClient } from "@aws-sdk/client-elasticache";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { setting } from "../env.ts";
import { log } from "../log.ts";
import { type KindName } from "./kind-name.ts";
import { secretKinds } from "./kinds.ts";
import { rotate, type RotationEvent } from "./rotate.ts";

const secretsManager = new SecretsManagerClient();
const elasticache = new ElastiCacheClient();

/** @throws for secrets it does not know, and where a step fails: Secrets Manager then keeps the old value */
export async function handler(event: RotationEvent): Promise<void> {
  const known = JSON.parse(setting("SECRET_KINDS")) as Record<string, KindName>;
  const name = known[event.SecretId];
  if (!name) throw new Error(`nobody has said how to rotate ${event.SecretId}`);
  const kinds = secretKinds({ elasticache, userId: setting("CACHE_USER_ID"), patienceMs: 60_000, pauseMs: 2000 });
  const outcome = await rotate(secretsManager, kinds[name], event);
  log("rotation", { secret: event.SecretId, kind: name, step: event.Step, outcome });
}
