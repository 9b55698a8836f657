// Tokens of links in messages: whoever has one has read the mailbox.
import { createHash, randomBytes } from "node:crypto";

export const oneTimePurposes = ["email-verification", "password-reset"] as const;
export type OneTimePurpose = (typeof oneTimePurposes)[number];

/** How long each counts, in milliseconds. */
export const oneTimeLifetimeMs: Readonly<Record<OneTimePurpose, number>> = {
  "email-verification": 24 * 3_600_000,
  "password-reset": 3_600_000,
};

/** Tokens of a person for one purpose that count at a time; a further one ends the oldest. */
export const mostLiveTokens = 5;

/** 256 random bits, base64url. */
export const makeToken = (): string => randomBytes(32).toString("base64url");

/** What is stored instead of a token, or instead of the e-mail address that it went to: SHA-256, base64url. */
export const hashOf = (text: string): string => createHash("sha256").update(text).digest("base64url");
