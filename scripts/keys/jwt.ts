// pnpm keys jwt init | rotate | list --file <path>: the keys that sign access tokens, for JWT_KEYS_FILE of users.
// See docs/KEYS.md.
import { generateKeyPair } from "node:crypto";
import { promisify } from "node:util";
import { type JwtKey, jwtRing } from "@tradegraph/kit/key-ring";
import { kidOf } from "@tradegraph/users/token-issuer";
import { type Command } from "commander";
import { ringCommands } from "./ring-commands.ts";

async function newKey(notBefore: Date): Promise<JwtKey> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2_048 });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return { kid: await kidOf(privateKey), notBefore, pem };
}

export const jwtKeysCommand = (clock?: () => Date): Command =>
  ringCommands(
    {
      name: "jwt",
      description: "Keys that sign access tokens",
      schema: jwtRing,
      newKey,
      lead: { usual: "15m", leastSeconds: 600, because: "because verifiers look for new keys every 10 minutes" },
      signatureLifetime: {
        option: "token-lifetime",
        usual: "24h",
        description: "how long access tokens live: JWT_EXPIRY of users",
      },
    },
    clock,
  );
