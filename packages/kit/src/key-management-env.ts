// Settings of programs that seal fields: which key wraps their data keys.
import { type KeyObject } from "node:crypto";
import { z } from "zod";
import { EnvError } from "./env.ts";
import { type KeyManagement } from "./key-management.ts";
import { createFileKeyManagement, readKeyFile } from "./key-management-file.ts";
import { createKmsKeyManagement } from "./key-management-kms.ts";

const keyFile = z.string().transform((path, context): KeyObject => {
  try {
    return readKeyFile(path);
  } catch (error) {
    context.addIssue({ code: "custom", message: (error as Error).message });
    return z.NEVER;
  }
});

/** Variables of every program that seals; `parseEnv` needs {@link encryptionAlternatives} too. */
export const encryptionEnv = {
  ENCRYPTION_KEY_FILE: keyFile
    .optional()
    .describe("Path of the key that wraps the data keys: 32 random bytes in base64, mode 600."),
  ENCRYPTION_KMS_KEY_ID: z.string().max(2_048).optional().describe("Instead: id, ARN or alias of a key of AWS KMS."),
  AWS_REGION: z.string().optional().describe("Region of that key."),
};

/** Exactly one of them. */
export const encryptionAlternatives = [["ENCRYPTION_KEY_FILE", "ENCRYPTION_KMS_KEY_ID"]];

export type EncryptionEnv = z.infer<z.ZodObject<typeof encryptionEnv>>;

/** @throws EnvError without a key, for two of them, and for a KMS key without a region */
export function createKeyManagement(env: EncryptionEnv): KeyManagement {
  const { ENCRYPTION_KEY_FILE: key, ENCRYPTION_KMS_KEY_ID: keyId, AWS_REGION: region } = env;
  if (key && keyId) throw new EnvError(["ENCRYPTION_KMS_KEY_ID: is set besides ENCRYPTION_KEY_FILE; set one of them"]);
  if (key) return createFileKeyManagement(key);
  if (!keyId) throw new EnvError(["ENCRYPTION_KEY_FILE: is missing; set it or ENCRYPTION_KMS_KEY_ID"]);
  if (!region) throw new EnvError(["AWS_REGION: is missing; set it to the region of ENCRYPTION_KMS_KEY_ID"]);
  return createKmsKeyManagement({ keyId, region });
}
