import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import process from "node:process";
import { readDuration } from "@tradegraph/kit/duration";
import { parseEnv, ringFile, stringRecord } from "@tradegraph/kit/env";
import { encryptionAlternatives, encryptionEnv } from "@tradegraph/kit/key-management-env";
import { jwtRing, rsaKey } from "@tradegraph/kit/key-ring";
import { subgraphEnv } from "@tradegraph/kit/run-subgraph";
import { shapeLimitSettings } from "@tradegraph/kit/shape-limit-settings";
import { z } from "zod";
import { mailAlternatives, mailEnv } from "./mail/settings.ts";

const repositoryRoot = resolve(import.meta.dirname, "../../..");
const day = 86_400;

/** Seconds out of `90s`, `15m`, `24h` or `7d`, up to a year. */
const duration = z.string().transform((text, context) => {
  const seconds = readDuration(text) ?? 0;
  if (seconds >= 1 && seconds <= 366 * day) return seconds;
  context.addIssue({ code: "custom", message: "must be a duration such as 15m, 24h or 7d, a year at most" });
  return z.NEVER;
});

const days = (fallback: number) => z.coerce.number().int().min(1).max(3_660).default(fallback);

const PEM = /-----BEGIN [^-]+-----[\s\S]*?-----END [^-]+-----/g;

/** One key or several, one behind the other: while keys are rotated, the first signs and all are published. */
const privateKeys = z.string().transform((text, context) => {
  const keys = (text.match(PEM) ?? []).map(rsaKey);
  if (keys.length > 0 && keys.every((key) => key !== undefined)) return keys;
  context.addIssue({ code: "custom", message: "must be an RSA private key in PEM, 2048 bits or more, or several" });
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

export const settings = (isDeployed: boolean) => ({
  ...subgraphEnv("users", 4003),
  ...encryptionEnv,
  ...mailEnv(isDeployed),
  JWT_PRIVATE_KEY: privateKeys
    .optional()
    .describe("RSA private key in PEM that signs access tokens; of several the first signs, and all are published."),
  JWT_PRIVATE_KEY_FILE: textOfFile.pipe(privateKeys).optional().describe("Instead: path of the file with that key."),
  JWT_KEYS_FILE: ringFile(jwtRing)
    .optional()
    .describe("Instead: path of a key ring that is read again while the program runs (`pnpm keys jwt`)."),
  JWT_EXPIRY: duration.prefault("24h").describe("Life of an access token; 15m is better."),
  JWT_REFRESH_EXPIRY: duration.prefault("7d").describe("How long a session goes on without being used."),
  AUDIT_RETENTION_DAYS: days(400).describe("How long events stay in the audit log."),
  AUDIT_ACCESS_RETENTION_DAYS: days(90).describe("How long access records stay there."),
  API_SCHEMA_PATH: z
    .string()
    .default("schema/generated/api.graphql")
    .describe("The schema that operations of partners are checked against; read again when it changes."),
  // Those of partners: what the gateway refuses is not taken into their lists.
  ...shapeLimitSettings(),
  EVENT_SOURCES: stringRecord
    .pipe(z.record(z.string(), z.url({ protocol: /^https?$/ })))
    .prefault("{}")
    .describe("Whose events go into the audit log besides its own: JSON, name to GraphQL endpoint."),
  JWT_ISSUER: z.string().default("tradegraph").describe("`iss` of access tokens."),
  JWT_AUDIENCE: z.string().default("tradegraph").describe("`aud` of access tokens."),
  // A shared secret would let every program that verifies tokens make them as well (SEC-1).
  JWT_SECRET: z
    .undefined({ error: "is not used, tokens are signed with a key pair; remove it and set JWT_PRIVATE_KEY" })
    .optional()
    .describe("Refused: tokens are signed with a key pair."),
});

/** Settings of this program. @throws EnvError naming every wrong one */
export function readEnv(source: Record<string, string | undefined> = process.env) {
  const isDeployed = !["development", "test"].includes(source.NODE_ENV ?? "");
  const env = parseEnv(settings(isDeployed), source, [
    ...encryptionAlternatives,
    ...mailAlternatives(isDeployed),
    ["JWT_PRIVATE_KEY", "JWT_PRIVATE_KEY_FILE", "JWT_KEYS_FILE"],
  ]);
  const API_SCHEMA_PATH = resolve(repositoryRoot, env.API_SCHEMA_PATH);
  return { ...env, API_SCHEMA_PATH, privateKeys: env.JWT_PRIVATE_KEY_FILE ?? env.JWT_PRIVATE_KEY };
}
