// How often somebody may try, and how long to wait after too many times. What was tried is kept in the database, so that
// all instances count together, and without Redis.
import { createHash } from "node:crypto";
import { isIPv6 } from "node:net";
import { normaliseAddress } from "@tradegraph/kit/networks";

/** Tries within {@link AttemptLimit.windowMs} of one another; after those, a pause that doubles with each further try. */
export interface AttemptLimit {
  free: number;
  pauseMs: number;
  longestPauseMs: number;
  windowMs: number;
}

const second = 1_000;
const minute = 60 * second;

const short = { pauseMs: 30 * second, longestPauseMs: 15 * minute, windowMs: 15 * minute };
const long = { pauseMs: minute, longestPauseMs: 60 * minute, windowMs: 60 * minute };

/**
 * What is limited, for one account (an e-mail address, whether it has an account or not) and for one network address,
 * from which a whole firm may come.
 */
export const attemptLimits = {
  /** Only tries with a wrong password count. */
  "sign-in": { account: { ...short, free: 5 }, address: { ...short, free: 50 } },
  /** Links by mail: nobody's mailbox is flooded. */
  "password-reset": { account: { ...long, free: 3 }, address: { ...long, free: 20 } },
  "email-verification": { account: { ...long, free: 3 }, address: { ...long, free: 20 } },
  registration: { account: { ...long, free: 5 }, address: { ...short, free: 50 } },
} as const satisfies Record<string, Record<"account" | "address", AttemptLimit>>;

export type LimitedAction = keyof typeof attemptLimits;

/** Who tries. */
export interface Attempter {
  /** E-mail address in the form of `emailKey`. */
  account: string;
  /** Network address; absent where it is not known, and then only the account is counted. */
  address?: string | undefined;
}

/** What is counted, and how. */
export interface CountedAttempt {
  key: string;
  limit: AttemptLimit;
}

/** The account first: its lock is the narrower one, and a locked account costs its address no try. */
export function countedAttempts(action: LimitedAction, { account, address }: Attempter): CountedAttempt[] {
  const { account: ofAccount, address: ofAddress } = attemptLimits[action];
  const network = address === undefined ? undefined : networkOf(address);
  return [
    { key: keyOf(action, "account", account), limit: ofAccount },
    ...(network === undefined ? [] : [{ key: keyOf(action, "address", network), limit: ofAddress }]),
  ];
}

/** How long the next try must wait after this one, the `count`th, unless it succeeds. */
export function pauseAfter({ free, pauseMs, longestPauseMs }: AttemptLimit, count: number): number {
  return count < free ? 0 : Math.min(pauseMs * 2 ** Math.min(count - free, 30), longestPauseMs);
}

// A hash, because addresses are personal data and nobody needs to read them here.
const keyOf = (action: string, kind: string, value: string) =>
  createHash("sha256")
    .update(JSON.stringify([action, kind, value]))
    .digest("base64url");

/** One client has 2^64 addresses of IPv6, all with the same first half. */
function networkOf(address: string): string {
  const plain = normaliseAddress(address) ?? address;
  if (!isIPv6(plain)) return plain;
  const [head = "", tail = ""] = plain.split("::");
  const [first, last] = [head, tail].map((part) => (part === "" ? [] : part.split(":"))) as [string[], string[]];
  const gap = plain.includes("::") ? Array.from({ length: 8 - first.length - last.length }, () => "0") : [];
  return [...first, ...gap, ...last].slice(0, 4).join(":");
}
