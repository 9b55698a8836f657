// The keys that sign access tokens as the program holds them: those of a setting, or a ring that is rotated meanwhile.
import { type KeyObject } from "node:crypto";
import { jwtRing, type JwtKey, watchRing } from "@tradegraph/kit/key-ring";
import { type Logger } from "@tradegraph/kit/logger";
import { fixedRing } from "./token-issuer.ts";

export interface TokenKeySettings {
  /** Of a setting: the first signs, all are published. */
  privateKeys?: KeyObject[] | undefined;
  /** Path of a key ring. */
  JWT_KEYS_FILE?: string | undefined;
}

/** @throws Error when the ring cannot be read, or nothing is set, which readEnv() refuses */
export async function openTokenKeys(settings: TokenKeySettings, logger: Logger): Promise<() => readonly JwtKey[]> {
  const { privateKeys = [], JWT_KEYS_FILE: path } = settings;
  if (path !== undefined) return watchRing({ path, schema: jwtRing, logger }).keys;
  const [signing, ...others] = privateKeys;
  if (!signing) throw new Error("No key to sign access tokens with: set JWT_PRIVATE_KEY.");
  return fixedRing(signing, ...others);
}
