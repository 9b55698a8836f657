// pnpm keys signing init | rotate | list --file <path>: the keys with which our programs sign calls to each other, for
// INTERNAL_SIGNING_KEYS_FILE of every program. See docs/KEYS.md.
import { randomBytes } from "node:crypto";
import { signingRing, type SigningRingKey } from "@tradegraph/kit/key-ring";
import { type Command } from "commander";
import { ringCommands } from "./ring-commands.ts";

const newKey = (notBefore: Date): Promise<SigningRingKey> =>
  Promise.resolve({ kid: randomBytes(6).toString("hex"), notBefore, secret: randomBytes(32).toString("hex") });

export const signingKeysCommand = (clock?: () => Date): Command =>
  ringCommands(
    {
      name: "signing",
      description: "Keys with which programs sign calls to each other",
      schema: signingRing,
      newKey,
      lead: { usual: "15m", leastSeconds: 120, because: "because every program must have read it, twice a minute" },
      signatureLifetime: {
        option: "signature-lifetime",
        usual: "30s",
        description: "how long a signed call is believed",
      },
    },
    clock,
  );
