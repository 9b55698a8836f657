import { type KeyManagement } from "@tradegraph/kit/key-management";
import { createKeyManagement, type EncryptionEnv } from "@tradegraph/kit/key-management-env";
import { createFileKeyManagement, readKeyFile } from "@tradegraph/kit/key-management-file";
import { type Running } from "./running.ts";

/**
 * The key that wraps data keys: as the settings say, else that of a running `start`.
 *
 * @throws EnvError without either
 */
export function keyManagementOf(env: EncryptionEnv, running?: Running): KeyManagement {
  if (!running || env.ENCRYPTION_KEY_FILE || env.ENCRYPTION_KMS_KEY_ID) return createKeyManagement(env);
  return createFileKeyManagement(readKeyFile(running.encryptionKeyFile));
}
