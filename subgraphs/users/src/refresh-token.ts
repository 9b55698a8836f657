// The text of refresh tokens. Only hashes are stored; the token is what proves that a session is the caller's.
import { createHash, createSecretKey, hkdfSync, randomBytes } from "node:crypto";
import { decrypt, encrypt } from "@tradegraph/kit/aes-gcm";

const pattern = /^tgr_([0-9a-f]{24})_[\w-]{43}$/;

/** @param sessionId ObjectId hex */
export const newRefreshToken = (sessionId: string): string =>
  `tgr_${sessionId}_${randomBytes(32).toString("base64url")}`;

/** @returns the id of the session a token names, undefined for what is no token */
export const sessionIdOf = (token: string): string | undefined => pattern.exec(token)?.[1];

/** The token has 256 random bits, so a plain hash cannot be guessed back. */
export const hashOf = (token: string): string => createHash("sha256").update(token).digest("base64url");

const purpose = "tradegraph successor of a refresh token";
const keyFrom = (token: string) => createSecretKey(Buffer.from(hkdfSync("sha256", token, "", purpose, 32)));

/** Hides a token so that only who has its predecessor can read it, not who reads the database. */
export const sealSuccessor = (predecessor: string, successor: string): string =>
  encrypt(keyFrom(predecessor), Buffer.from(successor), purpose);

/** @throws Error when it was sealed with another token */
export const openSuccessor = (predecessor: string, sealed: string): string =>
  decrypt(keyFrom(predecessor), sealed, purpose).toString("utf8");
