// The type alone: an ordinary import would load the SDK.
import type * as Sdk from "@aws-sdk/client-kms";
import { type KeyManagement } from "./key-management.ts";

/**
 * Wraps by AWS KMS; the key never leaves it. Credentials come from where the SDK looks for them: the role of the task, the
 * environment. Throttled and failed calls are tried again by the SDK, three times in all.
 */
export function createKmsKeyManagement({ keyId, region }: { keyId: string; region: string }): KeyManagement {
  let opened: Promise<{ client: Sdk.KMSClient; sdk: typeof Sdk }> | undefined;
  // Loaded on the first call: programs with a key file do without the SDK.
  const open = () =>
    (opened ??= import("@aws-sdk/client-kms").then((sdk) => ({
      sdk,
      client: new sdk.KMSClient({ region, requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 } }),
    })));
  return {
    name: `aws-kms:${keyId}`,
    async wrap(key, context) {
      const { client, sdk } = await open();
      const command = new sdk.EncryptCommand({ KeyId: keyId, Plaintext: key, EncryptionContext: { ...context } });
      const { CiphertextBlob } = await client.send(command);
      if (!CiphertextBlob) throw new Error("KMS gave no ciphertext.");
      return Buffer.from(CiphertextBlob).toString("base64");
    },
    async unwrap(wrapped, context) {
      const { client, sdk } = await open();
      const CiphertextBlob = Buffer.from(wrapped, "base64");
      // The key is named, so that a blob of somebody else's key is refused.
      const { Plaintext } = await client.send(
        new sdk.DecryptCommand({ KeyId: keyId, CiphertextBlob, EncryptionContext: { ...context } }),
      );
      if (!Plaintext) throw new Error("KMS gave no plain text.");
      return Plaintext;
    },
  };
}
