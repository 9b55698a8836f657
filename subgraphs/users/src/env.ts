import { createPrivateKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import process from "node:process";
import { parseEnv } from "@tradegraph/kit/env";
import { subgraphEnv } from "@tradegraph/kit/run-subgraph";
import { z } from "zod";

const secondsOf = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/** Seconds out of `90s`, `15m`, `24h` or `7d`, up to a year. */
const duration = z.string().transform((text, context) => {
  const [, count, unit] = /^(\d{1,8})([smhd])$/.exec(text) ?? [];
  const seconds = Number(count) * secondsOf[unit as keyof typeof secondsOf];
  if (seconds >= 1 && seconds <= 366 * secondsOf.d) return seconds;
  context.addIssue({ code: "custom", message: "must be a duration such as 15m, 24h or 7d, a year at most" });
  return z.NEVER;
});

function rsaKey(pem: string): KeyObject | undefined {
  try {
    // Files of variables cannot hold line ends and write them as \n.
    const key = createPrivateKey(pem.replaceAll("\\n", "\n"));
    return key.asymmetricKeyType === "rsa" && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2_048 ? key : undefined;
  } catch {
    return undefined;
  }
}

const privateKey = z.string().transform((pem, context) => {
  const key = rsaKey(pem);
  if (key) return key;
  context.addIssue({ code: "custom", message: "must be an RSA private key in PEM, 2048 bits or more" });
  return z.NEVER;
});

const textOfFile = z.string().transform((path, context) => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    context.addIssue({ code: "custom", message: "must be the path of a file that can be read" });
    return z.NEVER;
  }
});

/** Settings of this program. @throws EnvError naming every wrong one */
export function readEnv(source: Record<string, string | undefined> = process.env) {
  const fromFile = Boolean(source.JWT_PRIVATE_KEY_FILE);
  const env = parseEnv(
    {
      ...subgraphEnv("users", 4003),
      JWT_PRIVATE_KEY: fromFile
        ? z.undefined({ error: "is set besides JWT_PRIVATE_KEY_FILE; set one of them" }).optional()
        : privateKey,
      JWT_PRIVATE_KEY_FILE: textOfFile.pipe(privateKey).optional(),
      JWT_EXPIRY: duration.default(24 * secondsOf.h),
      JWT_REFRESH_EXPIRY: duration.default(7 * secondsOf.d),
      JWT_ISSUER: z.string().default("tradegraph"),
      JWT_AUDIENCE: z.string().default("tradegraph"),
      // A shared secret would let every program that verifies tokens make them as well (SEC-1).
      JWT_SECRET: z
        .undefined({ error: "is not used, tokens are signed with a key pair; remove it and set JWT_PRIVATE_KEY" })
        .optional(),
    },
    source,
  );
  const key = env.JWT_PRIVATE_KEY_FILE ?? env.JWT_PRIVATE_KEY;
  if (!key) throw new Error("parseEnv let a missing key pass.");
  return { ...env, privateKey: key };
}
